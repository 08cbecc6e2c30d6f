"""Cases of peering, Transit Gateways, their attachments, sharing and flow logs."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit, tag_edit

_FAR = "eu-west-1"
_LIVE = ("available", "pendingAcceptance", "pending-acceptance", "initiatingRequest", "modifying")


def _ec2(world: World, account: str = "", region: str = "us-east-1") -> Any:
    return world.boto("ec2", account, region)


def _peering(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_vpc_peering_connections(VpcPeeringConnectionIds=[it.id])
    return [p for p in found["VpcPeeringConnections"] if p["Status"]["Code"] not in ("deleted", "deleting")]


def _peering_inputs(world: World) -> dict[str, object]:
    return {
        "vpcId": parts.vpc(world),
        "peerVpcId": parts.vpc(world, "10.1.0.0/16", world.other),
        "peerOwnerId": world.other,
        "autoAccept": False,
        "tags": {"Name": "to-payments"},
    }


def _requested(world: World) -> str:
    return world.make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", _peering_inputs(world)).id


def _accepted(world: World, it: Resource) -> Any:
    return [p for p in _peering(world, it) if p["Status"]["Code"] == "active"]


def _options_inputs(world: World) -> dict[str, object]:
    connection = _requested(world)
    accepter = {"vpcPeeringConnectionId": connection, "autoAccept": True}
    token = "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"
    world.make(token, accepter, world.other)
    return {"vpcPeeringConnectionId": connection, "requester": {"allowRemoteVpcDnsResolution": True}}


def _dns(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_vpc_peering_connections(VpcPeeringConnectionIds=[it.id])
    info = found["VpcPeeringConnections"][0]["RequesterVpcInfo"]
    return info["PeeringOptions"]["AllowDnsResolutionFromRemoteVpc"]


def _gateway(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_transit_gateways(TransitGatewayIds=[it.id])["TransitGateways"]
    return [gateway for gateway in found if gateway["State"] in _LIVE]


def _table(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_transit_gateway_route_tables(TransitGatewayRouteTableIds=[it.id])
    return [table for table in found["TransitGatewayRouteTables"] if table["State"] in _LIVE]


def _on_table(world: World) -> dict[str, object]:
    hub, attached = parts.own_attachment(world)
    return {
        "transitGatewayRouteTableId": parts.gateway_table(world, hub),
        "transitGatewayAttachmentId": attached,
    }


def _associations(world: World, it: Resource) -> Any:
    found = _ec2(world).get_transit_gateway_route_table_associations(
        TransitGatewayRouteTableId=it.inputs["transitGatewayRouteTableId"]
    )
    return [a for a in found["Associations"] if a["State"] == "associated"]


def _propagations(world: World, it: Resource) -> Any:
    found = _ec2(world).get_transit_gateway_route_table_propagations(
        TransitGatewayRouteTableId=it.inputs["transitGatewayRouteTableId"]
    )
    return [p for p in found["TransitGatewayRouteTablePropagations"] if p["State"] == "enabled"]


def _static_route(world: World, it: Resource) -> Any:
    found = _ec2(world).search_transit_gateway_routes(
        TransitGatewayRouteTableId=it.inputs["transitGatewayRouteTableId"],
        Filters=[{"Name": "type", "Values": ["static"]}],
    )
    return [r for r in found["Routes"] if r["DestinationCidrBlock"] == it.inputs["destinationCidrBlock"]]


def _attachment_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    first, second = parts.subnet(world, vpc_id), parts.subnet(world, vpc_id, "10.0.2.0/24", "us-east-1b")
    return {
        "transitGatewayId": parts.gateway(world),
        "vpcId": vpc_id,
        "subnetIds": [second, first],
        "transitGatewayDefaultRouteTableAssociation": False,
        "transitGatewayDefaultRouteTablePropagation": False,
        "tags": {"Name": "dev"},
    }


def _attachment(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_transit_gateway_vpc_attachments(TransitGatewayAttachmentIds=[it.id])
    return [a for a in found["TransitGatewayVpcAttachments"] if a["State"] in _LIVE]


def _accepted_attachment(world: World, it: Resource) -> Any:
    return [a for a in _attachment(world, it) if a["State"] == "available"]


def _offered(world: World) -> dict[str, object]:
    """An attachment that the other account asks for, on a shared gateway that accepts none by itself."""
    hub = parts.gateway(world, autoAcceptSharedAttachments="disable")
    parts.share_gateway(world, hub)
    vpc_id = parts.vpc(world, account=world.other)
    subnet = parts.subnet(world, vpc_id, account=world.other)
    attached = parts.attachment(world, hub, vpc_id, subnet, world.other)
    return {"transitGatewayAttachmentId": attached, "tags": {"Name": "accepted"}}


def _hub_peering_inputs(world: World) -> dict[str, object]:
    return {
        "transitGatewayId": parts.gateway(world),
        "peerTransitGatewayId": parts.gateway(world, region=_FAR),
        "peerRegion": _FAR,
        "peerAccountId": world.home,
        "tags": {"Name": "hub-to-hub"},
    }


def _hub_peering(world: World, it: Resource, region: str = "us-east-1") -> Any:
    found = _ec2(world, region=region).describe_transit_gateway_peering_attachments(TransitGatewayAttachmentIds=[it.id])
    return [a for a in found["TransitGatewayPeeringAttachments"] if a["State"] in _LIVE]


def _accepted_peering(world: World, it: Resource) -> Any:
    return [a for a in _hub_peering(world, it, _FAR) if a["State"] == "available"]


def _offered_peering(world: World) -> dict[str, object]:
    token = "aws:ec2transitgateway/peeringAttachment:PeeringAttachment"
    return {"transitGatewayAttachmentId": world.make(token, _hub_peering_inputs(world)).id}


def _flow_log_inputs(world: World) -> dict[str, object]:
    return {
        "vpcId": parts.vpc(world),
        "trafficType": "ALL",
        "logDestinationType": "s3",
        "logDestination": f"arn:aws:s3:::{parts.bucket(world)}",
        "maxAggregationInterval": 60,
        "logFormat": "${version} ${vpc-id} ${srcaddr} ${dstaddr} ${action}",
        "destinationOptions": {"fileFormat": "parquet", "perHourPartition": True},
        "tags": {"Name": "vpc"},
    }


def _flow_log(world: World, it: Resource) -> Any:
    return _ec2(world).describe_flow_logs(FlowLogIds=[it.id])["FlowLogs"]


def _share(world: World, it: Resource) -> Any:
    ram: Any = world.boto("ram")
    found = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[it.id])["resourceShares"]
    return [share for share in found if share["status"] == "ACTIVE"]


def _held(kind: str) -> Any:
    def seen(world: World, it: Resource) -> object:
        ram: Any = world.boto("ram")
        found = ram.get_resource_share_associations(
            associationType=kind, resourceShareArns=[it.inputs["resourceShareArn"]]
        )["resourceShareAssociations"]
        return [held["associatedEntity"] for held in found if held["status"] == "ASSOCIATED"]

    return seen


def _shared_gateway(world: World) -> dict[str, object]:
    return {
        "resourceShareArn": parts.share(world),
        "resourceArn": parts.gateway_arn(world, parts.gateway(world)),
    }


_TGW = "aws:ec2transitgateway"

CASES = (
    Case(
        "aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
        _peering_inputs,
        seen=_peering,
        edits=(tag_edit(),),
        replacing={"vpcId": "vpc-0", "peerVpcId": "vpc-1", "peerOwnerId": "1" * 12, "peerRegion": _FAR},
    ),
    Case(
        "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
        lambda world: {
            "vpcPeeringConnectionId": _requested(world),
            "autoAccept": True,
            "tags": {"Name": "accepted"},
        },
        not_imported=frozenset({"autoAccept"}),
        seen=_accepted,
        replacing={"vpcPeeringConnectionId": "pcx-0"},
        adopted=True,
        account=lambda world: world.other,
    ),
    Case(
        "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions",
        _options_inputs,
        seen=lambda w, r: _dns(w, r) is True,
        edits=(Edit(lambda w, r: {"requester": {"allowRemoteVpcDnsResolution": False}}, _dns, value=False),),
        replacing={"vpcPeeringConnectionId": "pcx-0"},
        adopted=True,
    ),
    Case(
        f"{_TGW}/transitGateway:TransitGateway",
        lambda world: {
            "description": "hub",
            "amazonSideAsn": 64513,
            "autoAcceptSharedAttachments": "disable",
            "defaultRouteTableAssociation": "disable",
            "defaultRouteTablePropagation": "disable",
            "tags": {"Name": "hub"},
        },
        seen=_gateway,
        edits=(
            Edit(
                lambda w, r: {"description": "new"},
                lambda w, r: _gateway(w, r)[0]["Description"],
                value="new",
            ),
            Edit(
                lambda w, r: {"dnsSupport": "disable"},
                lambda w, r: _gateway(w, r)[0]["Options"]["DnsSupport"],
                value="disable",
            ),
            tag_edit(),
        ),
        replacing={"multicastSupport": "enable"},
        equal={"amazonSideAsn": "64513"},
    ),
    Case(
        f"{_TGW}/routeTable:RouteTable",
        lambda world: {"transitGatewayId": parts.gateway(world), "tags": {"Name": "prod"}},
        seen=_table,
        edits=(tag_edit(),),
        replacing={"transitGatewayId": "tgw-0"},
    ),
    Case(
        f"{_TGW}/routeTableAssociation:RouteTableAssociation",
        _on_table,
        seen=_associations,
        replacing={"transitGatewayRouteTableId": "tgw-rtb-0", "transitGatewayAttachmentId": "tgw-attach-0"},
    ),
    Case(
        f"{_TGW}/routeTablePropagation:RouteTablePropagation",
        _on_table,
        seen=_propagations,
        replacing={"transitGatewayRouteTableId": "tgw-rtb-0", "transitGatewayAttachmentId": "tgw-attach-0"},
    ),
    Case(
        f"{_TGW}/route:Route",
        lambda world: {**_on_table(world), "destinationCidrBlock": "10.50.0.0/16"},
        seen=_static_route,
        replacing={"destinationCidrBlock": "10.51.0.0/16", "transitGatewayAttachmentId": "tgw-attach-0"},
    ),
    Case(
        f"{_TGW}/vpcAttachment:VpcAttachment",
        _attachment_inputs,
        not_imported=frozenset(
            {"transitGatewayDefaultRouteTableAssociation", "transitGatewayDefaultRouteTablePropagation"}
        ),
        seen=_attachment,
        edits=(
            Edit(
                lambda w, r: {"subnetIds": r.inputs["subnetIds"][:1]},
                lambda w, r: _attachment(w, r)[0]["SubnetIds"],
                value=lambda w, r: r.inputs["subnetIds"],
            ),
            Edit(
                lambda w, r: {"applianceModeSupport": "enable"},
                lambda w, r: _attachment(w, r)[0]["Options"]["ApplianceModeSupport"],
                value="enable",
            ),
            tag_edit(),
        ),
        replacing={"vpcId": "vpc-0", "transitGatewayId": "tgw-0"},
    ),
    Case(
        f"{_TGW}/vpcAttachmentAccepter:VpcAttachmentAccepter",
        _offered,
        seen=_accepted_attachment,
        edits=(tag_edit(),),
        replacing={"transitGatewayAttachmentId": "tgw-attach-0"},
    ),
    Case(
        f"{_TGW}/peeringAttachment:PeeringAttachment",
        _hub_peering_inputs,
        seen=_hub_peering,
        edits=(tag_edit(),),
        replacing={"peerRegion": "us-west-2", "peerTransitGatewayId": "tgw-0", "transitGatewayId": "tgw-1"},
    ),
    Case(
        f"{_TGW}/peeringAttachmentAccepter:PeeringAttachmentAccepter",
        _offered_peering,
        seen=_accepted_peering,
        replacing={"transitGatewayAttachmentId": "tgw-attach-0"},
        region=_FAR,
    ),
    Case(
        "aws:ec2/flowLog:FlowLog",
        _flow_log_inputs,
        seen=_flow_log,
        edits=(tag_edit(),),
        replacing={"trafficType": "REJECT", "maxAggregationInterval": 600, "logFormat": "${version}"},
    ),
    Case(
        "aws:ram/resourceShare:ResourceShare",
        lambda world: {"name": "hub", "allowExternalPrincipals": False, "tags": {"Name": "hub"}},
        seen=_share,
        edits=(
            Edit(lambda w, r: {"name": "new"}, lambda w, r: _share(w, r)[0]["name"], value="new"),
            Edit(
                lambda w, r: {"tags": {"Name": "changed", "New": "1"}},
                lambda w, r: {tag["key"]: tag["value"] for tag in _share(w, r)[0]["tags"]},
                value={"Name": "changed", "New": "1"},
            ),
        ),
    ),
    Case(
        "aws:ram/resourceAssociation:ResourceAssociation",
        _shared_gateway,
        seen=_held("RESOURCE"),
        replacing={"resourceShareArn": "arn:aws:ram:us-east-1:1:resource-share/0"},
    ),
    Case(
        "aws:ram/principalAssociation:PrincipalAssociation",
        lambda world: {"resourceShareArn": parts.share(world), "principal": world.other},
        seen=_held("PRINCIPAL"),
        replacing={"principal": "1" * 12},
    ),
)
