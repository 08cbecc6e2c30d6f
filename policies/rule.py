"""A rule is data: what it demands, where that comes from, what it applies to, the function that judges."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from policies.facts import StackFacts
from policies.logic import Truth
from policies.views import Resource, Stack
from securecart.findings import Finding, Verdict


class Claim(NamedTuple):
    """What a judge says about one subject; a claim that is FALSE is no finding."""

    violated: Truth
    """Whether the rule is broken, UNKNOWN where a value is missing."""
    message: str
    """What is wrong, as a clause; for UNKNOWN: what would be wrong."""
    subject: str
    """URN of the resource at fault; the stack's own where something is missing."""
    value: str = ""
    """The value at fault: an address, a port, an id or a name, never content."""


ResourceJudge = Callable[[Resource, StackFacts], Iterable[Claim]]
"""Judges one resource by its inputs."""
StackJudge = Callable[[Stack], Iterable[Claim]]
"""Judges a stack by the outputs of its resources."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule; exactly one of ``resource`` and ``stack`` judges."""

    id: str
    """Kebab-case, stable: violations and exceptions name it."""
    title: str
    """What it demands, one sentence."""
    mission_row: str
    """Row of the firm's needs that it guards, for example ``N5`` or ``NACL 100``."""
    controls: tuple[str, ...] = ()
    """Ids of published controls that ask for the same."""
    remedy: str
    """What to change when it is broken."""
    mandatory: bool = True
    """Whether a violation blocks the run."""
    applies_to: frozenset[str] = frozenset()
    """Type tokens that a resource rule judges; empty for stack rules. ``aws:*`` means every AWS resource,
    ``*`` every resource."""
    resource: ResourceJudge | None = None
    """Judge of one resource."""
    stack: StackJudge | None = None
    """Judge of a whole stack."""

    def judge_resource(self, resource: Resource, facts: StackFacts) -> Iterator[Finding]:
        """Return the findings about one resource; none where the rule does not apply to its type."""
        if self.resource is not None and self._applies(resource.type):
            yield from self._findings(self.resource(resource, facts), facts)

    def judge_stack(self, stack: Stack) -> Iterator[Finding]:
        """Return the findings about a stack."""
        if self.stack is not None:
            yield from self._findings(self.stack(stack), stack.facts)

    def _applies(self, kind: str) -> bool:
        by_pattern = "*" in self.applies_to or ("aws:*" in self.applies_to and kind.startswith("aws:"))
        return kind in self.applies_to or by_pattern

    def _findings(self, claims: Iterable[Claim], facts: StackFacts) -> Iterator[Finding]:
        for claim in claims:
            if claim.violated is Truth.FALSE:
                continue
            violated = claim.violated is Truth.TRUE
            yield Finding(
                rule=self.id,
                message=claim.message if violated else f"a value is not known yet; broken if {claim.message}",
                verdict=Verdict.VIOLATED if violated else Verdict.UNDECIDED,
                mandatory=self.mandatory,
                subject=claim.subject,
                stack=facts.name,
                value=claim.value,
                remedy=self.remedy,
                controls=self.controls,
            )
