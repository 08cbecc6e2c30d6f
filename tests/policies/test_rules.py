"""Each rule notices what breaks it, says undecided where a value is missing, and never passes for that."""

from __future__ import annotations

import pytest

from policies.judge import judge_resource, judge_stack, undecided, violated
from policies.rule import Rule
from policies.rules import ALL_RULES
from policies.tables import ACL_ROWS, GROUP_ROWS
from policies.values import UNKNOWN
from policies.views import Resource, Stack
from securecart.findings import Finding
from tests.policies.cases import UNDECIDED, VIOLATIONS, Case
from tests.policies.examples import FACTS, find, network_stack, with_props, with_resource, without

RULES = {rule.id: rule for rule in ALL_RULES}
# Judged by the provider a resource is on, which tests/policies/test_provider_identity.py breaks.
PROVIDER_RULES = {"provider-of-the-stack", "provider-assumes-account-role", "provider-no-long-lived-keys"}
# What they ask for is always known: how many resources there are, of which type, on which provider.
ALWAYS_KNOWN = {
    "endpoint-declared-whole",
    "nat-as-declared",
    "provider-of-the-stack",
    "resource-of-known-package",
    "dx-networks-listed",
    "dx-one-kind",
    "shield-switched-on",
}


def findings(rule: Rule, stack: Stack) -> list[Finding]:
    found = [each for resource in stack.resources for each in judge_resource([rule], resource, FACTS)]
    return found + judge_stack([rule], stack.resources, FACTS)


@pytest.mark.parametrize("case", VIOLATIONS, ids=str)
def test_rule_is_violated(case: Case) -> None:
    rule = RULES[case.rule]
    assert violated(findings(rule, case.stack())) == []
    found = violated(findings(rule, case.broken()))
    assert found
    assert all(each.rule == case.rule and each.mandatory and each.remedy for each in found)
    urns = {resource.urn for resource in case.broken().resources}
    assert {each.subject for each in found} <= urns


@pytest.mark.parametrize("case", UNDECIDED, ids=str)
def test_rule_is_undecided_and_not_violated(case: Case) -> None:
    rule = RULES[case.rule]
    found = findings(rule, case.broken())
    assert undecided(found)
    assert violated(found) == []


def _rule_resources(stack: Stack) -> list[Resource]:
    return [x for x in stack.resources if x.type.endswith(("gressRule", "NetworkAclRule"))]


@pytest.mark.parametrize("network", ["dev", "payments"])
def test_each_table_row_is_missed_when_its_resource_is_gone(network: str) -> None:
    stack = network_stack(network, deployed=True)
    facts = stack.facts.network
    assert facts is not None
    rows = {row.id for row in GROUP_ROWS if row.applies(facts)}
    rows |= {row.id for row in ACL_ROWS if row.applies(facts)}
    rules = [RULES[row] for row in sorted(rows)]
    missed: set[str] = set()
    for resource in _rule_resources(stack):
        rest = without(stack, resource)
        gone = {found.rule for found in violated(judge_stack(rules, rest.resources, FACTS))}
        assert len(gone) == 1, (resource.name, gone)
        missed |= gone
    assert missed == rows


def test_each_rule_is_broken_by_some_case_and_left_undecided_by_another() -> None:
    rows = {row.id for row in GROUP_ROWS} | {row.id for row in ACL_ROWS}
    judged_elsewhere = rows | PROVIDER_RULES
    assert {case.rule for case in VIOLATIONS} | judged_elsewhere == set(RULES)
    assert {case.rule for case in UNDECIDED} | judged_elsewhere | ALWAYS_KNOWN == set(RULES)


def test_an_unknown_address_is_no_finding_where_the_port_decides() -> None:
    stack = network_stack("dev", deployed=True)
    alb = find(stack, "SecurityGroupIngressRule", "alb-ingress-0.0.0.0/0-443")
    changed = with_props(stack, alb, {"cidrIpv4": UNKNOWN})
    assert changed.resources != stack.resources
    assert findings(RULES["sg-no-admin-ports-from-internet"], changed) == []


def test_an_extra_rule_of_the_fleet_file_is_no_finding() -> None:
    stack = network_stack("dev", deployed=True)
    group = find(stack, "SecurityGroup", "ecs")
    extra = {
        "securityGroupId": group.props["id"],
        "ipProtocol": "udp",
        "fromPort": 123,
        "toPort": 123,
        "cidrIpv4": "10.0.0.0/8",
    }
    kind = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
    changed = with_resource(stack, kind, "extra", group, extra)
    assert findings(RULES["sg-nothing-beyond-table"], changed) == []


def test_rule_ids_are_unique_and_every_rule_judges_by_exactly_one_way() -> None:
    assert len(RULES) == len(ALL_RULES)
    assert all((rule.resource is None) != (rule.stack is None) for rule in ALL_RULES)
    assert all(bool(rule.applies_to) == (rule.resource is not None) for rule in ALL_RULES)
