"""Policies of VPC endpoints: the firm's principals, on the firm's own resources, by named actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, every, some, truth
from policies.rule import Claim, Rule
from policies.rules.vpc_endpoints import service_of
from policies.statements import Grant, all_of, grants, has_statements
from policies.subjects import EndpointsFacts
from policies.values import UNKNOWN, Unknown, Value, text
from policies.views import Resource


class Service(NamedTuple):
    """What a service's endpoint may let through, stated here a second time on purpose."""

    prefix: str
    """Beginning of its actions."""
    own: str
    """Beginning of the ARNs of an account's own resources, with {region} and {account}; empty where the fleet file
    lists the resources."""
    plain: tuple[str, ...] = ()
    """Actions that name no resource."""


SERVICES: Final = {
    "s3": Service("s3:", ""),
    "dynamodb": Service("dynamodb:", ""),
    "secretsmanager": Service(
        "secretsmanager:", "arn:aws:secretsmanager:{region}:{account}:secret:", ("secretsmanager:GetRandomPassword",)
    ),
    "ecr.api": Service("ecr:", "arn:aws:ecr:{region}:{account}:repository/", ("ecr:GetAuthorizationToken",)),
    "ecr.dkr": Service("ecr:", "arn:aws:ecr:{region}:{account}:repository/", ("ecr:GetAuthorizationToken",)),
    "logs": Service("logs:", "arn:aws:logs:{region}:{account}:log-group:"),
    "ssm": Service("ssm:", "arn:aws:ssm:{region}:{account}:parameter/"),
    "sts": Service("sts:", "arn:aws:iam::{account}:role/", ("sts:GetCallerIdentity",)),
    "kms": Service("kms:", "arn:aws:kms:{region}:{account}:key/"),
}
"""The services that a network may have endpoints of."""

Judge = Callable[[Grant, Service, StackFacts, EndpointsFacts], Truth]


