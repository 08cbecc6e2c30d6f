"""validate and graph: what can be said about a fleet file without running anything."""

from __future__ import annotations

import json as json_format
from typing import Annotated, Literal

import typer

from securecart.cli.context import FleetOption, JsonOption, SelectOption, errors, output, shared
from securecart.plan.select import select as select_stacks
from securecart.report.console import print_findings
from securecart.report.graph import FORMATS, render

GraphFormat = Literal["text", "dot", "mermaid", "json"]
FormatOption = Annotated[GraphFormat, typer.Option("--format", "-f", help=f"One of {', '.join(FORMATS)}.")]


def validate(context: typer.Context, fleet: FleetOption = None, json: JsonOption = False) -> None:
    """Check the fleet file and the graph of its stacks. All problems at once; exit code 2 if there are any.

    Example: orchestrator.py validate --fleet my-fleet.yaml
    """
    platform = shared(context).platform(fleet)
    graph = platform.graph()
    warnings = platform.warnings()
    if json:
        document = {
            "valid": True,
            "fleet": str(platform.fleet_path),
            "stacks": list(graph.stacks),
            "warnings": [warning.model_dump(mode="json") for warning in warnings],
        }
        print(json_format.dumps(document, indent=2))
    else:
        print_findings(errors(), warnings)
        output().print(f"{platform.fleet_path}: valid, {len(graph.stacks)} stacks", highlight=False)


def graph(
    context: typer.Context,
    fleet: FleetOption = None,
    select: SelectOption = None,
    form: FormatOption = "text",
    json: JsonOption = False,
) -> None:
    """Show the stacks and what each waits for.

    Example: orchestrator.py graph --format mermaid
    """
    found = shared(context).platform(fleet).graph()
    print(render(found, select_stacks(found, select or ()), "json" if json else form), end="")
