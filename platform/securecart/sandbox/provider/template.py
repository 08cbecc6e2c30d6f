"""Expands the templates of a declaration (see types/vocabulary.py) against a scope."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

import jmespath
from botocore.model import ListShape, Shape, StructureShape

from securecart.errors import SandboxError
from securecart.sandbox.provider.shapes import member_of, to_aws
from securecart.sandbox.types.vocabulary import Choice, Fill, Scope

_NAME = re.compile(r"\$([A-Za-z0-9_.]+)")
_NEVER_FILLED = frozenset({"id", "account", "region", "old", "tags", "tagsAll", "tagList"})


class _Absent:
    """Marks a template without a value."""


_ABSENT: Final = _Absent()


class _LeftOutError(Exception):
    """A value marked `!` is absent, so its structure is left out."""


def look(scope: Scope, path: str) -> object:
    """Return the value at a dotted path of the scope; None when there is none."""
    value: object = scope
    for part in path.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def search(expression: str, answer: object, scope: Scope) -> object:
    """Search an answer with JMESPath, in which `$path` stands for the scope's value."""
    literal = _NAME.sub(lambda match: _literal(look(scope, match[1])), expression)
    found: object = jmespath.search(literal, answer)
    return found


def _literal(value: object) -> str:
    return "`" + json.dumps(value).replace("`", "\\`") + "`"


def expand_params(template: Mapping[str, object] | Fill, scope: Scope, shape: Shape | None) -> dict[str, object]:
    """Return an operation's parameters.

    Raises:
        SandboxError: The declaration names a parameter that the operation has not.
    """
    if not isinstance(shape, StructureShape):
        return {}
    value = _expand(template, scope, shape)
    return value if isinstance(value, dict) else {}


def _expand(template: object, scope: Scope, shape: Shape) -> object:
    if isinstance(template, str) and template.startswith("$"):
        return _reference(template, scope, shape)
    if isinstance(template, Choice):
        chosen = (constant for name, constant in template.constants.items() if look(scope, name) is not None)
        return next(chosen, _ABSENT)
    if isinstance(template, Fill) and isinstance(shape, StructureShape):
        return _structure({**_same_named(scope, shape, template), **template.given}, scope, shape)
    if isinstance(template, Mapping) and isinstance(shape, StructureShape):
        return _structure(template, scope, shape)
    if isinstance(template, list) and isinstance(shape, ListShape):
        items = [_expand(item, scope, shape.member) for item in template]
        kept = [item for item in items if not isinstance(item, _Absent)]
        return kept if kept or not template else _ABSENT
    return template


def _reference(template: str, scope: Scope, shape: Shape) -> object:
    value = look(scope, template[1:].rstrip("!"))
    if value is not None:
        return to_aws(value, shape)
    if template.endswith("!"):
        raise _LeftOutError
    return _ABSENT


def _same_named(scope: Scope, shape: StructureShape, fill: Fill) -> dict[str, object]:
    names = (name for name, value in scope.items() if value is not None and name not in _NEVER_FILLED)
    members = ((member_of(shape, name), name) for name in names)
    return {member: f"${name}" for member, name in members if member and member not in fill.given}


def _structure(template: Mapping[str, object], scope: Scope, shape: StructureShape) -> object:
    expanded: dict[str, object] = {}
    try:
        for member, inner in template.items():
            if member not in shape.members:
                raise SandboxError(f"AWS's {shape.name} has no member of the declaration", value=member)
            value = _expand(inner, scope, shape.members[member])
            if not isinstance(value, _Absent):
                expanded[member] = value
    except _LeftOutError:
        return _ABSENT
    return expanded if expanded or not template else _ABSENT
