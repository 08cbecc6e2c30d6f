"""What one engine call did to one stack, in the platform's own types: no engine object leaves the engine package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from securecart.execute.outputs import StackOutput
from securecart.findings import Finding, Verdict
from securecart.program.provenance import Source

Kind = Literal["preview", "up", "destroy", "refresh"]
DELETIONS = ("delete", "delete-replaced")
"""The engine's words for steps that delete."""


@dataclass(frozen=True)
class Step:
    """One resource operation, announced or done."""

    urn: str
    """Pulumi URN."""
    type: str
    """Pulumi type token."""
    op: str
    """The engine's word: create, update, delete, replace, same, read, ...; refresh where an account differs from the
    recorded state."""
    diffs: tuple[str, ...] = ()
    """Property paths that differ."""
    replaces: tuple[str, ...] = ()
    """Property paths that force a replacement."""
    provider: str = ""
    """Reference of the provider that does it: URN, ``::``, id; empty for components."""
    inputs: Mapping[str, object] = field(default_factory=dict)
    """Inputs as JSON data: secrets blanked, the engine's sentinel where a value is not known."""
    sources: Mapping[str, tuple[Source, ...]] = field(default_factory=dict)
    """Where inputs come from, by top-level property; those that are plain values of the program are left out."""


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
    resources: tuple[Step, ...] = ()
    """Every step in the order announced, ``same`` too."""
    findings: tuple[Finding, ...] = ()
    """What the policy pack said."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Errors and warnings."""
    outputs: Mapping[str, StackOutput] | None = None
    """Outputs that the program returned; None where no program ran to its end."""
    outputs_changed: bool = False
    """Whether outputs differ from those recorded before."""

    program_ended: bool = False
    """Whether the program ran to its end and every resource that it registers was created or updated."""
    diff: str = ""
    """The engine's rendered diff, redacted, where a plan was saved."""
    failed: tuple[str, ...] = ()
    """Steps that failed, by the engine's word for them."""
    ran: bool = True
    """Whether an engine was started; False where nothing that the stack depends on had changed."""
    why: tuple[str, ...] = ()
    """Why an engine was started: what differs from the stack's last successful run."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Steps that change something, or read a change, in the order announced."""
        return tuple(step for step in self.resources if step.op != "same")

    @property
    def leftovers(self) -> bool:
        """Whether all went well up to deletions that failed, as they do while another stack uses what is to go."""
        return not self.ok and self.program_ended and bool(self.failed) and all(op in DELETIONS for op in self.failed)

    @property
    def resource_count(self) -> int:
        """How many resources the stack has after this operation."""
        return sum(count for op, count in self.changes.items() if op in ("same", "create", "update", "replace"))

    @property
    def broken(self) -> tuple[Finding, ...]:
        """Mandatory rules that are broken."""
        return tuple(f for f in self.findings if f.mandatory and f.verdict is Verdict.VIOLATED)

    @property
    def changes_nothing(self) -> bool:
        """Whether every resource stays the same, and every output, and a refresh found nothing different."""
        changed = any(count for op, count in self.changes.items() if op not in ("same", "read", "refresh"))
        drifted = any(step.op == "refresh" for step in self.resources)
        return not (changed or drifted or self.outputs_changed)

    @property
    def error(self) -> str:
        """The first error, or an empty text."""
        return next((d.message for d in self.diagnostics if d.severity == "error"), "")
