"""The engine as the orchestrator sees it: preview, up, destroy, refresh, each one call, each an Operation."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pulumi.automation import CommandResult, LocalWorkspace

from securecart.errors import EngineError
from securecart.execute.engine.capture import OnOutputs, Program, ProgramCapture
from securecart.execute.engine.command import EngineCommand, EngineCommandError
from securecart.execute.engine.events import EventLog, without_plan_values
from securecart.execute.engine.stack import LeanStack
from securecart.execute.operation import Diagnostic, Kind, Operation
from securecart.execute.outputs import StackOutput
from securecart.redaction import redact


@dataclass(frozen=True)
class EngineSettings:
    """Where and how engine processes run."""

    executable: Path
    """The pulumi executable."""
    version: str
    """Its version."""
    workspace: Path
    """Folder with Pulumi.yaml and the stacks' settings files."""
    environment: Mapping[str, str]
    """The whole environment of every engine process."""
    logs: Path
    """Folder for one log file per stack and call."""
    policy_packs: tuple[str, ...] = ()
    """Policy pack folders that judge previews and deployments."""
    secrets_provider: str = "passphrase"
    """Pulumi secrets provider of new stacks."""


class Engine:
    """Engine calls over one workspace; safe to call from several threads, one call per stack at a time."""

    def __init__(self, settings: EngineSettings) -> None:
        """Prepare calls; starts no process."""
        self.settings = settings
        self.command = EngineCommand(settings.executable, settings.version)

    def resource_counts(self) -> dict[str, int]:
        """Return the stacks that the backend holds, with their numbers of resources (one engine call)."""
        entries = json.loads(self._run(["stack", "ls", "--json"]).stdout or "[]")
        return {entry["name"].rsplit("/", 1)[-1]: int(entry.get("resourceCount") or 0) for entry in entries}

    def create_stack(self, name: str) -> None:
        """Create a stack in the backend; one that exists already is left as it is."""
        provider = ["--secrets-provider", self.settings.secrets_provider]
        try:
            self._run(["stack", "init", name, "--no-select", *provider])
        except EngineError as error:
            if "already exists" not in str(error):
                raise

    def remove_stack(self, name: str) -> None:
        """Remove an empty stack from the backend, with its settings file."""
        self._run(["stack", "rm", name, "--yes"])

    def unlock(self, name: str) -> None:
        """Delete the backend's locks of a stack. Only for a caller that holds the fleet's own lock."""
        self._run(["cancel", name, "--yes"])

    def outputs(self, name: str) -> Mapping[str, StackOutput]:
        """Read the recorded outputs of a stack (one engine call; a second one only where there are secrets)."""
        shown = json.loads(self._run(["stack", "output", "--json", "--stack", name]).stdout or "{}")
        secrets = {key for key, value in shown.items() if value == "[secret]"}
        if secrets:
            shown = json.loads(
                self._run(["stack", "output", "--json", "--show-secrets", "--stack", name]).stdout or "{}"
            )
        return {key: StackOutput(value, secret=key in secrets) for key, value in shown.items()}

    def preview(
        self, name: str, program: Program, *, refresh: bool = False, save_plan: Path | None = None
    ) -> Operation:
        """Preview a stack, judged by the policy packs.

        Args:
            name: The stack.
            program: Its program.
            refresh: Compare with the accounts first, instead of trusting the recorded state.
            save_plan: File for the engine's own plan; the rendered diff then comes with the Operation.
        """
        call = _Call(self.settings, self.command, "preview", name, ProgramCapture(program), judged=not refresh)
        saved: dict[str, object] = {"plan": str(save_plan), "diff": True} if save_plan is not None else {}
        operation = call.run(lambda stack, **common: stack.preview(refresh=refresh, **saved, **common))
        if save_plan is not None:
            operation = replace(operation, diff=call.printed)
        if refresh and operation.ok:
            operation = self._judged_apart(name, program, operation)
        secrets = any(output.secret for output in (operation.outputs or {}).values())
        if secrets and operation.changes_nothing:
            # Events blank secrets, so whether one differs is told only by the recorded outputs themselves.
            operation = replace(operation, outputs_changed=self.outputs(name) != operation.outputs)
        return operation

    def _judged_apart(self, name: str, program: Program, operation: Operation) -> Operation:
        """Judge by a preview of its own: after a refresh the engine shows the policies of a stack also what is to go.

        A rule against a resource would then hold back its removal, and one that demands a resource would be content
        with one that is about to be deleted.
        """
        call = _Call(self.settings, self.command, "preview", name, ProgramCapture(program))
        judged = call.run(lambda stack, **common: stack.preview(**common))
        return replace(
            operation,
            ok=judged.ok,
            seconds=operation.seconds + judged.seconds,
            findings=judged.findings,
            diagnostics=operation.diagnostics if judged.ok else judged.diagnostics,
        )

    def up(
        self,
        name: str,
        program: Program,
        *,
        refresh: bool = False,
        plan: Path | None = None,
        on_outputs: OnOutputs | None = None,
    ) -> Operation:
        """Deploy a stack, judged again by the policy packs now that values are known.

        Args:
            name: The stack.
            program: Its program.
            refresh: Compare with the accounts first, instead of trusting the recorded state.
            plan: A plan that the engine is held to: it ends before a step that the plan does not have.
            on_outputs: Told the outputs as soon as only deletions can be left to do; called on another thread.
        """
        call = _Call(self.settings, self.command, "up", name, ProgramCapture(program, on_outputs))
        held: dict[str, object] = {"plan": str(plan)} if plan is not None else {}
        return call.run(
            lambda stack, **common: stack.up(
                refresh=refresh, suppress_outputs=True, suppress_progress=True, show_secrets=False, **held, **common
            )
        )

    def destroy(self, name: str, *, refresh: bool = False, run: bool = True) -> Operation:
        """Destroy every resource of a stack; ``run=False`` only previews it."""
        call = _Call(self.settings, self.command, "destroy", name, None)
        return call.run(
            lambda stack, **common: stack.destroy(
                refresh=refresh, preview_only=not run, suppress_outputs=True, show_secrets=False, **common
            )
        )

    def refresh(self, name: str, *, run: bool = True) -> Operation:
        """Compare a stack's state with its accounts; ``run=False`` leaves the state as it is."""
        call = _Call(self.settings, self.command, "refresh", name, None)
        return call.run(
            lambda stack, **common: stack.refresh(
                preview_only=not run, suppress_outputs=True, show_secrets=False, **common
            )
        )

    def cancel(self) -> int:
        """Ask every running engine process to stop; return how many."""
        return self.command.cancel()

    def _run(self, args: list[str]) -> CommandResult:
        try:
            return self.command.run(args, str(self.settings.workspace), self.settings.environment)
        except EngineCommandError as error:
            raise EngineError(
                f"pulumi {' '.join(args[:2])} failed: {redact(error.result.stderr).strip()}",
                remedy="run `python orchestrator.py env` and try the same pulumi command by hand",
            ) from error


