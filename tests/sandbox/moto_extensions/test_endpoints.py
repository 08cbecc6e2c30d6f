from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, PAYMENTS, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network
from tests.sandbox.moto_extensions.test_certificates import publish, zone

_NUMBERS = itertools.count(1)
S3 = "com.amazonaws.us-east-1.s3"
SECRETS = "com.amazonaws.us-east-1.secretsmanager"
PROVIDER = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001"
SLOW_PARTNER = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee002"


def resolving(build: Builder, account: str = DEV) -> Network:
    network = build.network(account)
    network.ec2.modify_vpc_attribute(VpcId=network.vpc, EnableDnsHostnames={"Value": True})
    return network


def interface(network: Network, service: str = SECRETS, **more: object) -> dict[str, object]:
    plain = {"VpcId": network.vpc, "ServiceName": service, "VpcEndpointType": "Interface"}
    return {**plain, "SubnetIds": list(network.subnets), "PrivateDnsEnabled": False, **more}


def made(network: Network, **asked: object) -> dict[str, Any]:
    return network.ec2.create_vpc_endpoint(**asked)["VpcEndpoint"]


def routes(network: Network, table: str) -> dict[str, str]:
    [found] = network.ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    return {
        one["DestinationPrefixListId"]: one["GatewayId"] for one in found["Routes"] if "DestinationPrefixListId" in one
    }


def test_a_gateway_routes_its_prefix_list_in_its_tables_alone(build: Builder) -> None:
    network = build.network(DEV)
    ec2 = network.ec2
    one, two = (ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"] for _ in range(2))
    asked = {"VpcId": network.vpc, "ServiceName": S3}
    endpoint = made(network, **asked, RouteTableIds=[one])["VpcEndpointId"]
    named = [{"Name": "prefix-list-name", "Values": [S3]}]
    [prefixes] = ec2.describe_prefix_lists(Filters=named)["PrefixLists"]
    assert routes(network, one) == {prefixes["PrefixListId"]: endpoint}
    assert refusal(ec2.create_vpc_endpoint, **asked, RouteTableIds=[one]) == "RouteAlreadyExists"
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint, AddRouteTableIds=[two], RemoveRouteTableIds=[one])
    assert (routes(network, one), routes(network, two)) == ({}, {prefixes["PrefixListId"]: endpoint})
    for subnet in network.subnets:
        ec2.delete_subnet(SubnetId=subnet)
    assert refusal(ec2.delete_vpc, VpcId=network.vpc) == "DependencyViolation"
    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint])
    assert routes(network, two) == {}
    assert refusal(ec2.describe_vpc_endpoints, VpcEndpointIds=[endpoint]) == "InvalidVpcEndpointId.NotFound"


def test_an_interface_stands_in_each_subnet_with_its_group(build: Builder) -> None:
    network = build.network(DEV)
    ec2 = network.ec2
    group = ec2.create_security_group(GroupName="vpce", Description="vpce", VpcId=network.vpc)["GroupId"]
    endpoint = made(network, **interface(network, SecurityGroupIds=[group]))
    ids = endpoint["NetworkInterfaceIds"]
    seen = ec2.describe_network_interfaces(NetworkInterfaceIds=ids)["NetworkInterfaces"]
    assert {one["SubnetId"] for one in seen} == set(network.subnets)
    assert {held["GroupId"] for one in seen for held in one["Groups"]} == {group}
    assert refusal(ec2.delete_security_group, GroupId=group) == "DependencyViolation"
    assert refusal(ec2.delete_subnet, SubnetId=network.subnets[1]) == "DependencyViolation"
    ec2.modify_vpc_endpoint(VpcEndpointId=endpoint["VpcEndpointId"], RemoveSubnetIds=[network.subnets[1]])
    ec2.delete_subnet(SubnetId=network.subnets[1])
    ec2.delete_vpc_endpoints(VpcEndpointIds=[endpoint["VpcEndpointId"]])
    ec2.delete_security_group(GroupId=group)


def test_private_dns_needs_the_vpcs_dns_and_is_had_once(build: Builder) -> None:
    deaf, network = build.network(DEV), resolving(build)
    create = network.ec2.create_vpc_endpoint
    assert refusal(create, **interface(deaf, PrivateDnsEnabled=True)) == "InvalidParameter"
    first = made(network, **interface(network, PrivateDnsEnabled=True))
    assert "secretsmanager.us-east-1.amazonaws.com" in {one["DnsName"] for one in first["DnsEntries"]}
    assert refusal(create, **interface(network, PrivateDnsEnabled=True)) == "InvalidParameter"
    second = made(network, **interface(network))
    assert "secretsmanager.us-east-1.amazonaws.com" not in {one["DnsName"] for one in second["DnsEntries"]}
    again = {"VpcEndpointId": second["VpcEndpointId"], "PrivateDnsEnabled": True}
    assert refusal(network.ec2.modify_vpc_endpoint, **again) == "InvalidParameter"
    [kept] = network.ec2.describe_vpc_endpoints(VpcEndpointIds=[second["VpcEndpointId"]])["VpcEndpoints"]
    assert kept["PrivateDnsEnabled"] is False


