"""Networks: zones, tiers, NAT gateways and the tables they take (mission rows N1 to N3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from securecart.config.addressing import az_region, az_slot
from securecart.config.draft import Draft
from securecart.config.model import Environment, Nat, Profile, Tier
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.errors import BadInputError

FEWEST_AZS: Final[Mapping[Environment, int]] = MappingProxyType(
    {Environment.DEV: 2, Environment.STAGING: 2, Environment.PROD: 3, Environment.PAYMENTS: 2}
)
"""Availability zones that a network of each environment has at least (mission row N2)."""

PROFILES: Final[Mapping[Environment, Profile]] = MappingProxyType(
    {
        Environment.DEV: Profile.APPLICATION,
        Environment.STAGING: Profile.APPLICATION,
        Environment.PROD: Profile.APPLICATION,
        Environment.PAYMENTS: Profile.PAYMENTS,
    }
)
"""Rows of the firm's tables that a network of each environment takes."""


def _bad_zones(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        for position, az in enumerate(network.azs):
            try:
                az_slot(az)
            except BadInputError as error:
                yield Breach(("networks", name, "azs", position), error.what, remedy=error.remedy)


def _foreign_zones(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        for position, az in enumerate(network.azs):
            try:
                region = az_region(az)
            except BadInputError:
                continue  # az-name speaks of it
            if region != network.region:
                message = f"availability zone {az} is not in the network's region {network.region}"
                yield Breach(("networks", name, "azs", position), message, (("networks", name, "region"),))


def _repeated_zones(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        for _, again in repeated(network.azs):
            yield Breach(("networks", name, "azs", again), f"availability zone {network.azs[again]} stands twice")


def _too_few_zones(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        fewest, zones = FEWEST_AZS[network.environment], len(set(network.azs))
        if zones < fewest:
            message = f"a {network.environment} network needs {fewest} availability zones, this one has {zones}"
            yield Breach(("networks", name, "azs"), message)


def _tiers(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        path = ("networks", name, "tiers")
        for _, again in repeated(network.tiers):
            yield Breach((*path, again), f"tier {network.tiers[again]} stands twice", remedy="list it once")
        if Tier.PRIVATE not in network.tiers:
            held = f"{', '.join(network.tiers) or 'nothing'} without it"
            yield Breach(path, f"the network lacks the private tier: it has {held}")


def _nat_tiers(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        if network.nat is not Nat.NONE and Tier.PUBLIC not in network.tiers:
            message = f"nat {network.nat} needs the public tier, where NAT gateways live"
            yield Breach(("networks", name, "nat"), message, (("networks", name, "tiers"),))


def _nat_in_prod(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        if network.environment is Environment.PROD and network.nat is Nat.SINGLE:
            yield Breach(("networks", name, "nat"), "a single NAT gateway makes one zone's failure every zone's")


def _profiles(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        wanted = PROFILES[network.environment]
        if network.profile is not wanted:
            message = f"a {network.environment} network takes the profile {wanted}, not {network.profile}"
            yield Breach(("networks", name, "profile"), message, (("networks", name, "environment"),))


NETWORK_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "az-name",
        "A zone is a region's name and a letter from a to h.",
        "write for example us-east-1a",
        _bad_zones,
    ),
    Rule("az-in-region", "Every zone is in its network's region.", "use zones of the region", _foreign_zones),
    Rule("az-unique", "A zone stands once in a network.", "remove one of them", _repeated_zones),
    Rule(
        "az-count",
        "A network spans at least two zones, in prod three (N2).",
        "add zones: existing subnets stay where they are",
        _too_few_zones,
    ),
    Rule(
        "tiers",
        "A network has the private tier, to which load balancers and hubs lead, and no tier twice.",
        "add private to the tiers",
        _tiers,
    ),
    Rule(
        "nat-needs-public-tier",
        "NAT gateways live in the public tier.",
        "add the public tier, or write nat: none",
        _nat_tiers,
    ),
    Rule("nat-per-az-in-prod", "NAT in prod is one gateway per zone (N3).", "write nat: per-az", _nat_in_prod),
    Rule(
        "profile-of-environment",
        "Payments networks take the payments rows of the firm's tables, all others the application rows.",
        "let the profile follow the environment",
        _profiles,
    ),
)
"""Rules about single networks."""
