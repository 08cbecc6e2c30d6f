"""The rules of every web ACL, in the order in which AWS WAF asks them, and what they cost. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi

from securecart.components.origin_token import ORIGIN_HEADER
from securecart.components.sdk import wafv2
from securecart.limits import LimitName, limit

BLOCKED: Final[Mapping[str, str]] = {"blocked-ipv4": "IPV4", "blocked-ipv6": "IPV6"}
"""Rules that block an IP set, in order, with the IP version of each: a set holds addresses of one version."""
RATE: Final = "rate-limit"
"""Rule that blocks an address above the rate limit; a distribution counts its viewers itself, see ``rules``."""
COUNTRIES: Final = "customer-countries"
"""Rule that lets in what comes from the customers' countries; whatever it leaves is blocked by the default action."""


@dataclass(frozen=True)
class ManagedGroup:
    """A rule group of AWS's; without a version, it is always the one that AWS holds to be the best by default."""

    group: str
    """Its name, by the vendor ``AWS``."""
    capacity: int
    """Its web ACL capacity units (AWS WAF developer guide, "AWS Managed Rules rule groups list")."""


MANAGED: Final[Mapping[str, ManagedGroup]] = {
    "ip-reputation": ManagedGroup("AWSManagedRulesAmazonIpReputationList", 25),
    "common": ManagedGroup("AWSManagedRulesCommonRuleSet", 700),
    "sql-injection": ManagedGroup("AWSManagedRulesSQLiRuleSet", 200),
}
"""Rules that ask a managed group, in order: addresses before contents, since contents are dearer to look at."""

ORDER: Final[Mapping[str, str]] = {
    "blocked-ipv4": "addresses that the response to an incident has blocked: nothing may let them in before",
    "blocked-ipv6": "the same, of IPv6",
    RATE: "a flood is stopped before any content is looked at, and counts wherever it comes from",
    "ip-reputation": "addresses that AWS knows as bots and attackers: one look-up, whatever is asked",
    "common": "cross-site scripting, path traversal, inclusion of files and other attacks on any web application",
    "sql-injection": "SQL in queries, cookies, bodies: last of what blocks, since it looks at the most",
    COUNTRIES: "the only rule that allows: it ends the evaluation, so every rule that blocks has to come before",
}
"""The rules by name, in order, each with the reason for its place. The priority of a rule is its place times ten."""

_STEP = 10
"""Distance between two priorities: a rule can be put between two others without moving them."""
_RATE_CAPACITY = 2
"""Units of a rate-based statement without custom keys (AWS WAF developer guide, "Rate-based rule statements")."""
_EXACT_CAPACITY = 2
"""Units of a byte match of the whole, without transformations ("String match rule statement"); "not" costs nothing."""
_SINGLE_CAPACITY = 1
"""Units of an IP set reference, and of a geo match statement (AWS WAF developer guide, pages of the statements)."""


def country_lists(countries: Sequence[str]) -> list[list[str]]:
    """Divide countries, sorted and each once, into lists that one geo match statement takes."""
    size = limit(LimitName.WAF_COUNTRIES_PER_STATEMENT).value
    ordered = sorted(set(countries))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def capacities(countries: Sequence[str], *, behind_distribution: bool = False) -> dict[str, int]:
    """Return the web ACL capacity units of each rule; what is logical, such as "or", costs what it joins.

    Args:
        countries: Countries that are let in.
        behind_distribution: Whether a distribution sends requests with a token.
    """
    return {
        **dict.fromkeys(BLOCKED, _SINGLE_CAPACITY),
        RATE: _RATE_CAPACITY + (_EXACT_CAPACITY if behind_distribution else 0),
        **{name: managed.capacity for name, managed in MANAGED.items()},
        COUNTRIES: _SINGLE_CAPACITY * len(country_lists(countries)),
    }


def rules(
    ip_set_arns: Mapping[str, pulumi.Input[str]],
    rate_limit: int,
    rate_window_seconds: int,
    countries: Sequence[str],
    origin_token: pulumi.Input[str] | None = None,
) -> list[wafv2.WebAclRuleArgsDict]:
    """Return the rules in order.

    Args:
        ip_set_arns: ARN of the set of blocked addresses of each IP version.
        rate_limit: Requests of one address within the window, above which it is blocked.
        rate_window_seconds: The window.
        countries: Countries that are let in, as ISO 3166-1 alpha-2 codes.
        origin_token: What a distribution in front sends; its requests come from addresses of CloudFront, which many
            customers share, and its own web ACL has counted them.
    """
    made: dict[str, wafv2.WebAclRuleArgsDict] = {
        **{
            name: _blocking(name, {"ip_set_reference_statement": {"arn": ip_set_arns[version]}})
            for name, version in BLOCKED.items()
        },
        RATE: _blocking(RATE, {"rate_based_statement": _rate(rate_limit, rate_window_seconds, origin_token)}),
        **{name: _managed(name, managed) for name, managed in MANAGED.items()},
        COUNTRIES: {**_named(COUNTRIES, _from_countries(countries)), "action": {"allow": {}}},
    }
    return [made[name] for name in ORDER]


def _rate(
    limit_: int, window_seconds: int, origin_token: pulumi.Input[str] | None
) -> wafv2.WebAclRuleStatementRateBasedStatementArgsDict:
    """Count requests by address: all of them, or those without the right token; made up ones are counted, too."""
    counted: wafv2.WebAclRuleStatementRateBasedStatementArgsDict = {
        "aggregate_key_type": "IP",
        "limit": limit_,
        "evaluation_window_sec": window_seconds,
    }
    if origin_token is None:
        return counted
    has_token: wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementByteMatchStatementArgsDict = {
        "search_string": origin_token,
        "positional_constraint": "EXACTLY",
        "field_to_match": {"single_header": {"name": ORIGIN_HEADER}},
        "text_transformations": [{"priority": 0, "type": "NONE"}],
    }
    without_it: wafv2.WebAclRuleStatementRateBasedStatementScopeDownStatementArgsDict = {
        "not_statement": {"statement": {"byte_match_statement": has_token}}
    }
    return {**counted, "scope_down_statement": without_it}


def _from_countries(countries: Sequence[str]) -> wafv2.WebAclRuleStatementArgsDict:
    """Match a request from any of the countries."""
    statements: list[wafv2.WebAclRuleStatementArgsDict] = [
        {"geo_match_statement": {"country_codes": codes}} for codes in country_lists(countries)
    ]
    return statements[0] if len(statements) == 1 else {"or_statement": {"statements": statements}}


def _managed(name: str, managed: ManagedGroup) -> wafv2.WebAclRuleArgsDict:
    """Ask a managed group, and let it decide: ``none`` overrides nothing."""
    return {
        **_named(name, {"managed_rule_group_statement": {"vendor_name": "AWS", "name": managed.group}}),
        "override_action": {"none": {}},
    }


def _blocking(name: str, statement: wafv2.WebAclRuleStatementArgsDict) -> wafv2.WebAclRuleArgsDict:
    return {**_named(name, statement), "action": {"block": {}}}


def _named(name: str, statement: wafv2.WebAclRuleStatementArgsDict) -> wafv2.WebAclRuleArgsDict:
    """Return a rule in its place, counted by CloudWatch under its own name, without what it does.

    Nothing is sampled: samples show headers as they are, credentials and all, and the log has every request.
    """
    return {
        "name": name,
        "priority": _STEP * (1 + list(ORDER).index(name)),
        "statement": statement,
        "visibility_config": {
            "cloudwatch_metrics_enabled": True,
            "metric_name": name,
            "sampled_requests_enabled": False,
        },
    }