def test_what_does_not_fit_an_endpoint_is_refused(build: Builder) -> None:
    network, foreign = build.network(DEV), build.network(DEV)
    table = network.ec2.create_route_table(VpcId=network.vpc)["RouteTable"]["RouteTableId"]
    gateway = {"VpcId": network.vpc, "ServiceName": S3}
    for asked, code in (
        (interface(network, "com.amazonaws.us-east-1.nothing"), "InvalidServiceName"),
        (interface(network, "com.amazonaws.eu-west-1.sts"), "InvalidServiceName"),
        ({**gateway, "ServiceName": SECRETS}, "InvalidParameter"),
        ({**gateway, "SubnetIds": list(network.subnets)}, "InvalidParameter"),
        (interface(network, RouteTableIds=[table]), "InvalidParameter"),
        (interface(network, SubnetIds=list(foreign.subnets)), "InvalidParameter"),
        ({**gateway, "PolicyDocument": "not JSON"}, "InvalidPolicyDocument"),
    ):
        assert refusal(network.ec2.create_vpc_endpoint, **asked) == code, asked
    mine = [{"Name": "vpc-id", "Values": [network.vpc]}]
    assert network.ec2.describe_vpc_endpoints(Filters=mine)["VpcEndpoints"] == []


def offer(build: Builder, accounts: Accounts, **more: object) -> tuple[Any, dict[str, Any]]:
    """The payments account's service on a network load balancer."""
    network, elb = build.network(PAYMENTS), accounts.client("elbv2", PAYMENTS)
    asked = {"Name": f"pay{next(_NUMBERS)}", "Type": "network", "Scheme": "internal"}
    balancer = elb.create_load_balancer(**asked, Subnets=list(network.subnets))["LoadBalancers"][0]
    lists = {"NetworkLoadBalancerArns": [balancer["LoadBalancerArn"]], "AcceptanceRequired": True}
    found = network.ec2.create_vpc_endpoint_service_configuration(**lists, **more)["ServiceConfiguration"]
    return network.ec2, {**found, "Balancer": balancer["LoadBalancerArn"]}


def test_a_service_is_there_for_those_it_allows_and_accepts(build: Builder, accounts: Accounts) -> None:
    provider, service = offer(build, accounts)
    consumer = build.network(DEV)
    asked = interface(consumer, service["ServiceName"])
    assert refusal(consumer.ec2.create_vpc_endpoint, **asked) == "InvalidServiceName"
    named = {"ServiceId": service["ServiceId"]}
    root = f"arn:aws:iam::{DEV}:root"
    provider.modify_vpc_endpoint_service_permissions(**named, AddAllowedPrincipals=[root])
    endpoint = made(consumer, **asked)
    assert endpoint["State"] == "pendingAcceptance"
    wanted = [{"Name": "service-id", "Values": [service["ServiceId"]]}]
    [seen] = provider.describe_vpc_endpoint_connections(Filters=wanted)["VpcEndpointConnections"]
    assert (seen["VpcEndpointOwner"], seen["VpcEndpointState"]) == (DEV, "pendingAcceptance")
    ids = {"VpcEndpointIds": [endpoint["VpcEndpointId"]]}
    assert provider.accept_vpc_endpoint_connections(**named, **ids)["Unsuccessful"] == []
    [accepted] = consumer.ec2.describe_vpc_endpoints(**ids)["VpcEndpoints"]
    assert accepted["State"] == "available"

    [kept] = provider.delete_vpc_endpoint_service_configurations(ServiceIds=[service["ServiceId"]])["Unsuccessful"]
    assert kept["Error"]["Code"] == "ExistingVpcEndpointConnections"
    elb = accounts.client("elbv2", PAYMENTS)
    assert refusal(elb.delete_load_balancer, LoadBalancerArn=service["Balancer"]) == "ResourceInUse"
    assert provider.reject_vpc_endpoint_connections(**named, **ids)["Unsuccessful"] == []
    assert provider.delete_vpc_endpoint_service_configurations(ServiceIds=[service["ServiceId"]])["Unsuccessful"] == []
    elb.delete_load_balancer(LoadBalancerArn=service["Balancer"])


