"""More knowledge never overturns a verdict: it holds for every value that an unknown may turn out to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.judge import judge_resource, judge_stack
from policies.rule import Rule
from policies.rules import ALL_RULES
from policies.values import UNKNOWN, Value
from policies.views import Resource, Stack
from securecart.findings import Verdict
from tests.policies.cases import UNDECIDED, VIOLATIONS
from tests.policies.examples import FACTS, every_example

Path = tuple[str | int, ...]
RULES = {rule.id: rule for rule in ALL_RULES}
VALUES: tuple[Value, ...] = (
    0, 22, 80, 100, 443, 3389, 8080, 32766, 65535, -1, True, False, "tcp", "udp", "-1", "allow", "deny",
    "ingress", "egress", "0.0.0.0/0", "::/0", "10.0.0.0/8", "10.10.0.0/16", "10.10.32.0/19", "10.40.32.0/19",
    "8.8.8.8/32", "enable", "disable", "public", "private", "database", "alb", "ecs", "alb-id", "ecs-id",
    "public-id", "database-id", "private-us-east-1a-id", "igw-1", "us-east-1", "210000000004", "{}",
)  # fmt: skip


@dataclass(frozen=True)
class Blank:
    """A place in a stack whose value is taken away: resource, then keys and indexes."""

    resource: int
    path: Path


def paths(value: Value, prefix: Path = ()) -> Iterator[Path]:
    """Every place below a value, and the value's own."""
    if prefix:
        yield prefix
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from paths(inner, (*prefix, key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for index, inner in enumerate(value):
            yield from paths(inner, (*prefix, index))


def put(value: Value, path: Path, new: Value) -> Value:
    """The value with one place changed; a place that is gone stays gone."""
    if not path:
        return new
    head, rest = path[0], path[1:]
    if isinstance(value, Mapping) and isinstance(head, str) and head in value:
        return {**value, head: put(value[head], rest, new)}
    if isinstance(value, Sequence) and not isinstance(value, str) and isinstance(head, int) and head < len(value):
        return [put(inner, rest, new) if index == head else inner for index, inner in enumerate(value)]
    return value


def fill(stack: Stack, blanks: Mapping[Blank, Value]) -> Stack:
    """The stack with a value in every blank."""
    resources = list(stack.resources)
    for blank, new in blanks.items():
        resource = resources[blank.resource]
        props = put(resource.props, blank.path, new)
        assert isinstance(props, Mapping)
        # What an unknown is computed from is trusted elsewhere; here it may turn out to be anything.
        sources = {key: urns for key, urns in resource.dependencies.items() if key != blank.path[0]}
        resources[blank.resource] = replace(resource, props=props, dependencies=sources)
    return Stack(tuple(resources), stack.facts)


def verdicts(rule: Rule, stack: Stack) -> set[Verdict]:
    found = [each for resource in stack.resources for each in judge_resource([rule], resource, FACTS)]
    return {each.verdict for each in (*found, *judge_stack([rule], stack.resources, FACTS))}


@cache
def _stacks() -> list[tuple[str | None, Stack]]:
    broken = [(case.rule, case.broken()) for case in (*VIOLATIONS, *UNDECIDED)]
    return [*broken, *((None, stack) for stack in every_example(deployed=True).values())]


def _changed_first(resources: Sequence[Resource]) -> list[int]:
    """Indexes, those of added resources first and often: that is where the rule looks."""
    added = [index for index, resource in enumerate(resources) if resource.name == "added"]
    return [*(added * 20), *range(1, len(resources))]


def referred_to(stack: Stack, blank: Blank) -> bool:
    """Whether a known value elsewhere was computed from this one: it would not be known if this one were not."""
    urn, value = stack.resources[blank.resource].urn, stack.resources[blank.resource].props.get(str(blank.path[0]))
    return any(
        urn in sources and other.props.get(key) == value
        for other in stack.resources
        for key, sources in other.dependencies.items()
    )


@dataclass(frozen=True)
class Refinement:
    """A rule, a partly known stack, and the same stack with everything known."""

    rule: Rule
    partial: Stack
    complete: Stack
    filled: Mapping[str, Value]

    def __repr__(self) -> str:
        """Say what was blank, since whole stacks are too long to spell out."""
        return f"Refinement(rule={self.rule.id!r}, filled={dict(self.filled)!r})"


@st.composite
def refinements(draw: st.DrawFn) -> Refinement:
    """Draw a rule and a stack, and blank some of its values."""
    rule_id, stack = draw(st.sampled_from(_stacks()))
    rule = RULES[rule_id or draw(st.sampled_from(sorted(RULES)))]
    blanks: dict[Blank, Value] = {}
    for _ in range(draw(st.integers(1, 3))):
        index = draw(st.sampled_from(_changed_first(stack.resources)))
        places = list(paths(stack.resources[index].props))
        if not places:
            continue
        blank = Blank(index, draw(st.sampled_from(places)))
        if not referred_to(stack, blank):
            blanks[blank] = draw(st.sampled_from(VALUES))
    filled = {f"{stack.resources[blank.resource].urn} {blank.path}": value for blank, value in blanks.items()}
    return Refinement(rule, fill(stack, dict.fromkeys(blanks, UNKNOWN)), fill(stack, blanks), filled)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(refinements())
def test_a_verdict_with_values_unknown_holds_for_every_completion(case: Refinement) -> None:
    before, after = verdicts(case.rule, case.partial), verdicts(case.rule, case.complete)
    if not before:
        assert Verdict.VIOLATED not in after
    if Verdict.VIOLATED in before:
        assert Verdict.VIOLATED in after
