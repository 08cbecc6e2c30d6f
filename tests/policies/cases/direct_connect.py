"""Cases of policies/rules/direct_connect.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, link

_PROPOSAL, _VGW = "GatewayAssociationProposal", "aws:ec2/vpnGateway:VpnGateway"
_TRANSIT = "aws:directconnect/transitVirtualInterface:TransitVirtualInterface"

VIOLATIONS: tuple[Case, ...] = (
    Case("dx-connection-listed", "another place", link, "Connection", props={"location": "EqLD5"}),
    Case("dx-connection-listed", "faster", link, "Connection", props={"bandwidth": "10Gbps"}),
    Case(
        "dx-connection-listed",
        "in a network's stack",
        dev,
        "Vpc",
        add=("aws:directconnect/connection:Connection", {"location": "EqDC2", "bandwidth": "1Gbps"}),
    ),
    Case("dx-interface-listed", "another VLAN", link, "PrivateVirtualInterface", props={"vlan": 102}),
    Case("dx-interface-listed", "another site", link, "PrivateVirtualInterface", props={"bgpAsn": 65099}),
    Case(
        "dx-interface-listed",
        "of the other kind",
        link,
        "PrivateVirtualInterface",
        add=(_TRANSIT, {"vlan": 101, "bgpAsn": 65020}),
    ),
    Case("dx-prefixes-listed", "wider", link, _PROPOSAL, "prod", {"allowedPrefixes": ["10.0.0.0/8"]}),
    Case("dx-prefixes-listed", "all there is", link, _PROPOSAL, "prod", drop=("allowedPrefixes",)),
    Case("dx-one-kind", "a transit interface as well", link, "PrivateVirtualInterface", add=(_TRANSIT, {})),
    Case("dx-networks-listed", "one more", link, "VpnGateway", "payments", add=(_VGW, {"id": "vgw-2"})),
    Case("dx-networks-listed", "one less", link, "VpnGateway", "payments", remove=True),
    Case("dx-gateways-associated", "not at all", link, _PROPOSAL, "prod", remove=True),
    Case("dx-gateways-associated", "another's", link, _PROPOSAL, "prod", {"associatedGatewayId": "vgw-elsewhere"}),
    Case(
        "dx-gateways-associated",
        "a hub as well",
        link,
        "GatewayAssociation",
        "prod",
        add=("aws:directconnect/gatewayAssociation:GatewayAssociation", {"associatedGatewayId": "tgw-1"}),
    ),
    Case("dx-failover", "none", link, "VpnConnection", "logistics-payments", remove=True),
)

UNDECIDED: tuple[Case, ...] = (
    Case("dx-connection-listed", "the place", link, "Connection", props={"location": UNKNOWN}),
    Case("dx-interface-listed", "the VLAN", link, "PrivateVirtualInterface", props={"vlan": UNKNOWN}),
    Case("dx-prefixes-listed", "the list", link, _PROPOSAL, "prod", {"allowedPrefixes": UNKNOWN}),
    Case("dx-prefixes-listed", "a prefix", link, _PROPOSAL, "prod", {"allowedPrefixes": [UNKNOWN]}),
    Case("dx-gateways-associated", "which", link, _PROPOSAL, "prod", {"associatedGatewayId": UNKNOWN}),
    Case("dx-failover", "on which gateway", link, "VpnConnection", "logistics-payments", {"vpnGatewayId": UNKNOWN}),
)
