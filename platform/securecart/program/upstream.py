"""Outputs of other stacks as a program sees them, whichever way they come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, cast

import pulumi
from pulumi.output import Unknown

from securecart.errors import ProgramError
from securecart.plan.stack import Ask
from securecart.program.provenance import Source, marked


class OutputSource(Protocol):
    """Where outputs of other stacks come from: passed on by the orchestrator, or a StackReference."""

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        """Return an output of a stack; unknown in a preview where it does not exist yet."""
        ...


class Upstream:
    """The outputs that a program asked of one other stack."""

    def __init__(self, ask: Ask, source: OutputSource) -> None:
        """Bind a declaration to the place its values come from."""
        self._ask, self._source = ask, source

    def output(self, name: str) -> pulumi.Output[object]:
        """Return one output as a whole.

        Raises:
            ProgramError: the output is not in the declaration.
        """
        self._require(name)
        return self._read(name)

    def text(self, name: str) -> pulumi.Output[str]:
        """Return an output that is a string, for example an id."""
        return self.output(name).apply(str)

    def entry(self, name: str, key: str) -> pulumi.Output[str]:
        """Return one entry of an output that maps keys to strings, for example a subnet id by AZ.

        An unknown map or entry gives an unknown; a known entry of a map that is unknown elsewhere stays known.

        Raises:
            ProgramError: neither the output nor this entry of it is in the declaration.
        """

        def pick(value: object) -> str:
            if isinstance(value, Unknown):
                return cast(str, value)
            if not isinstance(value, Mapping) or key not in value:
                raise ProgramError(
                    f"output {name!r} of stack {self._ask.stack!r} has no entry {key!r}",
                    remedy=f"deploy {self._ask.stack!r} again, it is older than the fleet file",
                )
            entry = value[key]
            return cast(str, entry) if isinstance(entry, Unknown) else str(entry)

        if name not in self._ask.outputs:
            self._require(f"{name}[{key}]")
        picked = self._read(name).apply(pick, run_with_unknowns=True)
        return marked(picked, Source(stack=self._ask.stack, output=name, key=key))

    def _read(self, name: str) -> pulumi.Output[object]:
        return marked(self._source.output(self._ask.stack, name), Source(stack=self._ask.stack, output=name))

    def _require(self, name: str) -> None:
        if name not in self._ask.outputs:
            raise ProgramError(
                f"output {name!r} of stack {self._ask.stack!r} is not declared",
                rule="a program reads only outputs that its spec asks for, since dependencies derive from them",
                remedy=f"add it to Ask({self._ask.alias!r}, outputs=...)",
            )


class StackReferences:
    """Outputs by StackReference, for stacks opened one at a time with the pulumi command."""

    def __init__(self, project: str, organization: str) -> None:
        """Name the project and organization (``organization`` for self-managed backends)."""
        self._project, self._organization = project, organization
        self._references: dict[str, pulumi.StackReference] = {}

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        """Return an output of a deployed stack; a missing one is an error, never None."""
        full_name = f"{self._organization}/{self._project}/{stack}"
        if stack not in self._references:
            self._references[stack] = pulumi.StackReference(full_name)
        return self._references[stack].require_output(name)
