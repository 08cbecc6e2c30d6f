"""Sites beyond AWS reach the listed tiers on the listed ports, and nothing of a network besides."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.acl import owned_entries
from policies.logic import exactly, some
from policies.networks import same_cidr
from policies.permissions import permissions
from policies.rule import Claim, Rule
from policies.site_flows import flows
from policies.site_subjects import ReachFacts
from policies.values import text
from policies.views import Resource, Stack


def routes_listed(stack: Stack) -> Iterator[Claim]:
    """Judge each VPC route of a site's stack: it leads back to a block of the site, and to nothing wider."""
    site = stack.facts.site
    for route in stack.of(t.ROUTE) if site else ():
        cidr = text(route.props, "destinationCidrBlock")
        listed = some(same_cidr(cidr, block) for block in site.cidrs) if site else some(())
        shown = cidr if isinstance(cidr, str) else ""
        yield Claim(~listed, "the route does not lead to a block of the site", route.urn, shown)


def routes_in_listed_tables(stack: Stack) -> Iterator[Claim]:
    """Judge a site's stack: each network routes the site's blocks in as many tables as its listed tiers have.

    The tables belong to the networks' stacks; a route more would be in a tier that is not listed.
    """
    site = stack.facts.site
    for provider in _providers(stack):
        tables = sum(reach.tables for reach in site.at(provider)) if site else 0
        routes = [route for route in stack.of(t.ROUTE) if _is_at(route, provider)]
        for block in site.cidrs if site else ():
            found = (same_cidr(text(route.props, "destinationCidrBlock"), block) for route in routes)
            message = f"{block} is not routed in the {tables} tables of the listed tiers of {provider}"
            yield Claim(~exactly(tables, found), message, stack.urn)


def acl_rows_present(stack: Stack) -> Iterator[Claim]:
    """Judge a site's stack: each network's ACL takes the entries that requests and replies need."""
    for provider, reach in _reaches(stack):
        entries = [each.entry for each in stack.once(owned_entries) if _is_at(each.resource, provider)]
        for flow in flows(stack.facts.site, reach) if stack.facts.site else ():
            found = some(flow.is_entry(entry) for entry in entries)
            message = f"{reach.network}: no entry {flow}"
            yield Claim(~found, message, stack.urn)


def group_rows_present(stack: Stack) -> Iterator[Claim]:
    """Judge a site's stack: a security group of each network lets the site in on each listed port."""
    for provider, reach in _reaches(stack):
        rules = [rule for rule in stack.of(t.SECURITY_GROUP_RULES) if _is_at(rule, provider)]
        granted = [permission for rule in rules for permission in permissions(rule)]
        for flow in flows(stack.facts.site, reach) if stack.facts.site else ():
            if not flow.egress and flow.ports:
                found = some(flow.is_permission(permission) for permission in granted)
                message = f"{reach.network}: no rule lets {flow.cidr} in on tcp {flow.ports[0]}"
                yield Claim(~found, message, stack.urn)


def _reaches(stack: Stack) -> Iterator[tuple[str, ReachFacts]]:
    site = stack.facts.site
    if site is not None and _connected(stack):
        yield from ((reach.place.provider_name, reach) for reach in site.reaches)


def _providers(stack: Stack) -> tuple[str, ...]:
    return tuple(dict.fromkeys(provider for provider, _ in _reaches(stack)))


def _connected(stack: Stack) -> bool:
    """Tell whether the stack connects its site at all: what is being destroyed has nothing to open."""
    return bool(stack.of((*t.VPN_CONNECTION, *t.DX_GATEWAY)))


def _is_at(resource: Resource, provider: str) -> bool:
    return resource.provider is not None and resource.provider.name == provider


RULES = (
    Rule(
        id="site-routes-listed",
        title="VPC routes of a site's stack lead back to the site's blocks, and to nothing wider.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="narrow the route to the site's block, or list the block in the fleet file",
        stack=routes_listed,
    ),
    Rule(
        id="site-routes-in-listed-tables",
        title="Routes to a site stand in the route tables of the listed tiers, all of them and no others.",
        mission_row="C5",
        controls=("PCI DSS 1.4.1",),
        remedy="route the site's blocks in the listed tiers' tables only",
        stack=routes_in_listed_tables,
    ),
    Rule(
        id="nacl-site-rows",
        title="A site's stack adds the entries that its flows need, to the private tier of each listed network.",
        mission_row="C5",
        controls=("PCI DSS 1.3.1", "PCI DSS 1.4.1"),
        remedy="restore the entries in the site's program",
        stack=acl_rows_present,
    ),
    Rule(
        id="sg-site-rows",
        title="A site's stack lets the site in on the listed ports, in a security group of each listed network.",
        mission_row="C5",
        controls=("PCI DSS 1.3.1", "PCI DSS 1.4.1"),
        remedy="restore the rules in the site's program",
        stack=group_rows_present,
    ),
)
