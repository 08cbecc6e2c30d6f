"""Cases of policies/rules/web_acls.py, web_acl_logs.py and origin_tokens.py."""

from __future__ import annotations

from policies.values import UNKNOWN, Value
from tests.policies.cases.base import Case, balancer, dev, static
from tests.policies.examples.distributions import TOKEN, acl_rules, blocking, countries, managed, rate, without_token

_ACL, _LOG = "WebAcl", "WebAclLoggingConfiguration"
_SETS = ("arn:aws:wafv2:IPV4", "arn:aws:wafv2:IPV6")
_COMMON = "AWSManagedRulesCommonRuleSet"


def _with(position: int, rule: Value) -> dict[str, Value]:
    """The rules, one of them changed."""
    rules = acl_rules(*_SETS)
    rules[position] = rule
    return {"rules": rules}


def _case(rule: str, what: str, **props: Value) -> Case:
    """A case that changes the web ACL of a distribution."""
    return Case(rule, what, static, _ACL, props=props)


def _common(what: str, changed: Value) -> Case:
    return _case("web-acl-managed-groups", what, **_with(4, changed))


def _last(what: str, changed: Value) -> Case:
    return _case("web-acl-countries-last", what, **_with(6, changed))


def _rate(what: str, changed: Value) -> Case:
    return _case("web-acl-rate-limit", what, **_with(2, changed))


_NEGATION: dict[str, Value] = {"notStatement": {"statement": {"geoMatchStatement": {"countryCodes": ["CN"]}}}}
_ANYBODYS: dict[str, Value] = {"countryCodes": ["US"]}


def _counts(what: str, counted: Value) -> Case:
    """A case of which requests a load balancer behind a distribution counts."""
    return Case("web-acl-rate-limit", what, balancer, _ACL, props=_behind(counted))


def _behind(counted: Value) -> dict[str, Value]:
    rules = acl_rules(*_SETS)
    rules[2] = rate(scopeDownStatement=counted)
    return {"rules": rules}


def _token(what: str, token: Value) -> Case:
    return Case("web-acl-origin-token", what, balancer, _ACL, props=_behind(without_token(token)))


_RIGHT = without_token(TOKEN)
_HEADERS: dict[str, Value] = {"headers": {"matchPattern": {"all": {}}}}

