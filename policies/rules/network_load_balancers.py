"""Network Load Balancers: before offered services alone, internal, in the private tier, TCP 443 through and through."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import as_many, equal, one_of
from policies.rule import Claim, Rule
from policies.values import flag, number, text
from policies.views import Resource

_NETWORK = "network"


def before_services_alone(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a load balancer: the stack of an offered service has network ones, and no other stack has any."""
    kind = text(resource.props, "loadBalancerType")
    network = equal(kind, _NETWORK)
    if facts.endpoint_service is None:
        yield Claim(network, "a network load balancer stands outside the stack of an offered service", resource.urn)
    else:
        yield Claim(~network, "the load balancer before the service is no network load balancer", resource.urn)


def internal(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a load balancer before an offered service: it has no public address."""
    if facts.endpoint_service is not None:
        right = equal(flag(resource.props, "internal", default=False), True)
        yield Claim(~right, "the load balancer before the service is open to the internet", resource.urn)


def private_tier(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge where it stands: a subnet in each zone, and its own group, which also judges what comes by PrivateLink."""
    if facts.endpoint_service is None:
        return
    props = resource.props
    zones = as_many(props, "subnets", facts.endpoint_service.zones)
    yield Claim(~zones, "the load balancer has not one subnet in each zone of the private tier", resource.urn)
    yield Claim(~as_many(props, "securityGroups", 1), "the load balancer has not its own group alone", resource.urn)
    enforced = one_of(text(props, "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"), (None, "on"))
    yield Claim(~enforced, "the group does not judge what comes by PrivateLink", resource.urn)


def lasting(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge whether it outlives a zone, and, in a protected network, a mistake."""
    if facts.endpoint_service is None:
        return
    across = equal(flag(resource.props, "enableCrossZoneLoadBalancing", default=False), True)
    yield Claim(~across, "the load balancer does not balance across zones", resource.urn)
    if facts.endpoint_service.protected:
        kept = equal(flag(resource.props, "enableDeletionProtection", default=False), True)
        yield Claim(~kept, "the load balancer of a protected network may be deleted", resource.urn)


def tcp_443(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge listeners and target groups before an offered service: TLS goes through, and ends in the service."""
    if facts.endpoint_service is None:
        return
    props = resource.props
    right = equal(text(props, "protocol"), "TCP") & equal(number(props, "port"), 443)
    if resource.type in t.TARGET_GROUP:
        right &= equal(text(props, "targetType"), "ip")
    yield Claim(~right, "it does not pass TCP 443 to the service as it is", resource.urn)


_BALANCER = frozenset(t.LOAD_BALANCER)

RULES = (
    Rule(
        id="nlb-before-services-alone",
        title="Network Load Balancers stand before services that are offered by PrivateLink, and nowhere else.",
        mission_row="C4",
        controls=("PCI DSS 1.4.1",),
        remedy="take an Application Load Balancer, or list the service under endpoint_services",
        applies_to=_BALANCER,
        resource=before_services_alone,
    ),
    Rule(
        id="nlb-internal",
        title="The load balancer before an offered service is internal.",
        mission_row="C4",
        controls=("PCI DSS 1.4.1", "PCI DSS 1.4.4"),
        remedy="set internal to true",
        applies_to=_BALANCER,
        resource=internal,
    ),
    Rule(
        id="nlb-private-tier",
        title="The load balancer before an offered service stands in the private tier, a subnet in each zone, with its"
        " own group alone, which judges PrivateLink too.",
        mission_row="C4",
        controls=("PCI DSS 1.2.5",),
        remedy="give it the network's subnet_ids_private and the group of the component nlb; keep the group enforced",
        applies_to=_BALANCER,
        resource=private_tier,
    ),
    Rule(
        id="nlb-lasting",
        title="The load balancer before an offered service balances across zones, and in a protected network it"
        " cannot be deleted by mistake.",
        mission_row="C4",
        controls=("CKV_AWS_152", "CKV_AWS_150", "ELB.6"),
        remedy="set enableCrossZoneLoadBalancing and enableDeletionProtection to true",
        applies_to=_BALANCER,
        resource=lasting,
    ),
    Rule(
        id="nlb-tcp-443",
        title="TLS goes through the load balancer before an offered service: TCP 443 in, TCP 443 to IP targets.",
        mission_row="C4",
        controls=("PCI DSS 1.2.5",),
        remedy="listen on TCP 443, and forward to a target group of type ip on TCP 443",
        applies_to=frozenset({*t.LISTENER, *t.TARGET_GROUP}),
        resource=tcp_443,
    ),
)
