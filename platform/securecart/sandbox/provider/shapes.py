"""Translation between Pulumi's values and AWS's, walking botocore's shapes and the SDK's types.

Names match without regard to letter case (`kmsMasterKeyId` and `KMSMasterKeyID`), so no table is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from botocore.model import ListShape, MapShape, Shape, StructureShape

from securecart.errors import SandboxError
from securecart.sandbox.provider.schema import PropertyType

_INTEGERS = frozenset({"integer", "long"})


def to_aws(value: object, shape: Shape) -> object:
    """Return a Pulumi value as the shape wants it.

    Raises:
        SandboxError: The value has a member that the shape has not.
    """
    if isinstance(shape, StructureShape) and isinstance(value, Mapping):
        return _structure(value, shape)
    if isinstance(shape, ListShape) and isinstance(value, Sequence) and not isinstance(value, str):
        return [to_aws(item, shape.member) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, Mapping):
        return {str(key): to_aws(item, shape.value) for key, item in value.items()}
    if shape.type_name in _INTEGERS:
        return int(str(value))
    if shape.type_name == "boolean":
        return value if isinstance(value, bool) else str(value).lower() == "true"
    if shape.type_name == "string":
        return _text(value)
    return value


def member_of(shape: StructureShape, name: str) -> str | None:
    """Return the shape's member of a Pulumi name, letter case aside; None when it has none."""
    wanted = name.lower()
    return next((member for member in shape.members if member.lower() == wanted), None)


def _structure(value: Mapping[object, object], shape: StructureShape) -> dict[str, object]:
    translated = {}
    for name, item in value.items():
        member = member_of(shape, str(name))
        if member is None:
            raise SandboxError(f"AWS's {shape.name} has no member for the property", value=name)
        if item is not None:
            translated[member] = to_aws(item, shape.members[member])
    return translated


def from_aws(value: object, wanted: PropertyType) -> object:
    """Return AWS's value as the SDK's type wants it; members that the type lacks are left out."""
    if value is None:
        return None
    if wanted.kind == "object" and isinstance(value, Mapping):
        found = {str(name).lower(): item for name, item in value.items()}
        pairs = ((name, from_aws(found.get(name.lower()), kind)) for name, kind in wanted.members.items())
        return {name: item for name, item in pairs if item is not None}
    if wanted.kind == "list" and wanted.item and isinstance(value, Sequence) and not isinstance(value, str):
        return [from_aws(item, wanted.item) for item in value]
    if wanted.kind == "map" and wanted.item and isinstance(value, Mapping):
        return {str(name): from_aws(item, wanted.item) for name, item in value.items()}
    return scalar(value, wanted)


def scalar(value: object, wanted: PropertyType) -> object:
    """Return a scalar in the wanted kind, converting numbers and booleans told as text."""
    if wanted.kind == "string":
        return _text(value)
    if wanted.kind == "integer" and not isinstance(value, bool):
        return int(str(value))
    if wanted.kind == "number" and not isinstance(value, bool):
        return float(str(value))
    if wanted.kind == "boolean" and isinstance(value, str):
        return value.lower() in ("true", "enable", "enabled")
    return value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)
