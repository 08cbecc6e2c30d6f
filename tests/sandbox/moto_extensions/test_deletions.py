from __future__ import annotations

from tests.sandbox.accounts import DEV, HUB, PAYMENTS, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network

VIOLATION = "DependencyViolation"


def delete_subnets(network: Network) -> None:
    for subnet in network.subnets:
        network.ec2.delete_subnet(SubnetId=subnet)


def test_an_empty_vpc_is_deleted_with_its_default_parts(build: Builder) -> None:
    network = build.network(DEV)
    delete_subnets(network)
    network.ec2.delete_vpc(VpcId=network.vpc)
    of_vpc = [{"Name": "vpc-id", "Values": [network.vpc]}]
    assert network.ec2.describe_network_acls(Filters=of_vpc)["NetworkAcls"] == []
    assert network.ec2.describe_security_groups(Filters=of_vpc)["SecurityGroups"] == []
    assert network.ec2.describe_route_tables(Filters=of_vpc)["RouteTables"] == []


def test_a_vpc_is_not_deleted_as_long_as_something_of_its_own_is_in_it(build: Builder) -> None:
    network = build.network(DEV)
    ec2, named = network.ec2, {"VpcId": network.vpc}
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, **named)
    acl = ec2.create_network_acl(**named)["NetworkAcl"]["NetworkAclId"]
    group = ec2.create_security_group(GroupName="own", Description="own", **named)["GroupId"]
    steps = (
        lambda: delete_subnets(network),
        lambda: ec2.detach_internet_gateway(InternetGatewayId=gateway, **named),
        lambda: ec2.delete_network_acl(NetworkAclId=acl),
        lambda: ec2.delete_security_group(GroupId=group),
    )
    for step in steps:
        assert refusal(ec2.delete_vpc, **named) == VIOLATION
        step()
    ec2.delete_vpc(**named)
    assert refusal(ec2.describe_vpcs, VpcIds=[network.vpc]) == "InvalidVpcID.NotFound"


def test_an_active_peering_keeps_both_vpcs_and_a_pending_one_that_of_the_requester(build: Builder) -> None:
    requester, accepter = build.network(DEV), build.network(PAYMENTS)
    asked = {"VpcId": requester.vpc, "PeerVpcId": accepter.vpc, "PeerOwnerId": PAYMENTS}
    peering = requester.ec2.create_vpc_peering_connection(**asked)["VpcPeeringConnection"]["VpcPeeringConnectionId"]
    other = build.network(PAYMENTS)
    requester.ec2.create_vpc_peering_connection(**asked | {"PeerVpcId": other.vpc})
    accepter.ec2.accept_vpc_peering_connection(VpcPeeringConnectionId=peering)
    for network in (requester, accepter, other):
        delete_subnets(network)
    for network in (requester, accepter):
        assert refusal(network.ec2.delete_vpc, VpcId=network.vpc) == VIOLATION
    other.ec2.delete_vpc(VpcId=other.vpc)
    accepter.ec2.delete_vpc_peering_connection(VpcPeeringConnectionId=peering)
    accepter.ec2.delete_vpc(VpcId=accepter.vpc)
    assert refusal(requester.ec2.delete_vpc, VpcId=requester.vpc) == VIOLATION  # the one that waits for `other`


def test_an_internet_gateway_is_not_detached_under_a_mapped_address(build: Builder) -> None:
    network, bystander = build.network(DEV), build.network(DEV)
    gateways = {}
    for one in (network, bystander):
        gateways[one.vpc] = one.ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
        one.ec2.attach_internet_gateway(InternetGatewayId=gateways[one.vpc], VpcId=one.vpc)
    address = network.ec2.allocate_address(Domain="vpc")["AllocationId"]
    nat = network.ec2.create_nat_gateway(SubnetId=network.subnets[0], AllocationId=address)["NatGateway"]
    detached = {"InternetGatewayId": gateways[network.vpc], "VpcId": network.vpc}
    assert refusal(network.ec2.detach_internet_gateway, **detached) == VIOLATION
    bystander.ec2.detach_internet_gateway(InternetGatewayId=gateways[bystander.vpc], VpcId=bystander.vpc)
    network.ec2.delete_nat_gateway(NatGatewayId=nat["NatGatewayId"])
    network.ec2.detach_internet_gateway(**detached)
    seen = network.ec2.describe_internet_gateways(InternetGatewayIds=[gateways[network.vpc]])["InternetGateways"]
    assert [one["Attachments"] for one in seen] == [[]]


