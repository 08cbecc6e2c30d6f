"""The runs: preview, up, destroy and refresh, each an ordered list of steps over one session."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Literal

from securecart.errors import BadInputError
from securecart.execute import phases
from securecart.execute.home import write_atomically
from securecart.execute.outputs import OutputStore
from securecart.execute.phases import Phase
from securecart.execute.records import result_of, stack_records
from securecart.execute.session import Session, Settings, open_session
from securecart.findings import Finding
from securecart.report.record import RunRecord, StackRecord
from securecart.sandbox import lifecycle

Command = Literal["preview", "up", "destroy", "refresh"]
Approve = Callable[[RunRecord], bool]
"""Asked with the preview's record whether to deploy."""


def run_preview(settings: Settings, names: Sequence[str]) -> RunRecord:
    """Preview the stacks, judged by the policy pack; change nothing."""
    with _run(settings, "preview") as run:
        names = run.with_stale_upstream(names)
        previewed = phases.preview(run.session, names, run.upstream_outputs(names, required=False))
        return run.record(names, [previewed])


def run_up(settings: Settings, names: Sequence[str], approve: Approve) -> RunRecord:
    """Preview everything first; deploy only if nothing failed, no rule is broken, and the caller approves."""
    with _run(settings, "up") as run:
        names = run.with_stale_upstream(names)
        upstream = run.upstream_outputs(names, required=True)
        previewed = phases.preview(run.session, names, upstream.copy())
        if reason := _why_not_deploy(run.session, previewed):
            return run.record(names, [previewed], withheld=reason)
        if not approve(run.record(names, [previewed])):
            return run.record(names, [previewed], withheld="the preview was not approved")
        deployed = phases.deploy(run.session, names, previewed.operations, upstream)
        return run.record(names, [previewed, deployed])


def run_destroy(settings: Settings, names: Sequence[str]) -> RunRecord:
    """Destroy the stacks that exist, those that need others first."""
    with _run(replace(settings, policies=False), "destroy") as run:
        existing = [name for name in names if run.session.creator.deployed(name)]
        run.refuse_orphaning(existing)
        destroyed = phases.destroy(run.session, existing)
        return run.record(existing, [destroyed])


def run_refresh(settings: Settings, names: Sequence[str], *, adopt: bool) -> RunRecord:
    """Compare the state of stacks that exist with their accounts; adopt what was found only if asked to."""
    with _run(replace(settings, policies=False), "refresh") as run:
        existing = [name for name in names if run.session.creator.deployed(name)]
        refreshed = phases.refresh(run.session, existing, adopt=adopt)
        return run.record(existing, [refreshed])


def _why_not_deploy(session: Session, previewed: Phase) -> str:
    if session.stop.requested:
        return "the run was interrupted"
    blocked = sorted(name for name, operation in previewed.operations.items() if operation.broken)
    failed = sorted(name for name, operation in previewed.operations.items() if not operation.ok)
    if blocked:
        return f"nothing is deployed while a mandatory rule is broken in {', '.join(blocked)}"
    if failed:
        return f"nothing is deployed while the preview of {', '.join(failed)} fails"
    return ""


class _Run:
    """One run: its session, its clock, its record."""

    def __init__(self, session: Session, command: Command, began: float) -> None:
        self.session, self._command, self._began = session, command, began
        self._started = datetime.now(UTC)

    def with_stale_upstream(self, names: Sequence[str]) -> tuple[str, ...]:
        """Widen the selection by upstream stacks whose sandbox memory is gone, and say so."""
        graph, chosen = self.session.settings.graph, set(names)
        stale = [name for name in graph.stacks if self.session.stale(name)]
        if stale:
            self.session.note(
                f"the sandbox was restarted and its memory is gone: {len(stale)} stacks are refreshed, "
                "so that state and sandbox agree, and brought back"
            )
        for name in names:
            chosen |= graph.upstream(name) & set(stale)
        if len(chosen) > len(names):
            self.session.note(f"added, since the selection needs them: {', '.join(sorted(chosen - set(names)))}")
        return tuple(name for name in graph.stacks if name in chosen)

    def upstream_outputs(self, names: Sequence[str], *, required: bool) -> OutputStore:
        """Read the recorded outputs of stacks that the selection asks, but does not contain."""
        store, missing = OutputStore(), []
        for name in self._asked_outside(names):
            outputs = self.session.engine.outputs(name) if self.session.creator.deployed(name) else {}
            if outputs:
                store.put(name, outputs)
            else:
                missing.append(name)
        if missing and required:
            raise BadInputError(
                "the selection needs stacks that are not deployed",
                [
                    Finding(
                        rule="upstream-deployed",
                        subject=f"stack {name}",
                        message="is asked for outputs, but is neither deployed nor selected",
                        remedy="select it too, or write +NAME to select a stack with all it needs",
                    )
                    for name in missing
                ],
            )
        if missing:
            self.session.note(f"unknown in this preview, since not deployed: outputs of {', '.join(missing)}")
        return store

    def refuse_orphaning(self, names: Sequence[str]) -> None:
        """Refuse to destroy what deployed stacks outside the selection still need.

        Raises:
            BadInputError: names each such stack.
        """
        graph, chosen = self.session.settings.graph, set(names)
        deployed = self.session.creator.deployed
        findings = [
            Finding(
                rule="destroy-dependents-first",
                subject=f"stack {name}",
                message=f"is needed by {', '.join(sorted(needing))}, which would stay",
                remedy=f"select {name}+ to destroy it with all that need it",
            )
            for name in names
            if (needing := {d for d in graph.downstream(name) - chosen if deployed(d)})
        ]
        if findings:
            raise BadInputError("the selection would leave deployed stacks without what they need", findings)

    def record(self, names: Sequence[str], done: Sequence[Phase], *, withheld: str = "") -> RunRecord:
        """Build the run's record and keep it in the run's folder."""
        session, settings = self.session, self.session.settings
        stacks: tuple[StackRecord, ...] = stack_records(session, names, done, self._recorded(), withheld=withheld)
        record = RunRecord(
            run=session.run_id,
            command=self._command,
            fleet=str(settings.fleet_path),
            target=settings.target_name,
            started=self._started.isoformat(timespec="seconds"),
            seconds=round(time.monotonic() - self._began, 3),
            result=result_of(stacks, interrupted=session.stop.requested),
            engine_calls=session.engine.command.started,
            endpoint=session.sandbox.endpoint if session.sandbox else "",
            notes=tuple(session.notes),
            stacks=stacks,
        )
        folder = settings.home.runs / session.run_id
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "record.json", record.model_dump_json(indent=2))
        return record

    def _asked_outside(self, names: Sequence[str]) -> tuple[str, ...]:
        graph, chosen = self.session.settings.graph, set(names)
        asked = {ask.stack for name in names for ask in graph.stacks[name].asks} - chosen
        return tuple(sorted(asked))

    def _recorded(self) -> Mapping[str, int]:
        if self.session.sandbox is None:
            return {}
        entries = lifecycle.inventory(self.session.sandbox)
        return Counter(entry.urn.split(":")[2] for entry in entries if entry.status == "recorded")


@contextmanager
def _run(settings: Settings, command: Command) -> Iterator[_Run]:
    began = time.monotonic()
    with open_session(settings, command) as session:
        yield _Run(session, command, began)
