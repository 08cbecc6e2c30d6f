"""Cases of policies/rules/shield.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from policies.views import Stack
from tests.policies import examples
from tests.policies.cases.base import Case, dev


def guarded() -> Stack:
    return examples.shield_stack(deployed=True)


_SUBSCRIPTION, _PROTECTION = "aws:shield/subscription:Subscription", "aws:shield/protection:Protection"
_ADDRESS = "arn:aws:ec2:us-east-1:210000000003:eip-allocation/eipalloc-1"
_CLASSIC = "arn:aws:elasticloadbalancing:us-east-1:210000000003:loadbalancer/us"
_ZONE = "arn:aws:route53:::hostedzone/Z0"

VIOLATIONS: tuple[Case, ...] = (
    Case("shield-switched-on", "a subscription", dev, "Vpc", add=(_SUBSCRIPTION, {})),
    Case("shield-switched-on", "a protection", dev, "Vpc", add=(_PROTECTION, {"resourceArn": _ADDRESS})),
    Case("shield-subscribed", "not at all", guarded, "Subscription", remove=True),
    Case("shield-subscribed", "twice", guarded, "Subscription", add=(_SUBSCRIPTION, {})),
    Case("shield-subscribed", "for a year", guarded, "Subscription", props={"autoRenew": "DISABLED"}),
    Case("shield-protects-all", "one less", guarded, "Protection", "accelerator-go", remove=True),
    Case("shield-protects-all", "an address", guarded, "Protection", "load-balancer-eu", {"resourceArn": _ADDRESS}),
    Case("shield-protects-all", "a classic one", guarded, "Protection", "load-balancer-eu", {"resourceArn": _CLASSIC}),
    Case("shield-protects-all", "a zone more", guarded, "Protection", add=(_PROTECTION, {"resourceArn": _ZONE})),
    Case("shield-protects-all", "nothing", guarded, "Protection", "load-balancer-us", drop=("resourceArn",)),
)

UNDECIDED: tuple[Case, ...] = (
    Case("shield-subscribed", "whether renewed", guarded, "Subscription", props={"autoRenew": UNKNOWN}),
    Case("shield-protects-all", "what", guarded, "Protection", "load-balancer-eu", {"resourceArn": UNKNOWN}),
)
