"""What lets requests of a distribution past a load balancer's rate limit is a secret, and stays one."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, truth
from policies.origin_tokens import token_of
from policies.parts import at, listed
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Value, text
from policies.views import Resource, Stack


def own_secret(stack: Stack) -> Iterator[Claim]:
    """Judge what the rate rules of each web ACL leave out: the value of a secret of the stack."""
    for acl in stack.of(t.WEB_ACL):
        rules = listed(acl.props, "rules")
        for rule in () if rules is UNKNOWN else rules:
            token = token_of(rule)
            if token is not None:
                message = "requests with a value that is no secret of the stack are not counted"
                yield Claim(~_is_secret(token, acl, stack), message, acl.urn)


def nothing_sampled(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a web ACL: no samples are kept, in which headers stand as they were sent."""
    rules = listed(resource.props, "rules")
    parts = (resource.props, *((UNKNOWN,) if rules is UNKNOWN else rules))
    sampled = every(equal(at(part, "visibilityConfig", "sampledRequestsEnabled"), False) for part in parts)
    yield Claim(~sampled, "samples of requests are kept, with the credentials in them", resource.urn)


def _is_secret(token: Value, acl: Resource, stack: Stack) -> Truth:
    """Tell whether a value is that of a secret; where that is not known yet, whether the rules come from one."""
    made = bool(stack.sources(acl, "rules", t.SECRET_VERSION))
    known = [text(version.props, "secretString") for version in stack.of(t.SECRET_VERSION)]
    if token is UNKNOWN:
        return truth(True if made else None)
    if token in known:
        return truth(token != "")
    return truth(None if made and UNKNOWN in known else False)


RULES = (
    Rule(
        id="web-acl-origin-token",
        title="The value with which a request is not counted by a web ACL's rate rule is a secret of its stack.",
        mission_row="X1",
        controls=("PCI DSS 6.4.2",),
        remedy="take the searchString from a SecretVersion of the stack",
        stack=own_secret,
    ),
    Rule(
        id="web-acl-not-sampled",
        title="Web ACLs keep no samples of requests: those show credentials as they were sent, and the log has all.",
        mission_row="X1",
        controls=("PCI DSS 8.3.2",),
        remedy="set sampledRequestsEnabled to false in the visibilityConfig of the web ACL and of each rule",
        applies_to=frozenset(t.WEB_ACL),
        resource=nothing_sampled,
    ),
)
