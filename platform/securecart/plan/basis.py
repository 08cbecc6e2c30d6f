"""What a run of one stack stands on, as data, and in which words two of them differ. Pure.

Two runs with the same basis have the same outcome: program and packages, all that the program and the policies read
of the fleet file, outputs of other stacks, provider, engine, settings, the sandbox's memory and the recorded state.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Document = Mapping[str, JsonValue]
Digests = Mapping[str, str]

UNKNOWN_OUTPUT = "not known yet"
"""Stands in place of the digest of an output that is not known before its stack is deployed."""
_MOST_TOLD = 4
"""Differences of one part told one by one; further ones are counted."""
_LONGEST_VALUE = 60


class Basis(BaseModel):
    """What one run of one stack stands on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    program: Digests = Field(description="SHA-256 of each source file that the program is made of, by path.")
    packages: Digests = Field(description="Version and digest of each locked package, and Python's version.")
    inputs: Document = Field(description="All that the program reads of the fleet file; the order of keys counts.")
    policies: Digests = Field(description="SHA-256 of each source file of the policy pack, by path.")
    facts: Document = Field(description="All that the policies read of the fleet file about this stack.")
    provider: Digests = Field(description="SHA-256 of the sandbox's source files; empty for other targets.")
    target: Document = Field(description="The target's settings: kind, backend, secrets provider.")
    engine: str = Field(description="Version of the engine.")
    settings: str = Field(description="SHA-256 of the stack's settings file; empty where there is none.")
    upstream: Digests = Field(description="Keyed digest of each output asked of other stacks, by STACK.OUTPUT.")
    memory: str = Field(default="", description="Generation of the sandbox's memory; empty for other targets.")
    state: str = Field(default="", description="Version of the recorded state; empty where there is none.")


Part = Literal[
    "program",
    "packages",
    "inputs",
    "policies",
    "facts",
    "provider",
    "target",
    "engine",
    "settings",
    "upstream",
    "memory",
    "state",
]

_WORDS: Mapping[Part, str] = {
    "program": "program file",
    "packages": "package",
    "inputs": "fleet file",
    "policies": "policy file",
    "facts": "fleet file, for the policies",
    "provider": "sandbox file",
    "target": "target",
    "engine": "engine",
    "settings": "stack settings",
    "upstream": "output",
    "memory": "the sandbox's memory is another one",
    "state": "the recorded state was changed by another run",
}
PARTS: tuple[Part, ...] = tuple(_WORDS)
"""Every part, in the order in which differences are told."""


def differences(before: Basis, after: Basis, parts: Sequence[Part] = PARTS) -> tuple[str, ...]:
    """Return in words what differs, part by part; empty where nothing does."""
    found: list[str] = []
    for part in parts:
        old, new = getattr(before, part), getattr(after, part)
        if _text(old) == _text(new):
            continue
        if part in ("memory", "state", "settings"):
            found.append(_WORDS[part] + (" changed" if part == "settings" else ""))
        elif isinstance(old, Mapping):
            found += _capped(part, list(_of_mapping(part, old, new)) or [f"{_WORDS[part]}: the order of entries"])
        else:
            found.append(f"{_WORDS[part]} {old} -> {new}")
    return tuple(found)


def changed_paths(before: object, after: object, path: str = "") -> Iterator[str]:
    """Yield each place where two documents differ, as ``path: old -> new``."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            inner = f"{path}.{key}" if path else key
            if key not in after:
                yield f"{inner}: {_shown(before[key])} -> (gone)"
            elif key not in before:
                yield f"{inner}: (new) -> {_shown(after[key])}"
            else:
                yield from changed_paths(before[key], after[key], inner)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from changed_paths(old, new, f"{path}[{index}]")
    elif before != after or type(before) is not type(after):
        yield f"{path}: {_shown(before)} -> {_shown(after)}"


def _of_mapping(part: Part, old: Mapping[str, JsonValue], new: Mapping[str, JsonValue]) -> Iterator[str]:
    words = _WORDS[part]
    if part in ("inputs", "facts", "target"):
        yield from (f"{words}: {change}" for change in changed_paths(dict(old), dict(new)))
        return
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            yield f"{words} {key} {_how(key in old, key in new, new.get(key))}"


def _how(was: bool, is_now: bool, now: JsonValue) -> str:
    if now == UNKNOWN_OUTPUT:
        return UNKNOWN_OUTPUT
    return {(True, True): "changed", (False, True): "is new", (True, False): "is gone"}[was, is_now]


def _capped(part: Part, told: list[str]) -> list[str]:
    more = len(told) - _MOST_TOLD
    return told if more <= 0 else [*told[:_MOST_TOLD], f"{_WORDS[part]}: {more} more differences"]


def _shown(value: object) -> str:
    text = json.dumps(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


def _text(value: object) -> str:
    return json.dumps(value)
