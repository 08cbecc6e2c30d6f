"""Runs rules over views; shared by the official pack and the policy server, so that both say the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from policies.facts import FleetFacts
from policies.rule import Rule
from policies.views import Resource, Stack
from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.findings import Finding, Verdict

PACK_NAME = "securecart"
"""Name of the pack in violations and in the engine's output."""
PACK_VERSION = "0.1.0"
"""Version of the pack, the same in both PulumiPolicy.yaml files."""
FLEET_VARIABLE = "SECURECART_FLEET"
"""Environment variable with the path of the fleet file that the pack judges by."""
UNDECIDED_RESOURCE = "undecided-resource"
"""Advisory policy that reports what resource rules cannot decide yet."""
UNDECIDED_STACK = "undecided-stack"
"""Advisory policy that reports what stack rules cannot decide yet."""
UNDECIDED_TITLE = "A rule needs a value that is not known yet; it is judged again when the value is."
ROOT = Path(__file__).resolve().parent.parent
"""Root of the repository."""


def fleet_from_environment(environment: Mapping[str, str] | None = None) -> Fleet:
    """Load the fleet that SECURECART_FLEET names, else the default one.

    Raises:
        BadInputError: the file cannot be accepted; nothing may be judged by it.
    """
    variables = os.environ if environment is None else environment
    return load_fleet(Path(variables.get(FLEET_VARIABLE) or ROOT / "stacks" / "fleet.yaml"))


def judge_resource(rules: Iterable[Rule], resource: Resource, fleet: FleetFacts) -> list[Finding]:
    """Return what the resource rules find about one resource."""
    facts = fleet.of_urn(resource.urn)
    return [finding for rule in rules for finding in rule.judge_resource(resource, facts)]


def judge_stack(rules: Iterable[Rule], resources: Iterable[Resource], fleet: FleetFacts) -> list[Finding]:
    """Return what the stack rules find; an empty stack has nothing to judge."""
    members = tuple(resources)
    if not members:
        return []
    stack = Stack(members, fleet.of_urn(members[0].urn))
    return [finding for rule in rules for finding in rule.judge_stack(stack)]


def violated(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that break a rule."""
    return [finding for finding in findings if finding.verdict is Verdict.VIOLATED]


def undecided(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that wait for a value."""
    return [finding for finding in findings if finding.verdict is Verdict.UNDECIDED]


def message_of(finding: Finding) -> str:
    """Return the text of a diagnostic; an undecided one starts with its rule's id."""
    head = f"{finding.rule}: " if finding.verdict is Verdict.UNDECIDED else ""
    value = f" (value: {finding.value})" if finding.value else ""
    return f"{head}{finding.message}{value}; remedy: {finding.remedy}"
