"""Breaks of the rules on Direct Connect."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change

LINK = "direct-connect-logistics"
_VGW = "aws:ec2/vpnGateway:VpnGateway"

JUDGED: tuple[Break, ...] = (
    change("dx-connection-listed", LINK, "Connection", "logistics", bandwidth="10Gbps"),
    change("dx-interface-listed", LINK, "PrivateVirtualInterface", "logistics", vlan=102),
    change("dx-prefixes-listed", LINK, "GatewayAssociationProposal", "prod-eu", allowed_prefixes=["10.0.0.0/8"]),
    Break(
        "dx-one-kind",
        LINK,
        Address("TransitVirtualInterface", "as-well"),
        {
            "addressFamily": "ipv4",
            "connectionId": "dxcon-elsewhere",
            "dxGatewayId": "elsewhere",
            "vlan": 101,
            "bgpAsn": 65020,
        },
        adds="aws:directconnect/transitVirtualInterface:TransitVirtualInterface",
        blames=Address("Gateway", "logistics"),
    ),
    Break("dx-networks-listed", LINK, Address("VpnGateway", "one-more"), {"vpcId": "vpc-elsewhere"}, adds=_VGW),
    change(
        "dx-gateways-associated",
        LINK,
        "GatewayAssociationProposal",
        "payments",
        Address("VpnGateway", "payments"),
        associated_gateway_id="vgw-elsewhere",
    ),
    change(
        "dx-failover",
        LINK,
        "VpnConnection",
        "logistics-payments",
        Address("VpnGateway", "payments"),
        vpn_gateway_id="vgw-elsewhere",
    ),
)
"""Breaks of a Direct Connect link's stack."""
