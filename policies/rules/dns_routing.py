"""Names with a routing policy are sound as a set, listed, and answered by load balancers whose health is checked.

Whether records belong to one name may not be known yet: then no statement about the set is certain.
Source: Route 53 developer guide, "Choosing a routing policy".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, exactly, one_of, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Props, Value, flag, items, nested, number, text
from policies.views import Resource, Stack

_WEIGHTED: Final = "weightedRoutingPolicies"
_LATENCY: Final = "latencyRoutingPolicies"
_FAILOVER: Final = "failoverRoutingPolicies"
_GEOLOCATION: Final = "geolocationRoutingPolicies"
_KINDS: Final = (
    _WEIGHTED,
    _LATENCY,
    _FAILOVER,
    _GEOLOCATION,
    "geoproximityRoutingPolicy",
    "cidrRoutingPolicy",
    "multivalueAnswerRoutingPolicy",
)
_HTTPS: Final = ("HTTPS", "HTTPS_STR_MATCH")
_INTERVALS: Final = (10, 30)


def one_kind(stack: Stack) -> Iterator[Claim]:
    """Judge names: all records of one name and type have the same kind of routing."""
    for record, others in _names(stack):
        for kind in _KINDS:
            mixed = some(same & ~_has(other, kind) for other, same in others)
            yield Claim(_has(record, kind) & mixed, "records of its name are routed in another way", record.urn)


def failover_pairs(stack: Stack) -> Iterator[Claim]:
    """Judge names with failover: one primary and one secondary."""
    for record, others in _names(stack):
        for role in ("PRIMARY", "SECONDARY"):
            found = exactly(1, (same & _says(other, _FAILOVER, "type", role) for other, same in others))
            yield Claim(_has(record, _FAILOVER) & ~found, f"its name has not exactly one {role.lower()}", record.urn)


def some_weight(stack: Stack) -> Iterator[Claim]:
    """Judge weighted names: some record has a weight above zero."""
    for record, others in _names(stack):
        heavy = some(same & _weighs(other) for other, same in others)
        yield Claim(_has(record, _WEIGHTED) & ~heavy, "every weight of its name is 0", record.urn)


def geolocation_defaults(stack: Stack) -> Iterator[Claim]:
    """Judge names with geolocation: one record answers who is nowhere else."""
    for record, others in _names(stack):
        default = exactly(1, (same & _says(other, _GEOLOCATION, "country", "*") for other, same in others))
        yield Claim(_has(record, _GEOLOCATION) & ~default, "its name has not exactly one default", record.urn)


def answers_apart(stack: Stack) -> Iterator[Claim]:
    """Judge names: no two records have one set identifier, region or place."""
    for record, others in _names(stack):
        routed = some(_has(record, kind) for kind in _KINDS)
        rest = [(other, same) for other, same in others if other is not record]
        for what, alike in (("set identifier", _same_identifier), ("region", _same_region), ("place", _same_place)):
            twice = some(same & alike(record, other) for other, same in rest)
            yield Claim(routed & twice, f"another record of its name has its {what}", record.urn)


def answers_checked(stack: Stack) -> Iterator[Claim]:
    """Judge each record with a routing policy: a health check and its target's own health can take it out."""
    for record in stack.of(t.DNS_RECORD):
        routed = some(_has(record, kind) for kind in _KINDS)
        check = stack.target(record, "healthCheckId", t.HEALTH_CHECK)
        checked = truth(None if check is UNKNOWN else check is not None)
        yield Claim(routed & ~checked, "no health check of its stack can take the record out", record.urn)
        aliases = items(record.props, "aliases")
        alive = Truth.UNKNOWN
        if aliases is not UNKNOWN:
            alive = truth(bool(aliases)) & every(_evaluates(alias) for alias in aliases)
        yield Claim(routed & ~alive, "it answers whatever the health of its target is", record.urn)


def names_listed(stack: Stack) -> Iterator[Claim]:
    """Judge names with a routing policy: those of the fleet file, with as many records, and no others."""
    facts = stack.facts.routed_names
    listed = dict(facts.answers) if facts else {}
    routed = [(record, some(_has(record, kind) for kind in _KINDS)) for record in stack.of(t.DNS_RECORD)]
    for record, is_routed in routed:
        name = _name(record)
        shown = name if isinstance(name, str) else ""
        yield Claim(is_routed & ~one_of(name, listed), "the fleet file routes no such name", record.urn, shown)
    for name, count in listed.items():
        found = exactly(count, (is_routed & equal(_name(record), name) for record, is_routed in routed))
        yield Claim(~found, f"{name} has not exactly {count} records with a routing policy", stack.urn, name)