def test_a_subnet_is_not_deleted_under_a_nat_gateway_or_an_attachment(build: Builder) -> None:
    network = build.network(HUB)
    nat = network.ec2.create_nat_gateway(SubnetId=network.subnets[0], ConnectivityType="private")
    attachment = build.attach(network, build.gateway())
    for subnet in network.subnets:
        assert refusal(network.ec2.delete_subnet, SubnetId=subnet) == VIOLATION
    network.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    assert refusal(network.ec2.delete_subnet, SubnetId=network.subnets[0]) == VIOLATION
    network.ec2.delete_nat_gateway(NatGatewayId=nat["NatGateway"]["NatGatewayId"])
    delete_subnets(network)
    assert refusal(network.ec2.describe_subnets, SubnetIds=[network.subnets[0]]) == "InvalidSubnetID.NotFound"


def test_a_deleted_subnet_leaves_no_association_behind(build: Builder) -> None:
    network = build.network(DEV)
    table = network.ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"]
    network.ec2.associate_route_table(RouteTableId=table, SubnetId=network.subnets[0])
    acl = network.ec2.create_network_acl(VpcId=network.vpc)["NetworkAcl"]["NetworkAclId"]
    of_vpc = [{"Name": "vpc-id", "Values": [network.vpc]}, {"Name": "default", "Values": ["true"]}]
    [default] = network.ec2.describe_network_acls(Filters=of_vpc)["NetworkAcls"]
    assert {one["SubnetId"] for one in default["Associations"]} == set(network.subnets)
    for association in default["Associations"]:
        network.ec2.replace_network_acl_association(
            AssociationId=association["NetworkAclAssociationId"], NetworkAclId=acl
        )
    assert refusal(network.ec2.delete_route_table, RouteTableId=table) == VIOLATION
    assert refusal(network.ec2.delete_network_acl, NetworkAclId=acl) == VIOLATION
    delete_subnets(network)
    network.ec2.delete_route_table(RouteTableId=table)
    network.ec2.delete_network_acl(NetworkAclId=acl)


def test_an_address_is_released_once_its_nat_gateway_is_deleted(build: Builder) -> None:
    network = build.network(DEV)
    address = network.ec2.allocate_address(Domain="vpc")["AllocationId"]
    wanted = {"SubnetId": network.subnets[0], "AllocationId": address}
    nat = network.ec2.create_nat_gateway(**wanted)["NatGateway"]["NatGatewayId"]
    assert refusal(network.ec2.create_nat_gateway, **wanted) == "Resource.AlreadyAssociated"
    assert refusal(network.ec2.release_address, AllocationId=address) == "InvalidIPAddress.InUse"
    network.ec2.delete_nat_gateway(NatGatewayId=nat)
    [gone] = network.ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"]
    assert gone["State"] == "deleted"
    network.ec2.release_address(AllocationId=address)
    assert refusal(network.ec2.describe_addresses, AllocationIds=[address]) == "InvalidAllocationID.NotFound"


def test_a_nat_gateway_that_does_not_exist_is_an_error(build: Builder) -> None:
    missing = "nat-0123456789abcdef0"
    assert refusal(build.hub.describe_nat_gateways, NatGatewayIds=[missing]) == "NatGatewayNotFound"
    assert refusal(build.hub.delete_nat_gateway, NatGatewayId=missing) == "NatGatewayNotFound"
