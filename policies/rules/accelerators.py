"""Accelerators take HTTPS alone, lead to the listed regions, and keep customers' addresses."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, exactly, one_of, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Value, flag, items, nested, number, text
from policies.views import Resource, Stack

_HTTPS = 443


def https_alone(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a listener: TCP, on 443 and no other port."""
    protocol = text(resource.props, "protocol")
    shown = protocol if isinstance(protocol, str) else ""
    yield Claim(~equal(protocol, "TCP"), "the listener does not take TCP", resource.urn, shown)
    ranges = items(resource.props, "portRanges")
    one = truth(None if ranges is UNKNOWN else len(ranges) == 1)
    https = Truth.UNKNOWN if ranges is UNKNOWN else every(_is_https(each) for each in ranges)
    yield Claim(~(one & https), "the listener takes another port than 443", resource.urn)


def _is_https(ports: Value) -> Truth:
    if ports is UNKNOWN:
        return Truth.UNKNOWN
    return every(equal(number(nested(ports), key), _HTTPS) for key in ("fromPort", "toPort"))


def addresses_kept(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an endpoint group: it has one endpoint, which gets customers' own addresses."""
    found = items(resource.props, "endpointConfigurations")
    one = truth(None if found is UNKNOWN else len(found) == 1)
    yield Claim(~one, "the group has not exactly one endpoint", resource.urn)
    for endpoint in () if found is UNKNOWN else found:
        known = endpoint is not UNKNOWN
        kept = flag(nested(endpoint), "clientIpPreservationEnabled", default=False) if known else UNKNOWN
        yield Claim(~equal(kept, True), "the endpoint gets the accelerator's addresses, not customers'", resource.urn)


def regions_listed(stack: Stack) -> Iterator[Claim]:
    """Judge accelerators: one in the stack of one that is listed, with one group for each listed region."""
    facts = stack.facts.accelerator
    listed = facts.regions if facts else ()
    allowed = 1 if facts else 0
    for accelerator in (*stack.of(t.ACCELERATOR)[allowed:], *stack.of(t.CUSTOM_ACCELERATOR)):
        yield Claim(Truth.TRUE, "the fleet file lists no such accelerator", accelerator.urn)
    groups = [(group, text(group.props, "endpointGroupRegion")) for group in stack.of(t.ENDPOINT_GROUP)]
    for group, region in groups:
        shown = region if isinstance(region, str) else ""
        yield Claim(~one_of(region, listed), "no listed load balancer is in the group's region", group.urn, shown)
    for region in listed:
        found = exactly(1, (equal(actual, region) for _, actual in groups))
        yield Claim(~found, f"there is not exactly one endpoint group in {region}", stack.urn, region)


RULES = (
    Rule(
        id="ga-https-alone",
        title="A listener of an accelerator takes TCP on port 443 and no other.",
        mission_row="X5",
        controls=("PCI DSS 1.2.5",),
        remedy="set protocol to TCP, and one port range from 443 to 443",
        applies_to=frozenset(t.ACCELERATOR_LISTENER),
        resource=https_alone,
    ),
    Rule(
        id="ga-client-address-kept",
        title="Behind an accelerator is one load balancer a region, which sees customers' own addresses.",
        mission_row="X5",
        controls=("PCI DSS 10.2.2",),
        remedy="set clientIpPreservationEnabled to true",
        applies_to=frozenset(t.ENDPOINT_GROUP),
        resource=addresses_kept,
    ),
    Rule(
        id="ga-regions-listed",
        title="An accelerator is listed in the fleet file, and has one endpoint group in each region listed there.",
        mission_row="X5",
        remedy="list the load balancer under accelerators in the fleet file, or remove the group",
        stack=regions_listed,
    ),
)