def checks_https(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a health check: it asks a listed host by HTTPS, and its verdict counts as it is."""
    props = resource.props
    hosts = facts.routed_names.hosts if facts.routed_names else ()
    host = text(props, "fqdn")
    shown = host if isinstance(host, str) else ""
    yield Claim(~one_of(host, hosts), "no listed load balancer has this host", resource.urn, shown)
    yield Claim(~one_of(text(props, "type"), _HTTPS), "it does not ask by HTTPS", resource.urn)
    yield Claim(~equal(flag(props, "enableSni", default=True), True), "it does not name the host in TLS", resource.urn)
    # Route 53 chooses an interval for who gives none, and the provider then wants another at each run.
    interval = number(props, "requestInterval")
    yield Claim(~one_of(interval, _INTERVALS), "its interval is neither 10 nor 30 seconds", resource.urn)
    for key, message in (("disabled", "it is disabled"), ("invertHealthcheck", "it takes illness for health")):
        yield Claim(equal(flag(props, key, default=False), True), message, resource.urn)


Others = Sequence[tuple[Resource, Truth]]
"""Every record of the stack, and whether it has the same name and type as a given one."""


def _names(stack: Stack) -> Iterator[tuple[Resource, Others]]:
    """Yield each record that has, or may have, a routing policy."""
    records = stack.of(t.DNS_RECORD)
    for record in records:
        if some(_has(record, kind) for kind in _KINDS) is not Truth.FALSE:
            yield record, [(other, _same_name(record, other)) for other in records]


def _name(record: Resource) -> Value:
    name = text(record.props, "name")
    return name.lower().rstrip(".") if isinstance(name, str) else name


def _same_name(record: Resource, other: Resource) -> Truth:
    if record is other:
        return Truth.TRUE
    alike = _alike(text(record.props, "type"), text(other.props, "type"))
    return alike & _alike(_name(record), _name(other))


def _alike(one: Value, other: Value) -> Truth:
    return Truth.UNKNOWN if UNKNOWN in (one, other) else truth(one == other)


def _has(record: Resource, kind: str) -> Truth:
    value = record.props.get(kind)
    if value is UNKNOWN:
        return Truth.UNKNOWN
    return truth(bool(value) and value != "false")


def _policy(record: Resource, kind: str) -> Props | None:
    """Return the one policy of a kind; None while it is not known."""
    found = items(record.props, kind)
    if found is UNKNOWN or UNKNOWN in found:
        return None
    return nested(found[0]) if found else {}


def _says(record: Resource, kind: str, key: str, wanted: str) -> Truth:
    policy = _policy(record, kind)
    return Truth.UNKNOWN if policy is None else equal(text(policy, key), wanted)


def _weighs(record: Resource) -> Truth:
    policy = _policy(record, _WEIGHTED)
    weight = UNKNOWN if policy is None else number(policy, "weight")
    return Truth.UNKNOWN if weight is UNKNOWN else truth(bool(weight))


def _same_identifier(record: Resource, other: Resource) -> Truth:
    return _alike(text(record.props, "setIdentifier"), text(other.props, "setIdentifier"))


def _same_region(record: Resource, other: Resource) -> Truth:
    return _has(record, _LATENCY) & _same_policy(record, other, _LATENCY, ("region",))


def _same_place(record: Resource, other: Resource) -> Truth:
    return _has(record, _GEOLOCATION) & _same_policy(
        record, other, _GEOLOCATION, ("continent", "country", "subdivision")
    )


def _same_policy(record: Resource, other: Resource, kind: str, keys: Sequence[str]) -> Truth:
    one, two = _policy(record, kind), _policy(other, kind)
    if one is None or two is None:
        return Truth.UNKNOWN
    return every(_alike(text(one, key), text(two, key)) for key in keys)


def _evaluates(alias: Value) -> Truth:
    if alias is UNKNOWN:
        return Truth.UNKNOWN
    return equal(flag(nested(alias), "evaluateTargetHealth", default=False), True)


RULES = (
    Rule(
        id="dns-one-kind-of-routing",
        title="All records of one name and type have the same kind of routing.",
        mission_row="X6",
        remedy="route the name in one way",
        stack=one_kind,
    ),
    Rule(
        id="dns-failover-pair",
        title="A name with failover has one primary and one secondary.",
        mission_row="X6",
        remedy="declare one record of each role",
        stack=failover_pairs,
    ),
    Rule(
        id="dns-some-weight",
        title="A weighted name has a record with a weight above zero.",
        mission_row="X6",
        remedy="give one of the records a weight",
        stack=some_weight,
    ),
    Rule(
        id="dns-geolocation-default",
        title="A name with geolocation has one record that answers who is nowhere else.",
        mission_row="X6",
        remedy="declare one record for country *",
        stack=geolocation_defaults,
    ),
    Rule(
        id="dns-answers-apart",
        title="No two records of a name have one set identifier, region or place.",
        mission_row="X6",
        remedy="remove one of the two",
        stack=answers_apart,
    ),
    Rule(
        id="dns-answers-checked",
        title="A health check and the health of its target can take every record with a routing policy out.",
        mission_row="X6",
        remedy="set healthCheckId to a health check of the stack, and evaluateTargetHealth to true",
        stack=answers_checked,
    ),
    Rule(
        id="dns-routed-names-listed",
        title="Names with a routing policy are those of the fleet file, with as many records.",
        mission_row="X6",
        remedy="declare the name under record_sets in the fleet file",
        stack=names_listed,
    ),
    Rule(
        id="health-check-https",
        title="A health check asks a listed load balancer by HTTPS, every 10 or 30 seconds, and its verdict counts.",
        mission_row="X6",
        remedy="check a listed host by HTTPS, with requestInterval, and neither disabled nor inverted",
        applies_to=frozenset(t.HEALTH_CHECK),
        resource=checks_https,
    ),
)
