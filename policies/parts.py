"""Values inside a nested property, UNKNOWN where something on the way is not known."""

from __future__ import annotations

from policies.logic import Truth, truth
from policies.values import UNKNOWN, Unknown, Value, items, nested


def at(value: Value, *keys: str) -> Value:
    """Return what lies at a path; None where nothing does."""
    for key in keys:
        if value is UNKNOWN:
            return UNKNOWN
        value = nested(value).get(key)
    return value


def present(value: Value, *keys: str) -> Truth:
    """Tell whether something lies at a path; an empty object is something."""
    found = at(value, *keys)
    return Truth.UNKNOWN if found is UNKNOWN else truth(found is not None)


def listed(value: Value, *keys: str) -> tuple[Value, ...] | Unknown:
    """Return the list at a path; empty where nothing lies there."""
    return items({"found": at(value, *keys)}, "found")


def empty(value: Value, *keys: str) -> Truth:
    """Tell whether nothing lies at a path, or an empty list."""
    found = listed(value, *keys)
    return Truth.UNKNOWN if found is UNKNOWN else truth(not found)
