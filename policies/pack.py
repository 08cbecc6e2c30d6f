"""The CrossGuard policies, one a rule, without starting a server: only ``__main__`` constructs the pack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pulumi_policy import (
    EnforcementLevel,
    Policy,
    PolicyProviderResource,
    PolicyResource,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationArgs,
    StackValidationPolicy,
)

from policies.facts import FleetFacts
from policies.judge import (
    UNDECIDED_RESOURCE,
    UNDECIDED_STACK,
    UNDECIDED_TITLE,
    judge_resource,
    judge_stack,
    message_of,
    undecided,
    violated,
)
from policies.rule import Rule
from policies.rules import ALL_RULES
from policies.values import from_proxy, nested
from policies.views import ProviderView, Resource
from securecart.config.model import Fleet
from securecart.findings import Finding

Pick = Callable[[Iterable[Finding]], list[Finding]]


def policies(fleet: Fleet, rules: Sequence[Rule] = ALL_RULES) -> list[Policy]:
    """Return a policy for each rule, and two advisory ones for what cannot be decided yet."""
    facts = FleetFacts(fleet)
    for_resources = tuple(rule for rule in rules if rule.resource)
    for_stacks = tuple(rule for rule in rules if rule.stack)
    return [
        *(_resource_policy(rule.id, rule.title, _level(rule), (rule,), facts, violated) for rule in for_resources),
        *(_stack_policy(rule.id, rule.title, _level(rule), (rule,), facts, violated) for rule in for_stacks),
        _resource_policy(
            UNDECIDED_RESOURCE, UNDECIDED_TITLE, EnforcementLevel.ADVISORY, for_resources, facts, undecided
        ),
        _stack_policy(UNDECIDED_STACK, UNDECIDED_TITLE, EnforcementLevel.ADVISORY, for_stacks, facts, undecided),
    ]


def _level(rule: Rule) -> EnforcementLevel:
    return EnforcementLevel.MANDATORY if rule.mandatory else EnforcementLevel.ADVISORY


def _resource_policy(
    name: str, title: str, level: EnforcementLevel, rules: Sequence[Rule], facts: FleetFacts, pick: Pick
) -> Policy:
    def validate(args: ResourceValidationArgs, report_violation: ReportViolation) -> None:
        resource = Resource(
            args.urn, args.resource_type, args.name, nested(from_proxy(args.props)), _provider(args.provider)
        )
        for finding in pick(judge_resource(rules, resource, facts)):
            report_violation(message_of(finding), finding.subject)

    return ResourceValidationPolicy(name=name, description=title, validate=validate, enforcement_level=level)


def _stack_policy(
    name: str, title: str, level: EnforcementLevel, rules: Sequence[Rule], facts: FleetFacts, pick: Pick
) -> Policy:
    def validate(args: StackValidationArgs, report_violation: ReportViolation) -> None:
        resources = [_stack_resource(resource) for resource in args.resources]
        for finding in pick(judge_stack(rules, resources, facts)):
            report_violation(message_of(finding), finding.subject)

    return StackValidationPolicy(name=name, description=title, validate=validate, enforcement_level=level)


def _provider(provider: PolicyProviderResource | None) -> ProviderView | None:
    if provider is None:
        return None
    return ProviderView(provider.name, provider.urn, nested(from_proxy(provider.props)))


def _stack_resource(resource: PolicyResource) -> Resource:
    sources = {key: tuple(source.urn for source in found) for key, found in resource.property_dependencies.items()}
    return Resource(
        resource.urn,
        resource.resource_type,
        resource.name,
        nested(from_proxy(resource.props)),
        _provider(resource.provider),
        sources,
    )
