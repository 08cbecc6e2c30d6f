"""Sites beyond AWS as rules see them: offices by VPN, partners by Direct Connect, and what they reach."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network

from policies.subjects import Place


@dataclass(frozen=True)
class ReachFacts:
    """What a site reaches in one network."""

    network: str
    """Name of the network."""
    place: Place
    """Where the network is."""
    blocks: tuple[IPv4Network, ...]
    """Blocks of the listed tiers."""
    tables: int
    """How many route tables the listed tiers have: one for each zone."""
    ports: tuple[int, ...]
    """TCP ports that are listed."""


@dataclass(frozen=True)
class SiteFacts:
    """The site that a stack connects, and what it reaches."""

    cidrs: tuple[str, ...]
    """Blocks of the site, sorted."""
    reaches: tuple[ReachFacts, ...]
    """What it reaches, by network name."""

    def at(self, provider_name: str) -> tuple[ReachFacts, ...]:
        """Return what it reaches where a provider leads.

        Two networks of one account and region both qualify: their stacks' ids tell them apart, not the rules.
        """
        return tuple(reach for reach in self.reaches if reach.place.provider_name == provider_name)


@dataclass(frozen=True)
class DirectConnectFacts:
    """The Direct Connect connection that a stack deploys."""

    place: Place
    """Account that owns connection and gateway, and the region of the location."""
    location: str
    """Code of the location."""
    bandwidth: str
    """Speed of the port."""
    vif: str
    """``private`` or ``transit``."""
    vlan: int
    """VLAN of the virtual interface."""
    bgp_asn: int
    """ASN of the site's router."""
    networks: tuple[Place, ...]
    """Places of the networks behind the gateway, sorted, one for each network."""
    hubs: tuple[Place, ...]
    """Places of the hubs behind the gateway, sorted."""
    prefixes: tuple[str, ...]
    """Blocks that are announced to the site, sorted."""
    devices: tuple[str, ...]
    """Address of the site's VPN device; empty without failover."""


@dataclass(frozen=True)
class VpnFacts:
    """The office's VPN connection that a stack deploys."""

    hub: Place
    """Where the hub is that ends the connection."""
    device: str
    """Public address of the office's VPN device."""
    segments: int
    """How many of the hub's segments have a network that the office reaches."""
