"""The network stacks of the default fleet."""

import pytest

from securecart.config.model import SecurityGroupRule
from stacks import stack_specs
from tests.stacks.conftest import run_stack

APPLICATIONS = {"network-dev": 2, "network-staging": 2, "network-prod": 3, "network-prod-eu": 3}
"""Zones of each application network."""


@pytest.mark.parametrize("stack", [*APPLICATIONS, "network-payments"])
def test_database_subnets_have_no_default_route(recordings, stack):
    recording = recordings[stack]
    tables = {
        f"RouteTable/{name}" for name in recording.all("ec2/routeTable:RouteTable") if name.startswith("database")
    }
    assert tables
    routes = [item for item in recording.resources if item.type == "aws:ec2/route:Route"]
    assert not [route.name for route in routes if route.inputs["routeTableId"] in tables]


@pytest.mark.parametrize(("stack", "zones"), APPLICATIONS.items())
def test_every_tier_has_a_subnet_and_a_route_table_in_every_zone(recordings, stack, zones):
    for kind in (
        "ec2/subnet:Subnet",
        "ec2/routeTable:RouteTable",
        "ec2/routeTableAssociation:RouteTableAssociation",
    ):
        names = list(recordings[stack].all(kind))
        assert {tier: sum(name.startswith(tier) for name in names) for tier in ("public", "private", "database")} == {
            "public": zones,
            "private": zones,
            "database": zones,
        }


@pytest.mark.parametrize(("stack", "gateways"), [("network-dev", 1), ("network-prod", 3), ("network-prod-eu", 3)])
def test_nat_gateway_per_az_in_prod_and_one_in_dev(recordings, stack, gateways):
    assert len(recordings[stack].all("ec2/natGateway:NatGateway")) == gateways


def test_only_public_route_tables_lead_to_the_internet_gateway(recordings):
    routes = recordings["network-prod"].all("ec2/route:Route").values()
    to_gateway = [route.inputs["routeTableId"] for route in routes if "gatewayId" in route.inputs]
    assert len(to_gateway) == 3
    assert all(table.startswith("RouteTable/public-") for table in to_gateway)


def test_payments_has_no_way_to_or_from_the_internet(recordings):
    payments = recordings["network-payments"]
    for kind in (
        "ec2/internetGateway:InternetGateway",
        "ec2/natGateway:NatGateway",
        "ec2/eip:Eip",
        "ec2/route:Route",
    ):
        assert payments.has_none(kind)


def test_outputs_map_zones_tiers_and_components(recordings):
    outputs = recordings["network-payments"].outputs
    assert outputs["vpc_id"] == "Vpc/payments"
    assert outputs["vpc_cidr"] == "10.40.0.0/16"
    assert outputs["subnet_ids_private"] == {
        "us-east-1a": "Subnet/private-us-east-1a",
        "us-east-1b": "Subnet/private-us-east-1b",
    }
    assert set(outputs["network_acl_ids"]) == {"private", "database"}
    assert set(outputs["security_group_ids"]) == {"service", "rds", "endpoints", "nlb"}


def test_extra_rules_of_the_fleet_file_become_rules_of_the_stack(fleet):
    rule = SecurityGroupRule(
        group="alb", direction="ingress", from_port=22, to_port=22, cidr="::/0", description="bastion"
    )
    network = fleet.networks["dev"].model_copy(update={"security_group_rules": (rule,)})
    opened = fleet.model_copy(update={"networks": {**fleet.networks, "dev": network}})
    (spec,) = [item for item in stack_specs(opened) if item.name == "network-dev"]
    rules = run_stack(opened, spec).all("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    (found,) = [item.inputs for item in rules.values() if item.inputs.get("cidrIpv6") == "::/0"]
    assert (found["fromPort"], found["toPort"], found["description"]) == (22, 22, "bastion")


def test_a_further_zone_adds_resources_and_changes_none(fleet, recordings):
    network = fleet.networks["dev"]
    grown = network.model_copy(update={"azs": (*network.azs, "us-east-1c")})
    larger = fleet.model_copy(update={"networks": {**fleet.networks, "dev": grown}})
    (spec,) = [item for item in stack_specs(larger) if item.name == "network-dev"]
    before = {item.urn: item.inputs for item in recordings["network-dev"].resources}
    after = {item.urn: item.inputs for item in run_stack(larger, spec).resources}
    # The tiers' ACLs take the new subnets; nothing else may differ.
    changed = {urn for urn in before if before[urn] != after[urn]}
    assert len(after) > len(before)
    assert {urn.split("::")[2].rpartition("$")[2] for urn in changed} == {"aws:ec2/networkAcl:NetworkAcl"}
