"""What is attached to Transit Gateways: VPCs, and gateways of other regions.

Sources: EC2 API reference; Transit Gateway guide; pulumi-aws 7 resource documentation.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, EC2_TAGS_LATER, with_tags
from securecart.sandbox.types.normalise import names, unordered
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

_GONE = ("InvalidTransitGatewayAttachmentID.NotFound", "InvalidTransitGatewayAttachmentId.NotFound")
_LIVE = "[?!contains(['deleted', 'deleting', 'rejected', 'rejecting', 'failed'], State)] | [0]"
_OPTIONS = ["dnsSupport", "ipv6Support", "applianceModeSupport", "securityGroupReferencingSupport"]
_OPTIONS_READ = {name: f"Options.{name[0].upper()}{name[1:]}" for name in _OPTIONS}
_DEFAULT_TABLES = "transitGatewayDefaultRouteTableAssociation transitGatewayDefaultRouteTablePropagation"
_READ_VPC = Read(
    Call("DescribeTransitGatewayVpcAttachments", {"TransitGatewayAttachmentIds": ["$id"]}),
    item=f"TransitGatewayVpcAttachments{_LIVE}",
    sets=_OPTIONS_READ,
)
_ARN = {"arn": "arn:aws:ec2:{region}:{account}:transit-gateway-attachment/{id}"}


def _change(aws: Aws, scope: Scope) -> None:
    """Change subnets and options: AWS takes the subnets to add and to remove, not the new list."""
    old = scope.get("old")
    before = old if isinstance(old, Mapping) else {}
    had, wanted = names(before.get("subnetIds")), names(scope.get("subnetIds"))
    params: dict[str, object] = {"TransitGatewayAttachmentId": scope["id"]}
    params |= {"AddSubnetIds": sorted(wanted - had)} if wanted - had else {}
    params |= {"RemoveSubnetIds": sorted(had - wanted)} if had - wanted else {}
    changed = [name for name in _OPTIONS if scope.get(name) not in (None, before.get(name))]
    params |= {"Options": {name[0].upper() + name[1:]: scope[name] for name in changed}} if changed else {}
    if len(params) > 1:
        aws.call("ModifyTransitGatewayVpcAttachment", params)


def _set_default_tables(aws: Aws, scope: Scope) -> None:
    """Leave, or join, the default tables of the account's own gateway; a shared one is its owner's matter."""
    found = aws.call("DescribeTransitGateways", {"TransitGatewayIds": [_gateway_id(aws, scope)]})
    gateways = found["TransitGateways"]
    gateway = gateways[0] if isinstance(gateways, list) else {}
    if gateway["OwnerId"] != aws.account:
        return
    for name, table, join, leave in _TABLES:
        table_id = gateway["Options"].get(table)
        if table_id is None:
            continue
        wanted, attached = bool(scope.get(name, True)), _is_in(aws, name, table_id, scope["id"])
        if wanted != attached:
            params = {"TransitGatewayRouteTableId": table_id, "TransitGatewayAttachmentId": scope["id"]}
            aws.call(join if wanted else leave, params)


def _gateway_id(aws: Aws, scope: Scope) -> object:
    """Return the gateway's id; an acceptance is declared by the attachment alone, so AWS is asked."""
    if "transitGatewayId" in scope:
        return scope["transitGatewayId"]
    found = aws.call("DescribeTransitGatewayVpcAttachments", {"TransitGatewayAttachmentIds": [scope["id"]]})
    attachments = found["TransitGatewayVpcAttachments"]
    return attachments[0]["TransitGatewayId"] if isinstance(attachments, list) else None


_ASSOCIATION, _PROPAGATION = _DEFAULT_TABLES.split()
_TABLES = (
    (
        _ASSOCIATION,
        "AssociationDefaultRouteTableId",
        "AssociateTransitGatewayRouteTable",
        "DisassociateTransitGatewayRouteTable",
    ),
    (
        _PROPAGATION,
        "PropagationDefaultRouteTableId",
        "EnableTransitGatewayRouteTablePropagation",
        "DisableTransitGatewayRouteTablePropagation",
    ),
)
_LISTS = {
    _ASSOCIATION: ("GetTransitGatewayRouteTableAssociations", "Associations"),
    _PROPAGATION: ("GetTransitGatewayRouteTablePropagations", "TransitGatewayRouteTablePropagations"),
}


def _is_in(aws: Aws, name: str, table_id: str, attachment_id: object) -> bool:
    operation, listed = _LISTS[name]
    filters = [{"Name": "transit-gateway-attachment-id", "Values": [attachment_id]}]
    found = aws.call(operation, {"TransitGatewayRouteTableId": table_id, "Filters": filters})[listed]
    items = found if isinstance(found, list) else []
    return any(item["TransitGatewayAttachmentId"] == attachment_id for item in items)


