"""Diff: which properties differ between state and new inputs, and which of them make a new resource."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.provider.values import UNKNOWN, has_unknown
from securecart.sandbox.types.vocabulary import Property

Act = Literal["ADD", "DELETE", "UPDATE"]


@dataclass(frozen=True)
class Change:
    """One property that differs."""

    path: str
    """Property path, as Pulumi writes it."""
    property: str
    """Name of the input that it belongs to."""
    act: Act
    """What happens to it."""
    replace: bool
    """Whether it makes a new resource."""


@dataclass(frozen=True)
class Difference:
    """The outcome of a comparison."""

    changes: tuple[Change, ...]
    """The properties that differ, in the declaration's order."""
    delete_before_replace: bool
    """The old resource has to go before the new one can be."""

    @property
    def names(self) -> tuple[str, ...]:
        """Return the inputs that differ."""
        return tuple(dict.fromkeys(change.property for change in self.changes))

    @property
    def replaces(self) -> tuple[str, ...]:
        """Return the inputs that make a new resource."""
        return tuple(dict.fromkeys(change.property for change in self.changes if change.replace))


def compare(
    subject: Subject,
    state: Mapping[str, object],
    old_inputs: Mapping[str, object],
    news: Mapping[str, object],
    ignore: Sequence[str] = (),
) -> Difference:
    """Compare a resource's state with its new inputs.

    Args:
        subject: The resource type, where it is.
        state: Outputs of the last operation or refresh.
        old_inputs: Inputs of the last deployment.
        news: Inputs now, checked; unknowns count as different.
        ignore: Paths whose differences the program ignores.
    """
    ignored = {path.split(".")[0].split("[")[0] for path in ignore}
    changes: list[Change] = []
    for name, prop in subject.properties.items():
        if name not in ignored:
            old = state.get(name, old_inputs.get(name) if prop.unread or prop.local else None)
            new = news.get(name) if name != "region" else news.get(name, subject.service.region)
            act = _act(prop, old, new)
            changes += [Change(name, name, act, _replaces(prop, act, old, new, news))] if act else []
    if subject.kind.tagging and "tags" not in ignored:
        changes += _tag_changes(subject, state, news)
    changed = {change.property for change in changes}
    replaced = any(change.replace for change in changes)
    same_key = bool(subject.kind.unique) and not changed.intersection(subject.kind.unique)
    return Difference(tuple(changes), replaced and same_key)


def same(prop: Property, old: object, new: object) -> bool:
    """Return whether AWS sees the two values as one."""
    if _empty(old) and _empty(new):
        return True
    normalise = prop.normalise
    return normalise(old) == normalise(new) if normalise else old == new


def _act(prop: Property, old: object, new: object) -> Act | None:
    if has_unknown(new):
        return "ADD" if old is None else "UPDATE"
    if new is None:
        kept = prop.computed or prop.shared or prop.default is not None or same(prop, old, None)
        return None if kept else "DELETE"
    if same(prop, old, new):
        return None
    return "ADD" if old is None else "UPDATE"


def _replaces(prop: Property, act: Act, old: object, new: object, news: Mapping[str, object]) -> bool:
    if prop.replace_among is not None:
        return prop.replace_among(old, new, news)
    if prop.replace_when is not None:
        return prop.replace_when(old, new)
    return prop.replace or (prop.replace_if_added and act in ("ADD", "DELETE"))


def _empty(value: object) -> bool:
    return value in (None, "", False) or (isinstance(value, list | dict) and not value)


def _tag_changes(subject: Subject, state: Mapping[str, object], news: Mapping[str, object]) -> Iterator[Change]:
    new, found, given = subject.tags_all(news), state.get("tagsAll"), news.get("tags")
    if not isinstance(new, Mapping):
        yield Change("tags", "tags", "UPDATE", replace=False)
        return
    old = found if isinstance(found, Mapping) else {}
    before = state.get("tags")
    own = {*(given if isinstance(given, Mapping) else ()), *(before if isinstance(before, Mapping) else ())}
    for key in dict.fromkeys([*new, *old]):
        if new.get(key) is not UNKNOWN and new.get(key) == old.get(key):
            continue
        name = "tags" if key in own else "tagsAll"
        act: Act = "ADD" if key not in old else "UPDATE" if key in new else "DELETE"
        yield Change(f'{name}["{key}"]', name, act, replace=False)
