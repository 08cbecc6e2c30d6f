"""Three-valued logic (Kleene): a statement about a partly known resource is true, false or not known yet.

Refining an unknown can turn UNKNOWN into TRUE or FALSE, and never TRUE into FALSE or back; all operators keep
that.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from policies.values import UNKNOWN, Props, Value, items


class Truth(Enum):
    """Truth of a statement."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __and__(self, other: Truth) -> Truth:
        """Both hold."""
        return Truth(min(self.value, other.value))

    def __or__(self, other: Truth) -> Truth:
        """At least one holds."""
        return Truth(max(self.value, other.value))

    def __invert__(self) -> Truth:
        """It does not hold."""
        return Truth(2 - self.value)

    def __bool__(self) -> bool:
        """Refuse: an unknown statement must never pass for a true or false one."""
        raise TypeError("a Truth is not a bool; compare it with Truth.TRUE, FALSE or UNKNOWN")


def truth(value: bool | None) -> Truth:
    """Return a known statement, or UNKNOWN for None."""
    if value is None:
        return Truth.UNKNOWN
    return Truth.TRUE if value else Truth.FALSE


def equal(value: Value, expected: Value) -> Truth:
    """Tell whether a value is the expected one."""
    return Truth.UNKNOWN if value is UNKNOWN else truth(value == expected)


def one_of(value: Value, expected: Iterable[Value]) -> Truth:
    """Tell whether a value is among the expected ones."""
    return Truth.UNKNOWN if value is UNKNOWN else truth(value in tuple(expected))


def every(statements: Iterable[Truth]) -> Truth:
    """All hold; TRUE where there are none. Stops at the first that does not."""
    result = Truth.TRUE
    for statement in statements:
        if statement is Truth.FALSE:
            return statement
        result &= statement
    return result


def some(statements: Iterable[Truth]) -> Truth:
    """At least one holds; FALSE where there are none. Stops at the first that does."""
    result = Truth.FALSE
    for statement in statements:
        if statement is Truth.TRUE:
            return statement
        result |= statement
    return result


def at_least(count: int, statements: Iterable[Truth]) -> Truth:
    """At least so many hold."""
    held = [statement for statement in statements if statement is not Truth.FALSE]
    certain = sum(statement is Truth.TRUE for statement in held)
    return Truth.TRUE if certain >= count else truth(None if len(held) >= count else False)


def at_most(count: int, statements: Iterable[Truth]) -> Truth:
    """No more than so many hold."""
    return ~at_least(count + 1, statements)


def exactly(count: int, statements: Iterable[Truth]) -> Truth:
    """So many hold, no more and no fewer."""
    found = tuple(statements)
    return at_least(count, found) & at_most(count, found)


def as_many(props: Props, key: str, count: int) -> Truth:
    """Tell whether a list property has so many elements."""
    found = items(props, key)
    return Truth.UNKNOWN if found is UNKNOWN else truth(len(found) == count)
