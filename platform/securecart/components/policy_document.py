"""Policies as typed data, in IAM's own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict

Condition = Mapping[str, Mapping[str, str | Sequence[str]]]
"""Condition block: operator, key, value or values."""


class Statement(TypedDict):
    """One statement of a policy."""

    Sid: str
    """Name of the statement."""
    Effect: str
    """Allow or Deny."""
    Principal: str | Mapping[str, str]
    """Who is meant: everybody (``*``), a service or an account."""
    Action: str | Sequence[str]
    """What is asked for."""
    Resource: str | Sequence[str]
    """On what."""
    Condition: NotRequired[Condition]
    """Under which circumstances."""


class PolicyDocument(TypedDict):
    """A resource policy."""

    Version: str
    """Version of the policy language."""
    Statement: Sequence[Statement]
    """The statements."""


def policy_document(*statements: Statement) -> PolicyDocument:
    """Return a document of the current policy language."""
    return PolicyDocument(Version="2012-10-17", Statement=list(statements))
