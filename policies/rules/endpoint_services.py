"""Services that the firm offers by PrivateLink: listed, accepted one by one, under a name that is proven."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, exactly, one_of, some, truth
from policies.privatelink_flows import client_rows_present
from policies.privatelink_subjects import EndpointServiceFacts
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Value, flag, items, text
from policies.views import Resource, Stack


def listed(stack: Stack) -> Iterator[Claim]:
    """Judge each service that a stack offers: the one that the fleet file lists, by its name."""
    services, facts = stack.of(t.VPC_ENDPOINT_SERVICE), stack.facts.endpoint_service
    for service in services:
        name = text(service.props, "privateDnsName")
        right = equal(name, facts.private_dns_name) if facts else Truth.FALSE
        shown = name if isinstance(name, str) else ""
        yield Claim(~right, "the fleet file lists no such service", service.urn, shown)
    for service in services[1:]:
        yield Claim(Truth.TRUE, "the stack offers a second service", service.urn)


def accepted_one_by_one(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a service: nobody is connected who was not accepted."""
    accepted = equal(flag(resource.props, "acceptanceRequired", default=False), True)
    yield Claim(~accepted, "the service connects whoever asks", resource.urn)


def principals_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge who may ask for a connection, with the service or beside it."""
    own = resource.type in t.VPC_ENDPOINT_SERVICE
    found = items(resource.props, "allowedPrincipals" if own else "principalArn")
    allowed = facts.endpoint_service.principals if facts.endpoint_service else ()
    for principal in (UNKNOWN,) if found is UNKNOWN else found:
        shown = principal if isinstance(principal, str) else ""
        message = "the service lets others ask for a connection than the fleet file lists"
        yield Claim(~one_of(principal, allowed), message, resource.urn, shown)


def behind_own_load_balancer(stack: Stack) -> Iterator[Claim]:
    """Judge each service: behind it are load balancers of its own stack, which other rules judge."""
    for service in stack.of(t.VPC_ENDPOINT_SERVICE):
        arns = items(service.props, "networkLoadBalancerArns")
        given = (UNKNOWN,) if arns is UNKNOWN else arns
        right = truth(bool(given)) & every(_is_own(arn, service, stack) for arn in given)
        yield Claim(~right, "a load balancer of another stack is behind the service", service.urn)


def _is_own(arn: Value, service: Resource, stack: Stack) -> Truth:
    if arn is UNKNOWN:
        sources = stack.sources(service, "networkLoadBalancerArns", t.LOAD_BALANCER)
        return Truth.TRUE if sources else Truth.UNKNOWN
    return some(equal(text(balancer.props, "arn"), arn) for balancer in stack.of(t.LOAD_BALANCER))


def name_proven(stack: Stack) -> Iterator[Claim]:
    """Judge a service's stack: a TXT record in the zone proves the name, and AWS is asked to look for it."""
    facts = stack.facts.endpoint_service
    for service in stack.of(t.VPC_ENDPOINT_SERVICE) if facts else ():
        checks = stack.of(t.PRIVATE_DNS_VERIFICATION)
        asked = some(_refers(stack, check, "serviceId", service) for check in checks)
        yield Claim(~asked, "AWS is not asked to verify the service's name", service.urn)
        proofs = [_is_proof(record, facts, stack) for record in stack.of(t.DNS_RECORD)] if facts else []
        yield Claim(~exactly(1, proofs), "no record proves the service's name", service.urn)


def _is_proof(record: Resource, facts: EndpointServiceFacts, stack: Stack) -> Truth:
    """Tell whether a record is a TXT record below the service's name, in the zone's account.

    AWS says what the record is called once there is a service; until then the name must come from that service.
    """
    name = text(record.props, "name")
    in_zone = record.provider is not None and record.provider.name == facts.zone.provider_name
    if name is UNKNOWN:
        below = truth(bool(stack.sources(record, "name", t.VPC_ENDPOINT_SERVICE)) or None)
    else:
        below = truth(name is not None and name.rstrip(".").endswith(f".{facts.private_dns_name}"))
    return truth(in_zone) & equal(text(record.props, "type"), "TXT") & below


