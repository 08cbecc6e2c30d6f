"""The ends of VPN connections: virtual private gateways and customer gateways.

Sources: EC2 API reference; pulumi-aws 7 resource documentation; terraform-provider-aws, vpnsite_*.go.
"""

from __future__ import annotations

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_GATEWAY_GONE = ("InvalidVpnGatewayID.NotFound",)
_ATTACHED = "VpcAttachments[?State=='attached'].VpcId | [0]"
_GATEWAYS = "VpnGateways[?!contains(['deleted', 'deleting'], State)] | [0]"
_DESCRIBE = Call("DescribeVpnGateways", {"VpnGatewayIds": ["$id"]})


def _attached_vpc(scope: Scope) -> object:
    old = scope.get("old")
    return old.get("vpcId") if isinstance(old, dict) else None


def _move(aws: Aws, scope: Scope) -> None:
    """Leave the old VPC, join the new one: a gateway is attached to one VPC at a time."""
    for operation, vpc_id in (("DetachVpnGateway", _attached_vpc(scope)), ("AttachVpnGateway", scope.get("vpcId"))):
        if vpc_id:
            aws.call(operation, {"VpnGatewayId": scope["id"], "VpcId": vpc_id})


VPN_GATEWAY = ResourceType(
    token="aws:ec2/vpnGateway:VpnGateway",
    service="ec2",
    properties={
        "amazonSideAsn": Property(replace=True, computed=True),
        "availabilityZone": Property(replace=True),
        "vpcId": Property(computed=True),
    },
    create=(Call("CreateVpnGateway", Fill(Type="ipsec.1", TagSpecifications=with_tags("vpn-gateway"))),),
    id="VpnGateway.VpnGatewayId",
    read=Read(_DESCRIBE, item=_GATEWAYS, sets={"vpcId": _ATTACHED}),
    updates=(Update(("vpcId",), (_move,), at_create=True),),
    delete=(
        Call("DetachVpnGateway", {"VpnGatewayId": "$id", "VpcId": "$vpcId"}, when="vpcId"),
        Call("DeleteVpnGateway", {"VpnGatewayId": "$id"}),
    ),
    busy=("IncorrectState",),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:vpn-gateway/{id}"},
    gone=_GATEWAY_GONE,
    find_first=True,
)

_PAIR = {"VpnGatewayId": "$vpnGatewayId", "VpcId": "$vpcId"}
_PAIR_ID = "{vpnGatewayId}_{vpcId}"

VPN_GATEWAY_ATTACHMENT = ResourceType(
    token="aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
    service="ec2",
    properties=properties("vpcId vpnGatewayId", replace=True),
    create=(Call("AttachVpnGateway", _PAIR),),
    id=_PAIR_ID,
    read=Read(
        Call("DescribeVpnGateways", {"VpnGatewayIds": ["$vpnGatewayId"]}),
        item="VpnGateways[0].VpcAttachments[?VpcId==$vpcId && State=='attached'] | [0]",
    ),
    delete=(Call("DetachVpnGateway", _PAIR),),
    gone=(*_GATEWAY_GONE, "InvalidVpnGatewayAttachment.NotFound"),
    import_id=_PAIR_ID,
    find_first=True,
)

_TABLE = {"GatewayId": "$vpnGatewayId", "RouteTableId": "$routeTableId"}
_PROPAGATION_ID = "{vpnGatewayId}_{routeTableId}"

VPN_GATEWAY_ROUTE_PROPAGATION = ResourceType(
    token="aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
    service="ec2",
    properties=properties("routeTableId vpnGatewayId", replace=True),
    create=(Call("EnableVgwRoutePropagation", _TABLE),),
    id=_PROPAGATION_ID,
    read=Read(
        Call("DescribeRouteTables", {"RouteTableIds": ["$routeTableId"]}),
        item="RouteTables[0].PropagatingVgws[?GatewayId==$vpnGatewayId] | [0]",
    ),
    delete=(Call("DisableVgwRoutePropagation", _TABLE),),
    gone=("InvalidRouteTableID.NotFound",),
    import_id=_PROPAGATION_ID,
    find_first=True,
)

CUSTOMER_GATEWAY = ResourceType(
    token="aws:ec2/customerGateway:CustomerGateway",
    service="ec2",
    properties={
        **properties("certificateArn deviceName ipAddress", replace=True),
        "bgpAsn": Property(replace=True),
        "type": Property(replace=True, only="ipsec.1"),
    },
    create=(Call("CreateCustomerGateway", Fill(TagSpecifications=with_tags("customer-gateway"))),),
    id="CustomerGateway.CustomerGatewayId",
    read=Read(
        Call("DescribeCustomerGateways", {"CustomerGatewayIds": ["$id"]}),
        item="CustomerGateways[?!contains(['deleted', 'deleting'], State)] | [0]",
    ),
    delete=(Call("DeleteCustomerGateway", {"CustomerGatewayId": "$id"}),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:customer-gateway/{id}"},
    gone=("InvalidCustomerGatewayID.NotFound",),
    find_first=True,
)

TYPES = (VPN_GATEWAY, VPN_GATEWAY_ATTACHMENT, VPN_GATEWAY_ROUTE_PROPAGATION, CUSTOMER_GATEWAY)
