"""The zone, and the names in it, whatever they lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated

NEEDS_ZONE: Final = (
    "certificates",
    "load_balancers",
    "distributions",
    "accelerators",
    "record_sets",
    "endpoint_services",
)
"""Sections whose objects have records in the zone."""


def lies_in(name: str, zone: str) -> bool:
    """Whether a domain name is the zone's own, or lies below it."""
    return name == zone or name.endswith(f".{zone}")


def _no_zone(draft: Draft) -> Iterator[Breach]:
    if draft.missing("dns", "zone"):
        for section in NEEDS_ZONE:
            for name in sorted(draft.declared.get(section, ())):
                yield Breach((section, name), "it has records in a zone, and the fleet has none")


def _names(draft: Draft) -> Iterator[tuple[str, KeyPath]]:
    """Every name that leads somewhere, and its place."""
    for name, balancer in draft.load_balancers.items():
        yield balancer.host, ("load_balancers", name, "host")
    for name, distribution in draft.distributions.items():
        for position, alias in enumerate(distribution.aliases):
            yield alias, ("distributions", name, "aliases", position)
    for name, accelerator in draft.accelerators.items():
        yield accelerator.host, ("accelerators", name, "host")
    for name, record_set in draft.record_sets.items():
        yield record_set.name, ("record_sets", name, "name")
    for name, service in draft.endpoint_services.items():
        yield service.private_dns_name, ("endpoint_services", name, "private_dns_name")


def _shared_names(draft: Draft) -> Iterator[Breach]:
    names = list(_names(draft))
    for first, again in repeated(name for name, _ in names):
        (name, path), (_, other) = names[again], names[first]
        yield Breach(path, f"{name} leads elsewhere already, by {'.'.join(map(str, other))}", (other,))


DNS_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "zone-exists",
        "A fleet with certificates, load balancers or other names has a zone.",
        "declare dns, with the account and the domain name of the zone",
        _no_zone,
    ),
    Rule("zone-name-unique", "A name in the zone leads to one thing.", "choose another name", _shared_names),
)
"""Rules about the zone and its names."""
