"""Cases of VPCs, subnets, gateways and routes."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit, tag_edit


def _ec2(world: World) -> Any:
    return world.boto("ec2")


def _vpc(world: World, it: Resource) -> Any:
    return _ec2(world).describe_vpcs(VpcIds=[it.id])["Vpcs"]


def _attribute(name: str) -> Any:
    def seen(world: World, it: Resource) -> object:
        answer = _ec2(world).describe_vpc_attribute(VpcId=it.id, Attribute=name)
        return answer[name[0].upper() + name[1:]]["Value"]

    return seen


def _subnet(world: World, it: Resource) -> Any:
    return _ec2(world).describe_subnets(SubnetIds=[it.id])["Subnets"]


def _subnet_inputs(world: World) -> dict[str, object]:
    return {
        "vpcId": parts.vpc(world),
        "cidrBlock": "10.0.1.0/24",
        "availabilityZone": "us-east-1a",
        "mapPublicIpOnLaunch": True,
        "tags": {"Name": "public"},
    }


def _internet_gateway(world: World, it: Resource) -> Any:
    return _ec2(world).describe_internet_gateways(InternetGatewayIds=[it.id])["InternetGateways"]


def _address(world: World, it: Resource) -> Any:
    return _ec2(world).describe_addresses(AllocationIds=[it.id])["Addresses"]


def _nat_gateway(world: World, it: Resource) -> Any:
    found = _ec2(world).describe_nat_gateways(NatGatewayIds=[it.id])["NatGateways"]
    return [gateway for gateway in found if gateway["State"] not in ("deleting", "deleted")]


def _nat_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    parts.internet_gateway(world, vpc_id)
    address = world.make("aws:ec2/eip:Eip", {"domain": "vpc"}).id
    return {"subnetId": parts.subnet(world, vpc_id), "allocationId": address, "tags": {"Name": "nat"}}


def _table(world: World, it: Resource) -> Any:
    return _ec2(world).describe_route_tables(RouteTableIds=[it.id])["RouteTables"]


def _route_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    gateway = parts.internet_gateway(world, vpc_id)
    table = parts.route_table(world, vpc_id)
    return {"routeTableId": table, "destinationCidrBlock": "0.0.0.0/0", "gatewayId": gateway}


def _route(world: World, it: Resource) -> Any:
    [table] = _ec2(world).describe_route_tables(RouteTableIds=[it.inputs["routeTableId"]])["RouteTables"]
    return [r for r in table["Routes"] if r.get("DestinationCidrBlock") == it.inputs["destinationCidrBlock"]]


def _other_target(world: World, it: Resource) -> dict[str, object]:
    [table] = _ec2(world).describe_route_tables(RouteTableIds=[it.inputs["routeTableId"]])["RouteTables"]
    address = world.make("aws:ec2/eip:Eip", {"domain": "vpc"}).id
    subnet = parts.subnet(world, table["VpcId"])
    nat = world.make("aws:ec2/natGateway:NatGateway", {"subnetId": subnet, "allocationId": address})
    return {"gatewayId": None, "natGatewayId": nat.id}


def _association(world: World, it: Resource) -> Any:
    wanted = [{"Name": "association.subnet-id", "Values": [it.inputs["subnetId"]]}]
    tables = _ec2(world).describe_route_tables(Filters=wanted)["RouteTables"]
    return [table["RouteTableId"] for table in tables]


def _association_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    return {"subnetId": parts.subnet(world, vpc_id), "routeTableId": parts.route_table(world, vpc_id)}


def _second_table(world: World, it: Resource) -> dict[str, object]:
    [subnet] = _ec2(world).describe_subnets(SubnetIds=[it.inputs["subnetId"]])["Subnets"]
    return {"routeTableId": parts.route_table(world, subnet["VpcId"])}


def _default_table_inputs(world: World) -> dict[str, object]:
    vpc = world.make("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"})
    gateway = parts.internet_gateway(world, vpc.id)
    table = str(vpc.state["defaultRouteTableId"])
    _ec2(world).create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    return {"defaultRouteTableId": table, "routes": [], "tags": {"Name": "emptied"}}


def _only_local(world: World, it: Resource) -> bool:
    [table] = _table(world, it)
    return [route["GatewayId"] for route in table["Routes"]] == ["local"]


CASES = (
    Case(
        "aws:ec2/vpc:Vpc",
        lambda world: {"cidrBlock": "10.0.0.0/16", "enableDnsHostnames": True, "tags": {"Name": "app"}},
        seen=_vpc,
        edits=(
            Edit(lambda w, r: {"enableDnsHostnames": False}, _attribute("enableDnsHostnames"), value=False),
            Edit(lambda w, r: {"enableDnsSupport": False}, _attribute("enableDnsSupport"), value=False),
            tag_edit(),
        ),
        replacing={"cidrBlock": "10.1.0.0/16", "instanceTenancy": "dedicated", "region": "eu-west-1"},
    ),
    Case(
        "aws:ec2/subnet:Subnet",
        _subnet_inputs,
        seen=_subnet,
        edits=(
            Edit(
                lambda w, r: {"mapPublicIpOnLaunch": False},
                lambda w, r: _subnet(w, r)[0]["MapPublicIpOnLaunch"],
                value=False,
            ),
            tag_edit(),
        ),
        replacing={"cidrBlock": "10.0.2.0/24", "availabilityZone": "us-east-1b", "vpcId": "vpc-0"},
    ),
    Case(
        "aws:ec2/internetGateway:InternetGateway",
        lambda world: {"vpcId": parts.vpc(world), "tags": {"Name": "edge"}},
        seen=_internet_gateway,
        edits=(
            Edit(
                lambda w, r: {"vpcId": parts.vpc(w, "10.9.0.0/16")},
                lambda w, r: [a["VpcId"] for a in _internet_gateway(w, r)[0]["Attachments"]],
                value=lambda w, r: [r.inputs["vpcId"]],
            ),
            tag_edit(),
        ),
    ),
    Case(
        "aws:ec2/eip:Eip",
        lambda world: {"domain": "vpc", "tags": {"Name": "nat"}},
        seen=_address,
        edits=(tag_edit(),),
        replacing={"networkBorderGroup": "us-east-1-wl1"},
    ),
    Case(
        "aws:ec2/natGateway:NatGateway",
        _nat_inputs,
        seen=_nat_gateway,
        edits=(tag_edit(),),
        replacing={"subnetId": "subnet-0", "allocationId": "eipalloc-0", "connectivityType": "private"},
    ),
    Case(
        "aws:ec2/routeTable:RouteTable",
        lambda world: {"vpcId": parts.vpc(world), "tags": {"Name": "private-a"}},
        seen=_table,
        edits=(tag_edit(),),
        replacing={"vpcId": "vpc-0"},
    ),
    Case(
        "aws:ec2/route:Route",
        _route_inputs,
        seen=_route,
        edits=(
            Edit(
                _other_target,
                lambda w, r: _route(w, r)[0].get("NatGatewayId"),
                value=lambda w, r: r.inputs["natGatewayId"],
            ),
        ),
        replacing={"routeTableId": "rtb-0", "destinationCidrBlock": "10.9.0.0/16"},
    ),
    Case(
        "aws:ec2/routeTableAssociation:RouteTableAssociation",
        _association_inputs,
        seen=_association,
        edits=(
            Edit(_second_table, _association, value=lambda w, r: [r.inputs["routeTableId"]]),
            Edit(_second_table, _association, value=lambda w, r: [r.inputs["routeTableId"]]),
        ),
        replacing={"subnetId": "subnet-0"},
        import_id=lambda it: f"{it.inputs['subnetId']}/{it.inputs['routeTableId']}",
    ),
    Case(
        "aws:ec2/defaultRouteTable:DefaultRouteTable",
        _default_table_inputs,
        seen=_only_local,
        edits=(tag_edit(),),
        replacing={"defaultRouteTableId": "rtb-0"},
        adopted=True,
    ),
)
