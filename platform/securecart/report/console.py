"""A run for people: progress lines while it works, a table of stacks when it has ended."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import IO

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from securecart.findings import Finding, Verdict
from securecart.report.record import Changes, Result, RunRecord, StackRecord, Status

_COLOURS = {
    Status.SUCCEEDED: "green",
    Status.UNCHANGED: "dim",
    Status.FAILED: "red",
    Status.SKIPPED: "yellow",
    Status.BLOCKED: "magenta",
}
_MOST_UNDECIDED = 5
"""Undecided findings listed one by one; the record has them all."""


WIDTH_OF_NO_TERMINAL = 140
"""Columns of tables that go to a file or a pipe, where rich would take 80."""


def make_console(*, stderr: bool = False, file: IO[str] | None = None) -> Console:
    """Return a console that prints what it is given: a URN's `:x:` is no emoji, and tables in a pipe are wide."""
    console = Console(stderr=stderr, file=file, emoji=False)
    return (
        console if console.is_terminal else Console(stderr=stderr, file=file, emoji=False, width=WIDTH_OF_NO_TERMINAL)
    )


class Progress:
    """Progress lines with the seconds since the start; safe to call from several threads."""

    def __init__(self, console: Console) -> None:
        """Take the console for progress, usually standard error."""
        self._console, self._began, self._lock = console, time.monotonic(), threading.Lock()

    def line(self, text: str) -> None:
        """Print one line."""
        with self._lock:
            seconds = f"[dim]{time.monotonic() - self._began:6.1f}s[/dim]"
            self._console.print(f"{seconds} {text}", highlight=False, soft_wrap=True)

    def note(self, text: str) -> None:
        """Print something that concerns the whole run."""
        self.line(f"[bold]{escape(text)}[/bold]")


def describe(changes: Changes) -> str:
    """Return changes in words, ``no changes`` where there are none."""
    words = {"create": "create", "update": "update", "replace": "replace", "delete": "delete"}
    parts = [f"{getattr(changes, key)} {word}" for key, word in words.items() if getattr(changes, key)]
    return ", ".join(parts) or "no changes"


def print_run(console: Console, record: RunRecord) -> None:
    """Print the table of stacks, what blocked or failed, and how the run ended."""
    console.print(_table(record.stacks))
    for stack in record.stacks:
        _print_problems(console, stack)
    _print_skipped(console, record.stacks)
    _print_undecided(console, [f for s in record.stacks for f in s.findings if f.verdict is Verdict.UNDECIDED])
    colour = "green" if record.result is Result.SUCCEEDED else "red"
    console.print(f"[{colour}]{record.command} {record.result}[/{colour}] in {record.seconds:.1f} s; run {record.run}")
    if record.endpoint:
        console.print(f"sandbox endpoint: {record.endpoint}", highlight=False)


def print_changes(console: Console, record: RunRecord) -> None:
    """Print every resource that a run changes, stack by stack."""
    for stack in record.stacks:
        resources = _operations(stack)
        if resources:
            console.print(f"[bold]{stack.name}[/bold] ({stack.account}, {stack.region})", highlight=False)
        for urn, op in resources.items():
            kind, name = urn.split("::")[2].rsplit("$", 1)[-1], urn.rsplit("::", 1)[-1]
            console.print(f"  {op:<8} {escape(kind)} {escape(name)}", highlight=False, soft_wrap=True)


def _operations(stack: StackRecord) -> dict[str, str]:
    """Return the operation of each resource that changes; the three steps of a replacement are one."""
    words = {"create-replacement": "replace", "delete-replaced": "replace"}
    return {step.urn: words.get(step.op, step.op) for step in stack.steps if step.op != "refresh"}


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print findings, one a line, with place, value and remedy; advice in another colour."""
    for finding in findings:
        colour = "red" if finding.mandatory else "yellow"
        console.print(f"  [{colour}]{escape(str(finding))}[/{colour}]", highlight=False, soft_wrap=True)


def _table(stacks: Sequence[StackRecord]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("stack", "account", "region", "status", "changes"):
        table.add_column(name, overflow="fold")
    for name in ("same", "recorded", "seconds"):
        table.add_column(name, justify="right")
    for stack in stacks:
        colour = _COLOURS[stack.status]
        table.add_row(
            stack.name,
            stack.account,
            stack.region,
            f"[{colour}]{stack.status}[/{colour}]",
            describe(stack.changes),
            str(stack.changes.same),
            str(stack.recorded or ""),
            f"{stack.seconds:.1f}",
        )
    return table


def _print_problems(console: Console, stack: StackRecord) -> None:
    if stack.status in (Status.FAILED, Status.BLOCKED):
        console.print(f"[bold]{stack.name}[/bold] {stack.status}: {escape(stack.cause)}", soft_wrap=True)
    print_findings(console, [f for f in stack.findings if f.verdict is Verdict.VIOLATED])
    for diagnostic in stack.diagnostics:
        if stack.status is Status.FAILED and diagnostic.severity == "error" and diagnostic.message != stack.cause:
            console.print(f"  [red]{escape(diagnostic.message)}[/red]", highlight=False, soft_wrap=True)


def _print_skipped(console: Console, stacks: Sequence[StackRecord]) -> None:
    by_cause: dict[str, list[str]] = {}
    for stack in stacks:
        if stack.status is Status.SKIPPED:
            by_cause.setdefault(stack.cause, []).append(stack.name)
    for cause, names in by_cause.items():
        console.print(f"[bold]{', '.join(names)}[/bold] skipped: {escape(cause)}", soft_wrap=True)


def _print_undecided(console: Console, findings: Sequence[Finding]) -> None:
    if not findings:
        return
    console.print(
        f"[yellow]{len(findings)} statements undecided[/yellow]: they meet values that are not known yet, "
        "and are judged again during the deployment"
    )
    for finding in findings[:_MOST_UNDECIDED]:
        console.print(f"  {escape(str(finding))}", highlight=False, soft_wrap=True)
    if len(findings) > _MOST_UNDECIDED:
        console.print(f"  and {len(findings) - _MOST_UNDECIDED} more (see --json)")
