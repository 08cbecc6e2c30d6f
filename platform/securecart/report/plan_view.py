"""A fleet plan as a reviewer reads it: what to look at first, then accounts, stacks and their changes. Pure.

Every text in a view is fit to be shown: secrets and control characters are gone (``plan_clean``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from securecart.findings import Finding, Verdict
from securecart.plan.fleet_plan import FleetPlan, Operation, PlannedResource, StackPlan
from securecart.report.plan_clean import clean
from securecart.report.plan_origins import PropertyView, origin_words, properties, unknowns
from securecart.report.plan_vocabulary.effect import Effect, Severity
from securecart.report.plan_words import Quote, effect_of, environment_of, is_scaffolding, phrase
from securecart.report.record import Changes

NO_ACCOUNT: Final = "(none)"
"""Account of what exists in Pulumi's state alone: components and providers."""
SHORT: Final = 12
"""Digits of a digest that are shown."""
_REPLACEMENTS: Final = (Operation.REPLACE, Operation.DELETE)
_LONGEST_MESSAGE: Final = 600


@dataclass(frozen=True)
class ChangeView:
    """One resource that changes."""

    operation: Operation
    """What happens to it."""
    type: str
    """Pulumi type token."""
    name: str
    """Logical name."""
    urn: str
    """Pulumi URN."""
    account: str
    """Account that holds it; ``(none)`` for components and providers."""
    region: str
    """AWS region."""
    environment: str
    """Environment that it serves."""
    effect: Effect
    """What it means to those who depend on it."""
    forcing: tuple[PropertyView, ...]
    """Properties that force a replacement."""
    changing: tuple[PropertyView, ...]
    """Other properties that differ."""
    waiting: tuple[PropertyView, ...]
    """Inputs of a resource to be created that are not known yet."""


@dataclass(frozen=True)
class Attention:
    """What to look at first: resources of one type and stack to which the same happens for the same reason."""

    operation: Operation
    """What happens."""
    effect: Effect
    """What it means."""
    stack: str
    """Stack that they belong to."""
    environment: str
    """Environment that they serve."""
    type: str
    """Pulumi type token."""
    names: tuple[str, ...]
    """Logical names."""
    reasons: tuple[PropertyView, ...]
    """Properties that force it."""

    def sentence(self, quote: Quote = str) -> str:
        """Return what happens and what it means, in words."""
        return f"{phrase(self.operation, self.environment, self.type, self.names, quote)}: {self.effect.words}"


@dataclass(frozen=True)
class StackView:
    """One stack."""

    name: str
    """Stack name."""
    account: str
    """Account that owns it."""
    region: str
    """AWS region."""
    environment: str
    """Environment that it serves."""
    protected: bool
    """Whether destroying it takes its name."""
    runs: bool
    """Whether it runs."""
    why: tuple[str, ...]
    """Why it runs."""
    counts: Changes
    """Operations; resources that are kept count as `same`."""
    changes: tuple[ChangeView, ...]
    """Resources that change: deletions and replacements first, then in the plan's order."""
    waits_for: tuple[str, ...]
    """Outputs of other stacks that are not known yet, and that it needs."""
    unknown_outputs: tuple[str, ...]
    """Its own outputs that are not known before the run."""


@dataclass(frozen=True)
class AccountView:
    """What changes in one account, whatever stack it belongs to."""

    name: str
    """Account name; ``(none)`` for components and providers."""
    stacks: int
    """Stacks that change something in it."""
    counts: Changes
    """Operations."""


@dataclass(frozen=True)
class PlanView:
    """The whole plan."""

    id: str
    """SHA-256 of the manifest."""
    fleet: str
    """Name of the fleet."""
    target: str
    """Target of the fleet file."""
    engine: str
    """Version of the engine."""
    created: str
    """When the plan was made."""
    author: str
    """Who made it, as USER@HOST."""
    commit: str
    """First digits of the git commit; empty outside git."""
    dirty: bool
    """Whether the checkout had changes beyond that commit."""
    counts: Changes
    """Operations of all stacks."""
    attention: tuple[Attention, ...]
    """Deletions and replacements, the worst first, then disruptive updates."""
    accounts: tuple[AccountView, ...]
    """Accounts in which something changes."""
    stacks: tuple[StackView, ...]
    """Stacks that run, upstream first."""
    idle: tuple[str, ...]
    """Stacks that do not run, since nothing that they stand on has changed."""
    violated: tuple[str, ...]
    """Broken rules, mandatory ones first."""
    undecided: tuple[str, ...]
    """What the policies cannot say before the run."""
    orphans: tuple[str, ...]
    """Stacks that left the fleet file."""

    @property
    def changes(self) -> bool:
        """Whether any resource changes."""
        return any((self.counts.create, self.counts.update, self.counts.replace, self.counts.delete))


