"""Load balancers on the internet are the listed ones, stand where they should, log, and are guarded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, as_many, equal, every, one_of, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Unknown, Value, flag, items, nested, number, text
from policies.views import Resource, Stack, is_same

_APPLICATION: Final = "application"
_DESYNC: Final = ("defensive", "strictest")
_TARGET_PORT: Final = 8080


def listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a load balancer: on the internet stands only the Application Load Balancer of its listed stack."""
    if resource.type in t.CLASSIC_LOAD_BALANCER:
        yield Claim(Truth.TRUE, "a Classic Load Balancer takes no web ACL", resource.urn)
        return
    name = text(resource.props, "name")
    own = Truth.FALSE if facts.load_balancer is None else equal(name, facts.load_balancer.name)
    shown = name if isinstance(name, str) else ""
    message = "the fleet file lists no such load balancer on the internet"
    yield Claim(_on_internet(resource) & ~(own & _is_application(resource)), message, resource.urn, shown)


def in_public_tier(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a listed load balancer: it has as many subnets as the public tier, and one security group."""
    if facts.load_balancer is not None:
        right = as_many(resource.props, "subnets", facts.load_balancer.zones)
        yield Claim(~right, "the load balancer has not one subnet in each zone", resource.urn)
        one = as_many(resource.props, "securityGroups", 1)
        yield Claim(~one, "the load balancer has not the security group of its component alone", resource.urn)


def drops_invalid_headers(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an Application Load Balancer: it hands on no header that is no header."""
    dropped = equal(flag(resource.props, "dropInvalidHeaderFields", default=False), True)
    yield Claim(_is_application(resource) & ~dropped, "invalid headers are handed on", resource.urn)


def mitigates_desync(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an Application Load Balancer: it refuses requests that two servers could read differently."""
    mode = text(resource.props, "desyncMitigationMode")
    safe = one_of("defensive" if mode is None else mode, _DESYNC)
    shown = mode if isinstance(mode, str) else ""
    yield Claim(_is_application(resource) & ~safe, "ambiguous requests are handed on", resource.urn, shown)


def logged(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an Application Load Balancer: it logs each request to the log archive's bucket of its region."""
    logs = resource.props.get("accessLogs")
    bucket = UNKNOWN if logs is UNKNOWN else text(nested(logs), "bucket")
    enabled = Truth.UNKNOWN if logs is UNKNOWN else equal(flag(nested(logs), "enabled", default=False), True)
    yield Claim(_is_application(resource) & ~enabled, "requests are not logged", resource.urn)
    wanted = facts.load_balancer.log_bucket if facts.load_balancer else ""
    shown = bucket if isinstance(bucket, str) else ""
    archived = equal(bucket, wanted)
    yield Claim(_is_application(resource) & ~archived, "the logs do not go to the log archive", resource.urn, shown)


def deletion_protected(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a load balancer of a protected network: AWS refuses to delete it."""
    if facts.load_balancer is not None and facts.load_balancer.protected:
        protected = equal(flag(resource.props, "enableDeletionProtection", default=False), True)
        yield Claim(~protected, "the load balancer can be deleted", resource.urn)


def fails_closed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a load balancer: no request passes where AWS WAF cannot be asked."""
    open_ = equal(flag(resource.props, "enableWafFailOpen", default=False), True)
    yield Claim(open_, "requests pass unjudged where AWS WAF does not answer", resource.urn)


def guarded(stack: Stack) -> Iterator[Claim]:
    """Judge a stack: each Application Load Balancer on the internet has a web ACL of the stack."""
    for balancer in stack.of(t.LOAD_BALANCER):
        exposed = _on_internet(balancer) & _is_application(balancer)
        has = some(_guards(association, balancer, stack) for association in stack.of(t.WEB_ACL_ASSOCIATION))
        yield Claim(exposed & ~has, "no web ACL of the stack judges the load balancer's requests", balancer.urn)


def named(stack: Stack) -> Iterator[Claim]:
    """Judge a listed load balancer: its host, and no other name, leads to it."""
    facts = stack.facts.load_balancer
    if facts is None or not stack.of(t.LOAD_BALANCER):
        return
    records = stack.of(t.DNS_RECORD)
    for record in records:
        name = text(record.props, "name")
        shown = name if isinstance(name, str) else ""
        yield Claim(~equal(name, facts.host), "the record has another name than the listed host", record.urn, shown)
    leads = some(_leads(record, stack) for record in records)
    yield Claim(~leads, f"no record of {facts.host} leads to the load balancer", stack.urn, facts.host)


def targets_as_declared(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a target group of a listed load balancer: tasks by address on the one port, asked for the listed path."""
    if facts.load_balancer is None:
        return
    props, check = resource.props, resource.props.get("healthCheck")
    right = {
        "the targets are not tasks by their address": equal(text(props, "targetType"), "ip"),
        f"the targets are not asked by HTTP on {_TARGET_PORT}": every(
            (equal(text(props, "protocol"), "HTTP"), equal(number(props, "port"), _TARGET_PORT))
        ),
        f"the health check does not ask for {facts.load_balancer.health_check_path}": _asks(
            check, facts.load_balancer.health_check_path
        ),
    }
    for message, holds in right.items():
        yield Claim(~holds, message, resource.urn)


def _asks(check: Value, path: str) -> Truth:
    if check is UNKNOWN:
        return Truth.UNKNOWN
    props = nested(check)
    return equal(text(props, "path"), path) & equal(flag(props, "enabled", default=True), True)


def _leads(record: Resource, stack: Stack) -> Truth:
    """Tell whether a record is an alias of the stack's load balancer."""
    listed = items(record.props, "aliases")
    names = (UNKNOWN,) if listed is UNKNOWN else tuple(_alias_name(each) for each in listed)
    own = [text(balancer.props, "dnsName") for balancer in stack.of(t.LOAD_BALANCER)]
    if UNKNOWN in names:
        return truth(bool(stack.sources(record, "aliases", t.LOAD_BALANCER)) or None)
    return some(equal(name, each) for name in names for each in own if each is not None)


def _alias_name(alias: Value) -> str | Unknown | None:
    return UNKNOWN if alias is UNKNOWN else text(nested(alias), "name")


def _guards(association: Resource, balancer: Resource, stack: Stack) -> Truth:
    resource = stack.target(association, "resourceArn", t.LOAD_BALANCER, "arn")
    acl = stack.target(association, "webAclArn", t.WEB_ACL, "arn")
    return truth(is_same(resource, balancer)) & truth(None if acl is UNKNOWN else acl is not None)


def _on_internet(resource: Resource) -> Truth:
    """Tell whether a load balancer has public addresses: AWS's own choice where a program makes none."""
    return ~equal(flag(resource.props, "internal", default=False), True)


def _is_application(resource: Resource) -> Truth:
    kind = text(resource.props, "loadBalancerType")
    return equal(_APPLICATION if kind is None else kind, _APPLICATION)


_BALANCER = frozenset(t.LOAD_BALANCER)

RULES = (
    Rule(
        id="load-balancer-listed",
        title="On the internet stand only the Application Load Balancers that the fleet file lists.",
        mission_row="X3",
        controls=("PCI DSS 1.4.2", "ELB.16"),
        remedy="list it under load_balancers in the fleet file, or make it internal",
        applies_to=frozenset({*t.LOAD_BALANCER, *t.CLASSIC_LOAD_BALANCER}),
        resource=listed,
    ),
    Rule(
        id="load-balancer-public-tier",
        title="A listed load balancer has one subnet in each zone, and the security group of its component alone.",
        mission_row="X3",
        controls=("ELB.13", "PCI DSS 1.2.5"),
        remedy="give it the network's subnet_ids_public, all of them, and the group alb",
        applies_to=_BALANCER,
        resource=in_public_tier,
    ),
    Rule(
        id="load-balancer-drops-invalid-headers",
        title="Application Load Balancers drop invalid headers.",
        mission_row="X3",
        controls=("CKV_AWS_131", "ELB.4"),
        remedy="set dropInvalidHeaderFields to true",
        applies_to=_BALANCER,
        resource=drops_invalid_headers,
    ),
    Rule(
        id="load-balancer-desync-mitigated",
        title="Application Load Balancers refuse requests that two servers could read differently.",
        mission_row="X3",
        controls=("CKV_AWS_328", "ELB.12"),
        remedy="set desyncMitigationMode to defensive or strictest",
        applies_to=_BALANCER,
        resource=mitigates_desync,
    ),
    Rule(
        id="load-balancer-logged",
        title="Application Load Balancers log each request to the log archive's bucket of their region.",
        mission_row="X3",
        controls=("CKV_AWS_91", "ELB.5", "PCI DSS 10.2.1"),
        remedy="enable accessLogs to the log archive's access_log_bucket_name",
        applies_to=_BALANCER,
        resource=logged,
    ),
    Rule(
        id="load-balancer-deletion-protected",
        title="AWS refuses to delete a load balancer of a protected network.",
        mission_row="X3",
        controls=("CKV_AWS_150", "ELB.6"),
        remedy="set enableDeletionProtection to true",
        applies_to=_BALANCER,
        resource=deletion_protected,
    ),
    Rule(
        id="load-balancer-waf-fails-closed",
        title="No request passes a load balancer where AWS WAF does not answer.",
        mission_row="X1",
        controls=("PCI DSS 6.4.2",),
        remedy="leave enableWafFailOpen out",
        applies_to=_BALANCER,
        resource=fails_closed,
    ),
    Rule(
        id="load-balancer-web-acl",
        title="Each Application Load Balancer on the internet is associated with a web ACL of its stack.",
        mission_row="X1",
        controls=("CKV2_AWS_28", "ELB.16", "PCI DSS 6.4.2"),
        remedy="declare a WebAclAssociation of the load balancer with the stack's web ACL",
        stack=guarded,
    ),
    Rule(
        id="load-balancer-host",
        title="A listed load balancer's host, and no other name of its stack, leads to it.",
        mission_row="X3",
        remedy="give the alias record the load balancer's host, as in the fleet file",
        stack=named,
    ),
    Rule(
        id="load-balancer-targets",
        title="A listed load balancer forwards by HTTP to port 8080 of tasks, and asks them for the listed path.",
        mission_row="X3",
        controls=("PCI DSS 1.2.5",),
        remedy="set targetType ip, protocol HTTP, port 8080, and healthCheck.path as in the fleet file",
        applies_to=frozenset(t.TARGET_GROUP),
        resource=targets_as_declared,
    ),
)
