"""The words in which a resource type's row is written: what its replacement, deletion or update does to people.

An effect is the second half of a sentence: the first ("replaces the prod NAT gateway x") is put in front of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

ANY_PROPERTY = "*"
"""Key of the update that stands for every property without a row of its own, tags aside."""


class Severity(IntEnum):
    """How bad a change is for those who depend on the resource; the worst is the smallest, so it sorts first."""

    DATA_LOST = 0
    """What it stores is gone, or cannot be read any more."""
    TRAFFIC_STOPS = 1
    """What flows through it stops, until something else is changed."""
    ACCESS_LOST = 2
    """Somebody can no longer reach or use what they could before."""
    PROTECTION_LOST = 3
    """Something still works, unguarded or unrecorded."""
    INTERRUPTION = 4
    """A break that ends by itself."""
    NONE = 5
    """Nobody notices."""

    @property
    def words(self) -> str:
        """The severity as a reader sees it, for example ``traffic stops``."""
        return _WORDS[self]


_WORDS: Mapping[Severity, str] = {
    Severity.DATA_LOST: "data lost",
    Severity.TRAFFIC_STOPS: "traffic stops",
    Severity.ACCESS_LOST: "access lost",
    Severity.PROTECTION_LOST: "protection lost",
    Severity.INTERRUPTION: "brief interruption",
    Severity.NONE: "no interruption",
}


@dataclass(frozen=True)
class Effect:
    """What one change does."""

    severity: Severity
    """How bad it is."""
    words: str
    """What happens, the second half of a sentence."""


@dataclass(frozen=True)
class TypeWords:
    """The row of one resource type."""

    noun: str
    """What people call it, its head word last, so that a plural can be made of it."""
    replace: Effect
    """What its replacement does."""
    delete: Effect
    """What its deletion does."""
    update: Mapping[str, Effect] = field(default_factory=dict)
    """What the update of a property does, by its top-level name; those left out do nothing that one notices."""


Vocabulary = Mapping[str, TypeWords]
"""Rows by Pulumi type token."""


def data(words: str) -> Effect:
    """Return an effect by which data is lost."""
    return Effect(Severity.DATA_LOST, words)


def traffic(words: str) -> Effect:
    """Return an effect by which traffic stops."""
    return Effect(Severity.TRAFFIC_STOPS, words)


def access(words: str) -> Effect:
    """Return an effect by which somebody loses access."""
    return Effect(Severity.ACCESS_LOST, words)


def unguarded(words: str) -> Effect:
    """Return an effect by which a protection or a record is lost."""
    return Effect(Severity.PROTECTION_LOST, words)


def brief(words: str) -> Effect:
    """Return an effect that ends by itself."""
    return Effect(Severity.INTERRUPTION, words)


def nothing(words: str) -> Effect:
    """Return an effect that nobody notices."""
    return Effect(Severity.NONE, words)
