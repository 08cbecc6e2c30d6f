"""Transit Gateways, their route tables and routes.

Sources: EC2 API reference; Transit Gateway guide; pulumi-aws 7 resource documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_errors import GATEWAY_IN_USE
from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import network, unordered
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

_OPTIONS = [
    "amazonSideAsn",
    "autoAcceptSharedAttachments",
    "defaultRouteTableAssociation",
    "defaultRouteTablePropagation",
    "dnsSupport",
    "vpnEcmpSupport",
    "securityGroupReferencingSupport",
]
_DEFAULTS: Mapping[str, object] = {
    "amazonSideAsn": 64512,
    "autoAcceptSharedAttachments": "disable",
    "securityGroupReferencingSupport": "disable",
}
_DEFAULT_TABLES = ("defaultRouteTableAssociation", "defaultRouteTablePropagation")


def _is_enabled(old: object, new: object) -> bool:
    """A default table that is wanted later needs a new gateway (terraform-provider-aws, transitgateway_.go)."""
    return (old, new) == ("disable", "enable")


def _blocks(members: object) -> set[str]:
    listed = members.get("transitGatewayCidrBlocks") if isinstance(members, Mapping) else None
    return {str(block) for block in listed} if isinstance(listed, list) else set()


def _change_blocks(aws: Aws, scope: Scope) -> None:
    """Change the CIDR blocks: AWS takes those to add and to remove (EC2 API, ModifyTransitGatewayOptions)."""
    had, wanted = _blocks(scope.get("old")), _blocks(scope)
    options: dict[str, object] = {}
    options |= {"AddTransitGatewayCidrBlocks": sorted(wanted - had)} if wanted - had else {}
    options |= {"RemoveTransitGatewayCidrBlocks": sorted(had - wanted)} if had - wanted else {}
    aws.call("ModifyTransitGateway", {"TransitGatewayId": scope["id"], "Options": options})


TRANSIT_GATEWAY = ResourceType(
    token="aws:ec2transitgateway/transitGateway:TransitGateway",
    service="ec2",
    properties={
        **{name: Property(default=_DEFAULTS.get(name, "enable")) for name in _OPTIONS},
        **properties(" ".join(_DEFAULT_TABLES), default="enable", replace_when=_is_enabled),
        "description": Property(),
        "multicastSupport": Property(replace=True, default="disable"),
        "transitGatewayCidrBlocks": Property(normalise=unordered),
    },
    create=(Call("CreateTransitGateway", Fill(Options=Fill(), TagSpecifications=with_tags("transit-gateway"))),),
    id="TransitGateway.TransitGatewayId",
    read=Read(
        Call("DescribeTransitGateways", {"TransitGatewayIds": ["$id"]}),
        item="TransitGateways[?!contains(['deleted', 'deleting'], State)] | [0]",
        sets={
            "arn": "TransitGatewayArn",
            "multicastSupport": "Options.MulticastSupport",
            "transitGatewayCidrBlocks": "Options.TransitGatewayCidrBlocks",
            "associationDefaultRouteTableId": "Options.AssociationDefaultRouteTableId",
            "propagationDefaultRouteTableId": "Options.PropagationDefaultRouteTableId",
            **{name: f"Options.{name[0].upper()}{name[1:]}" for name in _OPTIONS},
        },
    ),
    updates=(
        Update(
            ("description", *_OPTIONS),
            (
                Call(
                    "ModifyTransitGateway",
                    {
                        "TransitGatewayId": "$id",
                        "Description": "$description",
                        "Options": Fill(),
                    },
                ),
            ),
        ),
        Update(("transitGatewayCidrBlocks",), (_change_blocks,)),
    ),
    delete=(Call("DeleteTransitGateway", {"TransitGatewayId": "$id"}),),
    busy=GATEWAY_IN_USE,
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:transit-gateway/{id}"},
    gone=("InvalidTransitGatewayID.NotFound",),
)

_TABLE_GONE = ("InvalidRouteTableID.NotFound", "InvalidRouteTableId.NotFound")

ROUTE_TABLE = ResourceType(
    token="aws:ec2transitgateway/routeTable:RouteTable",
    service="ec2",
    properties=properties("transitGatewayId", replace=True),
    create=(
        Call(
            "CreateTransitGatewayRouteTable",
            Fill(TagSpecifications=with_tags("transit-gateway-route-table")),
        ),
    ),
    id="TransitGatewayRouteTable.TransitGatewayRouteTableId",
    read=Read(
        Call("DescribeTransitGatewayRouteTables", {"TransitGatewayRouteTableIds": ["$id"]}),
        item="TransitGatewayRouteTables[?!contains(['deleted', 'deleting'], State)] | [0]",
    ),
    delete=(Call("DeleteTransitGatewayRouteTable", {"TransitGatewayRouteTableId": "$id"}),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:transit-gateway-route-table/{id}"},
    gone=_TABLE_GONE,
    find_first=True,
)

_BOTH = "{transitGatewayRouteTableId}_{transitGatewayAttachmentId}"
_BY_ATTACHMENT = {
    "TransitGatewayRouteTableId": "$transitGatewayRouteTableId",
    "Filters": [{"Name": "transit-gateway-attachment-id", "Values": ["$transitGatewayAttachmentId"]}],
}
_STILL = "[?!contains(['disassociated', 'disassociating', 'disabled', 'disabling'], not_null(State, ''))] | [0]"
_ATTACHMENT_GONE = ("InvalidTransitGatewayAttachmentID.NotFound", "InvalidAssociation.NotFound")

ROUTE_TABLE_ASSOCIATION = ResourceType(
    token="aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation",
    service="ec2",
    properties={
        **properties("transitGatewayAttachmentId transitGatewayRouteTableId", replace=True),
        "replaceExistingAssociation": Property(local=True, only=False),
    },
    create=(Call("AssociateTransitGatewayRouteTable", Fill()),),
    id=_BOTH,
    read=Read(
        Call("GetTransitGatewayRouteTableAssociations", _BY_ATTACHMENT),
        item=f"Associations{_STILL}",
    ),
    delete=(Call("DisassociateTransitGatewayRouteTable", Fill()),),
    gone=(*_TABLE_GONE, *_ATTACHMENT_GONE),
    import_id=_BOTH,
    unique=("transitGatewayAttachmentId",),
    find_first=True,
)

ROUTE_TABLE_PROPAGATION = ResourceType(
    token="aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
    service="ec2",
    properties=properties("transitGatewayAttachmentId transitGatewayRouteTableId", replace=True),
    create=(Call("EnableTransitGatewayRouteTablePropagation", Fill()),),
    id=_BOTH,
    read=Read(
        Call("GetTransitGatewayRouteTablePropagations", _BY_ATTACHMENT),
        item=f"TransitGatewayRouteTablePropagations{_STILL}",
    ),
    delete=(Call("DisableTransitGatewayRouteTablePropagation", Fill()),),
    gone=(*_TABLE_GONE, *_ATTACHMENT_GONE),
    import_id=_BOTH,
    find_first=True,
)

_ROUTE_ID = "{transitGatewayRouteTableId}_{destinationCidrBlock}"

ROUTE = ResourceType(
    token="aws:ec2transitgateway/route:Route",
    service="ec2",
    properties={
        **properties("transitGatewayRouteTableId transitGatewayAttachmentId", replace=True),
        "destinationCidrBlock": Property(replace=True, normalise=network),
        "blackhole": Property(replace=True, default=False),
    },
    create=(Call("CreateTransitGatewayRoute", Fill()),),
    id=_ROUTE_ID,
    read=Read(
        Call(
            "SearchTransitGatewayRoutes",
            {
                "TransitGatewayRouteTableId": "$transitGatewayRouteTableId",
                "Filters": [{"Name": "type", "Values": ["static"]}],
            },
        ),
        item="Routes[?DestinationCidrBlock==$destinationCidrBlock && State!='deleted'] | [0]",
        sets={
            "transitGatewayAttachmentId": "TransitGatewayAttachments[0].TransitGatewayAttachmentId",
            "blackhole": "State=='blackhole'",
        },
    ),
    delete=(
        Call(
            "DeleteTransitGatewayRoute",
            {
                "TransitGatewayRouteTableId": "$transitGatewayRouteTableId",
                "DestinationCidrBlock": "$destinationCidrBlock",
            },
        ),
    ),
    gone=(*_TABLE_GONE, "InvalidRoute.NotFound"),
    import_id=_ROUTE_ID,
    unique=("transitGatewayRouteTableId", "destinationCidrBlock"),
    find_first=True,
)

TYPES = (TRANSIT_GATEWAY, ROUTE_TABLE, ROUTE_TABLE_ASSOCIATION, ROUTE_TABLE_PROPAGATION, ROUTE)
