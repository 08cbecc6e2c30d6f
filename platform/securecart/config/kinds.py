"""What the fleet's types say: which model and field a place belongs to. Pure look-ups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from securecart.config.document import lookup
from securecart.config.problem import KeyPath


def constrained(info: FieldInfo) -> type[object]:
    """The field's type together with its bounds and pattern."""
    kind: object = info.annotation
    return cast("type[object]", Annotated[kind, info])


def is_section(info: FieldInfo) -> bool:
    """Whether a field of the fleet maps names to objects."""
    return get_origin(info.annotation) is Mapping


def without_tag(kind: object, place: KeyPath) -> KeyPath:
    """The place of an error inside a value: pydantic puts the tag of a union in front of it."""
    return place[1:] if _choices(kind) else place


def _choices(kind: object) -> tuple[type[BaseModel], ...]:
    """Models of a tagged union; empty for every other type, an optional model too."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is Mapping:
        return ()
    models = tuple(arg for arg in get_args(kind) if isinstance(arg, type) and issubclass(arg, BaseModel))
    return () if type(None) in get_args(kind) else models


def owner_of(kind: object, data: object, place: KeyPath) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """The model and the field that a place inside a value belongs to; for list items, the list's."""
    named = place
    while named and isinstance(named[-1], int):
        named = named[:-1]
    owner = _model_at(kind, data, named[:-1]) if named else None
    return owner, owner.model_fields.get(str(named[-1])) if owner else None


def _model_at(kind: object, data: object, place: KeyPath) -> type[BaseModel] | None:
    """The model that a place inside a value belongs to; None where it is in none."""
    if get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    for model in _choices(kind):
        if isinstance(data, dict) and data.get("kind") in get_args(model.model_fields["kind"].annotation):
            kind = model
    kind = _present(kind)
    if not place:
        return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    step, rest = place[0], place[1:]
    if isinstance(step, int) and get_origin(kind) is tuple:
        return _model_at(get_args(kind)[0], lookup(data, (step,)), rest)
    if get_origin(kind) is Mapping:
        return _model_at(get_args(kind)[1], lookup(data, (step,)), rest)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and str(step) in kind.model_fields:
        return _model_at(kind.model_fields[str(step)].annotation, lookup(data, (step,)), rest)
    return None


def _present(kind: object) -> object:
    """What an optional type is where there is a value; every other type itself."""
    args = get_args(kind)
    return args[0] if len(args) == 2 and args[1] is type(None) else kind
