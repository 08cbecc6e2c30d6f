"""A kind of stack: which stacks of it a fleet has, what each takes from the fleet file, and the program itself.

A program never sees the fleet, only what its kind's ``inputs`` took out of it. So these inputs, written as plain
data, are by construction all that it can read of the fleet file: equal data, equal run.

When a stack runs and whether it may be destroyed (``after`` and ``protected`` of its spec) is the orchestrator's
affair: a program must not read them, so the spec that it gets has their defaults, and the data leaves them out.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar, cast

from pydantic import TypeAdapter

from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.run import Outputs, StackRun
from securecart.program.upstream import OutputSource

Inputs = TypeVar("Inputs")

_NOT_FOR_PROGRAMS = frozenset({"after", "protected"})
"""Fields of a spec that no program may read, so that changing them makes no stack run again."""


@dataclass(frozen=True)
class BoundProgram:
    """A program with its stack's inputs; runs once it is told where outputs of other stacks come from."""

    given: Mapping[str, object]
    """All that the program reads of the fleet file, as plain JSON data: spec, fleet name, accounts, inputs.

    The order of mappings counts: a program may number things in the order in which they are listed.
    """
    run: Callable[[OutputSource], Outputs]
    """Creates the stack's resources and returns its outputs."""


@dataclass(frozen=True)
class StackKind:
    """A kind of stack."""

    name: str
    """Name of the kind, for example ``network``."""
    module: str
    """Dotted name of the module that holds the program."""
    stacks: Callable[[Fleet], Iterable[StackSpec]]
    """Stacks of this kind in a fleet; pure."""
    bind: Callable[[Fleet, StackSpec], BoundProgram]
    """Take what one stack needs out of the fleet; pure. Raises what ``inputs`` of ``stack_kind`` raises."""


def stack_kind(
    name: str,
    *,
    stacks: Callable[[Fleet], Iterable[StackSpec]],
    inputs: Callable[[Fleet, StackSpec], Inputs],
    program: Callable[[StackRun[Inputs]], Outputs],
) -> StackKind:
    """Declare a kind of stack.

    Args:
        name: Name of the kind.
        stacks: Stacks of this kind in a fleet; pure.
        inputs: Takes what the program needs out of the fleet; pure. Returns a frozen dataclass (or model) of values
            that pydantic can write as JSON. Raises ProgramError where the fleet allows no such stack.
        program: Creates the resources of one stack and returns its outputs.
    """

    def bind(fleet: Fleet, spec: StackSpec) -> BoundProgram:
        seen, given = replace(spec, after=(), protected=False), inputs(fleet, spec)
        accounts = {key: fleet.accounts[key] for key in (spec.account, *spec.other_accounts)}
        document = {
            "fleet": fleet.name,
            "spec": _plain(seen, leave_out=_NOT_FOR_PROGRAMS),
            "accounts": {key: _plain(account) for key, account in accounts.items()},
            "inputs": _plain(given),
        }
        return BoundProgram(document, lambda source: program(StackRun(fleet.name, seen, accounts, given, source)))

    return StackKind(name, program.__module__, stacks, bind)


def _plain(value: object, leave_out: Set[str] = frozenset()) -> object:
    """Return a dataclass or model as JSON data, without some of its fields."""
    return cast(object, _writer(cast(Hashable, type(value))).dump_python(value, mode="json", exclude=set(leave_out)))


@cache
def _writer(kind: Hashable) -> TypeAdapter[object]:
    """Return what writes values of a type; made once, since that costs more than a hundred writes."""
    return TypeAdapter(cast(type[object], kind))
