"""Values between protobuf's Struct and Python: integers stay integers, unknowns become UNKNOWN, nulls go.

Secrets are unwrapped on the way in; which properties hold any is asked of the Struct (`secret_names`), and those
are wrapped again on the way out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from google.protobuf import struct_pb2
from pulumi.runtime import rpc


class Unknown:
    """A value that the engine will know only after the deployment."""

    def __repr__(self) -> str:
        """Name it in messages."""
        return "<unknown>"


UNKNOWN: Final = Unknown()
"""The one instance; compare with `is`."""


def from_struct(struct: struct_pb2.Struct) -> dict[str, object]:
    """Return a Struct's members; null members are left out, as Pulumi means by them."""
    members = ((key, _from_value(value)) for key, value in struct.fields.items())
    return {key: value for key, value in members if value is not None}


def _from_value(value: struct_pb2.Value) -> object:
    kind = value.WhichOneof("kind")
    if kind == "string_value":
        return UNKNOWN if value.string_value == rpc.UNKNOWN else value.string_value
    if kind == "number_value":
        number = value.number_value
        return int(number) if number.is_integer() else number
    if kind == "bool_value":
        return value.bool_value
    if kind == "list_value":
        return [_from_value(item) for item in value.list_value.values]
    if kind == "struct_value":
        secret = _is_secret(value)
        return _from_value(value.struct_value.fields["value"]) if secret else from_struct(value.struct_value)
    return None


def _is_secret(value: struct_pb2.Value) -> bool:
    signature = value.struct_value.fields.get(rpc._special_sig_key)
    return signature is not None and signature.string_value == rpc._special_secret_sig


def secret_names(*structs: struct_pb2.Struct) -> frozenset[str]:
    """Return the members that are, or hold, a secret; with `tags` also `tagsAll`, which is made of them."""
    names = {name for struct in structs for name, value in struct.fields.items() if _holds_secret(value)}
    return frozenset(names | ({"tagsAll"} if "tags" in names else set()))


def _holds_secret(value: struct_pb2.Value) -> bool:
    if value.HasField("struct_value"):
        return _is_secret(value) or any(map(_holds_secret, value.struct_value.fields.values()))
    return value.HasField("list_value") and any(map(_holds_secret, value.list_value.values))


def to_struct(members: Mapping[str, object], secret: Collection[str] = ()) -> struct_pb2.Struct:
    """Return members as a Struct; None members are left out, those named in `secret` are marked."""
    struct = struct_pb2.Struct()
    for key, value in members.items():
        if value is not None:
            marked = {rpc._special_sig_key: rpc._special_secret_sig, "value": value}
            struct.fields[key].CopyFrom(_to_value(marked if key in secret else value))
    return struct


def _to_value(value: object) -> struct_pb2.Value:
    if value is UNKNOWN:
        return struct_pb2.Value(string_value=rpc.UNKNOWN)
    if value is None:
        return struct_pb2.Value(null_value=struct_pb2.NULL_VALUE)
    if isinstance(value, bool):
        return struct_pb2.Value(bool_value=value)
    if isinstance(value, int | float):
        return struct_pb2.Value(number_value=value)
    if isinstance(value, Mapping):
        return struct_pb2.Value(struct_value=to_struct(value))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return struct_pb2.Value(list_value=struct_pb2.ListValue(values=[_to_value(item) for item in value]))
    return struct_pb2.Value(string_value=str(value))


def has_unknown(value: object) -> bool:
    """Return whether a value is, or holds, an unknown."""
    if value is UNKNOWN:
        return True
    if isinstance(value, Mapping):
        return any(has_unknown(item) for item in value.values())
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(has_unknown(item) for item in value)
    return False
