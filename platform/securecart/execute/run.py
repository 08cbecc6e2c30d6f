"""One run: its session, its clock, its record, and the questions that several commands ask before they start."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Literal

from securecart.errors import BadInputError
from securecart.execute.home import write_atomically
from securecart.execute.orphans import orphans
from securecart.execute.outputs import OutputStore, StackOutput
from securecart.execute.phase import Phase, pass_on_recorded
from securecart.execute.records import result_of, stack_records
from securecart.execute.session import Session, Settings, open_session
from securecart.findings import Finding
from securecart.report.record import RunRecord, StackRecord
from securecart.sandbox import lifecycle

Command = Literal["preview", "up", "destroy", "refresh"]


class Run:
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
            entry = self.session.freshness.recorded(name)
            if entry is not None and entry.outputs:
                pass_on_recorded(self.session, name, entry, store)
            elif outputs := self._outputs_of_state(name):
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

    def record(self, names: Sequence[str], done: Sequence[Phase], *, withheld: str = "", plan: str = "") -> RunRecord:
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
            engine_calls=session.room.started,
            endpoint=session.sandbox.endpoint if session.sandbox else "",
            notes=tuple(session.notes),
            orphans=self.orphans,
            plan=plan,
            stacks=stacks,
        )
        folder = settings.home.runs / session.run_id
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / "record.json", record.model_dump_json(indent=2))
        return record

    @cached_property
    def orphans(self) -> tuple[str, ...]:
        """Stacks with resources that the fleet file does not have."""
        return orphans(self.session)

    def tell_orphans(self) -> None:
        """Tell the user of them: nothing else touches them."""
        if self.orphans:
            self.session.note(
                f"left the fleet file, and stay as they are: {', '.join(self.orphans)} "
                "(destroyed only by name: `destroy --select NAME`)"
            )

    def _asked_outside(self, names: Sequence[str]) -> tuple[str, ...]:
        graph, chosen = self.session.settings.graph, set(names)
        asked = {ask.stack for name in names for ask in graph.stacks[name].asks} - chosen
        return tuple(sorted(asked))

    def _outputs_of_state(self, name: str) -> Mapping[str, StackOutput]:
        """Return the outputs of a deployed stack; empty where there is none."""
        session = self.session
        return session.engine.outputs(name) if session.creator.deployed(name) else {}

    def _recorded(self) -> Mapping[str, int]:
        if self.session.sandbox is None:
            return {}
        entries = lifecycle.inventory(self.session.sandbox)
        return Counter(entry.urn.split(":")[2] for entry in entries if entry.status == "recorded")


@contextmanager
def open_run(settings: Settings, command: Command, names: Sequence[str] = ()) -> Iterator[Run]:
    """Open a run; raises what ``open_session`` raises."""
    began = time.monotonic()
    with open_session(settings, command, names) as session:
        yield Run(session, command, began)
