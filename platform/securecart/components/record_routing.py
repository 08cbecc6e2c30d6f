"""How Route 53 chooses among the records of one name: each kind of routing as data, and what a record says of it. Pure.

Source: Route 53 API reference, ResourceRecordSet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

EVERYWHERE_ELSE = "*"
"""Country code of the record that answers who is nowhere else (Route 53 API, GeoLocation)."""


@dataclass(frozen=True)
class Latency:
    """To those whom the region is nearest."""

    region: str
    """AWS region."""


@dataclass(frozen=True)
class Failover:
    """To everybody while it is healthy, or else the other one."""

    role: Literal["primary", "secondary"]
    """Which of the two it is."""


@dataclass(frozen=True)
class Weighted:
    """As often as its weight says."""

    weight: int
    """0 to 255."""


@dataclass(frozen=True)
class Geolocation:
    """To those who are there; everywhere else, if neither is given."""

    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    continent: str | None = None
    """Route 53's two letters for a continent."""


Routing = Latency | Failover | Weighted | Geolocation
"""When a record answers."""


def routing_argument(routing: Routing) -> tuple[str, Mapping[str, str | int]]:
    """Return the SDK's argument that holds a routing, and its members."""
    match routing:
        case Latency(region):
            return "latency_routing_policies", {"region": region}
        case Failover(role):
            return "failover_routing_policies", {"type": role.upper()}
        case Weighted(weight):
            return "weighted_routing_policies", {"weight": weight}
        case Geolocation(None, str(continent)):
            return "geolocation_routing_policies", {"continent": continent}
        case Geolocation(country, _):
            return "geolocation_routing_policies", {"country": country or EVERYWHERE_ELSE}


def set_identifier(load_balancer: str, routing: Routing) -> str:
    """Return what tells a record from others of its name: when it answers, and by weight to whom it leads.

    So a record that is to lead elsewhere, such as a primary that becomes the secondary, changes in place: Route 53
    would refuse to have two of a role, region or place for a moment.
    """
    match routing:
        case Latency(region):
            return region
        case Failover(role):
            return role
        case Weighted():
            return load_balancer
        case Geolocation(None, str(continent)):
            return f"continent-{continent}"
        case Geolocation(country, _):
            return f"country-{country}" if country else "default"
