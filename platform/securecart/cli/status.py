"""status: what is deployed, where, and how much of it the sandbox only records."""

from __future__ import annotations

import json as json_format

import typer
from rich.table import Table

from securecart.cli.context import (
    FleetOption,
    HomeOption,
    JsonOption,
    SelectOption,
    TargetOption,
    output,
    shared,
)


def status(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    target: TargetOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Show every stack with its resources: realised in the sandbox, or only recorded. Writes nothing.

    Example: orchestrator.py status --json
    """
    found = shared(context).platform(fleet, home, target).status(select or ())
    if json:
        print(json_format.dumps(found.model_dump(mode="json"), indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("stack", "account", "region", "state", "resources", "realised", "recorded"):
        table.add_column(column, overflow="fold")
    for stack in found.stacks:
        table.add_row(
            stack.name,
            stack.account,
            stack.region,
            stack.state,
            str(stack.resources),
            str(stack.realised),
            str(stack.recorded or ""),
        )
    output().print(table)
    output().print(f"sandbox: {found.sandbox}" + (f" at {found.endpoint}" if found.endpoint else ""), highlight=False)
