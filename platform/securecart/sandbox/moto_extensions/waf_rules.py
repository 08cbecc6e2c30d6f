"""What AWS WAF asks of the rules of a web ACL, and what they cost.

Sources: AWS WAF developer guide, "Web ACL capacity units (WCUs)", each rule statement's own page, and "AWS Managed
Rules rule groups list"; WAFV2 API, Rule, RateBasedStatement. Read in November 2026.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

Statement: TypeAlias = Mapping[str, object]
"""WAFV2's Statement."""
Rule: TypeAlias = Mapping[str, object]
"""WAFV2's Rule."""

MANAGED_GROUPS: Mapping[str, int] = {
    "AWSManagedRulesCommonRuleSet": 700,
    "AWSManagedRulesAdminProtectionRuleSet": 100,
    "AWSManagedRulesKnownBadInputsRuleSet": 200,
    "AWSManagedRulesSQLiRuleSet": 200,
    "AWSManagedRulesLinuxRuleSet": 200,
    "AWSManagedRulesUnixRuleSet": 100,
    "AWSManagedRulesWindowsRuleSet": 200,
    "AWSManagedRulesPHPRuleSet": 100,
    "AWSManagedRulesWordPressRuleSet": 100,
    "AWSManagedRulesAmazonIpReputationList": 25,
    "AWSManagedRulesAnonymousIpList": 50,
    "AWSManagedRulesACFPRuleSet": 50,
    "AWSManagedRulesATPRuleSet": 50,
    "AWSManagedRulesBotControlRuleSet": 50,
    "AWSManagedRulesAntiDDoSRuleSet": 50,
}
"""AWS's own rule groups, and the units of each."""
LARGEST_CAPACITY = 5_000
"""Units that a web ACL may use."""
_RATE_LIMITS = range(10, 2_000_000_001)
_WINDOWS = (60, 120, 300, 600)
_TRANSFORMATION = 10
_FLAT = {
    "GeoMatchStatement": 1,
    "AsnMatchStatement": 1,
    "LabelMatchStatement": 1,
    "SizeConstraintStatement": 1,
    "RegexMatchStatement": 3,
    "RegexPatternSetReferenceStatement": 25,
    "XssMatchStatement": 40,
}
_GROUPS = ("ManagedRuleGroupStatement", "RuleGroupReferenceStatement")


def capacity(statement: Statement) -> int:
    """The units of a statement, with those of the statements in it."""
    [(kind, found)] = statement.items()
    inner = cast("Statement", found)
    return _COSTS[kind](inner) if kind in _COSTS else _FLAT.get(kind, 0) + _transformations(inner)


def _transformations(inner: Statement) -> int:
    given = cast("Sequence[Mapping[str, object]]", inner.get("TextTransformations", ()))
    return _TRANSFORMATION * sum(one.get("Type") != "NONE" for one in given)


def _of_all(inner: Statement) -> int:
    return sum(map(capacity, cast("Sequence[Statement]", inner.get("Statements", ()))))


def _of_managed(inner: Statement) -> int:
    return MANAGED_GROUPS.get(str(inner.get("Name")), 0) + _of_scope_down(inner)


def _of_scope_down(inner: Statement) -> int:
    narrowed = cast("Statement | None", inner.get("ScopeDownStatement"))
    return capacity(narrowed) if narrowed else 0


def _of_rate(inner: Statement) -> int:
    return 2 + 30 * len(cast("Sequence[object]", inner.get("CustomKeys", ()))) + _of_scope_down(inner)


def _of_address_set(inner: Statement) -> int:
    forwarded = cast("Mapping[str, object]", inner.get("IPSetForwardedIPConfig") or {})
    return 5 if forwarded.get("Position") == "ANY" else 1


def _of_bytes(inner: Statement) -> int:
    wide = inner.get("PositionalConstraint") in ("CONTAINS", "CONTAINS_WORD")
    return (10 if wide else 2) + _transformations(inner)


def _of_injection(inner: Statement) -> int:
    return (30 if inner.get("SensitivityLevel") == "HIGH" else 20) + _transformations(inner)


_COSTS: Mapping[str, Callable[[Statement], int]] = {
    "AndStatement": _of_all,
    "OrStatement": _of_all,
    "NotStatement": lambda inner: capacity(cast("Statement", inner["Statement"])),
    "ManagedRuleGroupStatement": _of_managed,
    "RateBasedStatement": _of_rate,
    "IPSetReferenceStatement": _of_address_set,
    "ByteMatchStatement": _of_bytes,
    "SqliMatchStatement": _of_injection,
}


def faults(rules: Sequence[Rule], countries: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what WAF refuses in rules: field and reason.

    Args:
        rules: The web ACL's rules.
        countries: The country codes that WAF knows.
    """
    for member in ("Name", "Priority"):
        values = [rule.get(member) for rule in rules]
        yield from ((member, f"two rules have the same: {one}") for one in {v for v in values if values.count(v) > 1})
    for rule in rules:
        statement = cast("Statement", rule["Statement"])
        wanted = "OverrideAction" if next(iter(statement), "") in _GROUPS else "Action"
        if [name for name in ("Action", "OverrideAction") if rule.get(name)] != [wanted]:
            yield "Action", f"the rule {rule['Name']} needs {wanted} and nothing else"
        for kind, inner in statements(statement):
            yield from _faults_of(kind, inner, countries)


def statements(statement: Statement) -> Iterator[tuple[str, Statement]]:
    """Yield a statement and every statement in it: kind and members."""
    for kind, found in statement.items():
        inner = cast("Statement", found)
        yield kind, inner
        nested = [*cast("Sequence[Statement]", inner.get("Statements", ())), inner.get("Statement")]
        for one in [*nested, inner.get("ScopeDownStatement")]:
            if one:
                yield from statements(cast("Statement", one))


def _faults_of(kind: str, inner: Statement, countries: Sequence[str]) -> Iterator[tuple[str, str]]:
    if kind == "RateBasedStatement":
        if inner.get("Limit") not in _RATE_LIMITS:
            yield "RATE_LIMIT", f"{inner.get('Limit')} is not between 10 and 2000000000"
        if inner.get("EvaluationWindowSec", 300) not in _WINDOWS:
            yield "EVALUATION_WINDOW", f"{inner['EvaluationWindowSec']} is not one of {_WINDOWS}"
    if kind == "GeoMatchStatement":
        listed = cast("Sequence[str]", inner.get("CountryCodes", ()))
        if not 1 <= len(listed) <= 50:
            yield "COUNTRY_CODES", "a geo match statement takes 1 to 50 country codes"
        yield from (("COUNTRY_CODE", f"{code} is no country code") for code in listed if code not in countries)
    if kind == "ManagedRuleGroupStatement":
        known = inner.get("VendorName") != "AWS" or inner.get("Name") in MANAGED_GROUPS
        if not known:
            yield "MANAGED_RULE_SET_STATEMENT", f"AWS has no rule group {inner.get('Name')}"