def plan_view(plan: FleetPlan) -> PlanView:
    """Return a plan as a reviewer reads it."""
    manifest, by = plan.manifest, plan.manifest.by
    findings = [finding for stack in plan.stacks for finding in stack.findings]
    stacks = tuple(_stack(stack) for stack in plan.stacks)
    return PlanView(
        id=plan.id,
        fleet=clean(manifest.fleet),
        target=clean(manifest.target),
        engine=clean(manifest.engine),
        created=clean(manifest.created),
        author=clean(f"{by.user}@{by.host}"),
        commit=clean(by.commit[:SHORT]),
        dirty=by.dirty,
        counts=_sum(stack.counts for stack in stacks),
        attention=_attention(stacks),
        accounts=_accounts(stacks),
        stacks=tuple(stack for stack in stacks if stack.runs),
        idle=tuple(stack.name for stack in stacks if not stack.runs),
        violated=_told(
            sorted((f for f in findings if f.verdict is Verdict.VIOLATED), key=lambda finding: not finding.mandatory)
        ),
        undecided=_told(f for f in findings if f.verdict is Verdict.UNDECIDED),
        orphans=tuple(map(clean, manifest.orphans)),
    )


def _stack(stack: StackPlan) -> StackView:
    changing = [item for item in stack.resources if item.operation not in (Operation.SAME, Operation.READ)]
    changes = tuple(_change(stack, resource) for resource in changing)
    return StackView(
        name=clean(stack.name),
        account=clean(stack.account),
        region=clean(stack.region),
        environment=clean(stack.environment),
        protected=stack.protected,
        runs=stack.runs,
        why=tuple(clean(reason, _LONGEST_MESSAGE) for reason in stack.why),
        counts=_count((resource.operation for resource in stack.resources), stack.kept),
        changes=tuple(sorted(changes, key=lambda change: change.operation not in _REPLACEMENTS)),
        waits_for=_waits_for(changing),
        unknown_outputs=tuple(clean(output.name) for output in stack.outputs if not output.known),
    )


def _waits_for(resources: Iterable[PlannedResource]) -> tuple[str, ...]:
    origins = (origin for resource in resources for item in resource.unknown for origin in item.origins)
    return tuple(dict.fromkeys(origin_words(origin) for origin in origins if origin.outputs))


def _change(stack: StackPlan, resource: PlannedResource) -> ChangeView:
    forcing = resource.replaces if resource.operation is Operation.REPLACE else ()
    gone_or_new = resource.operation in (Operation.CREATE, Operation.DELETE)
    others = () if gone_or_new else tuple(path for path in resource.diffs if path not in forcing)
    return ChangeView(
        operation=resource.operation,
        type=clean(resource.type),
        name=clean(resource.name),
        urn=clean(resource.urn),
        account=clean(resource.account) or NO_ACCOUNT,
        region=clean(resource.region),
        environment=clean(environment_of(resource, stack.environment)),
        effect=effect_of(resource),
        forcing=properties(resource, forcing),
        changing=properties(resource, others),
        waiting=unknowns(resource) if resource.operation is Operation.CREATE else (),
    )


def _attention(stacks: Sequence[StackView]) -> tuple[Attention, ...]:
    """Group what deserves a look; within one severity the order of the plan stays."""
    groups: dict[Attention, list[str]] = {}
    for stack, change in _disruptive(stacks):
        reasons = change.forcing or (change.changing if change.operation is Operation.UPDATE else ())
        key = Attention(change.operation, change.effect, stack.name, change.environment, change.type, (), reasons)
        groups.setdefault(key, []).append(change.name)
    found = [
        Attention(key.operation, key.effect, key.stack, key.environment, key.type, tuple(names), key.reasons)
        for key, names in groups.items()
    ]
    return tuple(sorted(found, key=lambda item: (item.operation not in _REPLACEMENTS, item.effect.severity)))


def _disruptive(stacks: Sequence[StackView]) -> Iterator[tuple[StackView, ChangeView]]:
    for stack in stacks:
        for change in stack.changes:
            update = change.operation is Operation.UPDATE and change.effect.severity is not Severity.NONE
            if not is_scaffolding(change.type) and (update or change.operation in _REPLACEMENTS):
                yield stack, change


def _accounts(stacks: Sequence[StackView]) -> tuple[AccountView, ...]:
    operations: dict[str, list[Operation]] = {}
    homes: dict[str, set[str]] = {}
    for stack in stacks:
        for change in stack.changes:
            operations.setdefault(change.account, []).append(change.operation)
            homes.setdefault(change.account, set()).add(stack.name)
    names = sorted(operations, key=lambda name: (name == NO_ACCOUNT, name))
    return tuple(AccountView(name, len(homes[name]), _count(operations[name])) for name in names)


def _count(operations: Iterable[Operation], kept: int = 0) -> Changes:
    counts = Counter(operations)
    return Changes(
        create=counts[Operation.CREATE],
        update=counts[Operation.UPDATE],
        replace=counts[Operation.REPLACE],
        delete=counts[Operation.DELETE],
        same=counts[Operation.SAME] + kept,
    )


def _sum(parts: Iterable[Changes]) -> Changes:
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.model_dump())
    return Changes(**total)


def _told(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(clean(str(finding), _LONGEST_MESSAGE) for finding in findings)