def present(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an endpoint: it has a policy; without one AWS lets everybody do everything through it."""
    if facts.endpoints is not None:
        has = has_statements(text(resource.props, "policy"))
        yield Claim(~has, "the endpoint has no policy, so it lets everything through", resource.urn)


def firms_principals(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge each statement: a condition holds it to the firm's principals."""
    return _each(resource, facts, _by_firm, "the policy lets others through than the firm's principals")


def firms_resources(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge each statement: it is on the network's own resources, or on those that the firm shares."""
    return _each(resource, facts, _on_own, "the policy lets resources through that are not the network's own")


def named_actions(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge each statement: it names the service's actions one by one."""
    return _each(resource, facts, _by_name, "the policy does not name its actions one by one")


def _each(resource: Resource, facts: StackFacts, right: Judge, message: str) -> Iterator[Claim]:
    """Judge each statement of an endpoint's policy; services that nobody may have are another rule's."""
    endpoints = facts.endpoints
    if endpoints is None:
        return
    service = service_of(resource, endpoints)
    if service is UNKNOWN:
        yield Claim(Truth.UNKNOWN, message, resource.urn)
    elif service in SERVICES:
        for grant in grants(text(resource.props, "policy")):
            sound = right(grant, SERVICES[service], facts, endpoints) & ~grant.inverted
            sid = text(grant.props, "Sid")
            yield Claim(grant.allows & ~sound, message, resource.urn, sid if isinstance(sid, str) else "")


def _by_firm(grant: Grant, service: Service, facts: StackFacts, endpoints: EndpointsFacts) -> Truth:
    account = grant.requires("StringEquals", "aws:PrincipalAccount", (endpoints.place.account_id,))
    organization = endpoints.organization_id
    member = grant.requires("StringEquals", "aws:PrincipalOrgID", (organization,)) if organization else Truth.FALSE
    return account | member | _is_image_layers(grant, endpoints)


def _on_own(grant: Grant, service: Service, facts: StackFacts, endpoints: EndpointsFacts) -> Truth:
    own = grant.requires("StringEquals", "aws:ResourceAccount", (endpoints.place.account_id,))
    archive = grant.requires("StringEquals", "aws:ResourceAccount", (endpoints.log_account_id,))
    logs = {f"arn:aws:s3:::{bucket}/*" for bucket in facts.log_buckets} if service.prefix == "s3:" else set()
    plain = all_of(grant.resources, ("*",)) & all_of(grant.actions, service.plain)
    return some(
        (
            _all_own(grant.resources, service, endpoints) & own,
            all_of(grant.resources, logs) & archive,
            plain,
            _is_image_layers(grant, endpoints) & truth(service.prefix == "s3:"),
        )
    )


def _by_name(grant: Grant, service: Service, facts: StackFacts, endpoints: EndpointsFacts) -> Truth:
    actions = grant.actions
    if actions is UNKNOWN:
        return Truth.UNKNOWN
    return truth(bool(actions)) & every(_is_named(action, service.prefix) for action in actions)


def _is_named(action: Value, prefix: str) -> Truth:
    if action is UNKNOWN:
        return Truth.UNKNOWN
    return truth(isinstance(action, str) and action.startswith(prefix) and not {"*", "?"} & set(action))


def _all_own(resources: tuple[Value, ...] | Unknown, service: Service, endpoints: EndpointsFacts) -> Truth:
    """Tell whether every resource is one that the fleet file lists, or is named by the network's region and account."""
    region, account = endpoints.place.region, endpoints.place.account_id
    if not service.own:
        return all_of(resources, _listed(service, endpoints))
    if resources is UNKNOWN:
        return Truth.UNKNOWN
    start = service.own.format(region=region, account=account)
    named = (truth(None if each is UNKNOWN else str(each).startswith(start)) for each in resources)
    return truth(bool(resources)) & every(named)


def _listed(service: Service, endpoints: EndpointsFacts) -> set[str]:
    """Return the ARNs of the buckets or tables that the fleet file lists, with what is inside them."""
    if service.prefix == "s3:":
        return {arn for name in endpoints.buckets for arn in (f"arn:aws:s3:::{name}", f"arn:aws:s3:::{name}/*")}
    start = f"arn:aws:dynamodb:{endpoints.place.region}:{endpoints.place.account_id}:table/"
    return {arn for name in endpoints.tables for arn in (f"{start}{name}", f"{start}{name}/index/*")}


def _is_image_layers(grant: Grant, endpoints: EndpointsFacts) -> Truth:
    """Tell whether a statement is the one that pulling images needs.

    Amazon signs these requests, for a bucket of its own, so no condition on the firm could hold (Amazon ECR user
    guide, Minimum Amazon S3 bucket permissions for Amazon ECR).
    """
    layers = f"arn:aws:s3:::prod-{endpoints.place.region}-starport-layer-bucket/*"
    return every(
        (
            all_of(grant.actions, ("s3:GetObject",)),
            all_of(grant.resources, (layers,)),
            grant.requires("Bool", "aws:SecureTransport", ("true",)),
        )
    )


_ENDPOINT = frozenset(t.VPC_ENDPOINT)

RULES = (
    Rule(
        id="endpoint-policy-present",
        title="Every VPC endpoint of an AWS service has a policy of its own.",
        mission_row="C1, C2",
        controls=("PCI DSS 1.4.1",),
        remedy="give the endpoint the policy of its service",
        applies_to=_ENDPOINT,
        resource=present,
    ),
    Rule(
        id="endpoint-policy-firms-principals",
        title="An endpoint's policy lets only principals of the network's account, or of the organization, through.",
        mission_row="C1, C2",
        controls=("PCI DSS 1.4.1", "PCI DSS 1.3.2"),
        remedy="condition every statement on aws:PrincipalAccount, or aws:PrincipalOrgID, by StringEquals",
        applies_to=_ENDPOINT,
        resource=firms_principals,
    ),
    Rule(
        id="endpoint-policy-own-resources",
        title="An endpoint's policy names only resources of the network's account, and the log archive's bucket:"
        " buckets and tables as the fleet file lists them.",
        mission_row="C1, C2",
        controls=("PCI DSS 1.3.2",),
        remedy="list the bucket or table under endpoints of the network; condition on aws:ResourceAccount",
        applies_to=_ENDPOINT,
        resource=firms_resources,
    ),
    Rule(
        id="endpoint-policy-named-actions",
        title="An endpoint's policy names its service's actions one by one, without wildcards.",
        mission_row="C1, C2",
        controls=("IAM.21", "PCI DSS 1.2.5"),
        remedy="name the actions that the workload needs",
        applies_to=_ENDPOINT,
        resource=named_actions,
    ),
)
