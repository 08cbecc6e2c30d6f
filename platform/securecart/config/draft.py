"""The fleet as far as its single objects are sound: what the rules between objects judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import TypeVar

from securecart.config.model import (
    Accelerator,
    Account,
    Attachment,
    Certificate,
    Connection,
    DirectConnect,
    Distribution,
    Dns,
    EndpointService,
    Hub,
    HubPeering,
    LoadBalancer,
    LogArchive,
    Network,
    PartnerEndpoint,
    Peering,
    RecordSet,
    Shield,
    Target,
    Vpn,
    Waf,
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
    endpoint_services: Mapping[str, EndpointService] = field(default_factory=dict)
    """Sound services offered by PrivateLink."""
    partner_endpoints: Mapping[str, PartnerEndpoint] = field(default_factory=dict)
    """Sound endpoints to services of others."""
    dns: Dns | None = None
    """The public hosted zone."""
    certificates: Mapping[str, Certificate] = field(default_factory=dict)
    """Sound certificates."""
    waf: Waf | None = None
    """What web ACLs enforce; None where the fleet file says nothing sound about it."""
    shield: Shield | None = None
    """DDoS protection; None where the fleet file says nothing sound about it."""
    load_balancers: Mapping[str, LoadBalancer] = field(default_factory=dict)
    """Sound load balancers."""
    distributions: Mapping[str, Distribution] = field(default_factory=dict)
    """Sound distributions."""
    accelerators: Mapping[str, Accelerator] = field(default_factory=dict)
    """Sound accelerators."""
    record_sets: Mapping[str, RecordSet] = field(default_factory=dict)
    """Sound names with a routing policy."""
    targets: Mapping[str, Target] = field(default_factory=dict)
    """Sound targets."""
    declared: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Names in each section, sound or not; a section that cannot be read has no entry, a key left out has no names."""

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