VPC_ATTACHMENT = ResourceType(
    token="aws:ec2transitgateway/vpcAttachment:VpcAttachment",
    service="ec2",
    properties={
        **properties("transitGatewayId vpcId", replace=True),
        "subnetIds": Property(normalise=unordered),
        "dnsSupport": Property(default="enable"),
        **properties("ipv6Support applianceModeSupport", default="disable"),
        "securityGroupReferencingSupport": Property(computed=True),
        **properties(_DEFAULT_TABLES, local=True, default=True),
    },
    create=(
        Call(
            "CreateTransitGatewayVpcAttachment",
            Fill(Options=Fill(), TagSpecifications=with_tags("transit-gateway-attachment")),
        ),
    ),
    id="TransitGatewayVpcAttachment.TransitGatewayAttachmentId",
    read=_READ_VPC,
    updates=(
        Update(("subnetIds", *_OPTIONS), (_change,)),
        Update(tuple(_DEFAULT_TABLES.split()), (_set_default_tables,), at_create=True),
    ),
    delete=(Call("DeleteTransitGatewayVpcAttachment", {"TransitGatewayAttachmentId": "$id"}),),
    tagging=EC2_TAGS,
    formats=_ARN,
    gone=_GONE,
    unique=("transitGatewayId", "vpcId"),
    find_first=True,
)

VPC_ATTACHMENT_ACCEPTER = ResourceType(
    token="aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter",
    service="ec2",
    properties={
        "transitGatewayAttachmentId": Property(replace=True),
        **properties(_DEFAULT_TABLES, local=True, default=True),
    },
    create=(Call("AcceptTransitGatewayVpcAttachment", Fill()),),
    id="{transitGatewayAttachmentId}",
    read=_READ_VPC,
    updates=(Update(tuple(_DEFAULT_TABLES.split()), (_set_default_tables,), at_create=True),),
    delete=(Call("DeleteTransitGatewayVpcAttachment", {"TransitGatewayAttachmentId": "$id"}),),
    tagging=EC2_TAGS_LATER,
    gone=_GONE,
    find_first=True,
)

_DESCRIBE_PEERING = Call("DescribeTransitGatewayPeeringAttachments", {"TransitGatewayAttachmentIds": ["$id"]})
_PEERINGS = f"TransitGatewayPeeringAttachments{_LIVE}"

PEERING_ATTACHMENT = ResourceType(
    token="aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
    service="ec2",
    properties={
        **properties("transitGatewayId peerTransitGatewayId peerRegion", replace=True),
        "peerAccountId": Property(replace=True, computed=True),
        "options": Property(replace=True, computed=True, unread=True),
    },
    create=(
        Call(
            "CreateTransitGatewayPeeringAttachment",
            Fill(PeerAccountId="$peer", TagSpecifications=with_tags("transit-gateway-attachment")),
        ),
    ),
    first_of={"peer": ("peerAccountId", "account")},
    id="TransitGatewayPeeringAttachment.TransitGatewayAttachmentId",
    read=Read(
        _DESCRIBE_PEERING,
        item=_PEERINGS,
        sets={
            "transitGatewayId": "RequesterTgwInfo.TransitGatewayId",
            "peerTransitGatewayId": "AccepterTgwInfo.TransitGatewayId",
            "peerRegion": "AccepterTgwInfo.Region",
            "peerAccountId": "AccepterTgwInfo.OwnerId",
        },
    ),
    delete=(Call("DeleteTransitGatewayPeeringAttachment", {"TransitGatewayAttachmentId": "$id"}),),
    tagging=EC2_TAGS,
    formats=_ARN,
    gone=_GONE,
    find_first=True,
)

PEERING_ATTACHMENT_ACCEPTER = ResourceType(
    token="aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
    service="ec2",
    properties=properties("transitGatewayAttachmentId", replace=True),
    create=(Call("AcceptTransitGatewayPeeringAttachment", Fill()),),
    id="{transitGatewayAttachmentId}",
    read=Read(
        _DESCRIBE_PEERING,
        item=_PEERINGS,
        sets={
            "transitGatewayId": "AccepterTgwInfo.TransitGatewayId",
            "peerTransitGatewayId": "RequesterTgwInfo.TransitGatewayId",
            "peerRegion": "RequesterTgwInfo.Region",
            "peerAccountId": "RequesterTgwInfo.OwnerId",
        },
    ),
    delete=(Call("DeleteTransitGatewayPeeringAttachment", {"TransitGatewayAttachmentId": "$id"}),),
    tagging=EC2_TAGS_LATER,
    gone=_GONE,
    find_first=True,
)

TYPES = (VPC_ATTACHMENT, VPC_ATTACHMENT_ACCEPTER, PEERING_ATTACHMENT, PEERING_ATTACHMENT_ACCEPTER)
