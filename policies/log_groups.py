"""What is asked of every log group of CloudWatch that holds what the firm has to keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.logic import truth
from policies.rule import Claim
from policies.values import UNKNOWN, number
from policies.views import Stack

_DAYS_KEPT: Final = 365


def encrypted_and_kept(stack: Stack) -> Iterator[Claim]:
    """Judge each log group of a stack: encrypted by a key of the stack, and kept for a year."""
    for group in stack.of(t.LOG_GROUP):
        key = stack.target(group, "kmsKeyId", t.KEY, "arn")
        named = truth(None if key is UNKNOWN else key is not None)
        yield Claim(~named, "the log group is not encrypted by a key of its stack", group.urn)
        days = number(group.props, "retentionInDays")
        # 0 means for ever.
        kept = truth(None if days is UNKNOWN else days is not None and (days == 0 or days >= _DAYS_KEPT))
        yield Claim(~kept, "the log group keeps its entries for less than a year", group.urn, str(days or ""))
