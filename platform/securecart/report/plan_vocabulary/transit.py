"""Transit Gateways, VPN, Direct Connect, and the shares by which accounts use them.

Sources: AWS Transit Gateway guide (Attachments; Route tables; Peering); AWS Site-to-Site VPN user guide (Modifying a
connection; Tunnel endpoint replacements); AWS Direct Connect user guide (Virtual interfaces; Direct Connect gateways);
AWS RAM user guide (Stop sharing).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from securecart.report.plan_vocabulary.effect import (
    ANY_PROPERTY,
    Effect,
    TypeWords,
    Vocabulary,
    access,
    brief,
    nothing,
    traffic,
    unguarded,
)

_TUNNELS: Final[Mapping[str, Effect]] = {
    ANY_PROPERTY: brief("its tunnels go down one after the other while AWS changes them")
}
_VIF_REPLACED: Final = traffic("its BGP session ends; traffic takes the VPN or stops until the new one is up")
_VIF_DELETED: Final = traffic("its BGP session ends; traffic takes the VPN or stops")

TRANSIT: Final[Vocabulary] = {
    "aws:ec2transitgateway/transitGateway:TransitGateway": TypeWords(
        "Transit Gateway",
        replace=traffic("every attachment, route table and share of it is replaced; all traffic through it stops"),
        delete=traffic("all traffic between the networks attached to it stops"),
        update={
            "amazonSideAsn": traffic("its BGP sessions are built up anew"),
            "autoAcceptSharedAttachments": access("attachments of other accounts are accepted, or wait to be"),
            "defaultRouteTableAssociation": brief("attachments made from now on get, or do not get, a route table"),
            "defaultRouteTablePropagation": brief("attachments made from now on announce, or do not announce, routes"),
            "securityGroupReferencingSupport": traffic(
                "rules that name groups beyond the gateway start or stop working"
            ),
        },
    ),
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": TypeWords(
        "Transit Gateway attachment",
        replace=traffic("traffic through the Transit Gateway stops until the new one is associated"),
        delete=traffic("its network is cut off from the Transit Gateway"),
        update={
            "subnetIds": brief("zones that lose their subnet can no longer reach the Transit Gateway"),
            "applianceModeSupport": brief("open connections may take another zone, and break"),
            "transitGatewayDefaultRouteTableAssociation": traffic("which routes its network uses changes"),
            "transitGatewayDefaultRouteTablePropagation": traffic("whether others find its network changes"),
        },
    ),
    "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": TypeWords(
        "Transit Gateway attachment acceptance",
        replace=traffic("the attachment is deleted with it; its network is cut off until one is accepted again"),
        delete=traffic("the attachment is deleted with it; its network is cut off from the Transit Gateway"),
        update={
            "transitGatewayDefaultRouteTableAssociation": traffic("which routes its network uses changes"),
            "transitGatewayDefaultRouteTablePropagation": traffic("whether others find its network changes"),
        },
    ),
    "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": TypeWords(
        "Transit Gateway peering",
        replace=traffic("traffic between the two gateways stops until the new one is accepted and routed to"),
        delete=traffic("traffic between the two gateways stops"),
    ),
    "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": TypeWords(
        "Transit Gateway peering acceptance",
        replace=traffic("the peering is deleted with it; traffic between the two gateways stops meanwhile"),
        delete=traffic("the peering is deleted with it; traffic between the two gateways stops"),
    ),
    "aws:ec2transitgateway/routeTable:RouteTable": TypeWords(
        "Transit Gateway route table",
        replace=traffic("the attachments that use it have no routes until they are associated with the new one"),
        delete=traffic("the attachments that use it have no routes"),
    ),
    "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": TypeWords(
        "Transit Gateway association",
        replace=traffic("what comes from its attachment is dropped until the new association is made"),
        delete=traffic("what comes from its attachment is dropped"),
    ),
    "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": TypeWords(
        "Transit Gateway propagation",
        replace=traffic("the way to its attachment is unknown until the new propagation is made"),
        delete=traffic("the way to its attachment is no longer known, unless a static route has it"),
    ),
    "aws:ec2transitgateway/route:Route": TypeWords(
        "Transit Gateway route",
        replace=traffic("traffic to its destination stops until the new route is in place"),
        delete=traffic("traffic to its destination stops, unless a wider or propagated route takes it"),
    ),
    "aws:ec2transitgateway/prefixListReference:PrefixListReference": TypeWords(
        "Transit Gateway prefix list reference",
        replace=traffic("traffic to the list's addresses stops until the new reference is in place"),
        delete=traffic("traffic to the list's addresses stops"),
        update={ANY_PROPERTY: brief("traffic to the list's addresses takes the new attachment at once")},
    ),
    "aws:ram/resourceShare:ResourceShare": TypeWords(
        "resource share",
        replace=access("other accounts lose what it shares until it is shared with them again"),
        delete=access("other accounts lose what it shares; what they built on it is cut off"),
        update={"allowExternalPrincipals": access("accounts outside the organization may, or may no longer, use it")},
    ),
    "aws:ram/principalAssociation:PrincipalAssociation": TypeWords(
        "resource share principal",
        replace=access(
            "its account loses what is shared with it, such as the Transit Gateway, until it is added again"
        ),
        delete=access("its account loses what is shared with it, such as the Transit Gateway"),
    ),
    "aws:ram/resourceAssociation:ResourceAssociation": TypeWords(
        "resource share entry",
        replace=access("the accounts of the share lose it until it is shared again"),
        delete=access("the accounts of the share lose it"),
    ),
    "aws:ram/resourceShareAccepter:ResourceShareAccepter": TypeWords(
        "resource share acceptance",
        replace=access("its account leaves the share until it accepts again"),
        delete=access("its account leaves the share, and needs a new invitation to come back"),
    ),
    "aws:ec2/vpnGateway:VpnGateway": TypeWords(
        "VPN gateway",
        replace=traffic("its VPN connections and Direct Connect associations are replaced; traffic over them stops"),
        delete=traffic("traffic over its VPN connections and Direct Connect associations stops"),
        update={"vpcId": traffic("its old VPC is cut off from VPN and Direct Connect")},
    ),
    "aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment": TypeWords(
        "VPN gateway attachment",
        replace=traffic("the VPC is cut off from VPN and Direct Connect until the new one is in place"),
        delete=traffic("the VPC is cut off from VPN and Direct Connect"),
    ),
    "aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation": TypeWords(
        "VPN route propagation",
        replace=traffic("routes to the office are missing until they are propagated again"),
        delete=traffic("routes to the office are gone, unless static ones have them"),
    ),
    "aws:ec2/customerGateway:CustomerGateway": TypeWords(
        "customer gateway",
        replace=traffic("its VPN connections move to the new one, and their tunnels go down"),
        delete=traffic("its VPN connections must go first; AWS refuses otherwise"),
    ),
    "aws:ec2/vpnConnection:VpnConnection": TypeWords(
        "VPN connection",
        replace=traffic("its tunnels get other addresses and keys; the other side must be set up anew"),
        delete=traffic("its tunnels are gone; traffic takes Direct Connect or stops"),
        update=_TUNNELS,
    ),
    "aws:ec2/vpnConnectionRoute:VpnConnectionRoute": TypeWords(
        "VPN route",
        replace=traffic("traffic to its destination stops until the new route is in place"),
        delete=traffic("traffic to its destination stops"),
    ),
    "aws:directconnect/connection:Connection": TypeWords(
        "Direct Connect connection",
        replace=traffic("the port is given up; a new one needs a new letter of authority and a new cross connect"),
        delete=traffic("the port is given up, with the virtual interfaces on it"),
    ),
    "aws:directconnect/linkAggregationGroup:LinkAggregationGroup": TypeWords(
        "Direct Connect link group",
        replace=traffic("the virtual interfaces on it must be moved or made anew"),
        delete=traffic("the virtual interfaces on it must go first; AWS refuses otherwise"),
    ),
    "aws:directconnect/gateway:Gateway": TypeWords(
        "Direct Connect gateway",
        replace=traffic("its virtual interfaces and associations are replaced; traffic over them stops"),
        delete=traffic("traffic over its virtual interfaces stops"),
    ),
    "aws:directconnect/gatewayAssociation:GatewayAssociation": TypeWords(
        "Direct Connect association",
        replace=traffic("its network is cut off from Direct Connect until the new one is associated: minutes"),
        delete=traffic("its network is cut off from Direct Connect"),
        update={"allowedPrefixes": brief("which networks the data centre finds changes")},
    ),
    "aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal": TypeWords(
        "Direct Connect association proposal",
        replace=nothing("an association that was made of it stays"),
        delete=nothing("an association that was made of it stays"),
    ),
    "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface": TypeWords(
        "private virtual interface",
        replace=_VIF_REPLACED,
        delete=_VIF_DELETED,
        update={"mtu": brief("its BGP session is built up anew, with every other one on the connection")},
    ),
    "aws:directconnect/transitVirtualInterface:TransitVirtualInterface": TypeWords(
        "transit virtual interface",
        replace=_VIF_REPLACED,
        delete=_VIF_DELETED,
        update={"mtu": brief("its BGP session is built up anew, with every other one on the connection")},
    ),
    "aws:directconnect/publicVirtualInterface:PublicVirtualInterface": TypeWords(
        "public virtual interface",
        replace=traffic("its BGP session ends; the new one waits until AWS has verified the prefixes"),
        delete=traffic("its BGP session ends; traffic to AWS's public services takes the internet"),
    ),
    "aws:directconnect/bgpPeer:BgpPeer": TypeWords("BGP peer", replace=_VIF_REPLACED, delete=_VIF_DELETED),
    "aws:directconnect/macsecKeyAssociation:MacsecKeyAssociation": TypeWords(
        "MACsec key",
        replace=brief("the link is encrypted anew"),
        delete=unguarded("the link carries traffic unencrypted, or none where encryption is required"),
    ),
}
"""Rows of gateways between networks, and of shares."""
