"""preview, up, destroy and refresh: the commands that run stacks and end with a run record."""

from __future__ import annotations

import sys

import typer

from securecart.cli.context import (
    FleetOption,
    HomeOption,
    JsonOption,
    ParallelOption,
    SelectOption,
    TargetOption,
    YesOption,
    errors,
    output,
    shared,
)
from securecart.errors import (
    BadInputError,
    DriftFoundError,
    InterruptedRunError,
    PolicyBlockedError,
    StackFailedError,
)
from securecart.report.console import print_run
from securecart.report.record import Result, RunRecord

EXIT_CODES = {
    Result.SUCCEEDED: 0,
    Result.FAILED: StackFailedError.exit_code,
    Result.BLOCKED: PolicyBlockedError.exit_code,
    Result.INTERRUPTED: InterruptedRunError.exit_code,
}


def preview(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    json: JsonOption = False,
) -> None:
    """Preview stacks, judged by the policy pack. Changes nothing.

    Outputs of stacks that do not exist yet are unknowns, never made-up values.

    Example: orchestrator.py preview --select +attach-dev
    """
    record = shared(context).platform(fleet, home, target, parallel).preview(select or ())
    _end(record, json)


def up(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Preview every stack, then deploy in dependency order, unless a rule is broken anywhere.

    Example: orchestrator.py up --yes --select account:dev
    """
    _must_be_able_to_ask(yes, json)

    def approve(previewed: RunRecord) -> bool:
        if yes:
            return True
        print_run(errors(), previewed)
        return typer.confirm("deploy this?", err=True)

    record = shared(context).platform(fleet, home, target, parallel).up(select or (), approve=approve)
    _end(record, json)


def destroy(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    unprotect: list[str] | None = typer.Option(
        None,
        "--unprotect",
        help="Protected stack that may be destroyed, by its full name; repeatable or with commas.",
    ),
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Destroy stacks in reverse dependency order. Protected ones only if each is named.

    Example: orchestrator.py destroy --yes --select network-dev+
    """
    _must_be_able_to_ask(yes, json)
    platform = shared(context).platform(fleet, home, target, parallel)
    if not yes:
        typer.confirm(f"destroy {', '.join(select or ['every stack'])}?", abort=True, err=True)
    _end(platform.destroy(select or (), unprotect=unprotect or ()), json)


def refresh(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Compare the state with the accounts. Ends with 5 where they differ; --yes adopts what was found.

    Example: orchestrator.py refresh --select region:eu-west-1
    """
    record = shared(context).platform(fleet, home, target, parallel).refresh(select or (), adopt=yes)
    drifted = any(s.changes.update or s.changes.delete or s.changes.create for s in record.stacks)
    _end(record, json, done=DriftFoundError.exit_code if drifted and not yes else 0)


def _must_be_able_to_ask(yes: bool, json: bool) -> None:
    if not yes and (json or not sys.stdin.isatty()):
        raise BadInputError(
            "this command writes, and there is nobody to ask",
            rule="writing takes --yes where standard input is no terminal, or with --json",
            remedy="preview first, then add --yes",
        )


def _end(record: RunRecord, json: bool, *, done: int = 0) -> None:
    if json:
        print(record.model_dump_json(indent=2))
    else:
        print_run(output(), record)
    code = EXIT_CODES[record.result] or done
    if code:
        raise typer.Exit(code)