def proofs_alone(stack: Stack) -> Iterator[Claim]:
    """Judge each record of a service's stack: it proves the name, and leads nobody anywhere."""
    facts = stack.facts.endpoint_service
    for record in stack.of(t.DNS_RECORD) if facts else ():
        kind = text(record.props, "type")
        shown = kind if isinstance(kind, str) else ""
        yield Claim(~equal(kind, "TXT"), "the record is no proof of the service's name", record.urn, shown)


def own_endpoints_accepted(stack: Stack) -> Iterator[Claim]:
    """Judge each acceptance: it is of an endpoint of the same stack; and each of these is accepted."""
    accepted = stack.of(t.CONNECTION_ACCEPTER)
    endpoints = stack.of(t.VPC_ENDPOINT) if stack.facts.endpoint_service else ()
    for each in accepted:
        own = some(_refers(stack, each, "vpcEndpointId", endpoint) for endpoint in endpoints)
        yield Claim(~own, "the connection of somebody else is accepted", each.urn)
    for endpoint in endpoints:
        found = some(_refers(stack, each, "vpcEndpointId", endpoint) for each in accepted)
        yield Claim(~found, "the consumer's connection is not accepted", endpoint.urn)


def _refers(stack: Stack, resource: Resource, key: str, target: Resource) -> Truth:
    """Tell whether a property is the id of a resource of the stack."""
    found = stack.target(resource, key, (target.type,))
    return truth(None if found is UNKNOWN else found is target)


_SERVICE = frozenset(t.VPC_ENDPOINT_SERVICE)

RULES = (
    Rule(
        id="endpoint-service-listed",
        title="A stack offers by PrivateLink the one service that the fleet file lists, under its private DNS name.",
        mission_row="C4",
        controls=("PCI DSS 1.2.5",),
        remedy="list the service under endpoint_services, and offer it in its own stack",
        stack=listed,
    ),
    Rule(
        id="endpoint-service-acceptance",
        title="Connections to an offered service are accepted one by one.",
        mission_row="C4",
        controls=("CKV_AWS_123", "PCI DSS 1.4.1"),
        remedy="set acceptanceRequired to true",
        applies_to=_SERVICE,
        resource=accepted_one_by_one,
    ),
    Rule(
        id="endpoint-service-principals",
        title="Only consumers' accounts and principals that the fleet file lists may ask for a connection, never `*`.",
        mission_row="C4",
        controls=("PCI DSS 1.4.1",),
        remedy="list the principal under allowed_principals of the service, or remove it",
        applies_to=_SERVICE | frozenset(t.ALLOWED_PRINCIPAL),
        resource=principals_listed,
    ),
    Rule(
        id="endpoint-service-own-load-balancer",
        title="Behind an offered service stands the Network Load Balancer of its own stack.",
        mission_row="C4",
        controls=("PCI DSS 1.4.1",),
        remedy="give the service the ARN of the stack's load balancer, and no other",
        stack=behind_own_load_balancer,
    ),
    Rule(
        id="endpoint-service-name-proven",
        title="A TXT record in the zone proves the private DNS name of an offered service, and AWS verifies it.",
        mission_row="C4",
        remedy="create the record that AWS asks for, and the verification",
        stack=name_proven,
    ),
    Rule(
        id="endpoint-service-proofs-alone",
        title="The stack of an offered service writes TXT records into the zone, and no others.",
        mission_row="C4",
        remedy="write other records in the stacks of what they lead to",
        stack=proofs_alone,
    ),
    Rule(
        id="endpoint-service-own-connections",
        title="The stack of an offered service accepts the connections of the firm's own consumers, and no others.",
        mission_row="C4",
        controls=("PCI DSS 1.4.1",),
        remedy="list the network under consumers; connections of others are accepted by hand",
        stack=own_endpoints_accepted,
    ),
    Rule(
        id="sg-privatelink-rows",
        title="The load balancer before an offered service lets the listed clients in on 443.",
        mission_row="C4",
        controls=("PCI DSS 1.2.5",),
        remedy="restore the rules in the service's program",
        stack=client_rows_present,
    ),
)
