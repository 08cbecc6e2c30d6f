"""VPC endpoints: those that the fleet file lists, on the private tier alone, interfaces with private DNS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, as_many, equal, exactly, some, truth
from policies.rule import Claim, Rule
from policies.subjects import EndpointsFacts
from policies.values import UNKNOWN, Unknown, flag, text
from policies.views import Resource, Stack

GATEWAY: Final = "Gateway"
"""Type of an endpoint that is a route; AWS's own where none is named (EC2 API, CreateVpcEndpoint)."""
INTERFACE: Final = "Interface"
"""Type of an endpoint that is a network interface in each of its subnets."""


def listed(stack: Stack) -> Iterator[Claim]:
    """Judge a stack: it has the endpoints that the fleet file lists for the network, and no other of AWS's."""
    endpoints, facts = stack.of(t.VPC_ENDPOINT), stack.facts.endpoints
    if facts is None:
        for endpoint in endpoints:
            name = text(endpoint.props, "serviceName")
            message = "the endpoint of an AWS service stands outside a stack of endpoints"
            yield Claim(is_awss(endpoint, stack), message, endpoint.urn, name if isinstance(name, str) else "")
        return
    wanted = [(GATEWAY, service) for service in facts.gateway] + [(INTERFACE, service) for service in facts.interface]
    for endpoint in endpoints:
        known = some(_is(endpoint, kind, service, facts) for kind, service in wanted)
        name = text(endpoint.props, "serviceName")
        yield Claim(
            ~known, "the fleet file lists no such endpoint", endpoint.urn, name if isinstance(name, str) else ""
        )
    for kind, service in wanted if len(stack.resources) > 1 else ():
        once = exactly(1, (_is(endpoint, kind, service, facts) for endpoint in endpoints))
        yield Claim(~once, f"there is not one {kind.lower()} endpoint of {service}", stack.urn, service)


def on_private_route_tables(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a gateway endpoint: it is on as many route tables as the private tier has."""
    if facts.endpoints is not None:
        right = as_many(resource.props, "routeTableIds", facts.endpoints.zones) | ~_kind_is(resource, GATEWAY)
        yield Claim(~right, "the gateway endpoint is not on the private tier's route tables alone", resource.urn)


def one_interface_per_zone(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an interface endpoint: it is in as many subnets as the private tier has, one in each zone."""
    if facts.endpoints is not None:
        right = as_many(resource.props, "subnetIds", facts.endpoints.zones) | ~_kind_is(resource, INTERFACE)
        yield Claim(~right, "the interface endpoint has not one subnet in each zone", resource.urn)


def one_group(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an interface endpoint: it has one security group; without any AWS gives it the VPC's default one."""
    if facts.endpoints is not None:
        right = as_many(resource.props, "securityGroupIds", 1) | ~_kind_is(resource, INTERFACE)
        yield Claim(~right, "the interface endpoint has not the endpoints' security group alone", resource.urn)


def private_dns(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an interface endpoint: the service's own name leads to it."""
    if facts.endpoints is not None:
        right = equal(flag(resource.props, "privateDnsEnabled", default=False), True) | ~_kind_is(resource, INTERFACE)
        yield Claim(~right, "the interface endpoint has no private DNS", resource.urn)


def declared_whole(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge what adds to an endpoint from beside it, where the rules on endpoints do not see it.

    Endpoints to services that are not AWS's get private DNS after they are accepted, so from beside, by a rule of
    their own.
    """
    waits = facts.endpoint_service is not None or facts.partner_endpoint is not None
    if not (waits and resource.type in t.ENDPOINT_PRIVATE_DNS):
        yield Claim(Truth.TRUE, "a part of an endpoint is declared beside it", resource.urn, resource.type)


def service_of(resource: Resource, facts: EndpointsFacts) -> str | Unknown | None:
    """Return the last part of an AWS service's name, ``ecr.api``; None for other services and regions."""
    name, prefix = text(resource.props, "serviceName"), f"com.amazonaws.{facts.place.region}."
    if name is UNKNOWN or name is None:
        return name
    return name.removeprefix(prefix) if name.startswith(prefix) else None


def _is(resource: Resource, kind: str, service: str, facts: EndpointsFacts) -> Truth:
    return equal(service_of(resource, facts), service) & _kind_is(resource, kind)


def _kind_is(resource: Resource, kind: str) -> Truth:
    found = text(resource.props, "vpcEndpointType")
    return equal(GATEWAY if found is None else found, kind)


def is_awss(endpoint: Resource, stack: Stack) -> Truth:
    """Tell whether an endpoint leads to a service of AWS; names of others begin with ``com.amazonaws.vpce.``."""
    name = text(endpoint.props, "serviceName")
    if name is UNKNOWN:
        offered = stack.sources(endpoint, "serviceName", t.VPC_ENDPOINT_SERVICE)
        return Truth.FALSE if offered else Truth.UNKNOWN
    return truth(name is not None and name.startswith("com.amazonaws.") and not name.startswith("com.amazonaws.vpce."))


_ENDPOINT = frozenset(t.VPC_ENDPOINT)

RULES = (
    Rule(
        id="endpoint-listed",
        title="A network has the VPC endpoints of AWS services that the fleet file lists, each once, and no other.",
        mission_row="C1, C2",
        controls=("EC2.55", "EC2.56", "EC2.57", "PCI DSS 1.2.5"),
        remedy="list the service under endpoints of the network, and create it in the network's endpoints stack",
        stack=listed,
    ),
    Rule(
        id="endpoint-gateway-private-route-tables",
        title="A gateway endpoint is on the private tier's route tables, one in each zone.",
        mission_row="C1",
        controls=("PCI DSS 1.4.1",),
        remedy="give it the network's route_table_ids_private, all of them",
        applies_to=_ENDPOINT,
        resource=on_private_route_tables,
    ),
    Rule(
        id="endpoint-interface-private-subnets",
        title="An interface endpoint is in the private tier's subnets, one in each zone.",
        mission_row="C2",
        controls=("PCI DSS 1.4.1",),
        remedy="give it the network's subnet_ids_private, all of them",
        applies_to=_ENDPOINT,
        resource=one_interface_per_zone,
    ),
    Rule(
        id="endpoint-interface-own-group",
        title="An interface endpoint has one security group, the endpoints' own: it takes 443 from the private tier.",
        mission_row="C2",
        controls=("PCI DSS 1.2.5",),
        remedy="give it the network's security group of the component endpoints, and no other",
        applies_to=_ENDPOINT,
        resource=one_group,
    ),
    Rule(
        id="endpoint-interface-private-dns",
        title="An interface endpoint has private DNS, so that nothing goes round it by the service's public name.",
        mission_row="C2",
        remedy="set privateDnsEnabled to true",
        applies_to=_ENDPOINT,
        resource=private_dns,
    ),
    Rule(
        id="endpoint-declared-whole",
        title="An endpoint's policy, route tables, subnets and groups are declared with it, not beside it.",
        mission_row="C1, C2",
        remedy="write it into the VpcEndpoint itself",
        applies_to=frozenset(t.VPC_ENDPOINT_PARTS),
        resource=declared_whole,
    ),
)