class _Call:
    """One engine call on one stack: program, events, log file and result."""

    def __init__(
        self,
        settings: EngineSettings,
        command: EngineCommand,
        kind: Kind,
        name: str,
        capture: ProgramCapture | None,
        *,
        judged: bool = True,
    ) -> None:
        self._judged = judged
        self._settings, self._kind, self._name, self._capture = settings, kind, name, capture
        self._events = EventLog(name)
        self._lines: list[str] = []
        workspace = LocalWorkspace(
            work_dir=str(settings.workspace),
            program=capture.run if capture is not None else None,
            env_vars=settings.environment,
            pulumi_command=command,
        )
        self._stack = LeanStack(name, workspace)

    @property
    def printed(self) -> str:
        """What the engine printed, redacted."""
        return redact(without_plan_values("\n".join(self._lines)))

    def run(self, call: Callable[..., object]) -> Operation:
        """Make the call and reduce what it said."""
        began = time.monotonic()
        ok, failure = True, ""
        self._settings.logs.mkdir(parents=True, exist_ok=True)
        common: dict[str, object] = {"on_event": self._events.on_event, "color": "never"}
        if self._judged and self._kind in ("preview", "up"):
            common["policy_packs"] = list(self._settings.policy_packs)
        try:
            call(self._stack, on_output=self._lines.append, on_error=self._lines.append, **common)
        except EngineCommandError as error:
            ok, failure = False, error.result.stderr
        except RuntimeError as error:
            ok, failure = False, str(error)
        # Redacted as a whole: a secret may have several lines.
        with (self._settings.logs / f"{self._name}.{self._kind}.log").open("a", encoding="utf-8") as log:
            log.write(self.printed + "\n")
        self._events.reduce()
        return self._operation(ok, failure, time.monotonic() - began)

    def _operation(self, ok: bool, failure: str, seconds: float) -> Operation:
        events, capture = self._events, self._capture
        diagnostics = list(events.diagnostics)
        if not ok and not any(d.severity == "error" for d in diagnostics):
            reason = redact(without_plan_values(failure)).strip()
            diagnostics.append(Diagnostic("error", reason or "the engine ended without a reason"))
        outputs = dict(capture.outputs) if capture is not None and ok and capture.ended else None
        sources = capture.sources if capture is not None else {}
        return Operation(
            kind=self._kind,
            ok=ok,
            seconds=seconds,
            changes=events.changes,
            resources=tuple(replace(step, sources=sources.get(step.urn, {})) for step in events.steps),
            findings=tuple(events.findings),
            diagnostics=tuple(diagnostics),
            outputs=outputs,
            failed=tuple(events.failed),
            program_ended=capture is not None and capture.settled,
            outputs_changed=outputs is not None and _differs(outputs, events.previous_outputs),
        )


def _differs(outputs: Mapping[str, StackOutput], recorded: Mapping[str, object]) -> bool:
    """Whether outputs differ from those in the engine's events, where the values of secrets are blanked."""
    if outputs.keys() != recorded.keys():
        return True
    return any(not output.secret and output.value != recorded[key] for key, output in outputs.items())
