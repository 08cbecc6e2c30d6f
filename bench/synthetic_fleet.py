"""A fleet of any number of stacks, for measurements: two regions, and areas that each have a hub in both.

An area holds a payments network with an endpoint of S3, which its first prod network in the home region peers with, a
hub in each region, the peering between them, and networks attached to the hubs: one of staging a hub, then one of prod
for every two of dev.
Networks are as small as the rules allow, so that two hundred stacks deploy in minutes. Pure: the same number of stacks
gives the same document.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Final

from securecart.config.addressing import LONGEST_VPC_PREFIX
from securecart.config.model import Environment
from securecart.config.rules.networks import FEWEST_AZS, PROFILES
from securecart.errors import BadInputError
from securecart.limits import LimitName, limit

Document = dict[str, object]
"""A fleet file as plain data."""

REGIONS: Final = MappingProxyType({"us": "us-east-1", "eu": "eu-west-1"})
"""Regions by the short name that stands in names."""

HOME: Final = "us"
"""Short name of the home region."""

AREA_STACKS: Final = 50
"""Stacks of an area: a hub then has about a dozen attachments, and route tables stay short."""

FEWEST_STACKS: Final = 16
"""Stacks of the smallest fleet: archives, and one area with a staging and a prod network on each hub."""

SUPERNET: Final = IPv4Network("10.0.0.0/8")
"""Block that holds every network."""

_FIRST_ACCOUNT: Final = 220_000_000_001
_FIRST_ASN: Final = 64512
_AREA_PARTS: Final = len(("hub", "hub", "hub peering", "payments network", "its endpoints", "peering"))


@dataclass(frozen=True)
class _Network:
    """One network, and where it stands."""

    area: int
    """Number of its area, from 1."""
    place: str
    """Short name of its region."""
    environment: str
    """What it serves."""
    number: int = 1
    """Its number among those of its area, region and environment, from 1."""

    @property
    def name(self) -> str:
        """Its name, and that of its attachment."""
        return f"a{self.area}-{self.place}-{self.environment}-{self.number}"

    @property
    def account(self) -> str:
        """Its account: a further one whenever the quota of VPCs is used up."""
        group = (self.number - 1) // limit(LimitName.VPCS_PER_REGION).value + 1
        return f"a{self.area}-{self.environment}-{group}"

    @property
    def hub(self) -> str:
        """The hub of its area and region."""
        return _hub(self.area, self.place)


def synthetic_fleet(stacks: int) -> Document:
    """Return a fleet document with this many stacks.

    Raises:
        BadInputError: too few for one area with all kinds of stacks.
    """
    if stacks < FEWEST_STACKS:
        raise BadInputError(
            "a synthetic fleet cannot be that small",
            value=str(stacks),
            rule=f"every kind of stack is there, on both hubs: {FEWEST_STACKS} stacks at least",
            remedy="ask for more stacks",
        )
    areas = range(1, max(1, stacks // AREA_STACKS) + 1)
    rest = stacks - len(REGIONS) - len(areas) * _AREA_PARTS
    attached = list(itertools.islice(_attached(areas), rest // 2))
    networks = [*attached, *(_Network(area, HOME, "payments") for area in areas)]
    # An attached network is two stacks; an odd one is made up by one more peering, from the other region.
    peered = [(area, HOME) for area in areas] + [(1, "eu")] * (rest % 2)
    return {
        "name": "synthetic",
        "home_region": REGIONS[HOME],
        "regions": list(REGIONS.values()),
        "supernet": str(SUPERNET),
        "accounts": _accounts(areas, networks),
        "log_archive": {"account": "log-archive", "retention_days": 400},
        "hubs": {_hub(area, place): _hub_entry(area, place) for area in areas for place in REGIONS},
        "networks": {network.name: _network_entry(network, index) for index, network in enumerate(networks)},
        "connections": {
            **{network.name: _attachment(network) for network in attached},
            **{f"a{area}-hubs": _hub_peering(area) for area in areas},
            **{f"a{area}-{place}-payments": _peering(area, place) for area, place in peered},
        },
        "targets": {"sandbox": {"kind": "sandbox"}},
    }


def _attached(areas: range) -> Iterator[_Network]:
    """Yield networks to attach, without end, so that hubs grow evenly."""
    hubs = list(itertools.product(areas, REGIONS))
    yield from (_Network(area, place, "staging") for area, place in hubs)
    for round_ in itertools.count():
        for environment, number in (("prod", round_ + 1), ("dev", 2 * round_ + 1), ("dev", 2 * round_ + 2)):
            yield from (_Network(area, place, environment, number) for area, place in hubs)


def _accounts(areas: range, networks: list[_Network]) -> Document:
    names = ["log-archive", *(f"a{area}-network" for area in areas), *(network.account for network in networks)]
    return {
        name: {"id": str(_FIRST_ACCOUNT + index), "role": "Deploy", "external_id": f"synthetic-{name}"}
        for index, name in enumerate(dict.fromkeys(names))
    }


def _hub(area: int, place: str) -> str:
    return f"a{area}-{place}"


def _hub_entry(area: int, place: str) -> Document:
    return {
        "account": f"a{area}-network",
        "region": REGIONS[place],
        "asn": _FIRST_ASN + len(REGIONS) * (area - 1) + list(REGIONS).index(place),
        "segments": ["dev", "prod", "staging"],
    }


def _network_entry(network: _Network, index: int) -> Document:
    region = REGIONS[network.place]
    size = 1 << (32 - LONGEST_VPC_PREFIX)
    environment = Environment(network.environment)
    return {
        "account": network.account,
        "region": region,
        "environment": network.environment,
        "profile": PROFILES[environment].value,
        "cidr": str(IPv4Network((int(SUPERNET.network_address) + index * size, LONGEST_VPC_PREFIX))),
        "azs": [f"{region}{letter}" for letter in "abc"[: FEWEST_AZS[environment]]],
        "tiers": ["private", "database"],
        **({"endpoints": {"gateway": ["s3"], "interface": []}} if environment is Environment.PAYMENTS else {}),
    }


def _attachment(network: _Network) -> Document:
    return {"kind": "attachment", "network": network.name, "hub": network.hub, "segment": network.environment}


def _hub_peering(area: int) -> Document:
    requester, accepter = (_hub(area, place) for place in REGIONS)
    return {"kind": "hub-peering", "requester": requester, "accepter": accepter, "segments": ["prod"]}


def _peering(area: int, place: str) -> Document:
    requester, accepter = _Network(area, place, "prod"), _Network(area, HOME, "payments")
    return {
        "kind": "peering",
        "requester": {"network": requester.name, "tiers": ["private"]},
        "accepter": {"network": accepter.name, "tiers": ["private"]},
        "ports": [443],
    }
