"""Direct Connect: connections, gateways, virtual interfaces and associations.

Sources: Direct Connect API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/directconnect. Moto holds connections alone; the rest is recorded. The calls of what is recorded are
never made: they tell which values AWS knows.
"""

from __future__ import annotations

from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
    properties,
)

_NO_API = "moto has no gateways, virtual interfaces and associations of Direct Connect"
_NEVER_READ = Read(Call("DescribeDirectConnectGateways"), item="@")
_TAGS = Tagging(
    steps=(
        Call("UntagResource", {"resourceArn": "$arn", "tagKeys": "$removedKeys"}, when="removedKeys"),
        Call("TagResource", {"resourceArn": "$arn", "tags": "$addedTags"}, when="addedTags"),
    ),
    key="key",
    value="value",
)


def _connection_arn(scope: Scope) -> str:
    return f"arn:aws:directconnect:{scope['region']}:{scope['account']}:dxcon/{scope['id']}"


CONNECTION = ResourceType(
    token="aws:directconnect/connection:Connection",
    service="directconnect",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        **properties("bandwidth location", replace=True),
        "providerName": Property(replace=True, computed=True),
        "requestMacsec": Property(replace=True, default=False, unread=True),
        "encryptionMode": Property(computed=True),
        "skipDestroy": Property(local=True, default=False, only=False),
    },
    create=(Call("CreateConnection", Fill(connectionName="$name", requestMACSec="$requestMacsec", tags="$tagList")),),
    id="connectionId",
    read=Read(
        Call("DescribeConnections", {"connectionId": "$id"}),
        item="connections[?!contains(['deleted', 'deleting', 'rejected'], connectionState)] | [0]",
        sets={
            "name": "connectionName",
            "awsDevice": "awsDeviceV2",
            "macsecCapable": "macSecCapable",
            "ownerAccountId": "ownerAccount",
            "state": "connectionState",
            "vlanId": "vlan",
        },
    ),
    updates=(
        Update(
            ("encryptionMode",),
            (Call("UpdateConnection", {"connectionId": "$id", "encryptionMode": "$encryptionMode"}),),
            at_create=True,
        ),
    ),
    delete=(Call("DeleteConnection", {"connectionId": "$id"}),),
    tagging=_TAGS,
    derived={"arn": _connection_arn},
    formats={"arn": "{arn}", "ownerAccountId": "{account}"},
    gone=("ConnectionNotFound",),
    find_first=True,
)

GATEWAY = ResourceType(
    token="aws:directconnect/gateway:Gateway",
    service="directconnect",
    properties={"name": Property(autoname="{name}"), "amazonSideAsn": Property(replace=True)},
    create=(Call("CreateDirectConnectGateway", Fill()),),
    id="{random}",
    read=_NEVER_READ,
    updates=(Update(("name",), ()),),
    tagging=_TAGS,
    formats={"arn": "arn:aws:directconnect::{account}:dx-gateway/{id}", "ownerAccountId": "{account}"},
    recorded=_NO_API,
)

_BGP = "amazonAddress customerAddress bgpAuthKey"


def _interface(token: str, kind: str, ends: str, jumbo: str, exactly_one: tuple[tuple[str, ...], ...]) -> ResourceType:
    """A virtual interface.

    Args:
        token: Pulumi type token.
        kind: Direct Connect's word for it in its operation.
        ends: Properties that say what it leads to.
        jumbo: The operation's parameter for a new one.
        exactly_one: Of which properties exactly one is given.
    """
    return ResourceType(
        token=token,
        service="directconnect",
        properties={
            "name": Property(replace=True, autoname="{name}"),
            **properties(f"addressFamily connectionId vlan {ends}", replace=True),
            **properties("bgpAsn bgpAsnLong", replace=True),
            **properties(_BGP, replace=True, computed=True),
            "mtu": Property(default=1500),
            "sitelinkEnabled": Property(),
        },
        create=(Call(f"Create{kind}VirtualInterface", Fill(**{jumbo: Fill()})),),
        id="dxvif-{random}",
        read=_NEVER_READ,
        updates=(Update(("mtu", "sitelinkEnabled"), ()),),
        tagging=_TAGS,
        formats={"arn": "arn:aws:directconnect:{region}:{account}:dxvif/{id}", "amazonSideAsn": "64512"},
        exactly_one=(("bgpAsn", "bgpAsnLong"), *exactly_one),
        recorded=_NO_API,
    )


