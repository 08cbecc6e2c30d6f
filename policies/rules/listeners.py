"""Listeners: HTTP only redirects, and TLS is 1.2 at least."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, exactly, one_of, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Props, Unknown, Value, items, nested, number, text
from policies.views import Resource, Stack

_TLS_POLICIES: Final = (
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
)
"""Policies with TLS 1.2 or 1.3 alone, and forward secrecy (ELB user guide, "Security policies for your Application Load
Balancer")."""
_SECURE: Final = ("HTTPS", "TLS")
_LISTENED: Final = ((80, "HTTP"), (443, "HTTPS"))
"""Ports and protocols of a load balancer on the internet."""


def http_only_redirects(stack: Stack) -> Iterator[Claim]:
    """Judge listeners of HTTP, and the rules of every listener that is not known to be secure: they only redirect."""
    for listener in stack.of(t.LISTENER):
        redirects = _redirects(listener.props, "defaultActions")
        yield Claim(_is_plain(listener.props) & ~redirects, "HTTP is answered otherwise than by HTTPS", listener.urn)
    for rule in stack.of(t.LISTENER_RULE):
        owner = stack.target(rule, "listenerArn", t.LISTENER, "arn")
        redirects = _redirects(rule.props, "actions")
        yield Claim(_may_be_plain(owner) & ~redirects, "HTTP is answered otherwise than by HTTPS", rule.urn)


def tls_strong(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a listener that ends TLS: its policy knows nothing older than TLS 1.2. AWS's default does."""
    secure = one_of(_protocol(resource.props), _SECURE)
    policy = text(resource.props, "sslPolicy")
    shown = policy if isinstance(policy, str) else ""
    message = "the listener's TLS policy takes versions or ciphers that the firm does not"
    yield Claim(secure & ~one_of(policy, _TLS_POLICIES), message, resource.urn, shown)


def as_declared(stack: Stack) -> Iterator[Claim]:
    """Judge a listed load balancer: it listens on 80 and 443, once each, with a certificate on the latter."""
    if stack.facts.load_balancer is None or not stack.of(t.LOAD_BALANCER):
        return
    listeners = stack.of(t.LISTENER)
    for listener in listeners:
        known = [_listens(listener, port, protocol) for port, protocol in _LISTENED]
        message = "the load balancer listens on another port or protocol than 80 by HTTP and 443 by HTTPS"
        yield Claim(every(~each for each in known), message, listener.urn)
        bare = Truth.FALSE if listener.props.get("certificateArn") is not None else Truth.TRUE
        yield Claim(known[1] & bare, "the listener has no certificate", listener.urn)
    for port, protocol in _LISTENED:
        once = exactly(1, (_listens(each, port, protocol) for each in listeners))
        yield Claim(~once, f"there is not one listener on {port}", stack.urn, str(port))


def _listens(listener: Resource, port: int, protocol: str) -> Truth:
    return equal(number(listener.props, "port"), port) & equal(_protocol(listener.props), protocol)


def _protocol(props: Props) -> str | Unknown:
    """Return a listener's protocol; the provider takes HTTP for an Application Load Balancer where none is given."""
    found = text(props, "protocol")
    return found if found is UNKNOWN else (found or "HTTP").upper()


def _is_plain(props: Props) -> Truth:
    return equal(_protocol(props), "HTTP")


def _may_be_plain(listener: Resource | Unknown | None) -> Truth:
    if listener is UNKNOWN or listener is None:
        return Truth.UNKNOWN if listener is UNKNOWN else Truth.TRUE
    return _is_plain(listener.props)


def _redirects(props: Props, key: str) -> Truth:
    actions = items(props, key)
    if actions is UNKNOWN:
        return Truth.UNKNOWN
    return truth(bool(actions)) & every(_redirects_to_https(action) for action in actions)


def _redirects_to_https(action: Value) -> Truth:
    if action is UNKNOWN:
        return Truth.UNKNOWN
    redirect = nested(action).get("redirect")
    target = UNKNOWN if redirect is UNKNOWN else text(nested(redirect), "protocol")
    permanent = UNKNOWN if redirect is UNKNOWN else text(nested(redirect), "statusCode")
    return every(
        (equal(text(nested(action), "type"), "redirect"), equal(target, "HTTPS"), equal(permanent, "HTTP_301"))
    )


RULES = (
    Rule(
        id="listener-http-redirects",
        title="Listeners of HTTP only redirect to HTTPS, for good.",
        mission_row="X3",
        controls=("CKV_AWS_2", "CKV2_AWS_20", "ELB.1", "PCI DSS 4.2.1"),
        remedy="give the listener one action: redirect to HTTPS with HTTP_301",
        stack=http_only_redirects,
    ),
    Rule(
        id="listener-tls-policy",
        title="Listeners that end TLS take TLS 1.2 and 1.3 alone, with forward secrecy.",
        mission_row="X3",
        controls=("CKV_AWS_103", "ELB.17", "PCI DSS 4.2.1"),
        remedy="set sslPolicy to the firm's TLS policy",
        applies_to=frozenset(t.LISTENER),
        resource=tls_strong,
    ),
    Rule(
        id="listener-as-declared",
        title="A listed load balancer listens on 80 by HTTP and on 443 by HTTPS with a certificate, and nowhere else.",
        mission_row="X3",
        controls=("ELB.18", "PCI DSS 1.2.5"),
        remedy="remove the listener, or restore the one that is missing",
        stack=as_declared,
    ),
)
