"""Web ACLs log every request to an encrypted group, without credentials."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.log_groups import encrypted_and_kept
from policies.logic import Truth, equal, some, truth
from policies.origin_tokens import HEADER
from policies.parts import at, listed, present
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Unknown, Value, text
from policies.views import Resource, Stack, is_same

_LOG_PREFIX: Final = "aws-waf-logs-"
_REDACTED: Final = ("authorization", "cookie", HEADER)


def logged(stack: Stack) -> Iterator[Claim]:
    """Judge each web ACL: every request goes to a log group of the stack, without credentials."""
    for acl in stack.of(t.WEB_ACL):
        logs = some(
            truth(is_same(stack.target(log, "resourceArn", t.WEB_ACL, "arn"), acl))
            & _whole(log)
            & _to_group(log, stack)
            for log in stack.of(t.WEB_ACL_LOGGING)
        )
        yield Claim(~logs, "its requests are not all logged to a group of the stack", acl.urn)
    for log in stack.of(t.WEB_ACL_LOGGING):
        fields = listed(log.props, "redactedFields")
        for header in _REDACTED:
            redacted = (
                Truth.UNKNOWN
                if fields is UNKNOWN
                else some(equal(at(field, "singleHeader", "name"), header) for field in fields)
            )
            yield Claim(~redacted, f"the header {header} is logged", log.urn)


def logs_encrypted(stack: Stack) -> Iterator[Claim]:
    """Judge the log groups of a web ACL's stack."""
    if stack.facts.waf is not None:
        yield from encrypted_and_kept(stack)


def _whole(log: Resource) -> Truth:
    return ~present(log.props, "loggingFilter")


def _to_group(log: Resource, stack: Stack) -> Truth:
    """Tell whether a log goes to a group of the stack, of a name that WAF accepts."""
    destinations = listed(log.props, "logDestinationConfigs")
    return some(
        _is_among(
            text(group.props, "arn"), destinations, group in stack.sources(log, "logDestinationConfigs", t.LOG_GROUP)
        )
        & _of_waf(text(group.props, "name"))
        for group in stack.of(t.LOG_GROUP)
    )


def _is_among(arn: str | Unknown | None, values: tuple[Value, ...] | Unknown, source: bool) -> Truth:
    if values is not UNKNOWN and isinstance(arn, str) and UNKNOWN not in values:
        return truth(arn in values)
    return truth(True if source else None)


def _of(log: Resource, acl: Resource, stack: Stack) -> Truth:
    return truth(is_same(stack.target(log, "resourceArn", t.WEB_ACL, "arn"), acl))


def _of_waf(name: str | Unknown | None) -> Truth:
    return Truth.UNKNOWN if name is UNKNOWN else truth((name or "").startswith(_LOG_PREFIX))


RULES = (
    Rule(
        id="web-acl-logged",
        title="Web ACLs log every request to a group of their stack, without authorization, cookies and origin token.",
        mission_row="X1",
        controls=("CKV2_AWS_31", "WAF.11", "PCI DSS 10.2.1"),
        remedy="declare a WebAclLoggingConfiguration to a group aws-waf-logs-NAME, without filter, with redactedFields",
        stack=logged,
    ),
    Rule(
        id="web-acl-logs-encrypted",
        title="The log group of a web ACL is encrypted by a key of the firm's, and kept for a year.",
        mission_row="X1",
        controls=("CKV_AWS_158", "CKV_AWS_338"),
        remedy="give the log group a key of its stack, and keep its entries 365 days or longer",
        stack=logs_encrypted,
    ),
)
