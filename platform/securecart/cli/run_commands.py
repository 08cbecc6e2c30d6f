"""preview, up, destroy and refresh: the commands that run stacks and end with a run record."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from securecart.api import Platform
from securecart.cli.context import (
    AffectedOption,
    AllOption,
    FleetOption,
    HomeOption,
    JsonOption,
    ParallelOption,
    RefreshOption,
    SealKeyOption,
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
from securecart.report.console import print_changes, print_findings, print_run
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
    affected_by: AffectedOption = None,
    out: Path | None = typer.Option(
        None, "--out", "-o", metavar="DIR", help="Save what was previewed as a plan, for `up --plan DIR`."
    ),
    run_all: AllOption = False,
    refresh: RefreshOption = False,
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    seal_key: SealKeyOption = None,
    json: JsonOption = False,
) -> None:
    """Preview stacks, judged by the policy pack. Changes nothing.

    Outputs of stacks that do not exist yet are unknowns, never made-up values. Stacks for which nothing has changed
    since their last successful run are not run again.

    Example: orchestrator.py preview --select +attach-dev --out plan
    """
    platform = shared(context).platform(
        fleet, home, target, parallel, run_all=run_all, refresh=refresh, seal_key=seal_key
    )
    if (terms := _terms(platform, select, affected_by, json)) is None:
        return
    print_findings(errors(), platform.warnings())
    record = platform.preview(terms, out=out)
    if not json:
        print_changes(output(), record)
    if out is not None and record.plan:
        errors().print(f"plan {record.plan[:12]} saved: `up --plan {out}` runs it", highlight=False)
    _end(record, json)


def up(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    affected_by: AffectedOption = None,
    plan: Path | None = typer.Option(
        None,
        "--plan",
        metavar="DIR",
        help="Run this saved plan and nothing else; stop before the first write if "
        "reality, the code or the fleet file has moved.",
    ),
    run_all: AllOption = False,
    refresh: RefreshOption = False,
    target: TargetOption = None,
    home: HomeOption = None,
    parallel: ParallelOption = None,
    seal_key: SealKeyOption = None,
    json: JsonOption = False,
    yes: YesOption = False,
) -> None:
    """Preview every stack, then deploy in dependency order, unless a rule is broken anywhere.

    Stacks for which nothing has changed since their last successful run are not run again.

    Example: orchestrator.py up --yes --select account:dev
    """
    _must_be_able_to_ask(yes, json)

    def approve(previewed: RunRecord) -> bool:
        print_changes(errors(), previewed)
        print_run(errors(), previewed)
        return typer.confirm("deploy this?", err=True)

    platform = shared(context).platform(
        fleet, home, target, parallel, run_all=run_all, refresh=refresh, seal_key=seal_key
    )
    if plan is not None:
        if select or affected_by or run_all or refresh:
            raise BadInputError(
                "--plan was given together with --select, --affected-by, --all or --refresh",
                rule="a saved plan is run whole, as it was approved",
                remedy="give --plan alone, or save a plan of the selection you want",
            )
        print_findings(errors(), platform.warnings())
        _end(platform.up_plan(plan, approve=None if yes else approve), json)
    elif (terms := _terms(platform, select, affected_by, json)) is not None:
        print_findings(errors(), platform.warnings())
        _end(platform.up(terms, approve=None if yes else approve), json)


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


def _terms(platform: Platform, select: list[str] | None, affected_by: str | None, json: bool) -> Sequence[str] | None:
    """Return the selection terms; None where commits were named and touch no stack, which is told."""
    if affected_by is None:
        return select or ()
    if select:
        raise BadInputError(
            "--select and --affected-by were both given",
            rule="stacks are selected by name or by what commits touch",
            remedy="give one of them",
        )
    found = platform.affected(affected_by)
    for note in found.notes:
        errors().print(note, highlight=False)
    for name, reason in found.reasons.items():
        errors().print(f"affected: {name}: {reason}", highlight=False, soft_wrap=True)
    if not found.names:
        errors().print(f"{affected_by} touches no stack: nothing to do", highlight=False)
        if json:
            print(json_format.dumps({"affected_by": affected_by, "stacks": []}, indent=2))
    return found.names or None


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
