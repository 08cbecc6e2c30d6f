"""Checks in front of moto's own methods, for what moto takes and AWS refuses."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TypeAlias, cast

Check: TypeAlias = Callable[[object], None]
"""Gets the object whose method is called; raises moto's error for what AWS refuses."""
_Method: TypeAlias = Callable[..., object]
_MARK = "is_guarded"


def check_first(target: type, checks: Mapping[str, Check]) -> None:
    """Let each check judge a call before moto's own method runs. Doing so twice changes nothing.

    Args:
        target: Moto's class.
        checks: Name of a method to the check of its calls.
    """
    for name, check in checks.items():
        own = cast("_Method", vars(target)[name])
        if not hasattr(own, _MARK):
            setattr(target, name, _guarded(own, check))


def _guarded(own: _Method, check: Check) -> _Method:
    @functools.wraps(own)
    def call(self: object, *args: object, **kwargs: object) -> object:
        check(self)
        return own(self, *args, **kwargs)

    vars(call)[_MARK] = True
    return call
