"""What every command shares: options, consoles, and the platform they act on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from securecart.api import Platform
from securecart.execute.freshness import Facts
from securecart.execute.operation import Operation
from securecart.plan.select import SYNTAX
from securecart.program.kind import StackKind
from securecart.report.console import Progress, describe, make_console
from securecart.report.record import Changes

FleetOption = Annotated[
    Path | None, typer.Option("--fleet", help="Fleet file. Default: stacks/fleet.yaml.", show_default=False)
]
HomeOption = Annotated[
    Path | None,
    typer.Option(
        "--home",
        envvar="SECURECART_HOME",
        help="Folder of local state. Default: .securecart.",
        show_default=False,
    ),
]
TargetOption = Annotated[
    str | None,
    typer.Option("--target", help="Target of the fleet file. Default: the file's own.", show_default=False),
]
SelectOption = Annotated[
    list[str] | None,
    typer.Option("--select", "-s", help=f"Stacks, repeatable or with commas: {SYNTAX}.", show_default=False),
]
ParallelOption = Annotated[
    int | None,
    typer.Option("--parallel", "-p", min=1, max=64, help="Stacks at once. Default: two per core.", show_default=False),
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout, everything else on stderr.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before writing.")]
AllOption = Annotated[
    bool, typer.Option("--all", help="Run also the stacks for which nothing has changed since their last run.")
]
RefreshOption = Annotated[
    bool,
    typer.Option("--refresh", help="Compare every stack with its accounts first, also where nothing has changed."),
]
AffectedOption = Annotated[
    str | None,
    typer.Option(
        "--affected-by",
        metavar="GITREF",
        help="Only stacks that commits touch, with those that need them: REF (to the working tree), A..B, A...B.",
        show_default=False,
    ),
]
SealKeyOption = Annotated[
    Path | None,
    typer.Option(
        "--seal-key",
        envvar="SECURECART_SEAL_KEY",
        help="File with the key that seals plans. Default: seal.key of the home folder.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Shared:
    """What the entry point hands to every command."""

    root: Path
    """The checkout."""
    kinds: Sequence[StackKind]
    """Programs of every kind of stack."""
    facts: Facts
    """What the policies read of a fleet about a stack."""

    def home(self, home: Path | None) -> Path:
        """Return the folder of local state."""
        return (home or self.root / ".securecart").resolve()

    def fleet(self, fleet: Path | None) -> Path:
        """Return the fleet file."""
        return fleet or self.root / "stacks" / "fleet.yaml"

    def platform(
        self,
        fleet: Path | None = None,
        home: Path | None = None,
        target: str | None = None,
        parallel: int | None = None,
        *,
        run_all: bool = False,
        refresh: bool = False,
        seal_key: Path | None = None,
    ) -> Platform:
        """Return the platform for the options given; progress goes to standard error."""
        return Platform(
            fleet_path=self.fleet(fleet),
            kinds=self.kinds,
            facts=self.facts,
            home=self.home(home),
            target=target,
            parallel=parallel,
            reporter=ConsoleReporter(Progress(errors())),
            run_all=run_all,
            refresh_first=refresh,
            seal_key=seal_key,
        )


class ConsoleReporter:
    """Progress lines for people."""

    def __init__(self, progress: Progress) -> None:
        """Take where the lines go."""
        self._progress = progress

    def note(self, text: str) -> None:
        """Tell something that concerns the whole run."""
        self._progress.note(text)

    def started(self, phase: str, stack: str) -> None:
        """Say nothing: the end of each stack is one line."""

    def ended(self, phase: str, stack: str, operation: Operation, done: int, total: int) -> None:
        """Tell how a stack ended a phase."""
        changes = describe(Changes.from_engine(operation.changes))
        how = changes if operation.ok else ("[magenta]blocked by policy[/]" if operation.broken else "[red]failed[/]")
        self._progress.line(f"{phase} {done}/{total} {stack}: {how} ({operation.seconds:.1f} s)")


def output() -> Console:
    """Return the console for results."""
    return make_console()


def errors() -> Console:
    """Return the console for progress and errors."""
    return make_console(stderr=True)


def shared(context: typer.Context) -> Shared:
    """Return what the entry point handed over."""
    found = context.obj
    if not isinstance(found, Shared):
        raise TypeError("the command line was not started through securecart.cli.app.main")
    return found
