"""Keeps one known noise of the Pulumi SDK off the terminal."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType


@contextmanager
def without_abandoned_coroutines() -> Iterator[None]:
    """Swallow what Python prints when the SDK abandons a program after the engine has refused a resource.

    The SDK closes the program's event loop while its own coroutines still wait; their end is then reported as
    ignored, with a traceback each. The reason itself arrives as an engine diagnostic, so nothing is lost.
    """
    before = sys.unraisablehook
    sys.unraisablehook = _filtered(before)
    try:
        yield
    finally:
        gc.collect()
        sys.unraisablehook = before


def _filtered(
    report: Callable[[sys.UnraisableHookArgs], object],
) -> Callable[[sys.UnraisableHookArgs], object]:
    def hook(unraisable: sys.UnraisableHookArgs) -> None:
        code = getattr(unraisable.object, "cr_code", None)
        of_sdk = isinstance(code, CodeType) and "/pulumi/" in code.co_filename.replace("\\", "/")
        if not (of_sdk and isinstance(unraisable.exc_value, RuntimeError)):
            report(unraisable)

    return hook
