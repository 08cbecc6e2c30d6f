"""Patience: a deletion that AWS refuses because something still uses the resource is tried again, for a while.

So does the real provider, for the error codes that declarations list as `busy` (terraform-provider-aws,
`tfresource.RetryWhenAWSErrCodeEquals` in the Delete functions of internal/service/ec2; its patience is 5 minutes for
a VPC or a transit gateway, 15 for a security group, 20 for a subnet or an internet gateway). Moto does at once what
takes AWS minutes, so the sandbox waits less long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from securecart.sandbox.provider.failures import AwsCallError, StillInUseError

LONGEST_SECONDS = 120.0
"""How long a deletion waits at most."""
_FIRST_PAUSE, _LAST_PAUSE, _GROWTH = 0.25, 1.0, 1.5
_BLIND_SECONDS = 4.0
"""Pause while nothing changes that the provider knows of; each attempt costs the others some milliseconds."""
Rest = Callable[[float, float], str]
"""Lets time pass, at least and, when nothing changes, at most so many seconds; returns why to give up, empty: go on."""


@dataclass(frozen=True)
class Patience:
    """How long a deletion may wait, and how it passes the time."""

    seconds: float
    """How long at most, all attempts together."""
    rest: Rest
    """How to let time pass."""


def patience_for(timeout: float, rest: Rest) -> Patience:
    """Return the patience for a resource's `customTimeouts.delete` in seconds; 0 when it has none."""
    return Patience(min(timeout, LONGEST_SECONDS) if timeout > 0 else LONGEST_SECONDS, rest)


def insist(attempt: Callable[[], None], busy: Collection[str], patience: Patience) -> None:
    """Make attempts until one is not refused with a code of `busy`.

    Raises:
        StillInUseError: It was refused until the patience was at its end.
        AwsCallError: AWS refused for another reason.
    """
    begun, pause = time.monotonic(), _FIRST_PAUSE
    while True:
        try:
            return attempt()
        except AwsCallError as error:
            if error.code not in busy:
                raise
            waited = time.monotonic() - begun
            left = patience.seconds - waited
            over = "its time is over" if left <= 0 else patience.rest(min(pause, left), min(_BLIND_SECONDS, left))
            if over:
                raise StillInUseError(error, time.monotonic() - begun, over) from error
        pause = min(pause * _GROWTH, _LAST_PAUSE)
