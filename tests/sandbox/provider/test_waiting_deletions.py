"""A deletion waits, as the real provider's does, while something still uses the resource."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import grpc
import pytest
from google.protobuf import empty_pb2

from securecart.sandbox.provider.service import serve_provider
from securecart.sandbox.provider.turns import FULL, GIVEN_UP
from securecart.sandbox.types import declared_types
from tests.sandbox.provider.harness import Engine, Resource, Sandbox, World
from tests.sandbox.types import cases_vpn, cases_waf, parts

VPC = "aws:ec2/vpc:Vpc"
CERTIFICATE = "aws:acm/certificate:Certificate"
TARGET_GROUP = "aws:lb/targetGroup:TargetGroup"
SUBNET = "aws:ec2/subnet:Subnet"
INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway"
NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
TRANSIT_GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway"
VPN_GATEWAY = "aws:ec2/vpnGateway:VpnGateway"
GATEWAY_TABLE = "aws:ec2transitgateway/routeTable:RouteTable"
SHORT = 0.6
"""Seconds: long enough for three attempts."""
LONG = 20.0


def details(deletion: grpc.Future) -> str:
    with pytest.raises(grpc.RpcError) as caught:
        deletion.result(timeout=LONG)
    return caught.value.details()


def used_vpc(world: World) -> tuple[Resource, Resource]:
    """A VPC, and the subnet in it."""
    vpc = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    return vpc, world.make(SUBNET, {"vpcId": vpc.id, "cidrBlock": "10.0.0.0/24"})


def vpc_with_a_subnet(world: World) -> Resource:
    return used_vpc(world)[0]


def vpc_with_a_peering(world: World) -> Resource:
    vpc = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    asked = {"vpcId": vpc.id, "peerVpcId": parts.vpc(world, "10.1.0.0/16", world.other), "peerOwnerId": world.other}
    world.make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", asked)
    return vpc


def subnet_with_an_attachment(world: World) -> Resource:
    _, subnet = used_vpc(world)
    parts.attachment(world, parts.gateway(world), str(subnet.inputs["vpcId"]), subnet.id)
    return subnet


def internet_gateway_with_a_mapped_address(world: World) -> Resource:
    vpc, subnet = used_vpc(world)
    gateway = world.make(INTERNET_GATEWAY, {"vpcId": vpc.id})
    address = world.make("aws:ec2/eip:Eip", {"domain": "vpc"})
    world.make("aws:ec2/natGateway:NatGateway", {"subnetId": subnet.id, "allocationId": address.id})
    return gateway


def group_that_a_rule_refers_to(world: World) -> Resource:
    vpc_id = parts.vpc(world)
    group = world.make(GROUP, {"vpcId": vpc_id, "name": "referred-to"})
    rule = {"securityGroupId": parts.security_group(world, vpc_id), "ipProtocol": "-1"}
    token = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
    world.make(token, {**rule, "referencedSecurityGroupId": group.id})
    return group


def transit_gateway_with_an_attachment(world: World) -> Resource:
    gateway = world.make(TRANSIT_GATEWAY, {"description": "hub"})
    _, subnet = used_vpc(world)
    parts.attachment(world, gateway.id, str(subnet.inputs["vpcId"]), subnet.id)
    return gateway


def target_group_of_a_listener(world: World) -> Resource:
    _, group = parts.secure_listener(world)
    return group


def certificate_of_a_listener(world: World) -> Resource:
    listener, _ = parts.secure_listener(world)
    found = world.at().import_(CERTIFICATE, str(listener.inputs["certificateArn"]))
    assert found is not None
    return found


def vpn_gateway_of_a_vpn_connection(world: World) -> Resource:
    gateway = world.make(VPN_GATEWAY, {})
    customer = cases_vpn.customer_gateway(world)
    inputs = {"customerGatewayId": customer, "vpnGatewayId": gateway.id, "type": "ipsec.1"}
    world.make("aws:ec2/vpnConnection:VpnConnection", inputs)
    return gateway


def ip_set_of_a_web_acl(world: World) -> Resource:
    addresses = cases_waf.ip_set(world)
    rule = cases_waf.blocking("attackers", 0, ipSetReferenceStatement={"arn": addresses.state["arn"]})
    world.make(cases_waf.ACL, {**cases_waf.acl_inputs(world), "rules": [rule]})
    return addresses


def web_acl_of_a_load_balancer(world: World) -> Resource:
    acl = cases_waf.web_acl(world)
    pair = {"webAclArn": acl.state["arn"], "resourceArn": cases_waf.guarded(world)}
    world.make("aws:wafv2/webAclAssociation:WebAclAssociation", pair)
    return acl


USED: dict[Callable[[World], Resource], str] = {
    vpc_with_a_subnet: "DependencyViolation",
    vpc_with_a_peering: "DependencyViolation",
    subnet_with_an_attachment: "DependencyViolation",
    internet_gateway_with_a_mapped_address: "DependencyViolation",
    group_that_a_rule_refers_to: "DependencyViolation",
    transit_gateway_with_an_attachment: "IncorrectState",
    target_group_of_a_listener: "ResourceInUse",
    certificate_of_a_listener: "ResourceInUseException",
    vpn_gateway_of_a_vpn_connection: "IncorrectState",
    ip_set_of_a_web_acl: "WAFAssociatedItemException",
    web_acl_of_a_load_balancer: "WAFAssociatedItemException",
}


@contextmanager
def own_provider(sandbox: Sandbox, workers: int, waiting: int) -> Iterator[Sandbox]:
    """Another provider over the same moto."""
    server = serve_provider(sandbox.endpoint, workers=workers, waiting=waiting)
    yield Sandbox(sandbox.endpoint, server, sandbox.http)
    server.server.stop(grace=0).wait()


def test_the_types_that_wait_are_the_real_providers():
    waiting = {token for token, kind in declared_types().items() if kind.busy}
    network = {VPC, SUBNET, INTERNET_GATEWAY, NETWORK_ACL, GROUP, TRANSIT_GATEWAY, VPN_GATEWAY}
    assert waiting == network | {CERTIFICATE, TARGET_GROUP, cases_waf.IP_SET, cases_waf.ACL}


@pytest.mark.parametrize(("use", "code"), USED.items(), ids=lambda value: getattr(value, "__name__", value))
def test_what_is_used_is_not_deleted_and_the_error_tells_how_long_it_waited(
    world: World, use: Callable[[World], Resource], code: str
):
    used = use(world)
    before = time.monotonic()
    message = details(world.at().deletion(used, SHORT))
    assert time.monotonic() - before >= SHORT
    assert f"{world.home}, us-east-1: {code}" in message
    assert "it waited 0." in message
    assert "its time is over" in message
    assert world.at().read(used) is not None
    assert used.id in {entry.id for entry in world.sandbox.provider.inventory.entries()}


def test_a_deletion_succeeds_once_what_uses_the_resource_is_gone(world: World):
    _, subnet = used_vpc(world)
    gateway = parts.gateway(world)
    inputs = {"transitGatewayId": gateway, "vpcId": subnet.inputs["vpcId"], "subnetIds": [subnet.id]}
    attachment = world.make("aws:ec2transitgateway/vpcAttachment:VpcAttachment", inputs)
    deletion = world.at().deletion(subnet)
    time.sleep(SHORT)
    assert not deletion.done()
    world.at().delete(attachment)
    deletion.result(timeout=LONG)
    assert world.at().read(subnet) is None
    assert subnet.id not in {entry.id for entry in world.sandbox.provider.inventory.entries()}


def test_what_plain_boto3_frees_is_noticed_too(world: World):
    vpc, subnet = used_vpc(world)
    deletion = world.at().deletion(vpc)
    time.sleep(SHORT)
    assert not deletion.done()
    world.boto("ec2").delete_subnet(SubnetId=subnet.id)
    deletion.result(timeout=LONG)
    assert world.at().read(vpc) is None


def test_a_table_of_a_gateway_that_still_has_associations_fails_at_once(world: World):
    hub, attached = parts.own_attachment(world)
    table = world.make(GATEWAY_TABLE, {"transitGatewayId": hub})
    on_table = {"transitGatewayRouteTableId": table.id, "transitGatewayAttachmentId": attached}
    world.make("aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation", on_table)
    message = details(world.at().deletion(table))
    assert "IncorrectState" in message
    assert "waited" not in message


def test_a_vpcs_route_table_is_taken_from_its_subnets_and_deleted(world: World):
    vpc, subnet = used_vpc(world)
    table = world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc.id})
    uses = {"routeTableId": table.id, "subnetId": subnet.id}
    world.make("aws:ec2/routeTableAssociation:RouteTableAssociation", uses)
    world.at().delete(table)
    assert world.at().read(table) is None


def test_sixty_waiting_deletions_hold_up_neither_each_other_nor_a_create(world: World):
    vpc, subnet = used_vpc(world)
    waiting = [world.at().deletion(vpc) for _ in range(60)]
    time.sleep(1.0)
    before = time.monotonic()
    world.make(VPC, {"cidrBlock": "10.1.0.0/16"}, world.other)
    took = time.monotonic() - before
    assert took < 5.0
    assert not any(deletion.done() for deletion in waiting)
    world.at().delete(subnet)
    for deletion in waiting:
        deletion.result(timeout=LONG)
    assert world.at().read(vpc) is None


def test_one_worker_serves_a_create_while_deletions_wait(sandbox: Sandbox, world: World):
    vpc, subnet = used_vpc(world)
    with own_provider(sandbox, workers=1, waiting=3) as narrow:
        engine = Engine(narrow, world.home)
        waiting = [engine.deletion(vpc) for _ in range(3)]
        time.sleep(SHORT)
        assert engine.create(VPC, {"cidrBlock": "10.1.0.0/16"}).id
        assert not any(deletion.done() for deletion in waiting)
        engine.delete(subnet)
        for deletion in waiting:
            deletion.result(timeout=LONG)
        engine.close()


def test_a_deletion_that_finds_no_place_to_wait_fails_at_once(sandbox: Sandbox, world: World):
    vpc, _ = used_vpc(world)
    with own_provider(sandbox, workers=2, waiting=1) as narrow:
        engine = Engine(narrow, world.home)
        waiting = engine.deletion(vpc, LONG)
        time.sleep(SHORT)
        assert FULL in details(engine.deletion(vpc, LONG))
        assert not waiting.done()
        engine.close()


def test_cancel_ends_what_waits_on_its_connection_and_no_other(sandbox: Sandbox, world: World):
    vpc, _ = used_vpc(world)
    first, second = Engine(sandbox, world.home), Engine(sandbox, world.home)
    ended, stays = first.deletion(vpc), second.deletion(vpc, 2.0)
    time.sleep(SHORT)
    before = time.monotonic()
    first.stub.Cancel(empty_pb2.Empty())
    assert GIVEN_UP in details(ended)
    assert time.monotonic() - before < 1.0
    assert "its time is over" in details(stays)
    first.channel.close()
    second.close()


def test_a_connection_that_closes_gives_its_places_to_others(sandbox: Sandbox, world: World):
    vpc, _ = used_vpc(world)
    with own_provider(sandbox, workers=2, waiting=1) as narrow:
        gone, stays = Engine(narrow, world.home), Engine(narrow, world.home)
        waiting = gone.deletion(vpc)
        time.sleep(SHORT)
        assert FULL in details(stays.deletion(vpc, SHORT))
        assert not waiting.done()
        gone.channel.close()
        time.sleep(1.0)
        assert "its time is over" in details(stays.deletion(vpc, SHORT))
        stays.close()


def test_a_server_that_stops_does_not_wait_for_deletions(sandbox: Sandbox, world: World):
    vpc, _ = used_vpc(world)
    server = serve_provider(sandbox.endpoint)
    engine = Engine(Sandbox(sandbox.endpoint, server, sandbox.http), world.home)
    waiting = engine.deletion(vpc)
    time.sleep(SHORT)
    before = time.monotonic()
    server.server.stop(grace=0).wait()
    assert time.monotonic() - before < 2.0
    details(waiting)
    engine.channel.close()
