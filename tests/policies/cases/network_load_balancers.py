"""Cases of policies/rules/network_load_balancers.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, offer

_LB, _TYPE = "LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"
_ALONE, _INTERNAL, _TIER, _LASTING = "nlb-before-services-alone", "nlb-internal", "nlb-private-tier", "nlb-lasting"
_TCP, _ENFORCE = "nlb-tcp-443", "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"

VIOLATIONS: tuple[Case, ...] = (
    Case(_ALONE, "in a network's stack", dev, "Vpc", add=(_TYPE, {"loadBalancerType": "network"})),
    Case(_ALONE, "an application's before the service", offer, _LB, drop=("loadBalancerType",)),
    Case(_INTERNAL, "for the internet", offer, _LB, props={"internal": False}),
    Case(_INTERNAL, "nothing said", offer, _LB, drop=("internal",)),
    Case(_TIER, "in one zone", offer, _LB, props={"subnets": ["subnet-payments-a"]}),
    Case(_TIER, "in no group", offer, _LB, drop=("securityGroups",)),
    Case(_TIER, "in a group more", offer, _LB, props={"securityGroups": ["sg-payments-nlb", "sg-2"]}),
    Case(_TIER, "PrivateLink unjudged", offer, _LB, props={_ENFORCE: "off"}),
    Case(_LASTING, "each zone for itself", offer, _LB, drop=("enableCrossZoneLoadBalancing",)),
    Case(_LASTING, "deleted at once", offer, _LB, props={"enableDeletionProtection": False}),
    Case(_TCP, "TLS ends in it", offer, "Listener", props={"protocol": "TLS"}),
    Case(_TCP, "another port", offer, "Listener", props={"port": 80}),
    Case(_TCP, "targets of another port", offer, "TargetGroup", props={"port": 8080}),
    Case(_TCP, "an application's load balancer as target", offer, "TargetGroup", props={"targetType": "alb"}),
)

UNDECIDED: tuple[Case, ...] = (
    Case(_ALONE, "of which kind", offer, _LB, props={"loadBalancerType": UNKNOWN}),
    Case(_INTERNAL, "whether", offer, _LB, props={"internal": UNKNOWN}),
    Case(_TIER, "where", offer, _LB, props={"subnets": UNKNOWN}),
    Case(_TIER, "PrivateLink", offer, _LB, props={_ENFORCE: UNKNOWN}),
    Case(_LASTING, "across zones", offer, _LB, props={"enableCrossZoneLoadBalancing": UNKNOWN}),
    Case(_LASTING, "protection", offer, _LB, props={"enableDeletionProtection": UNKNOWN}),
    Case(_TCP, "on which port", offer, "Listener", props={"port": UNKNOWN}),
)
