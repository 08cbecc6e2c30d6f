"""Certificates: what they name, and where they are (row X3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Certificate
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.dns import lies_in


def names_of(certificate: Certificate) -> tuple[str, ...]:
    """Return every name of a certificate, its own first."""
    return (certificate.domain_name, *certificate.subject_alternative_names)


def _names(draft: Draft) -> Iterator[tuple[str, str, KeyPath]]:
    """Account, name and place of every name of a certificate."""
    for key, certificate in draft.certificates.items():
        path: KeyPath = ("certificates", key)
        yield certificate.account, certificate.domain_name, (*path, "domain_name")
        for position, name in enumerate(certificate.subject_alternative_names):
            yield certificate.account, name, (*path, "subject_alternative_names", position)


def _outside_the_zone(draft: Draft) -> Iterator[Breach]:
    for _, name, path in _names(draft) if draft.dns else ():
        if draft.dns and not lies_in(name, draft.dns.zone):
            yield Breach(path, f"{name} does not lie in the zone {draft.dns.zone}", (("dns", "zone"),))


def _named_twice(draft: Draft) -> Iterator[Breach]:
    names = list(_names(draft))
    for first, again in repeated((account, name) for account, name, _ in names):
        account, name, path = names[again]
        yield Breach(path, f"account {account!r} has a certificate with the name {name} already", (names[first][2],))


def _regions_twice(draft: Draft) -> Iterator[Breach]:
    for key, certificate in draft.certificates.items():
        for first, again in repeated(certificate.regions):
            path = ("certificates", key, "regions")
            yield Breach((*path, again), "the region is listed twice", ((*path, first),))


CERTIFICATE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "certificate-name-in-zone",
        "Every name of a certificate lies in the zone, where its validation record stands.",
        "choose a name in the zone",
        _outside_the_zone,
    ),
    Rule(
        "certificate-name-unique",
        "An account has one certificate for a name: two would need the same validation record.",
        "use one certificate for both",
        _named_twice,
    ),
    Rule("certificate-region-unique", "A certificate lists a region once.", "remove one of them", _regions_twice),
)
"""Rules about certificates."""
