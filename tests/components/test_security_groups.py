"""Security groups and their standalone rules."""

import pytest

from securecart.components.security_group_rules import GroupRule
from securecart.components.security_groups import SecurityGroups, SecurityGroupsArgs
from securecart.config.model import Direction
from tests.components.recording import Recording

INGRESS = "vpc/securityGroupIngressRule:SecurityGroupIngressRule"
EGRESS = "vpc/securityGroupEgressRule:SecurityGroupEgressRule"

_IN, _OUT = Direction.INGRESS, Direction.EGRESS
RULES = (
    GroupRule("alb", _IN, "internet", "tcp", (443, 443), "customers", cidr="0.0.0.0/0"),
    GroupRule("alb", _IN, "v6", "tcp", (443, 443), "customers", cidr="::/0"),
    GroupRule("alb", _OUT, "ecs", "tcp", (8080, 8080), "to ECS", group="ecs"),
    GroupRule("ecs", _OUT, "s3", "tcp", (443, 443), "to S3", prefix_list="s3"),
    GroupRule("ecs", _IN, "all", "-1", None, "everything", cidr="10.0.0.0/8"),
)


@pytest.fixture
def recording(deploy) -> Recording:
    args = SecurityGroupsArgs("vpc-1", ("alb", "ecs"), RULES)
    return deploy(lambda scope: SecurityGroups("prod", scope("prod", "us-east-1"), args))


def test_each_component_has_a_group_without_inline_rules(recording):
    groups = recording.all("ec2/securityGroup:SecurityGroup")
    assert {name: item.inputs["name"] for name, item in groups.items()} == {
        "alb": "prod-alb",
        "ecs": "prod-ecs",
    }
    assert all(not {"ingress", "egress"} & set(item.inputs) for item in groups.values())
    assert {item.tags["securecart:component"] for item in groups.values()} == {"alb", "ecs"}


def test_a_rule_is_a_resource_with_a_description(recording):
    rule = recording.all(INGRESS)["alb-in-internet-443"]
    assert {key: value for key, value in rule.inputs.items() if key != "tags"} == {
        "securityGroupId": "SecurityGroup/alb",
        "ipProtocol": "tcp",
        "fromPort": 443,
        "toPort": 443,
        "cidrIpv4": "0.0.0.0/0",
        "description": "customers",
    }


def test_an_ipv6_peer_is_given_as_ipv6(recording):
    rule = recording.all(INGRESS)["alb-in-v6-443"].inputs
    assert rule["cidrIpv6"] == "::/0"
    assert "cidrIpv4" not in rule


def test_another_component_is_named_by_its_group(recording):
    rule = recording.all(EGRESS)["alb-out-ecs-8080"].inputs
    assert rule["referencedSecurityGroupId"] == "SecurityGroup/ecs"
    assert not {"cidrIpv4", "cidrIpv6", "prefixListId"} & set(rule)


def test_an_aws_service_is_named_by_its_prefix_list(recording):
    assert recording.all(EGRESS)["ecs-out-s3-443"].inputs["prefixListId"] == "prefix-list/com.amazonaws.us-east-1.s3"


def test_the_prefix_list_is_looked_up_with_the_stacks_own_provider(recording):
    ((token, args, provider),) = recording.invokes
    assert token == "aws:ec2/getPrefixList:getPrefixList"
    assert args["name"] == "com.amazonaws.us-east-1.s3"
    assert provider.rpartition("::")[0].endswith("pulumi:providers:aws::prod-us-east-1")


def test_a_rule_for_every_protocol_has_no_ports(recording):
    rule = recording.all(INGRESS)["ecs-in-all-all"].inputs
    assert rule["ipProtocol"] == "-1"
    assert not {"fromPort", "toPort"} & set(rule)
