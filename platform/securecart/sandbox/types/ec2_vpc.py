"""VPCs, subnets and their gateways. Sources: EC2 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from securecart.sandbox.types.ec2_errors import IN_USE
from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import network
from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Update,
    properties,
)


def _attribute(name: str, member: str) -> Update:
    """One VPC attribute: ModifyVpcAttribute takes one at a time (EC2 API reference)."""
    params = {"VpcId": "$id", member: {"Value": f"${name}"}}
    return Update((name,), (Call("ModifyVpcAttribute", params),), at_create=True)


def _attribute_lookup(name: str, member: str) -> Lookup:
    call = Call("DescribeVpcAttribute", {"VpcId": "$id", "Attribute": name})
    return Lookup(call, {name: f"{member}.Value"})


def _of_vpc(operation: str, *filters: tuple[str, str]) -> Call:
    named = [{"Name": name, "Values": [value]} for name, value in (("vpc-id", "$id"), *filters)]
    return Call(operation, {"Filters": named})


def _other_tenancy(old: object, new: object) -> bool:
    """AWS changes dedicated to default, and nothing else (EC2 API reference, ModifyVpcTenancy)."""
    return (old, new) != ("dedicated", "default")


VPC = ResourceType(
    token="aws:ec2/vpc:Vpc",
    service="ec2",
    properties={
        **properties("cidrBlock", replace=True, normalise=network),
        "instanceTenancy": Property(replace_when=_other_tenancy, default="default"),
        **properties("enableDnsSupport", default=True),
        **properties("enableDnsHostnames enableNetworkAddressUsageMetrics", computed=True, default=False),
        **properties("assignGeneratedIpv6CidrBlock", only=False, unread=True),
    },
    create=(Call("CreateVpc", Fill(TagSpecifications=with_tags("vpc"))),),
    id="Vpc.VpcId",
    read=Read(
        Call("DescribeVpcs", {"VpcIds": ["$id"]}),
        item="Vpcs[0]",
        also=(
            _attribute_lookup("enableDnsSupport", "EnableDnsSupport"),
            _attribute_lookup("enableDnsHostnames", "EnableDnsHostnames"),
            _attribute_lookup("enableNetworkAddressUsageMetrics", "EnableNetworkAddressUsageMetrics"),
            Lookup(
                _of_vpc("DescribeRouteTables", ("association.main", "true")),
                {
                    "mainRouteTableId": "RouteTables[0].RouteTableId",
                    "defaultRouteTableId": "RouteTables[0].RouteTableId",
                },
            ),
            Lookup(
                _of_vpc("DescribeNetworkAcls", ("default", "true")),
                {"defaultNetworkAclId": "NetworkAcls[0].NetworkAclId"},
            ),
            Lookup(
                _of_vpc("DescribeSecurityGroups", ("group-name", "default")),
                {"defaultSecurityGroupId": "SecurityGroups[0].GroupId"},
            ),
        ),
    ),
    updates=(
        _attribute("enableDnsSupport", "EnableDnsSupport"),
        _attribute("enableDnsHostnames", "EnableDnsHostnames"),
        _attribute("enableNetworkAddressUsageMetrics", "EnableNetworkAddressUsageMetrics"),
        Update(
            ("instanceTenancy",),
            (Call("ModifyVpcTenancy", {"VpcId": "$id", "InstanceTenancy": "$instanceTenancy"}),),
        ),
    ),
    delete=(Call("DeleteVpc", {"VpcId": "$id"}),),
    busy=IN_USE,
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:vpc/{id}"},
    gone=("InvalidVpcID.NotFound",),
)


def _subnet_attribute(name: str, member: str) -> Update:
    params = {"SubnetId": "$id", member: {"Value": f"${name}"}}
    return Update((name,), (Call("ModifySubnetAttribute", params),), at_create=True)


SUBNET = ResourceType(
    token="aws:ec2/subnet:Subnet",
    service="ec2",
    properties={
        **properties("vpcId", replace=True),
        **properties("cidrBlock", replace=True, normalise=network),
        **properties("availabilityZone availabilityZoneId", replace=True, computed=True),
        **properties("mapPublicIpOnLaunch assignIpv6AddressOnCreation", default=False),
        **properties("enableDns64 ipv6Native", only=False, unread=True),
        **properties("enableResourceNameDnsARecordOnLaunch", only=False, unread=True),
        **properties("enableResourceNameDnsAaaaRecordOnLaunch", only=False, unread=True),
    },
    create=(Call("CreateSubnet", Fill(TagSpecifications=with_tags("subnet"))),),
    id="Subnet.SubnetId",
    made="Subnet",
    read=Read(Call("DescribeSubnets", {"SubnetIds": ["$id"]}), item="Subnets[0]", sets={"arn": "SubnetArn"}),
    updates=(
        _subnet_attribute("mapPublicIpOnLaunch", "MapPublicIpOnLaunch"),
        _subnet_attribute("assignIpv6AddressOnCreation", "AssignIpv6AddressOnCreation"),
    ),
    delete=(Call("DeleteSubnet", {"SubnetId": "$id"}),),
    busy=IN_USE,
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:subnet/{id}"},
    gone=("InvalidSubnetID.NotFound",),
)

_DETACH = Call("DetachInternetGateway", {"InternetGatewayId": "$id", "VpcId": "$old.vpcId"}, when="old.vpcId")
_ATTACH = Call("AttachInternetGateway", {"InternetGatewayId": "$id", "VpcId": "$vpcId"}, when="vpcId")

INTERNET_GATEWAY = ResourceType(
    token="aws:ec2/internetGateway:InternetGateway",
    service="ec2",
    properties={"vpcId": Property(computed=True)},
    create=(
        Call("CreateInternetGateway", {"TagSpecifications": with_tags("internet-gateway")}),
        _ATTACH,
    ),
    id="InternetGateway.InternetGatewayId",
    read=Read(
        Call("DescribeInternetGateways", {"InternetGatewayIds": ["$id"]}),
        item="InternetGateways[0]",
        sets={"vpcId": "Attachments[0].VpcId"},
    ),
    updates=(Update(("vpcId",), (_DETACH, _ATTACH)),),
    delete=(
        Call("DetachInternetGateway", {"InternetGatewayId": "$id", "VpcId": "$vpcId"}, when="vpcId"),
        Call("DeleteInternetGateway", {"InternetGatewayId": "$id"}),
    ),
    busy=IN_USE,
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{ownerId}:internet-gateway/{id}"},
    gone=("InvalidInternetGatewayID.NotFound",),
    find_first=True,
)

EIP = ResourceType(
    token="aws:ec2/eip:Eip",
    service="ec2",
    properties={
        **properties("domain", replace=True, computed=True),
        **properties("publicIpv4Pool networkBorderGroup", replace=True, computed=True),
    },
    create=(Call("AllocateAddress", Fill(Domain="vpc", TagSpecifications=with_tags("elastic-ip"))),),
    id="AllocationId",
    read=Read(Call("DescribeAddresses", {"AllocationIds": ["$id"]}), item="Addresses[0]"),
    delete=(Call("ReleaseAddress", {"AllocationId": "$id"}),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:elastic-ip/{id}"},
    gone=("InvalidAllocationID.NotFound", "InvalidAddress.NotFound"),
)

NAT_GATEWAY = ResourceType(
    token="aws:ec2/natGateway:NatGateway",
    service="ec2",
    properties={
        **properties("subnetId allocationId", replace=True),
        **properties("connectivityType", replace=True, default="public"),
        **properties("privateIp", replace=True, computed=True),
        **properties("availabilityMode", only="zonal", computed=True, unread=True),
    },
    create=(
        Call(
            "CreateNatGateway",
            {
                "SubnetId": "$subnetId",
                "AllocationId": "$allocationId",
                "ConnectivityType": "$connectivityType",
                "PrivateIpAddress": "$privateIp",
                "TagSpecifications": with_tags("natgateway"),
            },
        ),
    ),
    id="NatGateway.NatGatewayId",
    read=Read(
        Call("DescribeNatGateways", {"NatGatewayIds": ["$id"]}),
        item="NatGateways[?State!='deleted' && State!='deleting'] | [0]",
        sets={
            "allocationId": "NatGatewayAddresses[0].AllocationId",
            "associationId": "NatGatewayAddresses[0].AssociationId",
            "networkInterfaceId": "NatGatewayAddresses[0].NetworkInterfaceId",
            "privateIp": "NatGatewayAddresses[0].PrivateIp",
            "publicIp": "NatGatewayAddresses[0].PublicIp",
        },
    ),
    delete=(Call("DeleteNatGateway", {"NatGatewayId": "$id"}),),
    chosen=("vpcId",),
    tagging=EC2_TAGS,
    gone=("NatGatewayNotFound", "InvalidNatGatewayID.NotFound"),
    find_first=True,
)

TYPES = (VPC, SUBNET, INTERNET_GATEWAY, EIP, NAT_GATEWAY)
