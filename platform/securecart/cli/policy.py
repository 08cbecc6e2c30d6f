"""policy list."""

from __future__ import annotations

import json as json_format

import typer
from rich.table import Table

from policies.rules import rule_table
from securecart.cli.context import JsonOption, output

app = typer.Typer(help="The rules that judge every preview and deployment.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Hold the commands about policies."""


@app.command("list")
def list_rules(json: JsonOption = False) -> None:
    """List the rules: what each demands, its row in the firm's tables, the published controls.

    Example: orchestrator.py policy list --json
    """
    rules = rule_table()
    if json:
        print(json_format.dumps({"rules": [rule._asdict() for rule in rules]}, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("rule", "enforcement", "row", "controls", "demands"):
        table.add_column(column, overflow="fold")
    for rule in rules:
        table.add_row(rule.id, rule.enforcement, rule.mission_row, rule.controls, rule.title)
    output().print(table)
