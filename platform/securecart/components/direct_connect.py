"""A dedicated Direct Connect connection with its gateway and one virtual interface."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.sdk import directconnect
from securecart.program.scope import Scope


@dataclass(frozen=True)
class DirectConnectArgs:
    """What a connection needs."""

    location: str
    """Code of the Direct Connect location."""
    bandwidth: str
    """Speed of the dedicated port, for example ``1Gbps``."""
    gateway_asn: int
    """Private ASN of the gateway's side."""
    transit: bool
    """Whether the virtual interface leads to Transit Gateways, instead of virtual private gateways (decision D4)."""
    vlan: int
    """VLAN of the virtual interface."""
    bgp_asn: int
    """ASN of the site's router."""


class DirectConnect(pulumi.ComponentResource):
    """A connection, a gateway, and the virtual interface between them.

    AWS makes the BGP key and the addresses of both ends. The gateway is global; the connection is its location's
    region's.
    """

    dx_gateway_id: pulumi.Output[str]
    """Id of the Direct Connect gateway."""
    connection_id: pulumi.Output[str]
    """Id of the connection, which the order of the cross connect names."""

    def __init__(self, name: str, scope: Scope, args: DirectConnectArgs) -> None:
        """Create the connection, the gateway and the virtual interface."""
        super().__init__("securecart:network:DirectConnect", name, None, scope.component_opts())
        inner = scope.within(self)
        connection = directconnect.Connection(
            name,
            name=name,
            location=args.location,
            bandwidth=args.bandwidth,
            tags=inner.tags(name),
            opts=inner.opts(),
        )
        gateway = directconnect.Gateway(
            name, name=name, amazon_side_asn=str(args.gateway_asn), tags=inner.tags(name), opts=inner.opts()
        )
        kind = directconnect.TransitVirtualInterface if args.transit else directconnect.PrivateVirtualInterface
        kind(
            name,
            name=name,
            address_family="ipv4",
            connection_id=connection.id,
            dx_gateway_id=gateway.id,
            vlan=args.vlan,
            bgp_asn=args.bgp_asn,
            tags=inner.tags(name),
            opts=inner.opts(),
        )
        self.dx_gateway_id, self.connection_id = gateway.id, connection.id
        self.register_outputs({"dx_gateway_id": gateway.id, "connection_id": connection.id})


def associate(
    gateway: Scope, owner: Scope, name: str, dx_gateway_id: pulumi.Input[str], end: GatewayEnd
) -> directconnect.GatewayAssociation:
    """Put a virtual private gateway or a Transit Gateway behind a Direct Connect gateway.

    Across accounts the end's owner proposes, and the Direct Connect gateway's owner accepts (Direct Connect user guide,
    "Associate a virtual private gateway across accounts").

    Args:
        gateway: Account of the Direct Connect gateway.
        owner: Account and region of the end.
        name: Name of the association.
        dx_gateway_id: Id of the Direct Connect gateway.
        end: What is associated.
    """
    prefixes = [str(prefix) for prefix in end.allowed_prefixes]
    if gateway.account_id == owner.account_id:
        return directconnect.GatewayAssociation(
            name,
            dx_gateway_id=dx_gateway_id,
            associated_gateway_id=end.gateway_id,
            allowed_prefixes=prefixes,
            opts=owner.opts(),
        )
    proposal = directconnect.GatewayAssociationProposal(
        name,
        dx_gateway_id=dx_gateway_id,
        dx_gateway_owner_account_id=gateway.account_id,
        associated_gateway_id=end.gateway_id,
        allowed_prefixes=prefixes,
        opts=owner.opts(),
    )
    return directconnect.GatewayAssociation(
        name,
        dx_gateway_id=dx_gateway_id,
        proposal_id=proposal.id,
        associated_gateway_owner_account_id=owner.account_id,
        allowed_prefixes=prefixes,
        opts=gateway.opts(),
    )


@dataclass(frozen=True)
class GatewayEnd:
    """A gateway to put behind a Direct Connect gateway."""

    gateway_id: pulumi.Input[str]
    """Id of the virtual private gateway or Transit Gateway."""
    allowed_prefixes: Sequence[IPv4Network]
    """Blocks that are announced to the site for it."""
