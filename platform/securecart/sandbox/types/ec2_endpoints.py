"""VPC endpoints. Sources: EC2 API reference; AWS PrivateLink guide; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import compact, document, names, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Step,
    Update,
    properties,
)

_GONE = ("InvalidVpcEndpointId.NotFound",)
_ID = {"VpcEndpointId": "$id"}
_LISTS = {"subnetIds": "SubnetIds", "securityGroupIds": "SecurityGroupIds", "routeTableIds": "RouteTableIds"}
_PLAIN = {"policy": "PolicyDocument", "privateDnsEnabled": "PrivateDnsEnabled", "ipAddressType": "IpAddressType"}
_LIVE = "VpcEndpoints[?!contains(['deleted', 'deleting'], State)] | [0]"
_PREFIXES = Call("DescribePrefixLists", {"Filters": [{"Name": "prefix-list-name", "Values": ["$serviceName"]}]})


def _change(aws: Aws, scope: Scope) -> None:
    """Change an endpoint: AWS takes what joins and what leaves, not the new lists."""
    old = scope.get("old")
    before = old if isinstance(old, Mapping) else {}
    params: dict[str, object] = {}
    for name, member in _LISTS.items():
        if scope.get(name) is not None:
            had, wanted = names(before.get(name)), names(scope.get(name))
            params |= {f"Add{member}": sorted(wanted - had)} if wanted - had else {}
            params |= {f"Remove{member}": sorted(had - wanted)} if had - wanted else {}
    for name, member in _PLAIN.items():
        if scope.get(name) not in (None, before.get(name)):
            params[member] = scope[name]
    options = scope.get("dnsOptions")
    if isinstance(options, Mapping) and options != before.get("dnsOptions"):
        params["DnsOptions"] = {name[0].upper() + name[1:]: value for name, value in options.items()}
    if params:
        aws.call("ModifyVpcEndpoint", {"VpcEndpointId": scope["id"], **params})


def _accept(aws: Aws, scope: Scope) -> None:
    """Accept an endpoint that waits, where its service is the same account's."""
    if scope.get("autoAccept") is not True:
        return
    found = aws.call("DescribeVpcEndpoints", {"VpcEndpointIds": [scope["id"]]})["VpcEndpoints"]
    [endpoint] = found if isinstance(found, list) else []
    if endpoint["State"] == "pendingAcceptance":
        service_id = str(endpoint["ServiceName"]).rpartition(".")[2]
        aws.call("AcceptVpcEndpointConnections", {"ServiceId": service_id, "VpcEndpointIds": [scope["id"]]})


def _other_private_dns(old: object, new: object, news: Scope) -> bool:
    """Private DNS changes in place on interfaces alone (terraform-provider-aws, vpc_endpoint.go)."""
    return news.get("vpcEndpointType") != "Interface"


VPC_ENDPOINT = ResourceType(
    token="aws:ec2/vpcEndpoint:VpcEndpoint",
    service="ec2",
    properties={
        **properties("vpcId serviceName", replace=True),
        "vpcEndpointType": Property(replace=True, default="Gateway"),
        "serviceRegion": Property(replace=True, computed=True),
        "policy": Property(computed=True, normalise=document),
        "privateDnsEnabled": Property(computed=True, replace_among=_other_private_dns),
        "ipAddressType": Property(computed=True),
        "dnsOptions": Property(computed=True, normalise=compact),
        **properties(" ".join(_LISTS), computed=True, normalise=unordered),
        "autoAccept": Property(local=True),
    },
    create=(
        Call(
            "CreateVpcEndpoint",
            {
                "VpcId": "$vpcId",
                "ServiceName": "$serviceName",
                "ServiceRegion": "$serviceRegion",
                "VpcEndpointType": "$vpcEndpointType",
                "PolicyDocument": "$policy",
                "PrivateDnsEnabled": "$privateDns",
                "IpAddressType": "$ipAddressType",
                "DnsOptions": "$dnsOptions",
                **{member: f"${name}" for name, member in _LISTS.items()},
                "TagSpecifications": with_tags("vpc-endpoint"),
            },
        ),
        _accept,
    ),
    # AWS would switch private DNS on by itself; the provider asks for it only where the program does.
    derived={"privateDns": lambda scope: scope.get("privateDnsEnabled") is True},
    id="VpcEndpoint.VpcEndpointId",
    read=Read(
        Call("DescribeVpcEndpoints", {"VpcEndpointIds": ["$id"]}),
        item=_LIVE,
        sets={"policy": "PolicyDocument", "securityGroupIds": "Groups[].GroupId"},
        also=(
            Lookup(_PREFIXES, {"prefixListId": "PrefixLists[0].PrefixListId", "cidrBlocks": "PrefixLists[0].Cidrs"}),
        ),
    ),
    updates=(
        Update((*_LISTS, *_PLAIN, "dnsOptions"), (_change,)),
        Update(("autoAccept",), (_accept,)),
    ),
    delete=(Call("DeleteVpcEndpoints", {"VpcEndpointIds": ["$id"]}, fails="Unsuccessful[0].Error.Message"),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:vpc-endpoint/{id}"},
    gone=_GONE,
    exactly_one=(("serviceName",),),
    find_first=True,
)

_POLICY: tuple[Step, ...] = (
    Call("ModifyVpcEndpoint", {"VpcEndpointId": "$vpcEndpointId", "PolicyDocument": "$policy"}),
)

VPC_ENDPOINT_POLICY = ResourceType(
    token="aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    service="ec2",
    properties={"vpcEndpointId": Property(replace=True), "policy": Property(computed=True, normalise=document)},
    create=_POLICY,
    id="{vpcEndpointId}",
    read=Read(
        Call("DescribeVpcEndpoints", {"VpcEndpointIds": ["$id"]}),
        item=_LIVE,
        sets={"policy": "PolicyDocument"},
    ),
    updates=(Update(("policy",), _POLICY),),
    # Without a policy of its own, an endpoint has the one that allows everything.
    delete=(Call("ModifyVpcEndpoint", {**_ID, "ResetPolicy": True}),),
    gone=_GONE,
    find_first=True,
)

_PRIVATE_DNS: tuple[Step, ...] = (
    Call("ModifyVpcEndpoint", {"VpcEndpointId": "$vpcEndpointId", "PrivateDnsEnabled": "$privateDnsEnabled"}),
)

ENDPOINT_PRIVATE_DNS = ResourceType(
    token="aws:vpc/endpointPrivateDns:EndpointPrivateDns",
    service="ec2",
    properties={"vpcEndpointId": Property(replace=True), "privateDnsEnabled": Property()},
    create=_PRIVATE_DNS,
    id="{vpcEndpointId}",
    read=Read(
        Call("DescribeVpcEndpoints", {"VpcEndpointIds": ["$id"]}), item=_LIVE, sets={"vpcEndpointId": "VpcEndpointId"}
    ),
    # Deleting it leaves private DNS as it is (terraform-provider-aws, vpc_endpoint_private_dns.go).
    updates=(Update(("privateDnsEnabled",), _PRIVATE_DNS),),
    gone=_GONE,
)

TYPES = (VPC_ENDPOINT, VPC_ENDPOINT_POLICY, ENDPOINT_PRIVATE_DNS)
