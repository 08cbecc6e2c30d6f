"""Cases of policies/rules/security_groups.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import ALB_443, BEYOND, INGRESS, LEGACY, SG_RULE, Case, dev, hub, peering, ssh

VIOLATIONS: tuple[Case, ...] = (
    Case(BEYOND, "another port", dev, SG_RULE, ALB_443, {"fromPort": 8443, "toPort": 8443}),
    Case(BEYOND, "a wider range", dev, SG_RULE, ALB_443, {"fromPort": 80}),
    Case(BEYOND, "all protocols", dev, SG_RULE, ALB_443, {"ipProtocol": "-1"}),
    Case(BEYOND, "UDP", dev, SG_RULE, ALB_443, {"ipProtocol": "udp"}),
    Case(BEYOND, "IPv6", dev, SG_RULE, ALB_443, {"cidrIpv6": "::/0"}, ("cidrIpv4",)),
    Case(BEYOND, "internet to ECS", dev, SG_RULE, ALB_443, {"securityGroupId": "ecs-id"}),
    Case(BEYOND, "a group of another stack", dev, SG_RULE, ALB_443, {"securityGroupId": "sg-elsewhere"}),
    Case(
        BEYOND,
        "ECS in from itself",
        dev,
        SG_RULE,
        "ecs-ingress-group:alb-8080",
        {"referencedSecurityGroupId": "ecs-id"},
    ),
    Case(
        BEYOND,
        "database out",
        dev,
        "SecurityGroupEgressRule",
        "lambda-egress-0.0.0.0/0-443",
        {"securityGroupId": "rds-id"},
    ),
    Case(
        BEYOND,
        "a port not listed by the peering",
        peering,
        SG_RULE,
        "service",
        {"fromPort": 444, "toPort": 444},
    ),
    Case(BEYOND, "a wider peering", peering, SG_RULE, "service", {"cidrIpv4": "10.30.0.0/16"}),
    Case(
        BEYOND,
        "an undeclared extra",
        dev,
        SG_RULE,
        add=(
            LEGACY,
            {
                "type": "egress",
                "protocol": "udp",
                "fromPort": 124,
                "toPort": 124,
                "cidrBlocks": ["10.0.0.0/8"],
                "securityGroupId": "ecs-id",
            },
        ),
    ),
    Case(BEYOND, "a rule in a hub", hub, "TransitGateway", add=(INGRESS, ssh(cidrIpv4="10.0.0.0/8"))),
    Case(
        "sg-row-ecs-out-service-prefix-lists-443",
        "twice the same list",
        dev,
        "SecurityGroupEgressRule",
        "ecs-egress-pl-s3-443",
        {"prefixListId": "pl-dynamodb"},
    ),
    Case("sg-row-payments-service-in-requester", "no rule", peering, SG_RULE, "service", remove=True),
    Case("sg-known-component", "no tag", dev, "SecurityGroup", "ecs", drop=("tags",)),
    Case(
        "sg-known-component",
        "a component of another profile",
        dev,
        "SecurityGroup",
        "ecs",
        {"tags": {"securecart:component": "service"}},
    ),
    Case(
        "sg-standalone-rules-only",
        "inline egress",
        dev,
        "SecurityGroup",
        "ecs",
        {"egress": [{"protocol": "-1", "cidrBlocks": ["0.0.0.0/0"]}]},
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case(BEYOND, "the port", dev, SG_RULE, ALB_443, {"fromPort": UNKNOWN, "toPort": UNKNOWN}),
    Case(BEYOND, "the group", dev, SG_RULE, ALB_443, {"securityGroupId": UNKNOWN}),
    Case(BEYOND, "the group's component", dev, "SecurityGroup", "alb", {"tags": UNKNOWN}),
    Case(
        BEYOND,
        "the peer group",
        dev,
        SG_RULE,
        "ecs-ingress-group:alb-8080",
        {"referencedSecurityGroupId": UNKNOWN},
    ),
    Case("sg-row-alb-in-any-443", "the address", dev, SG_RULE, ALB_443, {"cidrIpv4": UNKNOWN}),
    Case(
        "sg-row-ecs-out-service-prefix-lists-443",
        "one list",
        dev,
        "SecurityGroupEgressRule",
        "ecs-egress-pl-s3-443",
        {"prefixListId": UNKNOWN},
    ),
    Case("sg-row-payments-service-in-requester", "the address", peering, SG_RULE, "service", {"cidrIpv4": UNKNOWN}),
    Case(
        "sg-known-component",
        "the tag",
        dev,
        "SecurityGroup",
        "ecs",
        {"tags": {"securecart:component": UNKNOWN}},
    ),
    Case("sg-standalone-rules-only", "egress", dev, "SecurityGroup", "ecs", {"egress": UNKNOWN}),
)
