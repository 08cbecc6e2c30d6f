"""Check: are these inputs ones that the real provider would take, and that the sandbox can realise?"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from botocore.model import Shape, StructureShape

from securecart.sandbox.provider.schema import PropertyType
from securecart.sandbox.provider.shapes import member_of, scalar
from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.provider.values import UNKNOWN, has_unknown
from securecart.sandbox.types.vocabulary import Call, Fill, Property

_PYTHON_KINDS: Mapping[str, tuple[type, ...]] = {
    "string": (str, int, float, bool),
    "integer": (int, float, str),
    "number": (int, float, str),
    "boolean": (bool, str),
    "list": (list,),
    "map": (dict,),
    "object": (dict,),
}
_RANDOM_DIGITS = 7


@dataclass(frozen=True)
class Failure:
    """One input that is refused."""

    property: str
    """Path of the property."""
    reason: str
    """What is wrong, and what to do."""


@dataclass(frozen=True)
class Naming:
    """What a generated name is made of."""

    name: str
    """Logical name of the resource."""
    seed: bytes
    """The engine's random seed."""
    before: Mapping[str, object]
    """The inputs of the last deployment, whose generated names stay."""


def check(subject: Subject, news: Mapping[str, object], naming: Naming) -> tuple[dict[str, object], list[Failure]]:
    """Return the inputs with defaults and generated names filled in, and what is refused."""
    failures = [*_foreign(subject, news), *_missing(subject, news)]
    inputs: dict[str, object] = {}
    for name, value in news.items():
        if name in subject.schema.inputs:
            inputs[name] = _typed(value, subject.schema.inputs[name], name, subject, failures)
    failures += [*_groups(subject, news), *_fixed(subject, inputs), *_enumerated(subject, inputs)]
    return {**inputs, **_filled(subject, inputs, naming)}, failures


def _foreign(subject: Subject, news: Mapping[str, object]) -> Iterator[Failure]:
    token, known = subject.kind.token, subject.schema.inputs
    for name in news:
        if name.startswith("__") or name in subject.properties or (name == "tags" and subject.kind.tagging):
            continue
        if name in known:
            yield Failure(name, f"the sandbox does not support the property {name} of {token}")
        else:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            yield Failure(name, f"{token} has no property {name}{hint}")


def _missing(subject: Subject, news: Mapping[str, object]) -> Iterator[Failure]:
    for name in sorted(subject.schema.required):
        if news.get(name) is None:
            yield Failure(name, f"{subject.kind.token} needs the property {name}")


def _groups(subject: Subject, news: Mapping[str, object]) -> Iterator[Failure]:
    for group in subject.kind.exactly_one:
        given = [name for name in group if news.get(name) not in (None, "")]
        if len(given) != 1:
            told = ", ".join(given) or "none"
            listed = ", ".join(group)
            yield Failure(group[0], f"{subject.kind.token} needs exactly one of {listed}; it was given {told}")


def _fixed(subject: Subject, inputs: Mapping[str, object]) -> Iterator[Failure]:
    for name, prop in subject.properties.items():
        value = inputs.get(name)
        if prop.only is not None and value not in (None, prop.only) and not has_unknown(value):
            token = subject.kind.token
            yield Failure(name, f"the sandbox realises only {prop.only!r} for {name} of {token}, not {value!r}")


def _enumerated(subject: Subject, inputs: Mapping[str, object]) -> Iterator[Failure]:
    first = next(iter(subject.kind.create), None)
    if not isinstance(first, Call) or not isinstance(first.params, Fill):
        return
    yield from _enumerated_in(first.params, subject.service.model(first.operation).input_shape, inputs)


def _enumerated_in(fill: Fill, shape: Shape | None, inputs: Mapping[str, object]) -> Iterator[Failure]:
    if not isinstance(shape, StructureShape):
        return
    for name, value in inputs.items():
        member = member_of(shape, name)
        allowed = getattr(shape.members[member], "enum", None) if member else None
        if allowed and isinstance(value, str) and value not in allowed:
            yield Failure(name, f"{value!r} is not one of {', '.join(allowed)}")
    for member, inner in fill.given.items():
        if isinstance(inner, Fill):
            yield from _enumerated_in(inner, shape.members[member], inputs)


def _filled(subject: Subject, inputs: Mapping[str, object], naming: Naming) -> dict[str, object]:
    filled: dict[str, object] = {}
    for name, prop in subject.properties.items():
        if inputs.get(name) is not None:
            continue
        if prop.autoname and not _prefixed(name, inputs):
            filled[name] = naming.before.get(name) or _generated(prop, naming)
        elif prop.default is not None:
            filled[name] = prop.default
    return filled


def _prefixed(name: str, inputs: Mapping[str, object]) -> bool:
    return inputs.get(f"{name}Prefix") is not None


def _generated(prop: Property, naming: Naming) -> str:
    digits = hashlib.sha256(naming.seed + naming.name.encode()).hexdigest()[:_RANDOM_DIGITS]
    return prop.autoname.format(name=f"{naming.name}-{digits}")


def _typed(value: object, wanted: PropertyType, path: str, subject: Subject, failures: list[Failure]) -> object:
    """Return a value in its type, noting in `failures` what cannot be one."""
    if value is UNKNOWN or value is None or wanted.kind == "any":
        return value
    if not isinstance(value, _PYTHON_KINDS[wanted.kind]):
        failures.append(Failure(path, f"{value!r} is not a {wanted.kind} ({subject.kind.token})"))
        return value
    if isinstance(value, list) and wanted.item:
        return [_typed(v, wanted.item, f"{path}[{i}]", subject, failures) for i, v in enumerate(value)]
    if isinstance(value, dict) and wanted.kind == "map" and wanted.item:
        return {k: _typed(v, wanted.item, f"{path}.{k}", subject, failures) for k, v in value.items()}
    if isinstance(value, dict):
        return _typed_object(value, wanted, path, subject, failures)
    try:
        return scalar(value, wanted)
    except ValueError:
        failures.append(Failure(path, f"{value!r} is not a {wanted.kind} ({subject.kind.token})"))
        return value


def _typed_object(
    value: Mapping[str, object], wanted: PropertyType, path: str, subject: Subject, failures: list[Failure]
) -> object:
    token = subject.kind.token
    given = {name: item for name, item in value.items() if not name.startswith("__")}
    failures += [Failure(f"{path}.{n}", f"{token} has no property {n}") for n in given if n not in wanted.members]
    absent = sorted(name for name in wanted.required if given.get(name) is None)
    failures += [Failure(f"{path}.{name}", f"{token} needs the property {name} here") for name in absent]
    return {
        name: _typed(item, wanted.members[name], f"{path}.{name}", subject, failures)
        for name, item in given.items()
        if name in wanted.members
    }
