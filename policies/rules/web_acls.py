"""Web ACLs block by default, ask the firm's rules, and let in the customers' countries last of all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from policies import aws_types as t
from policies.distribution_subjects import WafFacts
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, some, truth
from policies.origin_tokens import leaves_out_token_alone
from policies.parts import at, empty, listed, present
from policies.rule import Claim, Rule
from policies.statements import all_of
from policies.values import UNKNOWN, Unknown, Value, nested, number, text
from policies.views import Resource, Stack

_GLOBAL_REGION: Final = "us-east-1"
_VERSIONS: Final = ("IPV4", "IPV6")
_MANAGED: Final = (
    "AWSManagedRulesAmazonIpReputationList",
    "AWSManagedRulesCommonRuleSet",
    "AWSManagedRulesSQLiRuleSet",
)
_LATEST_PRIORITY: Final = 2_147_483_647
_Judge = Callable[[Value], Truth]


def scope_declared(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL or IP set: it is of its stack's scope; what is CloudFront's is in us-east-1."""
    scope = text(resource.props, "scope")
    shown = scope if isinstance(scope, str) else ""
    wanted = Truth.FALSE if facts.waf is None else equal(scope, facts.waf.scope)
    yield Claim(~wanted, "the fleet file lists nothing in this stack that it could guard", resource.urn, shown)
    region = UNKNOWN if resource.provider is None else text(resource.provider.props, "region")
    elsewhere = equal(scope, "CLOUDFRONT") & ~equal(region, _GLOBAL_REGION)
    yield Claim(elsewhere, "web ACLs of CloudFront live in us-east-1", resource.urn, shown)


