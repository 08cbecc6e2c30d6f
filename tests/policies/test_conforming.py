"""The conforming examples pass every rule, before and after their deployment."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.judge import judge_resource, judge_stack
from policies.rules import ALL_RULES
from policies.views import Stack
from securecart.findings import Finding
from tests.policies.examples import FACTS, every_example

NAMES = sorted(every_example(deployed=True))
OWN_ARN = {"distribution-bucket-readers", "archive-tls-only"}
"""Rules on a policy that names what is made in the same deployment: the whole document is unknown before it."""


def _judge(stack: Stack) -> list[Finding]:
    of_resources = [found for each in stack.resources for found in judge_resource(ALL_RULES, each, FACTS)]
    return [*of_resources, *judge_stack(ALL_RULES, stack.resources, FACTS)]


@pytest.mark.parametrize("name", NAMES)
def test_deployed_stack_has_no_finding(name: str) -> None:
    assert [str(found) for found in _judge(every_example(deployed=True)[name])] == []


@pytest.mark.parametrize("name", NAMES)
def test_first_preview_of_a_stack_has_no_finding_although_no_id_is_known(name: str) -> None:
    # The ids and ARNs that they compare are those of other stacks.
    undecidable_by_nature = {"tgw-segments-apart", "shield-protects-all", *OWN_ARN}
    stack = every_example(deployed=False)[name]
    assert [str(each) for each in _judge(stack) if each.rule not in undecidable_by_nature] == []


@pytest.mark.parametrize("name", NAMES)
def test_references_are_followed_where_a_provider_shows_no_ids(name: str) -> None:
    stack = every_example(deployed=True)[name]
    bare = [
        replace(each, props={key: value for key, value in each.props.items() if key != "id"})
        for each in stack.resources
    ]
    assert [str(found) for found in _judge(Stack(tuple(bare), stack.facts))] == []
