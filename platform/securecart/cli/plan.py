"""plan show: a saved plan for its reviewer, on the terminal, as Markdown or as JSON."""

from __future__ import annotations

from pathlib import Path

import typer

from securecart.cli.context import FleetOption, HomeOption, JsonOption, SealKeyOption, TargetOption, output, shared
from securecart.errors import BadInputError
from securecart.report.plan_json import as_json
from securecart.report.plan_markdown import markdown
from securecart.report.plan_text import print_plan

app = typer.Typer(help="Saved plans: `preview --out DIR` saves one, `up --plan DIR` runs it.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Hold the commands about saved plans."""


@app.command()
def show(
    context: typer.Context,
    folder: Path = typer.Argument(..., metavar="DIR", help="Folder of the plan."),
    as_markdown: bool = typer.Option(False, "--markdown", help="Markdown, for a pull request comment."),
    fleet: FleetOption = None,
    target: TargetOption = None,
    home: HomeOption = None,
    seal_key: SealKeyOption = None,
    json: JsonOption = False,
) -> None:
    """Show what a plan does: deletions and replacements first, in words. Ends with 8 if the plan was tampered with.

    Example: orchestrator.py plan show plan --markdown
    """
    if as_markdown and json:
        raise BadInputError("--markdown and --json were both given", remedy="give one of them")
    plan = shared(context).platform(fleet, home, target, seal_key=seal_key).plan(folder)
    if json:
        print(as_json(plan))
    elif as_markdown:
        print(markdown(plan))
    else:
        print_plan(output(), plan)