def test_a_service_stands_on_a_network_balancer_of_its_own(build: Builder, accounts: Accounts) -> None:
    provider, service = offer(build, accounts)
    create = provider.create_vpc_endpoint_service_configuration
    assert refusal(create, NetworkLoadBalancerArns=[service["Balancer"]]) == "InvalidParameter"
    network, elb = build.network(PAYMENTS), accounts.client("elbv2", PAYMENTS)
    asked = {"Name": f"pay{next(_NUMBERS)}", "Scheme": "internal", "Subnets": list(network.subnets)}
    application = elb.create_load_balancer(**asked)["LoadBalancers"][0]["LoadBalancerArn"]
    assert refusal(create, NetworkLoadBalancerArns=[application]) == "InvalidParameter"


def test_a_private_name_is_used_once_its_domain_is_shown(build: Builder, accounts: Accounts) -> None:
    name, zone_id = zone(accounts, PAYMENTS)
    provider, service = offer(build, accounts, PrivateDnsName=f"pay.{name}")
    named = {"ServiceId": service["ServiceId"]}
    root = f"arn:aws:iam::{DEV}:root"
    provider.modify_vpc_endpoint_service_permissions(**named, AddAllowedPrincipals=[root])
    consumer = resolving(build)
    endpoint = made(consumer, **interface(consumer, service["ServiceName"]))["VpcEndpointId"]
    provider.accept_vpc_endpoint_connections(**named, VpcEndpointIds=[endpoint])
    asked = {"VpcEndpointId": endpoint, "PrivateDnsEnabled": True}
    assert refusal(consumer.ec2.modify_vpc_endpoint, **asked) == "InvalidParameter"
    wanted = service["PrivateDnsNameConfiguration"]
    assert wanted["State"] == "pendingVerification"
    text = {"Name": f"{wanted['Name']}.pay.{name}", "Type": wanted["Type"], "Value": f'"{wanted["Value"]}"'}
    publish(accounts, PAYMENTS, zone_id, text)
    provider.start_vpc_endpoint_service_private_dns_verification(**named)
    consumer.ec2.modify_vpc_endpoint(**asked)
    [seen] = consumer.ec2.describe_vpc_endpoints(VpcEndpointIds=[endpoint])["VpcEndpoints"]
    assert f"pay.{name}" in {one["DnsName"] for one in seen["DnsEntries"]}


def test_a_partners_service_is_connected_to_by_its_name(build: Builder) -> None:
    network = resolving(build)
    endpoint = made(network, **interface(network, PROVIDER, PrivateDnsEnabled=True))
    assert endpoint["State"] == "available"
    assert "api.payment-provider.example" in {one["DnsName"] for one in endpoint["DnsEntries"]}
    for unknown in (PROVIDER.replace("001", "009"), PROVIDER.replace("us-east-1", "eu-west-1")):
        assert refusal(network.ec2.create_vpc_endpoint, **interface(network, unknown)) == "InvalidServiceName"


def test_private_dns_waits_for_the_partners_acceptance(build: Builder) -> None:
    network = resolving(build)
    endpoint = made(network, **interface(network, SLOW_PARTNER))
    assert endpoint["State"] == "pendingAcceptance"
    asked = {"VpcEndpointId": endpoint["VpcEndpointId"], "PrivateDnsEnabled": True}
    assert refusal(network.ec2.modify_vpc_endpoint, **asked) == "InvalidParameter"
    asked = interface(network, SLOW_PARTNER, PrivateDnsEnabled=True)
    assert refusal(network.ec2.create_vpc_endpoint, **asked) == "InvalidParameter"


def test_an_endpoint_to_a_service_of_others_takes_no_policy(build: Builder) -> None:
    network = build.network(DEV)
    policy = {"PolicyDocument": '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*"}]}'}
    asked = interface(network, PROVIDER)
    assert refusal(network.ec2.create_vpc_endpoint, **asked, **policy) == "InvalidParameter"
    endpoint = made(network, **asked)["VpcEndpointId"]
    assert refusal(network.ec2.modify_vpc_endpoint, VpcEndpointId=endpoint, **policy) == "InvalidParameter"
    assert made(network, **interface(network), **policy)["PolicyDocument"] == policy["PolicyDocument"]


@pytest.mark.parametrize("operation", ["accept_vpc_endpoint_connections", "reject_vpc_endpoint_connections"])
def test_a_connection_that_is_not_there_is_told(build: Builder, accounts: Accounts, operation: str) -> None:
    provider, service = offer(build, accounts)
    answer = getattr(provider, operation)(ServiceId=service["ServiceId"], VpcEndpointIds=["vpce-0"])
    assert [one["ResourceId"] for one in answer["Unsuccessful"]] == ["vpce-0"]
