"""Endpoints to services that are not AWS's own: the firm's offered ones, and partners'."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, exactly, some, truth
from policies.rule import Claim, Rule
from policies.rules.vpc_endpoints import INTERFACE, is_awss
from policies.values import UNKNOWN, Unknown, flag, items, text
from policies.views import Resource, Stack


def listed(stack: Stack) -> Iterator[Claim]:
    """Judge each endpoint to a service that is not AWS's: it leads to the stack's own service, or to the partner's."""
    endpoints = [(each, is_awss(each, stack)) for each in stack.of(t.VPC_ENDPOINT)]
    others = [(each, ~awss) for each, awss in endpoints if awss is not Truth.TRUE]
    for endpoint, foreign in others:
        name = text(endpoint.props, "serviceName")
        right = _leads_where_listed(endpoint, stack) & equal(text(endpoint.props, "vpcEndpointType"), INTERFACE)
        shown = name if isinstance(name, str) else ""
        yield Claim(foreign & ~right, "the fleet file lists no such endpoint", endpoint.urn, shown)
    for provider in sorted({each.provider.name for each, _ in others if each.provider}):
        wanted = _wanted(stack.facts, provider)
        found = [foreign for each, foreign in others if each.provider and each.provider.name == provider]
        yield Claim(~exactly(wanted, found), f"there are other than {wanted} endpoints at {provider}", stack.urn)


def _leads_where_listed(endpoint: Resource, stack: Stack) -> Truth:
    partner = stack.facts.partner_endpoint
    if partner is not None:
        return equal(text(endpoint.props, "serviceName"), partner.service_name)
    if stack.facts.endpoint_service is None:
        return Truth.FALSE
    found = stack.target(endpoint, "serviceName", t.VPC_ENDPOINT_SERVICE, "serviceName")
    return truth(None if found is UNKNOWN else found is not None)


def _wanted(facts: StackFacts, provider: str) -> int:
    """Return how many endpoints a stack has where a provider leads."""
    places = [facts.partner_endpoint.place] if facts.partner_endpoint else []
    places += [consumer.place for consumer in facts.endpoint_service.consumers] if facts.endpoint_service else []
    return sum(place.provider_name == provider for place in places)


def private_tier(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge where an endpoint stands: a subnet in each zone that the service is in, and the endpoints' group alone."""
    if facts.partner_endpoint is None and facts.endpoint_service is None:
        return
    subnets, groups = items(resource.props, "subnetIds"), items(resource.props, "securityGroupIds")
    zones = some(_counts(subnets, count) for count in _zones(resource, facts))
    yield Claim(~zones, "the endpoint has not one subnet in each zone of the service", resource.urn)
    yield Claim(~_counts(groups, 1), "the endpoint has not the endpoints' security group alone", resource.urn)


def _zones(resource: Resource, facts: StackFacts) -> Iterator[int]:
    """Return how many zones an endpoint may span where its provider leads."""
    if facts.partner_endpoint is not None:
        yield facts.partner_endpoint.zones
    for consumer in facts.endpoint_service.consumers if facts.endpoint_service else ():
        if resource.provider is not None and resource.provider.name == consumer.place.provider_name:
            yield consumer.zones


def _counts(found: tuple[object, ...] | Unknown, count: int) -> Truth:
    return Truth.UNKNOWN if found is UNKNOWN else truth(len(found) == count)


def without_policy(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an endpoint: it has no policy, of which AWS accepts none here, so that none seems to guard it."""
    if facts.partner_endpoint is None and facts.endpoint_service is None:
        return
    policy = text(resource.props, "policy")
    has = Truth.UNKNOWN if policy is UNKNOWN else truth(policy is not None)
    yield Claim(has, "AWS accepts no policy on an endpoint to this service", resource.urn)


def private_dns(stack: Stack) -> Iterator[Claim]:
    """Judge each endpoint: the service's own name leads to it, as the fleet file says."""
    partner = stack.facts.partner_endpoint
    if stack.facts.endpoint_service is None and (partner is None or not partner.private_dns):
        return
    names = stack.of(t.ENDPOINT_PRIVATE_DNS)
    for endpoint in stack.of(t.VPC_ENDPOINT):
        found = some(
            _refers(stack, name, endpoint) & equal(flag(name.props, "privateDnsEnabled", default=False), True)
            for name in names
        )
        yield Claim(~found, "the service's name does not lead to the endpoint", endpoint.urn)


def _refers(stack: Stack, name: Resource, endpoint: Resource) -> Truth:
    found = stack.target(name, "vpcEndpointId", t.VPC_ENDPOINT)
    return truth(None if found is UNKNOWN else found is endpoint)


_ENDPOINT = frozenset(t.VPC_ENDPOINT)

RULES = (
    Rule(
        id="privatelink-endpoint-listed",
        title="Endpoints to services that are not AWS's lead to the firm's offered ones and to partners', as listed.",
        mission_row="C3, C4",
        controls=("PCI DSS 1.2.5", "PCI DSS 1.4.1"),
        remedy="list it under partner_endpoints, or under consumers of the service, and create it in that stack",
        stack=listed,
    ),
    Rule(
        id="privatelink-endpoint-private-tier",
        title="An endpoint to such a service is in the private tier, a subnet in each zone of the service, with the"
        " endpoints' group alone.",
        mission_row="C3, C4",
        controls=("PCI DSS 1.2.5", "PCI DSS 1.4.1"),
        remedy="give it the network's subnet_ids_private and the security group of the component endpoints",
        applies_to=_ENDPOINT,
        resource=private_tier,
    ),
    Rule(
        id="privatelink-endpoint-without-policy",
        title="An endpoint to such a service has no policy: AWS accepts none, so groups and acceptance guard it.",
        mission_row="C3, C4",
        remedy="remove the policy (AWS PrivateLink guide, Control access to VPC endpoints using endpoint policies)",
        applies_to=_ENDPOINT,
        resource=without_policy,
    ),
    Rule(
        id="privatelink-endpoint-private-dns",
        title="The service's own name leads to the endpoint, so that nothing goes round it.",
        mission_row="C3, C4",
        remedy="create an EndpointPrivateDns with privateDnsEnabled for the endpoint",
        stack=private_dns,
    ),
)
