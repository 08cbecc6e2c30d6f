"""Sites beyond AWS: offices by Site-to-Site VPN, partners by Direct Connect, and what of the fleet they reach."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network
from typing import Annotated, Literal

from pydantic import Field

from securecart.config.parts import Model, Name, RegionName, Tier

Asn = Annotated[int, Field(ge=1, le=2147483647, description="ASN, 1 to 2147483647 (EC2 API, CreateCustomerGateway).")]
Port = Annotated[int, Field(ge=1, le=65535, description="TCP port.")]


class CustomerGateway(Model):
    """The site's end of a VPN connection."""

    ip_address: IPv4Address = Field(description="Public IPv4 address of the site's VPN device.")
    bgp_asn: Asn = Field(description="ASN of the site's VPN device.")


class Reach(Model):
    """What a site reaches in one network: the listed tiers, on the listed ports, and nothing else."""

    network: Name = Field(description="Network that the site reaches.")
    tiers: tuple[Tier, ...] = Field(default=(Tier.PRIVATE,), description="Tiers that take the site's requests.")
    group: Name = Field(default="ecs", description="Component whose security group takes the requests.")
    ports: tuple[Port, ...] = Field(default=(443,), description="TCP ports that the site reaches.")


class Vpn(Model):
    """A Site-to-Site VPN connection of an office, on a hub, with a Transit Gateway route table of its own."""

    hub: Name = Field(description="Hub that ends the VPN connection.")
    customer_gateway: CustomerGateway = Field(description="The office's end.")
    cidrs: tuple[IPv4Network, ...] = Field(min_length=1, description="Blocks of the office, outside the supernet.")
    reaches: tuple[Reach, ...] = Field(min_length=1, description="What the office reaches.")


class Failover(Model):
    """VPN connections on the same virtual private gateways, used while the Direct Connect link is down."""

    customer_gateway: CustomerGateway = Field(description="The site's end of every one of them.")


class DirectConnect(Model):
    """A dedicated Direct Connect connection with its gateway and one virtual interface.

    A gateway takes either virtual private gateways (a private virtual interface) or Transit Gateways (a transit
    one), never both, so ``networks`` goes with the former and ``hubs`` with the latter.
    """

    account: Name = Field(description="Account that owns connection, gateway and virtual interface.")
    region: RegionName = Field(description="Region of the Direct Connect location.")
    location: str = Field(pattern=r"^[A-Za-z0-9]{3,10}$", description="Code of the location, for example EqDC2.")
    bandwidth: Literal["1Gbps", "10Gbps", "100Gbps"] = Field(
        default="1Gbps", description="Speed of the dedicated port."
    )
    gateway_asn: int = Field(
        ge=64512,
        le=4294967294,
        description="Private ASN of the gateway's side, 64512-65534 or 4200000000-4294967294.",
    )
    vif: Literal["private", "transit"] = Field(
        default="private", description="Kind of virtual interface: private to networks, transit to hubs."
    )
    vlan: int = Field(ge=1, le=4094, description="VLAN of the virtual interface.")
    bgp_asn: Asn = Field(description="ASN of the site's router.")
    networks: tuple[Name, ...] = Field(
        default=(), description="Networks whose virtual private gateways are associated; with `vif: private`."
    )
    hubs: tuple[Name, ...] = Field(
        default=(), description="Hubs whose Transit Gateways are associated; with `vif: transit`."
    )
    allowed_prefixes: tuple[IPv4Network, ...] = Field(
        min_length=1, description="Blocks that are announced to the site, none wider or besides."
    )
    failover: Failover | None = Field(default=None, description="VPN on the same gateways; with `vif: private`.")
    cidrs: tuple[IPv4Network, ...] = Field(min_length=1, description="Blocks of the site, outside the supernet.")
    reaches: tuple[Reach, ...] = Field(default=(), description="What the site reaches.")
