"""VPC endpoints: gateway endpoints on route tables, interface endpoints in subnets, as AWS takes them."""

import json

import pytest

from securecart.components.endpoint_policies import Grants
from securecart.components.vpc_endpoints import VpcEndpoints, VpcEndpointsArgs
from securecart.config.endpoints import GatewayService, InterfaceService

ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint"


@pytest.fixture
def endpoints(deploy):
    def build(scope_of):
        grants = Grants("210000000004", "us-east-1", None, ("shop-media",), ("orders",), "210000000007", "logs")
        args = VpcEndpointsArgs(
            vpc_id="vpc-1",
            gateway=tuple(GatewayService),
            interface=tuple(InterfaceService),
            route_table_ids={"us-east-1b": "rtb-b", "us-east-1a": "rtb-a"},
            subnet_ids={"us-east-1b": "subnet-b", "us-east-1a": "subnet-a"},
            security_group_id="sg-endpoints",
            grants=grants,
        )
        VpcEndpoints("prod", scope_of("prod", "us-east-1"), args)

    return deploy(build).all(ENDPOINT)


def of_type(endpoints, kind):
    found = {name: item.inputs for name, item in endpoints.items() if item.inputs["vpcEndpointType"] == kind}
    assert found
    return found


def test_each_service_has_an_endpoint_of_its_type(endpoints):
    assert set(of_type(endpoints, "Gateway")) == {"s3", "dynamodb"}
    assert set(of_type(endpoints, "Interface")) == {
        "secretsmanager",
        "ecr.api",
        "ecr.dkr",
        "logs",
        "ssm",
        "sts",
        "kms",
    }


def test_services_are_called_as_aws_calls_them(endpoints):
    for name, item in endpoints.items():
        assert item.inputs["serviceName"] == f"com.amazonaws.us-east-1.{name}"


def test_gateway_endpoints_take_route_tables_and_nothing_that_interfaces_take(endpoints):
    for inputs in of_type(endpoints, "Gateway").values():
        assert inputs["routeTableIds"] == ["rtb-a", "rtb-b"]
        assert not {"subnetIds", "securityGroupIds", "privateDnsEnabled", "dnsOptions"} & set(inputs)


def test_interface_endpoints_have_a_subnet_a_zone_the_own_group_and_private_dns(endpoints):
    for inputs in of_type(endpoints, "Interface").values():
        assert inputs["subnetIds"] == ["subnet-a", "subnet-b"]
        assert inputs["securityGroupIds"] == ["sg-endpoints"]
        assert inputs["privateDnsEnabled"] is True
        assert inputs["ipAddressType"] == "ipv4"
        assert inputs["dnsOptions"] == {"dnsRecordIpType": "ipv4"}
        assert "routeTableIds" not in inputs


def test_every_endpoint_has_a_policy_of_its_own(endpoints):
    policies = {name: json.loads(item.inputs["policy"]) for name, item in endpoints.items()}
    assert all(policy["Statement"] for policy in policies.values())
    # Both endpoints of ECR serve one pull.
    assert policies["ecr.api"] == policies["ecr.dkr"]
    assert len({json.dumps(policy) for policy in policies.values()}) == len(policies) - 1
