"""What one engine call did to one stack, in the platform's own types: no engine object leaves the engine package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from securecart.execute.outputs import StackOutput
from securecart.findings import Finding, Verdict

Kind = Literal["preview", "up", "destroy", "refresh"]


@dataclass(frozen=True)
class Step:
    """One resource operation, announced or done."""

    urn: str
    """Pulumi URN."""
    type: str
    """Pulumi type token."""
    op: str
    """The engine's word: create, update, delete, replace, same, read, refresh, ..."""
    diffs: tuple[str, ...] = ()
    """Property paths that differ."""
    replaces: tuple[str, ...] = ()
    """Property paths that force a replacement."""


@dataclass(frozen=True)
class Diagnostic:
    """A message of the engine, a provider or the program."""

    severity: str
    """error, warning or info."""
    message: str
    """Text, already redacted."""
    urn: str = ""
    """Resource that it is about, where it is about one."""


@dataclass(frozen=True)
class Operation:
    """One engine call, ended."""

    kind: Kind
    """Which call."""
    ok: bool
    """Whether the engine ended with success."""
    seconds: float
    """Wall time."""
    changes: Mapping[str, int]
    """Resource operations by the engine's word for them."""
    steps: tuple[Step, ...] = ()
    """Steps in the order announced, ``same`` left out."""
    findings: tuple[Finding, ...] = ()
    """What the policy pack said."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Errors and warnings."""
    outputs: Mapping[str, StackOutput] | None = None
    """Outputs that the program returned; None where no program ran to its end."""
    outputs_changed: bool = False
    """Whether outputs differ from those recorded before."""

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Mandatory rules that are broken."""
        return tuple(f for f in self.findings if f.mandatory and f.verdict is Verdict.VIOLATED)

    @property
    def changes_nothing(self) -> bool:
        """Whether every resource stays the same, and every output."""
        return not self.outputs_changed and not any(
            count for op, count in self.changes.items() if op not in ("same", "read")
        )

    @property
    def error(self) -> str:
        """The first error, or an empty text."""
        return next((d.message for d in self.diagnostics if d.severity == "error"), "")
