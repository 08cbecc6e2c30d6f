"""Subnets lie in their tier's block and are on their tier's own route tables and network ACL."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, exactly, one_of, some, truth
from policies.networks import within
from policies.rule import Claim, Rule
from policies.subjects import tier_block
from policies.values import UNKNOWN, Unknown, items, text
from policies.views import Resource, Stack


def in_tier_block(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a subnet: it has a tier of its network, and lies in that tier's block."""
    network = facts.network
    tier = resource.label("tier")
    if network is None:
        yield Claim(Truth.TRUE, "the subnet stands outside a network's stack", resource.urn)
        return
    yield Claim(~one_of(tier, network.tiers), "the subnet has no tier of its network", resource.urn)
    cidr = text(resource.props, "cidrBlock")
    placed = some(equal(tier, each.value) & within(cidr, [tier_block(network.cidr, each)]) for each in network.tiers)
    yield Claim(
        ~placed,
        "the subnet lies outside its tier's block",
        resource.urn,
        cidr if isinstance(cidr, str) else "",
    )


def route_table_of_own_tier(stack: Stack) -> Iterator[Claim]:
    """Judge each association: subnet and route table are of one tier."""
    for association in stack.of(t.ROUTE_TABLE_ASSOCIATION):
        subnet = stack.target(association, "subnetId", t.SUBNET)
        table = stack.target(association, "routeTableId", t.ROUTE_TABLE)
        yield Claim(~_same_tier(subnet, table), "subnet and route table are not of one tier", association.urn)


def network_acl_of_own_tier(stack: Stack) -> Iterator[Claim]:
    """Judge each subnet's network ACL: both are of one tier, and there is one."""
    for acl in stack.of(t.NETWORK_ACL):
        foreign = some(~_same_tier(subnet, acl) for subnet in _subnets_of(stack, acl))
        yield Claim(foreign, "the network ACL holds a subnet of another tier", acl.urn)
    for association in stack.of(t.NETWORK_ACL_ASSOCIATION):
        subnet = stack.target(association, "subnetId", t.SUBNET)
        found = stack.target(association, "networkAclId", t.NETWORK_ACL)
        yield Claim(~_same_tier(subnet, found), "subnet and network ACL are not of one tier", association.urn)


def tables_per_tier_and_az(stack: Stack) -> Iterator[Claim]:
    """Judge a network: each tier has as many route tables as the network has zones."""
    network = stack.facts.network
    if network is None or not stack.of(t.VPC):
        return
    for tier in network.tiers:
        tables = exactly(network.zones, (equal(x.label("tier"), tier.value) for x in stack.of(t.ROUTE_TABLE)))
        yield Claim(~tables, f"the {tier} tier has not one route table for each zone", stack.urn)
        subnets = exactly(network.zones, (equal(x.label("tier"), tier.value) for x in stack.of(t.SUBNET)))
        yield Claim(~subnets, f"the {tier} tier has not one subnet for each zone", stack.urn)


def _subnets_of(stack: Stack, acl: Resource) -> Iterator[Resource | Unknown | None]:
    """Return the subnets that a network ACL lists, by id where known, else by what the list comes from."""
    listed = items(acl.props, "subnetIds")
    sources = stack.sources(acl, "subnetIds", t.SUBNET)
    if listed is UNKNOWN:
        yield from sources or (UNKNOWN,)
        return
    ids = {text(subnet.props, "id"): subnet for subnet in stack.of(t.SUBNET)}
    rest = [each for each in listed if not isinstance(each, str) or each not in ids]
    yield from (ids[each] for each in listed if isinstance(each, str) and each in ids)
    # The rest is what the list comes from, where no id tells; what no source explains is of another stack.
    unnamed = [source for source in sources if not isinstance(text(source.props, "id"), str)]
    yield from unnamed if rest else ()
    if len(rest) > len(unnamed):
        yield UNKNOWN if UNKNOWN in rest else None


def _same_tier(subnet: Resource | Unknown | None, other: Resource | Unknown | None) -> Truth:
    if subnet is None or other is None:
        return Truth.FALSE
    if subnet is UNKNOWN or other is UNKNOWN:
        return Truth.UNKNOWN
    mine, its = subnet.label("tier"), other.label("tier")
    return truth(None) if mine is UNKNOWN or its is UNKNOWN else truth(mine is not None and mine == its)


RULES = (
    Rule(
        id="subnet-in-tier-block",
        title="Every subnet has a tier of its network and lies in that tier's address block.",
        mission_row="N2",
        remedy="tag the subnet with its tier and take its block from the fleet's addressing",
        applies_to=frozenset(t.SUBNET),
        resource=in_tier_block,
    ),
    Rule(
        id="subnet-route-table-of-own-tier",
        title="A subnet is on a route table of its own tier.",
        mission_row="N3",
        remedy="associate the subnet with its own tier's route table",
        stack=route_table_of_own_tier,
    ),
    Rule(
        id="subnet-network-acl-of-own-tier",
        title="A network ACL holds only subnets of its own tier.",
        mission_row="N2",
        remedy="put the subnet on its own tier's network ACL",
        stack=network_acl_of_own_tier,
    ),
    Rule(
        id="route-table-per-tier-and-az",
        title="Each tier has one subnet and one route table in each of the network's zones.",
        mission_row="N3",
        remedy="create them for every zone that the fleet file lists",
        stack=tables_per_tier_and_az,
    ),
)
