"""The sentences that every form of a plan begins and ends with."""

from __future__ import annotations

from typing import Final

from securecart.report.console import describe
from securecart.report.plan_view import SHORT, PlanView
from securecart.report.plan_words import Quote, plural

ORPHANS: Final = "{name} left the fleet file; destroyed only by name: orchestrator.py destroy --select {name}"
"""What is said of a stack that left the fleet file."""
IDLE: Final = "not run, since nothing that they stand on has changed"
"""What is said of stacks that do not run."""


def headline(view: PlanView, quote: Quote = str) -> str:
    """Return the whole plan in one sentence."""
    of = f"plan {quote(view.id[:SHORT])} of fleet {quote(view.fleet)} on {quote(view.target)}"
    if not view.changes:
        return f"{of}: nothing to do, {view.counts.same} same"
    same = f", {view.counts.same} same" if view.counts.same else ""
    stacks = f"{len(view.stacks)} of {counted(len(view.stacks) + len(view.idle), 'stack')} to run"
    return f"{of}: {describe(view.counts)}{same}; {stacks}"


def author(view: PlanView, quote: Quote = str) -> str:
    """Return who made the plan, when, and from what."""
    commit = f", commit {quote(view.commit)}" if view.commit else ", outside git"
    dirty = " with changes that are not committed" if view.dirty else ""
    return f"made {quote(view.created)} by {quote(view.author)}{commit}{dirty}; engine {quote(view.engine)}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun if number == 1 else plural(noun)}"