PRIVATE_VIRTUAL_INTERFACE = _interface(
    "aws:directconnect/privateVirtualInterface:PrivateVirtualInterface",
    "Private",
    "dxGatewayId vpnGatewayId",
    "newPrivateVirtualInterface",
    (("dxGatewayId", "vpnGatewayId"),),
)
TRANSIT_VIRTUAL_INTERFACE = _interface(
    "aws:directconnect/transitVirtualInterface:TransitVirtualInterface",
    "Transit",
    "dxGatewayId",
    "newTransitVirtualInterface",
    (),
)

BGP_PEER = ResourceType(
    token="aws:directconnect/bgpPeer:BgpPeer",
    service="directconnect",
    properties={
        **properties("addressFamily virtualInterfaceId bgpAsn", replace=True),
        **properties(_BGP, replace=True, computed=True),
    },
    create=(Call("CreateBGPPeer", Fill(newBGPPeer=Fill())),),
    id="{virtualInterfaceId}-{addressFamily}-{bgpAsn}",
    read=_NEVER_READ,
    formats={"bgpPeerId": "dxpeer-{id}", "bgpStatus": "down"},
    recorded=_NO_API,
)


def _gateway_type(scope: Scope) -> str:
    """Return Direct Connect's word for the gateway, which its id tells; a proposal's is taken for one of a VPC."""
    is_hub = str(scope.get("associatedGatewayId")).startswith("tgw-")
    return "transitGateway" if is_hub else "virtualPrivateGateway"


def _association_id(scope: Scope) -> str:
    return f"ga-{scope['dxGatewayId']}{scope.get('associatedGatewayId') or scope['proposalId']}"


GATEWAY_ASSOCIATION = ResourceType(
    token="aws:directconnect/gatewayAssociation:GatewayAssociation",
    service="directconnect",
    properties={
        "dxGatewayId": Property(replace=True),
        **properties("associatedGatewayId associatedGatewayOwnerAccountId", replace=True, computed=True),
        "allowedPrefixes": Property(computed=True, normalise=unordered),
        "proposalId": Property(),
    },
    create=(),
    id=_association_id,
    read=_NEVER_READ,
    updates=(Update(("allowedPrefixes", "proposalId"), ()),),
    derived={"gatewayType": _gateway_type},
    formats={
        "associatedGatewayType": "{gatewayType}",
        "dxGatewayAssociationId": "{id}",
        "dxGatewayOwnerAccountId": "{account}",
    },
    exactly_one=(("associatedGatewayId", "proposalId"),),
    unique=("dxGatewayId", "associatedGatewayId"),
    recorded=_NO_API,
)

GATEWAY_ASSOCIATION_PROPOSAL = ResourceType(
    token="aws:directconnect/gatewayAssociationProposal:GatewayAssociationProposal",
    service="directconnect",
    properties={
        **properties("associatedGatewayId dxGatewayId dxGatewayOwnerAccountId", replace=True),
        "allowedPrefixes": Property(replace=True, computed=True, normalise=unordered),
    },
    create=(),
    id="{random}",
    read=_NEVER_READ,
    derived={"gatewayType": _gateway_type},
    formats={"associatedGatewayType": "{gatewayType}", "associatedGatewayOwnerAccountId": "{account}"},
    recorded=_NO_API,
)

TYPES = (
    CONNECTION,
    GATEWAY,
    PRIVATE_VIRTUAL_INTERFACE,
    TRANSIT_VIRTUAL_INTERFACE,
    BGP_PEER,
    GATEWAY_ASSOCIATION,
    GATEWAY_ASSOCIATION_PROPOSAL,
)
