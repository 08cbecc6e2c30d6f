"""Property values as plain data, with a marker where a value is not known yet.

Two sources give the same result: the SDK's proxy (touching an unknown raises there) and the protobuf of the
analyzer protocol. Secrets are unwrapped so that they can be judged; rules print only addresses,
ports, ids and names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from google.protobuf import struct_pb2
from pulumi_policy.proxy import UnknownValueError

# The sentinels by which the engine marks an unknown of each type; fixed by Pulumi's wire format
# (sdk/go/common/resource/plugin/rpc.go).
_UNKNOWN_SENTINELS: Final = frozenset(
    {
        "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
        "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
        "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
        "030794c1-ac77-496b-92df-f27374a8bd58",
        "e48ece36-62e2-4504-bad9-02848725956a",
        "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
    }
)
_SIGNATURE_KEY: Final = "4dabf18193072939515e22adb298388d"
_SEALED_SIGNATURE: Final = "1b47061264138c4ac30d75fd1eb44270"


class Unknown(Enum):
    """The type of the one marker of a value that is not known yet."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unknown.UNKNOWN
"""A value that the engine does not know yet."""

Value = None | bool | int | float | str | Unknown | Sequence["Value"] | Mapping[str, "Value"]
"""A property value: JSON, or UNKNOWN at any depth."""
Props = Mapping[str, Value]
"""Properties of a resource by name, in Pulumi's camelCase."""


def from_proxy(proxy: object) -> Value:
    """Return what the SDK's unknown-checking proxy wraps, with UNKNOWN where touching a key raises."""
    if isinstance(proxy, Mapping):
        return {str(key): _touch(proxy, key) for key in proxy}
    if isinstance(proxy, Sequence) and not isinstance(proxy, str | bytes):
        return [_touch(proxy, index) for index in range(len(proxy))]
    return _scalar(proxy)


def from_json(document: str) -> Value:
    """Return a JSON document as data; None where it is none. A sentinel inside it becomes UNKNOWN."""
    try:
        return from_proxy(json.loads(document))
    except json.JSONDecodeError:
        return None


def _touch(container: Mapping[object, object] | Sequence[object], key: object) -> Value:
    try:
        return from_proxy(container[key])  # type: ignore[call-overload]  # key fits container
    except UnknownValueError:
        return UNKNOWN


def from_struct(struct: struct_pb2.Struct) -> Props:
    """Return the properties of a protobuf Struct as the engine marshals them."""
    return {key: _from_protobuf(value) for key, value in struct.fields.items()}


def _from_protobuf(value: struct_pb2.Value) -> Value:
    kind = value.WhichOneof("kind")
    if kind == "struct_value":
        fields = value.struct_value.fields
        if _SIGNATURE_KEY in fields and fields[_SIGNATURE_KEY].string_value == _SEALED_SIGNATURE:
            return _from_protobuf(fields["value"])
        return from_struct(value.struct_value)
    if kind == "list_value":
        return [_from_protobuf(item) for item in value.list_value.values]
    if kind is None or kind == "null_value":
        return None
    return _scalar(getattr(value, kind))


def _scalar(value: object) -> Value:
    """Return a leaf; whole floats become integers, since the wire knows only doubles."""
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_SENTINELS else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    # Assets and archives: no rule reads them, and their content is not a JSON value.
    return None


def text(props: Props, key: str) -> str | Unknown | None:
    """Return a property as text; None where it is absent, numbers in decimal."""
    value = props.get(key)
    if value is None or value is UNKNOWN:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)


def number(props: Props, key: str) -> int | Unknown | None:
    """Return a property as an integer; None where it is absent or no integer."""
    value = text(props, key)
    if value is None or value is UNKNOWN:
        return value
    try:
        return int(value)
    except ValueError:
        return None


def flag(props: Props, key: str, default: bool) -> bool | Unknown:
    """Return a property as a boolean, with the provider's default where it is absent; "true" is True."""
    value = text(props, key)
    if value is UNKNOWN:
        return UNKNOWN
    return default if value is None else value.lower() == "true"


def items(props: Props, key: str) -> tuple[Value, ...] | Unknown:
    """Return a list property; empty where it is absent, one element where the value is no list."""
    value = props.get(key)
    if value is UNKNOWN:
        return UNKNOWN
    if value is None:
        return ()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(value)
    return (value,)


def nested(value: Value) -> Props:
    """Return a nested object; empty where the value is something else."""
    return value if isinstance(value, Mapping) else {}
