"""Cases of policies/rules/load_balancers.py and listeners.py."""

from __future__ import annotations

from policies.values import UNKNOWN, Props
from tests.policies.cases.base import Case, balancer, dev

_BALANCER, _LISTENER = "aws:lb/loadBalancer:LoadBalancer", "aws:lb/listener:Listener"
_RULE = "aws:lb/listenerRule:ListenerRule"
_HTTP, _HTTPS = "us-http", "us-https"
_FORWARD: Props = {"type": "forward", "targetGroupArn": "arn:aws:elb:targets"}


def _of(rule: str, what: str, **props: object) -> Case:
    """A case that changes the load balancer itself."""
    return Case(rule, what, balancer, "LoadBalancer", props=props)  # type: ignore[arg-type]  # JSON values


def _redirect(**changes: str) -> Props:
    redirect = {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301", **changes}
    return {"defaultActions": [{"type": "redirect", "redirect": redirect}]}


VIOLATIONS: tuple[Case, ...] = (
    _of("load-balancer-listed", "another name", name="other"),
    _of("load-balancer-listed", "of another type", loadBalancerType="network"),
    Case("load-balancer-listed", "in a network's stack", dev, "Vpc", add=(_BALANCER, {"name": "us"})),
    Case("load-balancer-listed", "a classic one", dev, "Vpc", add=("aws:elb/loadBalancer:LoadBalancer", {})),
    _of("load-balancer-public-tier", "a zone less", subnets=["subnet-prod-a", "subnet-prod-b"]),
    _of("load-balancer-public-tier", "another group too", securityGroups=["sg-prod-alb", "sg-prod-ecs"]),
    Case("load-balancer-public-tier", "AWS's default group", balancer, "LoadBalancer", drop=("securityGroups",)),
    Case("load-balancer-drops-invalid-headers", "default", balancer, "LoadBalancer", drop=("dropInvalidHeaderFields",)),
    _of("load-balancer-desync-mitigated", "only watched", desyncMitigationMode="monitor"),
    _of("load-balancer-logged", "switched off", accessLogs={"bucket": "securecart-alb-logs", "enabled": False}),
    _of("load-balancer-logged", "elsewhere", accessLogs={"bucket": "elsewhere", "enabled": True}),
    Case("load-balancer-logged", "not at all", balancer, "LoadBalancer", drop=("accessLogs",)),
    Case("load-balancer-deletion-protected", "off", balancer, "LoadBalancer", drop=("enableDeletionProtection",)),
    _of("load-balancer-waf-fails-closed", "opens", enableWafFailOpen=True),
    Case("load-balancer-web-acl", "none", balancer, "WebAclAssociation", remove=True),
    Case(
        "load-balancer-web-acl",
        "one of another stack",
        balancer,
        "WebAclAssociation",
        props={"webAclArn": "arn:aws:wafv2:other"},
    ),
    Case(
        "load-balancer-web-acl",
        "that of another load balancer",
        balancer,
        "WebAclAssociation",
        props={"resourceArn": "arn:aws:elb:other"},
    ),
    Case("load-balancer-host", "another name", balancer, "Record", props={"name": "other.shop.example"}),
    Case("load-balancer-host", "no record", balancer, "Record", remove=True),
    Case(
        "load-balancer-host",
        "to another load balancer",
        balancer,
        "Record",
        props={"aliases": [{"name": "other.elb.amazonaws.com", "zoneId": "ZELB"}]},
    ),
    Case("load-balancer-targets", "instances", balancer, "TargetGroup", props={"targetType": "instance"}),
    Case("load-balancer-targets", "another port", balancer, "TargetGroup", props={"port": 80}),
    Case(
        "load-balancer-targets",
        "another path",
        balancer,
        "TargetGroup",
        props={"healthCheck": {"enabled": True, "path": "/"}},
    ),
    Case(
        "load-balancer-targets",
        "no health check",
        balancer,
        "TargetGroup",
        props={"healthCheck": {"enabled": False, "path": "/health"}},
    ),
    Case("listener-http-redirects", "forwards", balancer, "Listener", _HTTP, {"defaultActions": [_FORWARD]}),
    Case("listener-http-redirects", "no action", balancer, "Listener", _HTTP, {"defaultActions": []}),
    Case("listener-http-redirects", "to HTTP", balancer, "Listener", _HTTP, _redirect(protocol="HTTP")),
    Case("listener-http-redirects", "for once", balancer, "Listener", _HTTP, _redirect(statusCode="HTTP_302")),
    Case(
        "listener-http-redirects",
        "a rule that forwards",
        balancer,
        "Listener",
        _HTTP,
        add=(_RULE, {"listenerArn": "arn:aws:elb:listener-http", "actions": [_FORWARD]}),
    ),
    Case("listener-http-redirects", "by default", dev, "Vpc", add=(_LISTENER, {"defaultActions": [_FORWARD]})),
    Case(
        "listener-tls-policy",
        "TLS 1.0",
        balancer,
        "Listener",
        _HTTPS,
        {"sslPolicy": "ELBSecurityPolicy-TLS13-1-0-2021-06"},
    ),
    Case("listener-tls-policy", "AWS's default", balancer, "Listener", _HTTPS, drop=("sslPolicy",)),
    Case("listener-as-declared", "none on 80", balancer, "Listener", _HTTP, remove=True),
    Case("listener-as-declared", "on 8443", balancer, "Listener", _HTTPS, {"port": 8443}),
    Case("listener-as-declared", "without certificate", balancer, "Listener", _HTTPS, drop=("certificateArn",)),
    Case(
        "listener-as-declared",
        "a further one",
        balancer,
        "Listener",
        _HTTP,
        add=(_LISTENER, {"port": 8080, "protocol": "HTTP", **_redirect()}),
    ),
)

UNDECIDED: tuple[Case, ...] = (
    _of("load-balancer-listed", "the name", name=UNKNOWN),
    Case("load-balancer-listed", "whether internal", dev, "Vpc", add=(_BALANCER, {"internal": UNKNOWN})),
    _of("load-balancer-public-tier", "the subnets", subnets=UNKNOWN),
    _of("load-balancer-public-tier", "the groups", securityGroups=UNKNOWN),
    _of("load-balancer-drops-invalid-headers", "the setting", dropInvalidHeaderFields=UNKNOWN),
    _of("load-balancer-desync-mitigated", "the mode", desyncMitigationMode=UNKNOWN),
    _of("load-balancer-logged", "the logs", accessLogs=UNKNOWN),
    _of("load-balancer-logged", "the bucket", accessLogs={"bucket": UNKNOWN, "enabled": True}),
    _of("load-balancer-deletion-protected", "the setting", enableDeletionProtection=UNKNOWN),
    _of("load-balancer-waf-fails-closed", "the setting", enableWafFailOpen=UNKNOWN),
    Case(
        "load-balancer-web-acl",
        "of what",
        balancer,
        "WebAclAssociation",
        props={"resourceArn": UNKNOWN, "webAclArn": UNKNOWN},
    ),
    Case("load-balancer-host", "the name", balancer, "Record", props={"name": UNKNOWN}),
    Case("load-balancer-host", "where it leads", balancer, "Record", props={"aliases": UNKNOWN}),
    Case("load-balancer-targets", "the port", balancer, "TargetGroup", props={"port": UNKNOWN}),
    Case("load-balancer-targets", "the health check", balancer, "TargetGroup", props={"healthCheck": UNKNOWN}),
    Case("listener-http-redirects", "the actions", balancer, "Listener", _HTTP, {"defaultActions": UNKNOWN}),
    Case(
        "listener-http-redirects",
        "whether it is HTTP",
        dev,
        "Vpc",
        add=(_LISTENER, {"protocol": UNKNOWN, "defaultActions": [_FORWARD]}),
    ),
    Case("listener-tls-policy", "the policy", balancer, "Listener", _HTTPS, {"sslPolicy": UNKNOWN}),
    Case("listener-as-declared", "the port", balancer, "Listener", _HTTPS, {"port": UNKNOWN}),
)
