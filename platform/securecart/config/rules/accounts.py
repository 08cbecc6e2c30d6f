"""Accounts and regions: what is named exists, and nothing stands twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.words import suggestion

OTHER_PARTITIONS: Final = ("cn-", "us-gov-", "us-iso", "eu-isoe-", "eusc-")
"""Beginnings of regions outside the partition ``aws`` (AWS general reference, ARNs); their ARNs differ."""


def _users(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Every place that names an account."""
    if draft.log_archive:
        yield ("log_archive", "account"), draft.log_archive.account
    for name, hub in draft.hubs.items():
        yield ("hubs", name, "account"), hub.account
    for name, network in draft.networks.items():
        yield ("networks", name, "account"), network.account
    for name, link in draft.direct_connects.items():
        yield ("direct_connects", name, "account"), link.account
    if draft.dns:
        yield ("dns", "account"), draft.dns.account
    for name, certificate in draft.certificates.items():
        yield ("certificates", name, "account"), certificate.account
    for name, distribution in draft.distributions.items():
        yield ("distributions", name, "account"), distribution.account


def _places(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Every place that names a region to deploy to."""
    if draft.home_region:
        yield ("home_region",), draft.home_region
    for name, hub in draft.hubs.items():
        yield ("hubs", name, "region"), hub.region
    for name, network in draft.networks.items():
        yield ("networks", name, "region"), network.region
    for name, link in draft.direct_connects.items():
        yield ("direct_connects", name, "region"), link.region
    for name, certificate in draft.certificates.items():
        for position, region in enumerate(certificate.regions):
            yield ("certificates", name, "regions", position), region


def _unknown_accounts(draft: Draft) -> Iterator[Breach]:
    for path, account in _users(draft):
        if draft.missing("accounts", account):
            remedy = suggestion(account, draft.declared["accounts"])
            yield Breach(path, f"there is no account {account!r}", remedy=remedy)


def _shared_ids(draft: Draft) -> Iterator[Breach]:
    names = list(draft.accounts)
    for first, again in repeated(account.id for account in draft.accounts.values()):
        message = f"accounts {names[first]!r} and {names[again]!r} have the same id"
        yield Breach(("accounts", names[again], "id"), message, (("accounts", names[first], "id"),))


def _unlisted_regions(draft: Draft) -> Iterator[Breach]:
    for path, region in _places(draft):
        if draft.regions is not None and region not in draft.regions:
            yield Breach(path, f"region {region!r} is not among the fleet's regions", (("regions",),))


def _repeated_regions(draft: Draft) -> Iterator[Breach]:
    for first, again in repeated(draft.regions or ()):
        yield Breach(("regions", again), "the region is listed twice", (("regions", first),))


def _other_partitions(draft: Draft) -> Iterator[Breach]:
    for position, region in enumerate(draft.regions or ()):
        if region.startswith(OTHER_PARTITIONS):
            yield Breach(("regions", position), f"region {region!r} belongs to another partition than aws")


ACCOUNT_RULES: Final[tuple[Rule, ...]] = (
    Rule("account-exists", "Every account named is one of the fleet's.", "add the account", _unknown_accounts),
    Rule(
        "account-id-unique",
        "No two accounts have the same id, so that no two environments share an account unseen.",
        "give each account its own id, or use one account",
        _shared_ids,
    ),
    Rule(
        "region-listed",
        "Every region used is among the fleet's regions.",
        "list the region",
        _unlisted_regions,
    ),
    Rule("region-unique", "A region is listed once.", "remove one of them", _repeated_regions),
    Rule(
        "region-partition",
        "Every region is in the partition `aws`: roles are named by ARNs of that partition.",
        "use a region of the partition aws",
        _other_partitions,
    ),
)
"""Rules about accounts and regions."""