def declared_whole(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge what adds rules to a web ACL where the rules on web ACLs do not see them."""
    if resource.type in t.WEB_ACL_PARTS:
        yield Claim(Truth.TRUE, "a rule of a web ACL is declared beside it", resource.urn, resource.type)
    else:
        yield Claim(present(resource.props, "ruleJson"), "rules are told as JSON, which no rule reads", resource.urn)


def blocks_by_default(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL: what no rule allows, is blocked."""
    blocks = present(resource.props, "defaultAction", "block") & ~present(resource.props, "defaultAction", "allow")
    yield Claim(~blocks, "requests that no rule matches are let in", resource.urn)


def rate_limited(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL: an address with more requests than the fleet file says is blocked, whatever it asks for.

    Where a distribution asks the load balancer, requests with its token are left out, which were counted there.
    """
    waf = facts.waf
    if waf is not None:
        limited = _some_rule(resource, lambda rule: _blocks(rule) & _limits(rule, waf))
        yield Claim(~limited, "no rule blocks an address above the declared rate", resource.urn, str(waf.rate_limit))


def managed_groups(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL: it asks AWS's groups of rules, current, whole, and heeds their answers."""
    for group in _MANAGED:
        asked = _some_rule(resource, partial(_asks, group))
        yield Claim(~asked, f"{group} is not asked, or not heeded", resource.urn)


def countries_last(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL: one rule allows, for declared countries alone, after every rule that blocks."""
    waf = facts.waf
    rules = listed(resource.props, "rules")
    if waf is None:
        return
    if rules is UNKNOWN:
        yield Claim(Truth.UNKNOWN, "a rule lets in more than the declared countries", resource.urn)
        return
    yield Claim(~some(_allows(rule) for rule in rules), "no rule lets the declared countries in", resource.urn)
    for position, rule in enumerate(rules):
        name = at(rule, "name")
        shown = name if isinstance(name, str) else ""
        wide = _allows(rule) & ~_from_countries(at(rule, "statement"), waf.countries)
        yield Claim(wide, "a rule lets in more than the declared countries", resource.urn, shown)
        others = (other for index, other in enumerate(rules) if index != position)
        last = every(_before(other, rule) for other in others)
        yield Claim(
            _allows(rule) & ~last, "a rule lets requests in before others have judged them", resource.urn, shown
        )


def blocked_addresses(stack: Stack) -> Iterator[Claim]:
    """Judge each web ACL: it blocks a set of addresses of each IP version, that the response to incidents fills."""
    for acl in stack.of(t.WEB_ACL):
        rules = listed(acl.props, "rules")
        for version in _VERSIONS:
            blocked = (
                Truth.UNKNOWN
                if rules is UNKNOWN
                else some(
                    equal(text(found.props, "ipAddressVersion"), version)
                    & _blocks(rule)
                    & _names(rule, acl, found, stack)
                    for found in stack.of(t.IP_SET)
                    for rule in rules
                )
            )
            yield Claim(~blocked, f"no rule blocks a set of {version} addresses of the stack", acl.urn, version)


def _some_rule(acl: Resource, judge: _Judge) -> Truth:
    rules = listed(acl.props, "rules")
    return Truth.UNKNOWN if rules is UNKNOWN else some(judge(rule) for rule in rules)


def _blocks(rule: Value) -> Truth:
    return present(rule, "action", "block")


def _allows(rule: Value) -> Truth:
    return present(rule, "action", "allow")


def _limits(rule: Value, waf: WafFacts) -> Truth:
    rate = at(rule, "statement", "rateBasedStatement")
    if rate is UNKNOWN or rate is None:
        return truth(None if rate is UNKNOWN else False)
    props = nested(rate)
    window, narrowed = number(props, "evaluationWindowSec"), at(rate, "scopeDownStatement")
    return every(
        (
            equal(text(props, "aggregateKeyType"), "IP"),
            equal(number(props, "limit"), waf.rate_limit),
            # AWS's own window, where none is named (WAFV2 API, RateBasedStatement).
            equal(300 if window is None else window, waf.window_seconds),
            leaves_out_token_alone(narrowed) if waf.behind_distribution else ~present(narrowed),
        )
    )


def _asks(group: str, rule: Value) -> Truth:
    managed = at(rule, "statement", "managedRuleGroupStatement")
    if managed is UNKNOWN or managed is None:
        return truth(None if managed is UNKNOWN else False)
    return every(
        (
            equal(text(nested(managed), "vendorName"), "AWS"),
            equal(text(nested(managed), "name"), group),
            ~present(managed, "version"),
            ~present(managed, "scopeDownStatement"),
            empty(managed, "ruleActionOverrides"),
            present(rule, "overrideAction", "none"),
            ~present(rule, "overrideAction", "count"),
        )
    )


def _from_countries(statement: Value, countries: tuple[str, ...]) -> Truth:
    """Tell whether a statement matches requests from some of the countries alone, by their own address."""
    if statement is UNKNOWN:
        return Truth.UNKNOWN
    given = {kind: inner for kind, inner in nested(statement).items() if inner is not None}
    if set(given) == {"geoMatchStatement"}:
        geo = given["geoMatchStatement"]
        return all_of(listed(geo, "countryCodes"), countries) & ~present(geo, "forwardedIpConfig")
    if set(given) == {"orStatement"}:
        choices = listed(given["orStatement"], "statements")
        if choices is UNKNOWN:
            return Truth.UNKNOWN
        return truth(bool(choices)) & every(_from_countries(choice, countries) for choice in choices)
    return truth(None if UNKNOWN in given.values() else False)


def _before(rule: Value, later: Value) -> Truth:
    first, second = _priority(rule), _priority(later)
    if isinstance(first, int) and isinstance(second, int):
        return truth(first < second)
    return Truth.UNKNOWN


def _priority(rule: Value) -> int | Unknown:
    """Return when a rule is asked; one without a priority last of all, which AWS would refuse."""
    if rule is UNKNOWN:
        return UNKNOWN
    found = number(nested(rule), "priority")
    return _LATEST_PRIORITY if found is None else found


def _names(rule: Value, acl: Resource, ip_set: Resource, stack: Stack) -> Truth:
    """Tell whether a rule refers to an IP set; where ARNs are not known yet, whether the rules come from it."""
    arn, own = at(rule, "statement", "ipSetReferenceStatement", "arn"), text(ip_set.props, "arn")
    if arn is None:
        return Truth.FALSE
    if isinstance(arn, str) and isinstance(own, str):
        return truth(arn == own)
    return truth(True if ip_set in stack.sources(acl, "rules", t.IP_SET) else None)


_ACL = frozenset(t.WEB_ACL)

RULES = (
    Rule(
        id="web-acl-scope",
        title="Web ACLs and IP sets are of the scope that their stack needs; those of CloudFront are in us-east-1.",
        mission_row="X1",
        controls=("PCI DSS 6.4.2",),
        remedy="declare them in the stack of a listed load balancer (REGIONAL) or distribution (CLOUDFRONT)",
        applies_to=frozenset({*t.WEB_ACL, *t.IP_SET}),
        resource=scope_declared,
    ),
    Rule(
        id="web-acl-declared-whole",
        title="The rules of a web ACL are declared in it, in the SDK's own form.",
        mission_row="X1",
        remedy="move the rules into the WebAcl's rules",
        applies_to=frozenset({*t.WEB_ACL, *t.WEB_ACL_PARTS}),
        resource=declared_whole,
    ),
    Rule(
        id="web-acl-blocks-by-default",
        title="Web ACLs block what no rule allows.",
        mission_row="X1",
        controls=("WAF.10", "PCI DSS 6.4.2"),
        remedy="set defaultAction to block",
        applies_to=_ACL,
        resource=blocks_by_default,
    ),
    Rule(
        id="web-acl-rate-limit",
        title="Web ACLs block an address with more requests than the fleet file allows within its window.",
        mission_row="X1",
        controls=("PCI DSS 6.4.2",),
        remedy="declare a rateBasedStatement by IP with the fleet file's limit and window, and the action block; leave "
        "out a distribution's token alone, and only behind a distribution",
        applies_to=_ACL,
        resource=rate_limited,
    ),
    Rule(
        id="web-acl-managed-groups",
        title="Web ACLs ask AWS's IP reputation list, common rules and SQL injection rules, unpinned, and heed them.",
        mission_row="X1",
        controls=("CKV_AWS_192", "CKV2_AWS_47", "PCI DSS 6.4.2"),
        remedy="declare the group with overrideAction none, without version, scope-down statement or overrides",
        applies_to=_ACL,
        resource=managed_groups,
    ),
    Rule(
        id="web-acl-countries-last",
        title="Only the last rule of a web ACL allows, and only requests from the countries that the fleet file lists.",
        mission_row="X1",
        remedy="allow by geoMatchStatement of waf.countries alone, with the highest priority number",
        applies_to=_ACL,
        resource=countries_last,
    ),
    Rule(
        id="web-acl-blocked-addresses",
        title="Web ACLs block a set of IPv4 and a set of IPv6 addresses of their stack.",
        mission_row="X1",
        remedy="declare both IP sets, and rules that block them",
        stack=blocked_addresses,
    ),
)
