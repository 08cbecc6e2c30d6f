"""Route tables, routes and associations. Sources: EC2 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, EC2_TAGS_LATER, with_tags
from securecart.sandbox.types.normalise import network, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_TABLE_GONE = ("InvalidRouteTableID.NotFound",)


def _disassociate(aws: Aws, scope: Scope) -> None:
    """Give the table's subnets back to the main one, as the real provider does before it deletes a table."""
    tables = aws.call("DescribeRouteTables", {"RouteTableIds": [scope["id"]]})["RouteTables"]
    held = tables[0]["Associations"] if isinstance(tables, list) else []
    for association in held:
        aws.call("DisassociateRouteTable", {"AssociationId": association["RouteTableAssociationId"]})


ROUTE_TABLE = ResourceType(
    token="aws:ec2/routeTable:RouteTable",
    service="ec2",
    properties=properties("vpcId", replace=True),
    create=(Call("CreateRouteTable", Fill(TagSpecifications=with_tags("route-table"))),),
    id="RouteTable.RouteTableId",
    made="RouteTable",
    read=Read(
        Call("DescribeRouteTables", {"RouteTableIds": ["$id"]}),
        item="RouteTables[0]",
        sets={"routes": "null", "propagatingVgws": "PropagatingVgws[].GatewayId"},
    ),
    delete=(_disassociate, Call("DeleteRouteTable", {"RouteTableId": "$id"})),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:route-table/{id}"},
    gone=_TABLE_GONE,
)

_TARGETS = "gatewayId natGatewayId transitGatewayId vpcPeeringConnectionId networkInterfaceId"
_DESTINATIONS = "destinationCidrBlock destinationIpv6CidrBlock destinationPrefixListId"
_ROUTE_KEY = {
    "RouteTableId": "$routeTableId",
    "DestinationCidrBlock": "$destinationCidrBlock",
    "DestinationIpv6CidrBlock": "$destinationIpv6CidrBlock",
    "DestinationPrefixListId": "$destinationPrefixListId",
}

ROUTE = ResourceType(
    token="aws:ec2/route:Route",
    service="ec2",
    properties={
        **properties("routeTableId", replace=True),
        **properties(_DESTINATIONS, replace=True, normalise=network),
        **properties(_TARGETS),
    },
    create=(Call("CreateRoute", Fill()),),
    id="{routeTableId}_{destination}",
    read=Read(
        Call("DescribeRouteTables", {"RouteTableIds": ["$routeTableId"]}),
        item="RouteTables[0].Routes[?DestinationCidrBlock==$destination"
        " || DestinationIpv6CidrBlock==$destination || DestinationPrefixListId==$destination] | [0]",
    ),
    updates=(Update(tuple(_TARGETS.split()), (Call("ReplaceRoute", Fill()),)),),
    delete=(Call("DeleteRoute", _ROUTE_KEY),),
    gone=(*_TABLE_GONE, "InvalidRoute.NotFound"),
    import_id="{routeTableId}_{destination}",
    exactly_one=(tuple(_DESTINATIONS.split()), tuple(_TARGETS.split())),
    unique=("routeTableId", *_DESTINATIONS.split()),
    first_of={"destination": tuple(_DESTINATIONS.split())},
)

ROUTE_TABLE_ASSOCIATION = ResourceType(
    token="aws:ec2/routeTableAssociation:RouteTableAssociation",
    service="ec2",
    properties={
        **properties("routeTableId"),
        **properties("subnetId", replace=True),
    },
    create=(Call("AssociateRouteTable", Fill()),),
    id="AssociationId",
    made="{SubnetId: $subnetId, RouteTableId: $routeTableId, RouteTableAssociationId: AssociationId}",
    read=Read(
        Call(
            "DescribeRouteTables",
            {"Filters": [{"Name": "association.subnet-id", "Values": ["$subnetId"]}]},
        ),
        item="RouteTables[].Associations[] | [?SubnetId==$subnetId] | [0]",
        sets={"associationId": "RouteTableAssociationId"},
    ),
    updates=(
        Update(
            ("routeTableId",),
            (Call("ReplaceRouteTableAssociation", Fill(AssociationId="$associationId")),),
        ),
    ),
    delete=(Call("DisassociateRouteTable", {"AssociationId": "$associationId"}),),
    gone=("InvalidAssociationID.NotFound",),
    exactly_one=(("subnetId",),),
    unique=("subnetId",),
    import_id="{subnetId}/{routeTableId}",
    found_id="associationId",
    find_first=True,
)


def _own_routes(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """The table's routes without the local one, which nobody can take away."""
    listed = item.get("Routes")
    routes = listed if isinstance(listed, list) else []
    own = [route for route in routes if route.get("GatewayId") != "local"]
    return {
        "routes": [
            {
                "cidrBlock": route.get("DestinationCidrBlock"),
                "ipv6CidrBlock": route.get("DestinationIpv6CidrBlock"),
                "destinationPrefixListId": route.get("DestinationPrefixListId"),
                "gatewayId": route.get("GatewayId"),
                "natGatewayId": route.get("NatGatewayId"),
                "transitGatewayId": route.get("TransitGatewayId"),
                "vpcPeeringConnectionId": route.get("VpcPeeringConnectionId"),
            }
            for route in own
        ]
    }


def _remove_routes(aws: Aws, scope: Scope) -> None:
    """Empty a table: delete each of its routes but the local one."""
    tables = aws.call("DescribeRouteTables", {"RouteTableIds": [scope["id"]]})["RouteTables"]
    routes = tables[0]["Routes"] if isinstance(tables, list) else []
    for route in routes:
        if route.get("GatewayId") == "local":
            continue
        key = {name: route[name] for name in _ROUTE_KEY if route.get(name)}
        aws.call("DeleteRoute", {**key, "RouteTableId": scope["id"]})


DEFAULT_ROUTE_TABLE = ResourceType(
    token="aws:ec2/defaultRouteTable:DefaultRouteTable",
    service="ec2",
    properties={
        **properties("defaultRouteTableId", replace=True),
        **properties("routes", only=[], normalise=unordered),
    },
    create=(Call("DescribeRouteTables", {"RouteTableIds": ["$defaultRouteTableId"]}), _remove_routes),
    id="{defaultRouteTableId}",
    read=Read(
        Call("DescribeRouteTables", {"RouteTableIds": ["$id"]}),
        item="RouteTables[0]",
        sets={"defaultRouteTableId": "RouteTableId"},
        convert=_own_routes,
    ),
    updates=(Update(("routes",), (_remove_routes,)),),
    tagging=EC2_TAGS_LATER,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:route-table/{id}"},
    gone=_TABLE_GONE,
)

TYPES = (
    ROUTE_TABLE,
    ROUTE,
    ROUTE_TABLE_ASSOCIATION,
    DEFAULT_ROUTE_TABLE,
)
