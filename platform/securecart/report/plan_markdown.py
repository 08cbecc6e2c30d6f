"""A fleet plan as a pull request comment: the headline, what to look at first, tables, and each stack in a fold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from securecart.plan.fleet_plan import FleetPlan, Operation
from securecart.report.console import describe
from securecart.report.markdown_fit import Section, fitted, whole
from securecart.report.markdown_text import code, row, summary, table_head
from securecart.report.plan_summary import IDLE, ORPHANS, author, counted, headline
from securecart.report.plan_view import AccountView, Attention, ChangeView, PlanView, StackView, plan_view
from securecart.report.record import Changes

LIMIT: Final = 65_536
"""Characters that GitHub takes in a comment; source: its error "body is too long (maximum is 65536 characters)"."""

Telling = Callable[[Sequence[ChangeView]], Iterator[str]]
"""How the changes of a stack are told: a line, or more, of Markdown for each change or for several together."""

_MOST_FIRST: Final = 60
_MOST_FINDINGS: Final = 30
_MOST_PROPERTIES: Final = 8
_MOST_NAMES: Final = 12
_COUNTS: Final = ("create", "update", "replace", "delete")
_NOTE: Final = "*Cut to what a comment holds; all of it: `orchestrator.py plan show DIR`, or with `--json`.*"


def markdown(plan: FleetPlan) -> str:
    """Return a plan as GitHub's Markdown, within what a comment may hold."""
    view = plan_view(plan)
    sections = tuple(_sections(view, _each_change))
    if whole(sections) > LIMIT:
        sections = tuple(_sections(view, _creations_together))
    return fitted(sections, LIMIT, _NOTE)


def _sections(view: PlanView, tell: Telling) -> Iterator[Section]:
    yield Section(f"### Fleet {headline(view, code)}", ("", f"{_capital(author(view, code))}."))
    if view.attention:
        yield Section("#### Look at this first\n", tuple(map(_attention, view.attention)), most=_MOST_FIRST)
    if view.violated:
        yield Section("#### Broken rules\n", _bullets(view.violated), most=_MOST_FINDINGS)
    if view.orphans:
        yield Section("#### Stacks that left the fleet file\n", tuple(map(_orphan, view.orphans)))
    if view.accounts:
        yield Section(table_head(("account",), ("stacks", *_COUNTS)), tuple(map(_account, view.accounts)))
    if view.stacks:
        head = table_head(("stack", "account", "region", "environment"), (*_COUNTS, "same"))
        yield Section(head, tuple(map(_stack_row, view.stacks)))
    if view.undecided:
        yield _fold(
            f"{counted(len(view.undecided), 'statement')} undecided: judged again during the run",
            _bullets(view.undecided),
            _MOST_FINDINGS,
        )
    if view.idle:
        yield _fold(f"{counted(len(view.idle), 'stack')} {IDLE}", _bullets(view.idle))
    for stack in view.stacks:
        if stack.changes:
            yield _fold(f"{stack.name}: {describe(stack.counts)}", tuple(_stack_lines(stack, tell)))


def _fold(title: str, lines: tuple[str, ...], most: int = 0) -> Section:
    return Section(f"{summary(title)}\n", lines, "\n</details>", most)


def _attention(item: Attention) -> str:
    lines = [f"- **{item.effect.severity.words}** ({code(item.stack)}): {item.sentence(code)}"]
    lines += [f"  - {reason.sentence(code)}" for reason in item.reasons[:_MOST_PROPERTIES]]
    return "\n".join([*lines, *_more(len(item.reasons))])


def _stack_lines(stack: StackView, tell: Telling) -> Iterator[str]:
    for why in stack.why:
        yield f"- runs: {code(why)}"
    if stack.protected:
        yield "- protected: destroying it takes its name"
    if stack.waits_for:
        yield f"- waits for {_listed(stack.waits_for)}"
    yield from tell(stack.changes)
    if stack.unknown_outputs:
        yield f"- outputs not known yet: {_listed(stack.unknown_outputs)}"


def _each_change(changes: Sequence[ChangeView]) -> Iterator[str]:
    yield from map(_change, changes)


def _creations_together(changes: Sequence[ChangeView]) -> Iterator[str]:
    """Tell what is created type by type, so that a whole fleet fits; what changes is still told one by one."""
    created: dict[str, list[str]] = {}
    for change in changes:
        if change.operation is Operation.CREATE:
            created.setdefault(change.type, []).append(change.name)
        else:
            yield _change(change)
    for token, names in created.items():
        yield f"- **create** {len(names)} {code(token)}: {_listed(names)}"


def _change(change: ChangeView) -> str:
    place = f" in {code(f'{change.account}/{change.region}')}" if change.region else ""
    forced = [f"forces it: {item.sentence(code)}" for item in change.forcing]
    others = [item.sentence(code) for item in (*change.changing, *change.waiting)]
    properties = [*forced, *others]
    lines = [f"- **{change.operation}** {code(change.type)} {code(change.name)}{place}"]
    lines += [f"  - {item}" for item in properties[:_MOST_PROPERTIES]]
    return "\n".join([*lines, *_more(len(properties))])


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _MOST_NAMES} more" if len(texts) > _MOST_NAMES else ""
    return ", ".join(map(code, texts[:_MOST_NAMES])) + more


def _more(count: int) -> list[str]:
    return [f"  - and {count - _MOST_PROPERTIES} more"] if count > _MOST_PROPERTIES else []


def _account(account: AccountView) -> str:
    return row((code(account.name), str(account.stacks), *_numbers(account.counts)))


def _stack_row(stack: StackView) -> str:
    words = (stack.name, stack.account, stack.region, stack.environment)
    return row((*map(code, words), *_numbers(stack.counts), str(stack.counts.same)))


def _numbers(counts: Changes) -> tuple[str, ...]:
    return tuple(str(getattr(counts, name) or "") for name in _COUNTS)


def _orphan(name: str) -> str:
    return f"- {code(ORPHANS.format(name=name))}"


def _bullets(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"- {code(text)}" for text in texts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
