"""A VPC peering across accounts."""

from ipaddress import IPv4Network

import pytest

from securecart.components.network_acl_table import AclEntry, Action
from securecart.components.security_group_rules import GroupRule
from securecart.components.vpc_peering import VpcPeering, VpcPeeringArgs, VpcPeeringSide
from securecart.config.model import Direction, Tier
from tests.components.recording import Recording

CONNECTION = "ec2/vpcPeeringConnection:VpcPeeringConnection"
ACCEPTER = "ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter"
PROD, PAYMENTS = IPv4Network("10.30.32.0/19"), IPv4Network("10.40.32.0/19")


@pytest.fixture
def build(deploy):
    def run(region: str = "us-east-1") -> Recording:
        def side(scope, network: str, other: str, cidr: IPv4Network, entry: AclEntry) -> VpcPeeringSide:
            return VpcPeeringSide(
                network=network,
                scope=scope,
                vpc_id=f"vpc-{network}",
                route_table_ids={"private-az-a": f"rtb-{network}"},
                destinations={f"{other}-private": cidr},
                network_acl_id=f"acl-{network}",
                acl_entries=[entry],
            )

        def program(scope_of) -> None:
            entry = AclEntry(214, Tier.PRIVATE, Direction.INGRESS, Action.ALLOW, (443, 443), PROD)
            prod, payments = scope_of("prod", region), scope_of("payments", "us-east-1")
            args = VpcPeeringArgs(
                requester=side(prod, "prod", "payments", PAYMENTS, entry),
                accepter=side(payments, "payments", "prod", PROD, entry),
                group_id="sg-service",
                rules=[GroupRule("service", Direction.INGRESS, "prod", "tcp", (443, 443), "x", cidr=str(PROD))],
            )
            VpcPeering("prod-payments", prod, args)

        return deploy(program)

    return run


def test_the_requester_names_vpc_and_account_and_does_not_accept(build):
    connection = build().one(CONNECTION).inputs
    assert connection["vpcId"] == "vpc-prod"
    assert connection["peerVpcId"] == "vpc-payments"
    assert connection["peerOwnerId"] == "210000000005"
    assert connection["autoAccept"] is False


def test_the_region_is_named_only_where_it_is_another_one(build):
    assert "peerRegion" not in build("us-east-1").one(CONNECTION).inputs
    assert build("eu-west-1").one(CONNECTION).inputs["peerRegion"] == "us-east-1"


def test_the_accepter_accepts_with_its_own_role(build):
    recording = build()
    accepter = recording.one(ACCEPTER)
    assert accepter.inputs["autoAccept"] is True
    assert accepter.inputs["vpcPeeringConnectionId"] == "VpcPeeringConnection/prod-payments"
    assert recording.provider_of(accepter).name == "payments-us-east-1"


def test_routes_exist_on_both_sides_and_wait_for_the_acceptance(build):
    recording = build()
    routes = recording.all("ec2/route:Route")
    found = {name: (item.inputs["routeTableId"], item.inputs["destinationCidrBlock"]) for name, item in routes.items()}
    assert found == {
        "prod-private-az-a-to-payments-private": ("rtb-prod", "10.40.32.0/19"),
        "payments-private-az-a-to-prod-private": ("rtb-payments", "10.30.32.0/19"),
    }
    assert all(recording.one(ACCEPTER).urn in item.dependencies for item in routes.values())


def test_acl_entries_and_group_rules_are_made_in_the_account_that_owns_them(build):
    recording = build()
    rules = recording.all("ec2/networkAclRule:NetworkAclRule")
    assert {name: item.inputs["networkAclId"] for name, item in rules.items()} == {
        "prod-private-in-214": "acl-prod",
        "payments-private-in-214": "acl-payments",
    }
    assert recording.provider_of(rules["payments-private-in-214"]).name == "payments-us-east-1"
    group_rule = recording.one("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert group_rule.inputs["securityGroupId"] == "sg-service"
    assert recording.provider_of(group_rule).name == "payments-us-east-1"