VIOLATIONS: tuple[Case, ...] = (
    _case("web-acl-scope", "of a region", scope="REGIONAL"),
    Case("web-acl-scope", "an IP set of a region", static, "IpSet", props={"scope": "REGIONAL"}),
    Case("web-acl-scope", "of CloudFront, at a load balancer", balancer, _ACL, props={"scope": "CLOUDFRONT"}),
    Case(
        "web-acl-scope",
        "in a network's stack",
        dev,
        "Vpc",
        add=("aws:wafv2/webAcl:WebAcl", {"scope": "REGIONAL"}),
    ),
    _case("web-acl-declared-whole", "as JSON", ruleJson="[]"),
    Case("web-acl-declared-whole", "beside it", static, _ACL, add=("aws:wafv2/webAclRule:WebAclRule", {})),
    _case("web-acl-blocks-by-default", "lets in", defaultAction={"allow": {}}),
    Case("web-acl-blocks-by-default", "nothing", static, _ACL, drop=("defaultAction",)),
    _rate("more", rate(limit=2000)),
    _rate("by a header that anybody writes", rate(aggregateKeyType="FORWARDED_IP")),
    _rate("another window", rate(evaluationWindowSec=60)),
    _rate("of some requests", rate(scopeDownStatement={"geoMatchStatement": {"countryCodes": ["IE"]}})),
    _rate("without a distribution in front, requests with a token left out", rate(scopeDownStatement=_RIGHT)),
    _counts("those of one country", {"geoMatchStatement": _ANYBODYS}),
    _counts("those with the token", _RIGHT["notStatement"]["statement"]),  # type: ignore[index,call-overload]
    _counts("those without it, of one country", {**_RIGHT, "geoMatchStatement": _ANYBODYS}),
    _counts("those whose header only begins with it", without_token(TOKEN, positionalConstraint="STARTS_WITH")),
    _counts("by another header", without_token(TOKEN, fieldToMatch={"singleHeader": {"name": "user-agent"}})),
    _counts("by any header", without_token(TOKEN, fieldToMatch=_HEADERS)),
    _counts("letters large or small", without_token(TOKEN, textTransformations=[{"priority": 0, "type": "LOWERCASE"}])),
    _counts("those that both deny", {"notStatement": {"statement": {"andStatement": {"statements": [_RIGHT]}}}}),
    Case("web-acl-rate-limit", "CloudFront's addresses too", balancer, _ACL, props={"rules": acl_rules(*_SETS)}),
    _token("a guess", "open-sesame"),
    _token("nothing", ""),
    _case("web-acl-not-sampled", "kept", visibilityConfig={"sampledRequestsEnabled": True}),
    _case("web-acl-not-sampled", "those of a rule", **_with(2, {**rate(), "visibilityConfig": None})),
    _rate("counted alone", {**rate(), "action": {"count": {}}}),
    _rate("gone", blocking("other", 30, geoMatchStatement={"countryCodes": ["CN"]})),
    _common("of somebody else", managed("common", 50, _COMMON, vendorName="Other")),
    _common("pinned", managed("common", 50, _COMMON, version="Version_1.0")),
    _common("a rule of it counted", managed("common", 50, _COMMON, ruleActionOverrides=[{"name": "one"}])),
    _common("counted", {**managed("common", 50, _COMMON), "overrideAction": {"count": {}}}),
    _common("of some requests", managed("common", 50, _COMMON, scopeDownStatement=_NEGATION)),
    _common("gone", managed("other", 50, "AWSManagedRulesLinuxRuleSet")),
    _last("another country", countries("US", "IE", "CN")),
    _last("by a header that anybody writes", countries("US", "IE", forwardedIpConfig={"headerName": "X"})),
    _last("before the others", countries("US", "IE", priority=1)),
    _last("all but one", {**countries("US"), "statement": _NEGATION}),
    _last("none", blocking("none", 70, geoMatchStatement={"countryCodes": ["CN"]})),
    _case(
        "web-acl-countries-last",
        "two that allow",
        rules=[*acl_rules(*_SETS), countries("US", priority=80)],
    ),
    _case(
        "web-acl-blocked-addresses", "another set", **_with(0, blocking("b", 10, ipSetReferenceStatement={"arn": "x"}))
    ),
    _case(
        "web-acl-blocked-addresses",
        "counted alone",
        **_with(1, {**blocking("b", 20, ipSetReferenceStatement={"arn": _SETS[1]}), "action": {"count": {}}}),
    ),
    Case("web-acl-blocked-addresses", "one set less", static, "IpSet", "static-IPV6", remove=True),
    Case("web-acl-logged", "not at all", static, _LOG, remove=True),
    Case("web-acl-logged", "of another one", static, _LOG, props={"resourceArn": "arn:aws:wafv2:other"}),
    Case("web-acl-logged", "not all", static, _LOG, props={"loggingFilter": {"defaultBehavior": "DROP"}}),
    Case("web-acl-logged", "to elsewhere", static, _LOG, props={"logDestinationConfigs": ["arn:aws:logs:other"]}),
    Case("web-acl-logged", "to a name that WAF refuses", static, "LogGroup", props={"name": "logs"}),
    Case(
        "web-acl-logged",
        "the token",
        static,
        _LOG,
        props={"redactedFields": [{"singleHeader": {"name": name}} for name in ("authorization", "cookie")]},
    ),
    Case(
        "web-acl-logged",
        "sessions",
        static,
        _LOG,
        props={"redactedFields": [{"singleHeader": {"name": "authorization"}}]},
    ),
    Case("web-acl-logs-encrypted", "by no key", static, "LogGroup", drop=("kmsKeyId",)),
    Case("web-acl-logs-encrypted", "for a month", static, "LogGroup", props={"retentionInDays": 30}),
)

UNDECIDED: tuple[Case, ...] = (
    _case("web-acl-scope", "the scope", scope=UNKNOWN),
    _case("web-acl-declared-whole", "JSON", ruleJson=UNKNOWN),
    _case("web-acl-blocks-by-default", "the default", defaultAction=UNKNOWN),
    _rate("the limit", rate(limit=UNKNOWN)),
    _case("web-acl-rate-limit", "the rules", rules=UNKNOWN),
    _counts("which", UNKNOWN),
    _counts("what is negated", {"notStatement": {"statement": UNKNOWN}}),
    _counts("which header", without_token(TOKEN, fieldToMatch={"singleHeader": {"name": UNKNOWN}})),
    _counts("how it is compared", without_token(TOKEN, positionalConstraint=UNKNOWN)),
    _counts("what is made of it", without_token(TOKEN, textTransformations=UNKNOWN)),
    _case("web-acl-origin-token", "whose", **_with(2, rate(scopeDownStatement=without_token(UNKNOWN)))),
    _case("web-acl-not-sampled", "whether", visibilityConfig=UNKNOWN),
    _common("the group", managed("common", 50, _COMMON, version=UNKNOWN)),
    _common("the rule", UNKNOWN),
    _last("a country", countries("US", UNKNOWN)),
    _last("the statement", {**countries("US"), "statement": UNKNOWN}),
    _last("its priority", {**countries("US", "IE"), "priority": UNKNOWN}),
    _case(
        "web-acl-blocked-addresses",
        "a set",
        **_with(0, blocking("b", 10, ipSetReferenceStatement={"arn": UNKNOWN})),
    ),
    _case("web-acl-blocked-addresses", "the rules", rules=UNKNOWN),
    Case("web-acl-logged", "whose", static, _LOG, props={"resourceArn": UNKNOWN}),
    Case("web-acl-logged", "where", static, _LOG, props={"logDestinationConfigs": UNKNOWN}),
    Case("web-acl-logged", "what", static, _LOG, props={"redactedFields": UNKNOWN}),
    Case("web-acl-logs-encrypted", "the key", static, "LogGroup", props={"kmsKeyId": UNKNOWN}),
)
