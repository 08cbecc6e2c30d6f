"""The run record: what a command did, stack by stack. `--json` prints it; its schema is docs/schema/run.schema.json."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from securecart.findings import Finding


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Result(StrEnum):
    """How a run ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    BLOCKED = "blocked"
    INTERRUPTED = "interrupted"


class Status(StrEnum):
    """How a stack ended."""

    SUCCEEDED = "succeeded"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"
    BLOCKED = "blocked"


class Changes(_Frozen):
    """Resource operations of a stack: announced by a preview, done by an up or destroy."""

    create: int = Field(default=0, ge=0, description="Resources created.")
    update: int = Field(default=0, ge=0, description="Resources updated in place.")
    replace: int = Field(default=0, ge=0, description="Resources replaced.")
    delete: int = Field(default=0, ge=0, description="Resources deleted.")
    same: int = Field(default=0, ge=0, description="Resources left as they are.")

    @classmethod
    def from_engine(cls, changes: Mapping[str, int]) -> Changes:
        """Reduce the engine's words for operations to the five of the record."""
        words = {
            "create": "create",
            "update": "update",
            "replace": "replace",
            "delete": "delete",
            "same": "same",
        }
        counts = dict.fromkeys(words, 0)
        for op, count in changes.items():
            if op in words:
                counts[words[op]] += count
        return cls(**counts)


class Diagnostic(_Frozen):
    """An error or warning of the engine, a provider or a program."""

    severity: Literal["error", "warning"] = Field(description="How bad it is.")
    message: str = Field(description="Redacted text.")
    resource: str = Field(default="", description="URN of the resource, where it is about one.")


class StepRecord(_Frozen):
    """A resource operation that is more than `same`."""

    urn: str = Field(description="Pulumi URN.")
    type: str = Field(description="Pulumi type token.")
    op: str = Field(description="The engine's word for the operation.")
    diffs: tuple[str, ...] = Field(default=(), description="Property paths that differ.")
    replaces: tuple[str, ...] = Field(default=(), description="Property paths that force a replacement.")


class StackRecord(_Frozen):
    """One stack of a run."""

    name: str = Field(description="Stack name.")
    kind: str = Field(description="Kind of stack, for example network.")
    account: str = Field(description="Name of the account that owns it.")
    region: str = Field(description="AWS region.")
    status: Status = Field(description="How it ended.")
    cause: str = Field(default="", description="Why it was skipped, blocked or failed.")
    ran: bool = Field(
        default=True,
        description="Whether an engine was started for it; false where nothing that it stands on had changed.",
    )
    why: tuple[str, ...] = Field(
        default=(), description="Why it ran: what differs from its last successful run, in words."
    )
    seconds: float = Field(default=0.0, ge=0, description="Wall time of its engine calls.")
    changes: Changes = Field(default=Changes(), description="Resource operations.")
    recorded: int = Field(
        default=0,
        ge=0,
        description="Resources that the sandbox only records, since moto has no API for them.",
    )
    steps: tuple[StepRecord, ...] = Field(default=(), description="Operations other than same.")
    findings: tuple[Finding, ...] = Field(default=(), description="What the policy pack said.")
    diagnostics: tuple[Diagnostic, ...] = Field(default=(), description="Errors and warnings.")


class RunRecord(_Frozen):
    """One run of preview, up, destroy or refresh."""

    run: str = Field(description="Id of the run; names its record and log folder.")
    command: Literal["preview", "up", "destroy", "refresh"] = Field(description="What was asked for.")
    fleet: str = Field(description="Fleet file.")
    target: str = Field(description="Target of the fleet file.")
    started: str = Field(description="Start, ISO 8601, UTC.")
    seconds: float = Field(ge=0, description="Wall time of the run.")
    result: Result = Field(description="How it ended.")
    engine_calls: int = Field(default=0, ge=0, description="Engine processes started.")
    endpoint: str = Field(default="", description="The sandbox's AWS endpoint, where there is one.")
    notes: tuple[str, ...] = Field(default=(), description="What the run did that was not asked for, and why.")
    orphans: tuple[str, ...] = Field(
        default=(), description="Stacks in the backend that left the fleet file; destroyed only by name."
    )
    plan: str = Field(default="", description="Id of the saved plan that was written or run; empty without one.")
    stacks: tuple[StackRecord, ...] = Field(default=(), description="Stacks, upstream first.")
