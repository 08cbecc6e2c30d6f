"""The last successful run of each stack: what it stood on and what came of it. One file a stack, below the home folder.

An entry is removed before a stack is written to and written again after, so that a run that dies leaves none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from securecart.execute.home import write_atomically
from securecart.execute.outputs import StackOutput
from securecart.findings import Finding
from securecart.plan.basis import Basis
from securecart.plan.stack import StackSpec
from securecart.program.provenance import Source


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecordedOutput(_Frozen):
    """An output as the ledger keeps it: secrets without their value."""

    value: JsonValue = Field(default=None, description="The value; null where it is a secret.")
    secret: bool = Field(default=False, description="Whether the value is a secret, which the engine is asked for.")
    sources: Mapping[str, tuple[Source, ...]] = Field(default={}, description="Where it comes from, by key.")
    digests: Mapping[str, str] = Field(
        default={}, description="Keyed digests of a secret: of the whole under the empty key, of each entry under its."
    )


class LedgerEntry(_Frozen):
    """One stack's last successful run."""

    run: str = Field(description="Id of the run.")
    kind: str = Field(description="Kind of stack.")
    account: str = Field(description="Name of the account that owns it.")
    region: str = Field(description="AWS region.")
    depends_on: tuple[str, ...] = Field(description="Stacks that it needed, sorted.")
    basis: Basis = Field(description="What the run stood on.")
    outputs: Mapping[str, RecordedOutput] = Field(description="Outputs by name.")
    resources: int = Field(ge=0, description="Resources that the stack then had.")
    findings: tuple[Finding, ...] = Field(default=(), description="What the policy pack said.")

    @classmethod
    def of(
        cls,
        run: str,
        spec: StackSpec,
        basis: Basis,
        outputs: Mapping[str, StackOutput],
        resources: int,
        findings: tuple[Finding, ...],
        digest: Callable[[StackOutput], str],
    ) -> LedgerEntry:
        """Return the entry of a run that has just succeeded; ``digest`` tells secrets apart without telling them."""
        return cls(
            run=run,
            kind=spec.kind,
            account=spec.account,
            region=spec.region,
            depends_on=tuple(sorted(spec.depends_on)),
            basis=basis,
            outputs={name: _recorded(output, digest) for name, output in outputs.items()},
            resources=resources,
            findings=findings,
        )

    @property
    def has_secrets(self) -> bool:
        """Whether an output's value is known to the engine alone."""
        return any(output.secret for output in self.outputs.values())

    def plain_outputs(self) -> dict[str, StackOutput]:
        """Return the outputs; only for an entry without secrets."""
        return {name: StackOutput(found.value, sources=found.sources) for name, found in self.outputs.items()}

    def compared_outputs(self) -> dict[str, StackOutput] | None:
        """Return the outputs with digests in place of secrets; None where those are not known."""
        if any(found.secret and not found.digests for found in self.outputs.values()):
            return None
        return {
            name: StackOutput(found.value, found.secret, found.sources, found.digests)
            for name, found in self.outputs.items()
        }


class Ledger:
    """The entries of one home folder and target, each read once; safe for one thread a stack.

    Only the run that holds the home's lock writes them.
    """

    def __init__(self, folder: Path) -> None:
        """Name the folder; it may not exist yet."""
        self._folder = folder
        self._read: dict[str, LedgerEntry | None] = {}

    def has(self, stack: str) -> bool:
        """Whether there is an entry, of whatever version."""
        return self._path(stack).exists()

    def get(self, stack: str) -> LedgerEntry | None:
        """Return a stack's entry; None where there is none, or one of another version of the platform."""
        if stack not in self._read:
            self._read[stack] = self._load(stack)
        return self._read[stack]

    def put(self, stack: str, entry: LedgerEntry) -> None:
        """Keep a stack's entry."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(stack), entry.model_dump_json())
        self._read[stack] = entry

    def forget(self, stack: str) -> None:
        """Remove a stack's entry, if there is one."""
        self._path(stack).unlink(missing_ok=True)
        self._read[stack] = None

    def _load(self, stack: str) -> LedgerEntry | None:
        try:
            return LedgerEntry.model_validate_json(self._path(stack).read_bytes())
        except (FileNotFoundError, ValidationError):
            return None

    def _path(self, stack: str) -> Path:
        return self._folder / f"{stack}.json"


def _recorded(output: StackOutput, digest: Callable[[StackOutput], str]) -> RecordedOutput:
    if not output.secret:
        return RecordedOutput.model_validate({"value": output.value, "sources": output.sources})
    entries = output.value if isinstance(output.value, Mapping) else {}
    parts = {"": output, **{str(key): StackOutput(value, secret=True) for key, value in entries.items()}}
    digests = {key: digest(part) for key, part in parts.items()}
    return RecordedOutput(secret=True, sources=output.sources, digests=digests)
