"""VPCs are the declared ones, and what AWS makes with each of them is adopted and empty."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.networks import same_cidr
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, flag, items, text
from policies.views import Resource, Stack

_EMPTIED = {
    t.DEFAULT_SECURITY_GROUP[0]: ("ingress", "egress"),
    t.DEFAULT_NETWORK_ACL[0]: ("ingress", "egress"),
    t.DEFAULT_ROUTE_TABLE[0]: ("routes", "propagatingVgws"),
}


def adopted(types: tuple[str, ...], key: str, attribute: str, what: str, stack: Stack) -> Iterator[Claim]:
    """Judge each VPC: a resource of the types refers to it, or to its attribute, by a key."""
    owners = [stack.target(resource, key, t.VPC, attribute) for resource in stack.of(types)]
    for vpc in stack.of(t.VPC):
        found = some(truth(None if owner is UNKNOWN else owner is vpc) for owner in owners)
        yield Claim(~found, f"the VPC's {what} is not adopted", vpc.urn)


def empty(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an adopted default by its inputs: it declares nothing."""
    for key in _EMPTIED[resource.type]:
        entries = items(resource.props, key)
        filled = Truth.UNKNOWN if entries is UNKNOWN else truth(bool(entries))
        yield Claim(filled, f"the default resource has {key}", resource.urn)


def vpc_as_declared(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a VPC: its block is the one that the fleet file gives to the stack's network."""
    cidr = text(resource.props, "cidrBlock")
    declared = str(facts.network.cidr) if facts.network else "a network stack's"
    shown = "" if cidr is None or cidr is UNKNOWN else cidr
    yield Claim(~same_cidr(cidr, declared), f"the VPC's block is not {declared}", resource.urn, shown)


def no_further_blocks(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a VPC or an association: no second block, and no IPv6, for which the tables have no rows."""
    if resource.type in t.VPC_BLOCK:
        yield Claim(Truth.TRUE, "the VPC gets a further block", resource.urn)
        return
    generated = equal(flag(resource.props, "assignGeneratedIpv6CidrBlock", default=False), True)
    pool = text(resource.props, "ipv6IpamPoolId")
    pooled = Truth.UNKNOWN if pool is UNKNOWN else truth(bool(pool))
    yield Claim(generated | pooled, "the VPC gets an IPv6 block", resource.urn)


def _adopted_rule(rule_id: str, what: str, judge: partial[Iterator[Claim]], controls: tuple[str, ...]) -> Rule:
    return Rule(
        id=rule_id,
        title=f"Every VPC's {what} is adopted by its stack.",
        mission_row="N7",
        controls=controls,
        remedy="declare the Default resource for the VPC, without rules",
        stack=judge,
    )


def _empty_rule(rule_id: str, what: str, kind: str, controls: tuple[str, ...]) -> Rule:
    return Rule(
        id=rule_id,
        title=f"A VPC's {what} is empty.",
        mission_row="N7",
        controls=controls,
        remedy="remove what it declares; workloads have resources of their own",
        applies_to=frozenset({kind}),
        resource=empty,
    )


_SG_CONTROLS = ("CKV2_AWS_12", "EC2.2", "CIS 6.5")

RULES = (
    Rule(
        id="vpc-cidr-declared",
        title="A VPC stands in a network's stack and has the block that the fleet file gives it.",
        mission_row="N1",
        remedy="change the network's cidr in the fleet file, which is checked for overlaps",
        applies_to=frozenset(t.VPC),
        resource=vpc_as_declared,
    ),
    Rule(
        id="vpc-no-further-blocks",
        title="A VPC has its one IPv4 block and no IPv6, for which the firm's tables have no rows.",
        mission_row="N1",
        remedy="remove the block; a larger network is a change of the fleet file",
        applies_to=frozenset({*t.VPC, *t.VPC_BLOCK}),
        resource=no_further_blocks,
    ),
    _adopted_rule(
        "default-security-group-adopted",
        "default security group",
        partial(adopted, t.DEFAULT_SECURITY_GROUP, "vpcId", "id", "default security group"),
        _SG_CONTROLS,
    ),
    _empty_rule("default-security-group-empty", "default security group", t.DEFAULT_SECURITY_GROUP[0], _SG_CONTROLS),
    _adopted_rule(
        "default-network-acl-adopted",
        "default network ACL",
        partial(
            adopted,
            t.DEFAULT_NETWORK_ACL,
            "defaultNetworkAclId",
            "defaultNetworkAclId",
            "default network ACL",
        ),
        ("PCI DSS 1.3.1",),
    ),
    _empty_rule("default-network-acl-empty", "default network ACL", t.DEFAULT_NETWORK_ACL[0], ("PCI DSS 1.3.1",)),
    _adopted_rule(
        "default-route-table-adopted",
        "default route table",
        partial(
            adopted,
            t.DEFAULT_ROUTE_TABLE,
            "defaultRouteTableId",
            "defaultRouteTableId",
            "default route table",
        ),
        (),
    ),
    _empty_rule("default-route-table-empty", "default route table", t.DEFAULT_ROUTE_TABLE[0], ()),
)
