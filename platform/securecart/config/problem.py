"""What is wrong at one place of the fleet file, before file and line are known."""

from __future__ import annotations

from dataclasses import dataclass

KeyPath = tuple[str | int, ...]
"""Way from the top of the document to a value: keys of mappings, positions in lists."""


@dataclass(frozen=True)
class Problem:
    """One broken rule at one place."""

    rule: str
    """Id of the rule."""
    path: KeyPath
    """Where it is broken."""
    message: str
    """What is wrong, one sentence without a full stop."""
    remedy: str = ""
    """What to change."""
    also: tuple[KeyPath, ...] = ()
    """Other places that belong to it, for example the network that is overlapped."""
    at_key: bool = False
    """Whether the key is at fault rather than the value."""
    mandatory: bool = True
    """Whether the fleet is refused for it."""
    line: int = 0
    """Line in the file where it is known already; 0 where it follows from the path."""


def dotted(path: KeyPath) -> str:
    """Write a key path: ``networks.dev.azs[1]``; ``(top level)`` for the document itself."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "(top level)"
