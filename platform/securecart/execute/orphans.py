"""Stacks that the backend holds and the fleet file does not: shown by every run, destroyed only by name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from securecart.execute.ledger import Ledger
from securecart.execute.session import Session
from securecart.plan.graph import StackGraph, build_graph
from securecart.plan.stack import StackSpec


def orphans(session: Session) -> tuple[str, ...]:
    """Return the stacks with resources that the fleet file does not have, sorted.

    The engine is asked only where the backend cannot say what it holds, or holds a stack that is none of the fleet's
    and whose last run is not known here.
    """
    versions = session.states.all()
    known = session.settings.graph.stacks.keys()
    names = session.room.creator.names() if versions is None else versions.keys()
    return tuple(sorted(name for name in names - known if _has_resources(session, name)))


def with_orphans(graph: StackGraph, found: Collection[str], ledger: Ledger) -> StackGraph:
    """Return the graph with orphans added, ordered by what their last run needed as far as it is still there."""
    names = graph.stacks.keys() | set(found)
    return build_graph([*graph.stacks.values(), *(_spec(name, names, ledger) for name in sorted(found))])


def named(found: Collection[str], terms: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split selection terms into the orphans that are named letter by letter, and the other terms."""
    words = [part.strip() for term in terms for part in term.split(",") if part.strip()]
    return _unique(word for word in words if word in found), _unique(word for word in words if word not in found)


def _has_resources(session: Session, name: str) -> bool:
    entry = session.freshness.recorded(name)
    return bool(entry.resources) if entry is not None else session.room.creator.deployed(name)


def _spec(name: str, names: Collection[str], ledger: Ledger) -> StackSpec:
    entry = ledger.get(name)
    return StackSpec(
        name=name,
        kind=entry.kind if entry else "unknown",
        subject=name,
        account=entry.account if entry else "",
        region=entry.region if entry else "",
        after=tuple(needed for needed in (entry.depends_on if entry else ()) if needed in names),
    )


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
