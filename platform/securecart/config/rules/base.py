"""What a rule between objects is: an id, a statement, a remedy and a pure function."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from securecart.config.draft import Draft
from securecart.config.problem import KeyPath, Problem


@dataclass(frozen=True)
class Breach:
    """One place where a rule is broken."""

    path: KeyPath
    """Place of the value at fault."""
    message: str
    """What is wrong, one sentence without a full stop."""
    also: tuple[KeyPath, ...] = ()
    """Other places that belong to it."""
    remedy: str = ""
    """A remedy closer than the rule's own."""
    mandatory: bool = True
    """False where AWS lifts the bound on request: a warning."""


@dataclass(frozen=True)
class Rule:
    """One rule between objects of the fleet."""

    id: str
    """Id, kebab-case; stable."""
    statement: str
    """What holds in every fleet, one sentence."""
    remedy: str
    """What to change where it does not."""
    find: Callable[[Draft], Iterable[Breach]]
    """Yields every breach; pure."""

    def judge(self, draft: Draft) -> list[Problem]:
        """Return every breach of this rule as a problem."""
        return [
            Problem(
                self.id,
                breach.path,
                breach.message,
                breach.remedy or self.remedy,
                breach.also,
                mandatory=breach.mandatory,
            )
            for breach in self.find(draft)
        ]


def repeated(values: Iterable[object]) -> list[tuple[int, int]]:
    """Positions of values that stood before: (first, again)."""
    first: dict[object, int] = {}
    again = []
    for position, value in enumerate(values):
        if value in first:
            again.append((first[value], position))
        first.setdefault(value, position)
    return again
