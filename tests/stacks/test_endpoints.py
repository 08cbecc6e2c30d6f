"""The stacks of VPC endpoints of the default fleet."""

import json

import pytest

NETWORKS = {"dev": 2, "staging": 2, "prod": 3, "prod-eu": 3, "payments": 2}
"""Zones of each network."""
ZONES = "abc"
ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint"
INTERFACES = {"secretsmanager", "ecr.api", "ecr.dkr", "logs", "ssm", "sts", "kms"}


def found(recordings, network):
    return {name: item.inputs for name, item in recordings[f"endpoints-{network}"].all(ENDPOINT).items()}


@pytest.mark.parametrize("network", ["dev", "staging", "prod", "prod-eu"])
def test_an_application_network_has_every_endpoint(recordings, network):
    assert set(found(recordings, network)) == {"s3", "dynamodb"} | INTERFACES


def test_payments_has_all_that_ecs_needs_and_no_dynamodb(recordings):
    assert set(found(recordings, "payments")) == {"s3"} | INTERFACES


@pytest.mark.parametrize(("network", "zones"), NETWORKS.items())
def test_endpoints_are_on_the_private_tier_in_every_zone_and_nowhere_else(recordings, fleet, network, zones):
    region, stack = fleet.networks[network].region, f"network-{network}"
    names = [f"{region}{letter}" for letter in ZONES[:zones]]
    for inputs in found(recordings, network).values():
        assert inputs["vpcId"] == f"{stack}.vpc_id"
        if inputs["vpcEndpointType"] == "Gateway":
            assert inputs["routeTableIds"] == [f"{stack}.route_table_ids_private.{name}" for name in names]
        else:
            assert inputs["subnetIds"] == [f"{stack}.subnet_ids_private.{name}" for name in names]
            assert inputs["securityGroupIds"] == [f"{stack}.security_group_ids.endpoints"]


@pytest.mark.parametrize("network", NETWORKS)
def test_the_vpc_answers_names_which_private_dns_needs(recordings, network):
    vpc = recordings[f"network-{network}"].one("ec2/vpc:Vpc").inputs
    assert (vpc["enableDnsSupport"], vpc["enableDnsHostnames"]) == (True, True)


@pytest.mark.parametrize("network", NETWORKS)
def test_the_endpoints_group_takes_443_from_the_private_tier_and_nothing_else(recordings, fleet, network):
    recording = recordings[f"network-{network}"]
    rules = recording.all("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    into = {name: item.inputs for name, item in rules.items() if name.startswith("endpoints-")}
    (rule,) = into.values()
    octets = str(fleet.networks[network].cidr).split(".")[:2]
    assert (rule["fromPort"], rule["toPort"], rule["cidrIpv4"]) == (443, 443, f"{'.'.join(octets)}.32.0/19")
    out = recording.all("vpc/securityGroupEgressRule:SecurityGroupEgressRule")
    assert not [name for name in out if name.startswith("endpoints-")]


@pytest.mark.parametrize("network", NETWORKS)
def test_policies_name_the_networks_own_account_and_region(recordings, fleet, network):
    account_id, region = fleet.accounts[fleet.networks[network].account].id, fleet.networks[network].region
    policy = json.loads(found(recordings, network)["s3"]["policy"])
    own, logs, layers = policy["Statement"]
    assert own["Resource"][0] == f"arn:aws:s3:::securecart-*-{account_id}-{region}"
    assert logs["Resource"] == [f"arn:aws:s3:::securecart-flow-logs-210000000007-{region}/*"]
    assert layers["Resource"] == [f"arn:aws:s3:::prod-{region}-starport-layer-bucket/*"]
    secrets = json.loads(found(recordings, network)["secretsmanager"]["policy"])["Statement"][0]
    assert secrets["Resource"] == [f"arn:aws:secretsmanager:{region}:{account_id}:secret:*"]


def test_other_stacks_can_ask_for_the_endpoints_by_service(recordings):
    assert recordings["endpoints-payments"].outputs["endpoint_ids"] == {
        service: f"VpcEndpoint/{service}" for service in {"s3"} | INTERFACES
    }
