"""A fleet plan in a terminal: what to look at first, then accounts, stacks, and every change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from rich.console import Console
from rich.table import Table
from rich.text import Text

from securecart.plan.fleet_plan import FleetPlan, Operation
from securecart.report.console import describe
from securecart.report.plan_summary import IDLE, ORPHANS, author, headline
from securecart.report.plan_view import AccountView, Attention, ChangeView, PlanView, StackView, plan_view
from securecart.report.plan_vocabulary.effect import Severity
from securecart.report.record import Changes

_SIGNS: Final[Mapping[Operation, tuple[str, str]]] = {
    Operation.CREATE: ("+ ", "green"),
    Operation.UPDATE: ("~ ", "yellow"),
    Operation.REPLACE: ("+-", "magenta"),
    Operation.DELETE: ("- ", "red"),
}
_COLOURS: Final[Mapping[Severity, str]] = {
    Severity.DATA_LOST: "bold red",
    Severity.TRAFFIC_STOPS: "red",
    Severity.ACCESS_LOST: "red",
    Severity.PROTECTION_LOST: "magenta",
    Severity.INTERRUPTION: "yellow",
    Severity.NONE: "dim",
}
_COUNTS: Final = ("create", "update", "replace", "delete")
_MOST_UNDECIDED: Final = 5


def print_plan(console: Console, plan: FleetPlan) -> None:
    """Print a plan for a reviewer."""
    view = plan_view(plan)
    _line(console, headline(view), "bold")
    _line(console, author(view), "dim")
    _print_attention(console, view.attention)
    if view.stacks:
        console.print(_stacks(view.stacks), _accounts(view.accounts))
    for stack in view.stacks:
        _print_stack(console, stack)
    _print_findings(console, view)
    if view.idle:
        _line(console, f"{IDLE}: {', '.join(view.idle)}", "dim")
    for orphan in view.orphans:
        _line(console, ORPHANS.format(name=orphan), "yellow")


def _print_attention(console: Console, items: Sequence[Attention]) -> None:
    if not items:
        return
    _line(console, "look at this first:", "bold")
    for item in items:
        _line(console, f"  {item.effect.severity.words}: {item.sentence()} [{item.stack}]", _severity(item))
        for reason in item.reasons:
            _line(console, f"      {reason.sentence()}")


def _print_stack(console: Console, stack: StackView) -> None:
    if not stack.changes:
        return
    _line(console, f"{stack.name} ({describe(stack.counts)})", "bold")
    for why in stack.why:
        _line(console, f"  runs: {why}", "dim")
    for origin in stack.waits_for:
        _line(console, f"  waits for {origin}", "dim")
    for change in stack.changes:
        _print_change(console, change)
    if stack.unknown_outputs:
        _line(console, f"  outputs not known yet: {', '.join(stack.unknown_outputs)}", "dim")


def _print_change(console: Console, change: ChangeView) -> None:
    sign, colour = _SIGNS[change.operation]
    place = f" in {change.account}/{change.region}" if change.region else ""
    _line(console, f"  {sign} {change.type} {change.name}{place}", colour)
    for item in change.forcing:
        _line(console, f"       forces it: {item.sentence()}")
    for item in (*change.changing, *change.waiting):
        _line(console, f"       {item.sentence()}")


def _print_findings(console: Console, view: PlanView) -> None:
    for finding in view.violated:
        _line(console, f"  {finding}", "red")
    if view.undecided:
        _line(console, f"{len(view.undecided)} statements undecided: judged again during the run", "yellow")
        for finding in view.undecided[:_MOST_UNDECIDED]:
            _line(console, f"  {finding}")
        if len(view.undecided) > _MOST_UNDECIDED:
            _line(console, f"  and {len(view.undecided) - _MOST_UNDECIDED} more (see --json)")


def _stacks(stacks: Sequence[StackView]) -> Table:
    table = _table(("stack", "account", "region", "environment"), (*_COUNTS, "same"))
    for stack in stacks:
        plain = (stack.name, stack.account, stack.region, stack.environment)
        table.add_row(*map(Text, plain), *_numbers(stack.counts), str(stack.counts.same))
    return table


def _accounts(accounts: Sequence[AccountView]) -> Table:
    table = _table(("account",), ("stacks", *_COUNTS))
    for account in accounts:
        table.add_row(Text(account.name), str(account.stacks), *_numbers(account.counts))
    return table


def _table(words: Sequence[str], numbers: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in words:
        table.add_column(name, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right")
    return table


def _numbers(counts: Changes) -> tuple[str, ...]:
    return tuple(str(getattr(counts, name) or "") for name in _COUNTS)


def _severity(item: Attention) -> str:
    return _COLOURS[item.effect.severity]


def _line(console: Console, text: str, style: str = "") -> None:
    console.print(Text(text, style=style), soft_wrap=True, highlight=False)
