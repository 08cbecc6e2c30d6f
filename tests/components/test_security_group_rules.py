"""The table's rows as rules of one network, and the fleet file's extras."""

from ipaddress import IPv4Network

import pytest

from securecart.components.security_group_rules import extra_rules, table_rules
from securecart.config.model import Environment, Network, Profile, SecurityGroupRule, Tier
from securecart.errors import ProgramError

SUPERNET = IPv4Network("10.0.0.0/8")


def network(profile: Profile = Profile.APPLICATION, tiers=tuple(Tier), rules=()) -> Network:
    return Network(
        account="prod",
        region="us-east-1",
        environment=Environment.PROD,
        profile=profile,
        cidr="10.30.0.0/16",
        azs=("us-east-1a", "us-east-1b"),
        tiers=tiers,
        security_group_rules=rules,
    )


def extra(**fields) -> SecurityGroupRule:
    given = {"group": "alb", "direction": "ingress", "from_port": 22, "to_port": 22, "cidr": "0.0.0.0/0"}
    return SecurityGroupRule(**{**given, "description": "bastion", **fields})


def test_application_network_gets_a_rule_for_each_row_and_port():
    assert {rule.name for rule in table_rules(network(), SUPERNET)} == {
        "alb-in-internet-80",
        "alb-in-internet-443",
        "alb-out-vpc-80",
        "alb-out-vpc-443",
        "alb-out-ecs-8080",
        "ecs-in-alb-8080",
        "ecs-out-rds-5432",
        "ecs-out-endpoints-443",
        "ecs-out-s3-443",
        "ecs-out-dynamodb-443",
        "ecs-out-internet-443",
        "rds-in-ecs-5432",
        "lambda-out-internet-443",
        "endpoints-in-private-443",
    }


def test_payments_network_leaves_its_ingress_to_the_peerings_and_the_load_balancer():
    rules = table_rules(network(Profile.PAYMENTS, (Tier.PRIVATE, Tier.DATABASE)), SUPERNET)
    assert [rule.name for rule in rules if rule.component == "service"] == [
        "service-out-rds-5432",
        "service-out-endpoints-443",
        "service-out-s3-443",
        "service-out-dynamodb-443",
        "service-in-nlb-443",
    ]


def test_the_load_balancer_leads_to_the_service_and_leaves_its_ingress_to_the_offered_service():
    rules = table_rules(network(Profile.PAYMENTS, (Tier.PRIVATE, Tier.DATABASE)), SUPERNET)
    assert [rule.name for rule in rules if rule.component == "nlb"] == ["nlb-out-service-443"]


def test_rules_that_name_an_absent_component_are_left_out():
    names = {rule.name for rule in table_rules(network(tiers=(Tier.PRIVATE,)), SUPERNET)}
    assert "ecs-out-endpoints-443" in names
    assert not {"ecs-in-alb-8080", "ecs-out-rds-5432"} & names


def test_each_rule_names_exactly_one_peer():
    rules = table_rules(network(), SUPERNET)
    assert rules
    assert all(sum(part is not None for part in (r.cidr, r.group, r.prefix_list)) == 1 for r in rules)


def test_blocks_become_addresses():
    rules = {rule.name: rule.cidr for rule in table_rules(network(), SUPERNET)}
    assert rules["alb-out-vpc-443"] == "10.30.0.0/16"
    assert rules["endpoints-in-private-443"] == "10.30.32.0/19"
    assert rules["lambda-out-internet-443"] == "0.0.0.0/0"


def test_an_extra_rule_is_named_by_what_it_says():
    (rule,) = extra_rules(network(rules=(extra(),)))
    assert rule.name == "alb-in-extra-tcp-0.0.0.0_0-22"
    assert (rule.ports, rule.cidr, rule.description) == ((22, 22), "0.0.0.0/0", "bastion")


def test_an_extra_rule_may_name_ipv6_without_breaking_the_urn():
    (rule,) = extra_rules(network(rules=(extra(cidr="::/0"),)))
    assert rule.cidr == "::/0"
    assert "::" not in rule.name


def test_an_extra_rule_for_every_protocol_has_no_ports():
    (rule,) = extra_rules(network(rules=(extra(protocol="-1", from_port=-1, to_port=-1),)))
    assert rule.ports is None
    assert rule.name.endswith("-all")


def test_extra_rules_that_differ_in_protocol_or_range_have_names_of_their_own():
    rules = (extra(), extra(protocol="udp"), extra(to_port=23), extra(cidr="::/0"), extra(direction="egress"))
    assert len({rule.name for rule in extra_rules(network(rules=rules))}) == len(rules)


def test_an_extra_rule_on_an_unknown_group_is_refused_with_the_groups_that_exist():
    with pytest.raises(ProgramError, match=r"'service'.*alb, ecs, rds, lambda, endpoints"):
        extra_rules(network(rules=(extra(group="service"),)))
