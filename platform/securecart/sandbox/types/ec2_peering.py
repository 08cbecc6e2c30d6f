"""VPC peering. Sources: EC2 API reference; VPC peering guide; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from securecart.sandbox.types.ec2_tags import EC2_TAGS, EC2_TAGS_LATER, with_tags
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Step,
    Update,
    properties,
)

_GONE = ("InvalidVpcPeeringConnectionID.NotFound",)
_DESCRIBE = Call("DescribeVpcPeeringConnections", {"VpcPeeringConnectionIds": ["$id"]})
_LIVE = "VpcPeeringConnections[?!contains(['deleted', 'deleting', 'rejected', 'failed', 'expired'], Status.Code)] | [0]"
"""A connection in another state is gone for good (VPC peering guide, lifecycle of a connection)."""
_ACCEPT: tuple[Step, ...] = (Call("AcceptVpcPeeringConnection", {"VpcPeeringConnectionId": "$id"}, when="autoAccept"),)

VPC_PEERING_CONNECTION = ResourceType(
    token="aws:ec2/vpcPeeringConnection:VpcPeeringConnection",
    service="ec2",
    properties={
        **properties("vpcId peerVpcId", replace=True),
        **properties("peerOwnerId peerRegion", replace=True, computed=True),
        "autoAccept": Property(local=True),
    },
    create=(
        Call(
            "CreateVpcPeeringConnection",
            Fill(TagSpecifications=with_tags("vpc-peering-connection")),
        ),
    ),
    id="VpcPeeringConnection.VpcPeeringConnectionId",
    read=Read(
        _DESCRIBE,
        item=_LIVE,
        sets={
            "vpcId": "RequesterVpcInfo.VpcId",
            "peerVpcId": "AccepterVpcInfo.VpcId",
            "peerOwnerId": "AccepterVpcInfo.OwnerId",
            "peerRegion": "AccepterVpcInfo.Region",
            "acceptStatus": "Status.Code",
        },
    ),
    updates=(Update(("autoAccept",), _ACCEPT, at_create=True),),
    delete=(Call("DeleteVpcPeeringConnection", {"VpcPeeringConnectionId": "$id"}),),
    tagging=EC2_TAGS,
    gone=_GONE,
    find_first=True,
)

VPC_PEERING_CONNECTION_ACCEPTER = ResourceType(
    token="aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter",
    service="ec2",
    properties={
        "vpcPeeringConnectionId": Property(replace=True),
        "autoAccept": Property(local=True),
    },
    create=(Call("DescribeVpcPeeringConnections", {"VpcPeeringConnectionIds": ["$vpcPeeringConnectionId"]}),),
    id="{vpcPeeringConnectionId}",
    read=Read(
        _DESCRIBE,
        item=_LIVE,
        sets={
            "vpcId": "AccepterVpcInfo.VpcId",
            "peerVpcId": "RequesterVpcInfo.VpcId",
            "peerOwnerId": "RequesterVpcInfo.OwnerId",
            "peerRegion": "RequesterVpcInfo.Region",
            "acceptStatus": "Status.Code",
        },
    ),
    updates=(Update(("autoAccept",), _ACCEPT, at_create=True),),
    tagging=EC2_TAGS_LATER,
    gone=_GONE,
)


def _options(side: str, member: str) -> Update:
    allowed = f"${side}.allowRemoteVpcDnsResolution"
    params = {"VpcPeeringConnectionId": "$id", member: {"AllowDnsResolutionFromRemoteVpc": allowed}}
    call = Call("ModifyVpcPeeringConnectionOptions", params, when=side)
    return Update((side,), (call,), at_create=True)


_READ_OPTIONS = {
    side: f"{info}.PeeringOptions.{{allowRemoteVpcDnsResolution: AllowDnsResolutionFromRemoteVpc}}"
    for side, info in (("accepter", "AccepterVpcInfo"), ("requester", "RequesterVpcInfo"))
}

PEERING_CONNECTION_OPTIONS = ResourceType(
    token="aws:ec2/peeringConnectionOptions:PeeringConnectionOptions",
    service="ec2",
    properties={
        "vpcPeeringConnectionId": Property(replace=True),
        **properties("accepter requester", computed=True),
    },
    create=(Call("DescribeVpcPeeringConnections", {"VpcPeeringConnectionIds": ["$vpcPeeringConnectionId"]}),),
    id="{vpcPeeringConnectionId}",
    read=Read(_DESCRIBE, item=_LIVE, sets=_READ_OPTIONS),
    updates=(
        _options("accepter", "AccepterPeeringConnectionOptions"),
        _options("requester", "RequesterPeeringConnectionOptions"),
    ),
    gone=_GONE,
)

TYPES = (VPC_PEERING_CONNECTION, VPC_PEERING_CONNECTION_ACCEPTER, PEERING_CONNECTION_OPTIONS)
