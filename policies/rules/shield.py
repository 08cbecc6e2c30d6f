"""Shield Advanced, which costs a fixed price, is where the fleet file switches it on, and then protects everything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, exactly, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Value, text
from policies.views import Resource, Stack

_ARNS: Final = {
    "load balancers": re.compile(r"arn:aws:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/app/.+"),
    "distributions": re.compile(r"arn:aws:cloudfront::[0-9]{12}:distribution/.+"),
    "accelerators": re.compile(r"arn:aws:globalaccelerator::[0-9]{12}:accelerator/.+"),
    "zones": re.compile(r"arn:aws:route53:::hostedzone/.+"),
}
"""What Shield Advanced protects, by the form of its ARN (Shield API, CreateProtection)."""


def switched_on(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge whatever belongs to Shield Advanced: the fleet file switches it on for its stack."""
    yield Claim(truth(facts.shield is None), "the fleet file does not switch Shield Advanced on here", resource.urn)


def subscribed(stack: Stack) -> Iterator[Claim]:
    """Judge an account that Shield Advanced protects: it is subscribed, once, for as long as it is switched on."""
    if stack.facts.shield is None:
        return
    subscriptions = stack.of(t.SHIELD_SUBSCRIPTION)
    yield Claim(truth(len(subscriptions) != 1), "the account has not exactly one subscription", stack.urn)
    for subscription in subscriptions:
        renewal = text(subscription.props, "autoRenew")
        renewed = Truth.TRUE if renewal is None else equal(renewal, "ENABLED")
        yield Claim(~renewed, "the subscription ends after its year", subscription.urn)


def all_protected(stack: Stack) -> Iterator[Claim]:
    """Judge an account that Shield Advanced protects: as many resources of each kind as the fleet file has there."""
    facts = stack.facts.shield
    if facts is None:
        return
    arns = [(each, text(each.props, "resourceArn")) for each in stack.of(t.SHIELD_PROTECTION)]
    for protection, arn in arns:
        known = some(_is(arn, kind) for kind in _ARNS)
        yield Claim(~known, "the protection is for nothing that the firm has", protection.urn)
    counts = (facts.load_balancers, facts.distributions, facts.accelerators, facts.zones)
    for kind, count in zip(_ARNS, counts, strict=True):
        found = exactly(count, (_is(arn, kind) for _, arn in arns))
        yield Claim(~found, f"not exactly {count} {kind} are protected", stack.urn, kind)


def _is(arn: Value, kind: str) -> Truth:
    if arn is UNKNOWN:
        return Truth.UNKNOWN
    return truth(isinstance(arn, str) and _ARNS[kind].fullmatch(arn) is not None)


RULES = (
    Rule(
        id="shield-switched-on",
        title="Shield Advanced is where the fleet file switches it on: its subscription is for a year.",
        mission_row="X2",
        remedy="set shield.advanced in the fleet file, or remove the resource",
        applies_to=frozenset((*t.SHIELD_SUBSCRIPTION, *t.SHIELD_PROTECTION)),
        resource=switched_on,
    ),
    Rule(
        id="shield-subscribed",
        title="An account that Shield Advanced protects has one subscription, which is renewed.",
        mission_row="X2",
        remedy="declare one subscription, with autoRenew ENABLED",
        stack=subscribed,
    ),
    Rule(
        id="shield-protects-all",
        title="Shield Advanced protects every load balancer, distribution, accelerator and zone of its account.",
        mission_row="X2",
        remedy="declare a protection for each",
        stack=all_protected,
    ),
)
