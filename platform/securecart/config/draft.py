"""The fleet as far as its single objects are sound: what the rules between objects judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import TypeVar

from securecart.config.model import (
    Account,
    Attachment,
    Connection,
    DirectConnect,
    Hub,
    HubPeering,
    LogArchive,
    Network,
    Peering,
    Target,
    Vpn,
)

T = TypeVar("T")


@dataclass(frozen=True)
class Draft:
    """Sound objects by name; a broken one is left out here, but its name is in ``declared``."""

    name: str | None = None
    """Name of the fleet."""
    home_region: str | None = None
    """Home region."""
    regions: tuple[str, ...] | None = None
    """Regions the fleet may use."""
    supernet: IPv4Network | None = None
    """Block that holds every network."""
    log_archive: LogArchive | None = None
    """Where flow logs go."""
    default_target: str | None = None
    """Target of a run that names none."""
    accounts: Mapping[str, Account] = field(default_factory=dict)
    """Sound accounts."""
    hubs: Mapping[str, Hub] = field(default_factory=dict)
    """Sound hubs."""
    networks: Mapping[str, Network] = field(default_factory=dict)
    """Sound networks."""
    connections: Mapping[str, Connection] = field(default_factory=dict)
    """Sound connections."""
    vpns: Mapping[str, Vpn] = field(default_factory=dict)
    """Sound VPN connections of offices."""
    direct_connects: Mapping[str, DirectConnect] = field(default_factory=dict)
    """Sound Direct Connect connections."""
    targets: Mapping[str, Target] = field(default_factory=dict)
    """Sound targets."""
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names in each section, sound or not; a section that cannot be read has no entry."""

    def missing(self, section: str, name: str) -> bool:
        """Whether a section surely has no such name: false where the section itself cannot be read."""
        return section in self.declared and name not in self.declared[section]

    def attachments(self) -> dict[str, Attachment]:
        """Connections that are attachments, by name."""
        return of_kind(self.connections, Attachment)

    def peerings(self) -> dict[str, Peering]:
        """Connections that are VPC peerings, by name."""
        return of_kind(self.connections, Peering)

    def hub_peerings(self) -> dict[str, HubPeering]:
        """Connections that are hub peerings, by name."""
        return of_kind(self.connections, HubPeering)


def of_kind(values: Mapping[str, object], kind: type[T]) -> dict[str, T]:
    """The entries whose values are of one type."""
    return {name: value for name, value in values.items() if isinstance(value, kind)}
