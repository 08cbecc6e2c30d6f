"""The real provider's schema, read from the classes of its own SDK: names, types, what is required.

So the sandbox accepts the property names that the real provider accepts, and no list of them is kept here.
"""

from __future__ import annotations

import importlib
import inspect
import sys
import threading
import typing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Literal

from pulumi import _types as sdk_types

from securecart.errors import SandboxError

Kind = Literal["string", "integer", "number", "boolean", "list", "map", "object", "any"]
_SCALARS: Mapping[object, Kind] = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True)
class PropertyType:
    """Type of a property."""

    kind: Kind
    """What it is."""
    item: PropertyType | None = None
    """Type of the members of a list or a map."""
    members: Mapping[str, PropertyType] = field(default_factory=dict)
    """Members of an object by Pulumi name."""
    required: frozenset[str] = frozenset()
    """Members that an object must have."""


@dataclass(frozen=True)
class ResourceSchema:
    """What the real provider says of one resource type."""

    token: str
    """Pulumi type token."""
    inputs: Mapping[str, PropertyType]
    """The inputs by name."""
    required: frozenset[str]
    """Inputs that a program must give."""
    outputs: Mapping[str, PropertyType]
    """Every property of the state, inputs among them, by name."""


class SchemaSource:
    """Reads schemas out of `pulumi_aws` and keeps them; safe for threads."""

    def __init__(self) -> None:
        """Start without any: a class is read when its type is first used."""
        self._lock = threading.Lock()
        self._known: dict[str, ResourceSchema] = {}

    def get(self, token: str) -> ResourceSchema:
        """Return the schema of a type.

        Raises:
            SandboxError: The SDK has no such type.
        """
        with self._lock:
            if token not in self._known:
                self._known[token] = _read(token)
            return self._known[token]


def _read(token: str) -> ResourceSchema:
    _, package, class_name = token.split(":")
    try:
        module = importlib.import_module(f"pulumi_aws.{package.split('/')[0]}")
        resource = getattr(module, class_name)
    except (ImportError, AttributeError) as error:
        raise SandboxError(
            "the pulumi_aws SDK has no such resource type", value=token, remedy="correct the type token"
        ) from error
    own = vars(sys.modules[resource.__module__])
    # Where a nested type is already called <Resource>Args, the resource's own arguments are called InitArgs.
    arguments = own.get(f"{class_name}InitArgs") or own[f"{class_name}Args"]
    return ResourceSchema(
        token=token,
        inputs={name: _property_type(hint) for name, hint in sdk_types.input_type_types(arguments).items()},
        required=_required(arguments),
        outputs={name: _property_type(hint) for name, hint in sdk_types.resource_types(resource).items()},
    )


def _required(arguments: type) -> frozenset[str]:
    names = sdk_types.input_type_py_to_pulumi_names(arguments)
    parameters = inspect.signature(arguments).parameters
    needed = (name for name, parameter in parameters.items() if parameter.default is inspect.Parameter.empty)
    return frozenset(names[name] for name in needed if name in names)


class _Members(Mapping[str, PropertyType]):
    """Types of an object's members, each made out when it is asked for: a statement of WAF holds statements."""

    def __init__(self, hints: Mapping[str, object]) -> None:
        self._hints = hints
        self._known: dict[str, PropertyType] = {}

    def __getitem__(self, name: str) -> PropertyType:
        if name not in self._known:
            self._known[name] = _property_type(self._hints[name])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._hints)

    def __len__(self) -> int:
        return len(self._hints)


def _property_type(hint: object) -> PropertyType:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, UnionType):
        return _property_type(next(item for item in arguments if item is not NoneType))
    if hint in _SCALARS:
        return PropertyType(_SCALARS[hint])
    if origin is not None and issubclass(origin, Mapping):
        return PropertyType("map", item=_property_type(arguments[1]))
    if origin is not None and issubclass(origin, Sequence):
        return PropertyType("list", item=_property_type(arguments[0]))
    if isinstance(hint, type) and sdk_types.is_input_type(hint):
        return PropertyType("object", members=_Members(sdk_types.input_type_types(hint)), required=_required(hint))
    if isinstance(hint, type) and sdk_types.is_output_type(hint):
        return PropertyType("object", members=_Members(sdk_types.output_type_types(hint)))
    return PropertyType("any")
