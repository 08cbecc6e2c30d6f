"""What rules cost, and which are wrong."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.moto_extensions.waf_rules import MANAGED_GROUPS, capacity, faults

COUNTRIES = ("US", "DE")
GEO = {"GeoMatchStatement": {"CountryCodes": ["US"]}}
SIMPLE = (
    GEO,
    {"IPSetReferenceStatement": {"ARN": "arn"}},
    {"LabelMatchStatement": {"Scope": "LABEL", "Key": "k"}},
    {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesCommonRuleSet"}},
)


def rate(**more: object) -> dict[str, Any]:
    return {"RateBasedStatement": {"Limit": 100, "AggregateKeyType": "IP", **more}}


def rule(statement: dict[str, Any], name: str = "rule", priority: int = 0, **action: object) -> dict[str, Any]:
    return {"Name": name, "Priority": priority, "Statement": statement, **(action or {"Action": {"Block": {}}})}


@pytest.mark.parametrize(
    ("statement", "units"),
    [
        (GEO, 1),
        ({"NotStatement": {"Statement": GEO}}, 1),
        (rate(), 2),
        (rate(ScopeDownStatement=GEO), 3),
        (rate(CustomKeys=[{"IP": {}}]), 32),
        ({"IPSetReferenceStatement": {"ARN": "arn"}}, 1),
        ({"IPSetReferenceStatement": {"ARN": "arn", "IPSetForwardedIPConfig": {"Position": "ANY"}}}, 5),
        ({"SqliMatchStatement": {"TextTransformations": [{"Type": "URL_DECODE"}]}}, 30),
        ({"XssMatchStatement": {"TextTransformations": [{"Type": "NONE"}]}}, 40),
        ({"ByteMatchStatement": {"PositionalConstraint": "STARTS_WITH"}}, 2),
        ({"ByteMatchStatement": {"PositionalConstraint": "CONTAINS"}}, 10),
        ({"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesSQLiRuleSet"}}, 200),
    ],
)
def test_a_statement_costs_what_the_guide_says(statement: dict[str, Any], units: int) -> None:
    assert capacity(statement) == units


@given(st.lists(st.sampled_from(SIMPLE), min_size=1, max_size=8), st.sampled_from(["AndStatement", "OrStatement"]))
def test_statements_together_cost_their_sum(parts: list[dict[str, Any]], kind: str) -> None:
    assert capacity({kind: {"Statements": parts}}) == sum(map(capacity, parts)) > 0


def test_the_sum_of_amazons_groups_is_not_free() -> None:
    assert all(units > 0 for units in MANAGED_GROUPS.values())


def test_good_rules_have_no_fault() -> None:
    managed = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesSQLiRuleSet"}}
    good = [rule(rate(), "a", 0), rule(GEO, "b", 1), rule(managed, "c", 2, OverrideAction={"None": {}})]
    assert list(faults(good, COUNTRIES)) == []


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ([rule(GEO, "a", 0), rule(GEO, "a", 1)], "Name"),
        ([rule(GEO, "a", 0), rule(GEO, "b", 0)], "Priority"),
        ([rule(GEO, OverrideAction={"None": {}})], "Action"),
        ([rule(SIMPLE[3])], "Action"),
        ([rule(rate(Limit=9))], "RATE_LIMIT"),
        ([rule(rate(EvaluationWindowSec=90))], "EVALUATION_WINDOW"),
        ([rule({"GeoMatchStatement": {"CountryCodes": ["EU"]}})], "COUNTRY_CODE"),
        ([rule({"NotStatement": {"Statement": {"GeoMatchStatement": {"CountryCodes": []}}}})], "COUNTRY_CODES"),
        ([rule({"GeoMatchStatement": {"CountryCodes": ["US"] * 51}})], "COUNTRY_CODES"),
        (
            [
                rule(
                    {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": "AWSManagedRulesXss"}},
                    OverrideAction={"None": {}},
                )
            ],
            "MANAGED_RULE_SET_STATEMENT",
        ),
    ],
)
def test_a_wrong_rule_is_found(rules: list[dict[str, Any]], field: str) -> None:
    assert [name for name, _ in faults(rules, COUNTRIES)] == [field]
