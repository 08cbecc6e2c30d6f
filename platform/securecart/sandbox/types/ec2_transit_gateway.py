"""Transit Gateways, their route tables and routes.

Sources: EC2 API reference; Transit Gateway guide; pulumi-aws 7 resource documentation.
"""

from __future__ import annotations

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import network, unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
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
_DEFAULTS = {
    "amazonSideAsn": "64512",
    "autoAcceptSharedAttachments": "disable",
    "securityGroupReferencingSupport": "disable",
}

TRANSIT_GATEWAY = ResourceType(
    token="aws:ec2transitgateway/transitGateway:TransitGateway",
    service="ec2",
    properties={
        **{name: Property(default=_DEFAULTS.get(name, "enable")) for name in _OPTIONS},
        "description": Property(),
        "multicastSupport": Property(replace=True, default="disable"),
        "transitGatewayCidrBlocks": Property(replace=True, normalise=unordered),
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
    ),
    delete=(Call("DeleteTransitGateway", {"TransitGatewayId": "$id"}),),
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
