"""Selection of stacks: names, globs, account:, region:, kind:, with upstream (+name) or downstream (name+)."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from securecart.errors import BadInputError
from securecart.findings import Finding
from securecart.plan.graph import StackGraph
from securecart.plan.stack import StackSpec

SYNTAX = "NAME, GLOB, account:NAME, region:NAME, kind:NAME; +TERM adds what it needs, TERM+ what needs it"


def select(graph: StackGraph, terms: Sequence[str]) -> tuple[str, ...]:
    """Return the selected stacks in dependency order; no term selects all.

    A term may hold several, separated by commas.

    Raises:
        BadInputError: a term matches nothing; every such term is named.
    """
    split = [part.strip() for term in terms for part in term.split(",") if part.strip()]
    if not split:
        return tuple(graph.stacks)
    chosen: set[str] = set()
    findings: list[Finding] = []
    for term in split:
        matched = _expand(graph, term)
        chosen |= matched
        if not matched:
            findings.append(_no_match(graph, term))
    if findings:
        raise BadInputError("the selection names stacks that do not exist", findings)
    return tuple(name for name in graph.stacks if name in chosen)


def exact_names(graph: StackGraph, terms: Sequence[str]) -> frozenset[str]:
    """Return the stacks that the terms name letter by letter, as destroying a protected stack demands."""
    return frozenset(part.strip() for term in terms for part in term.split(",")) & graph.stacks.keys()


def _expand(graph: StackGraph, term: str) -> set[str]:
    core = term.removeprefix("+").removesuffix("+")
    matched = {spec.name for spec in graph.stacks.values() if _matches(spec, core)}
    extra: set[str] = set()
    if term.startswith("+"):
        extra |= _union(graph.upstream(name) for name in matched)
    if term.endswith("+"):
        extra |= _union(graph.downstream(name) for name in matched)
    return matched | extra


def _matches(spec: StackSpec, core: str) -> bool:
    field, separator, pattern = core.partition(":")
    if not separator:
        return fnmatchcase(spec.name, core)
    values = {
        "account": (spec.account, *spec.other_accounts),
        "region": (spec.region,),
        "kind": (spec.kind,),
    }.get(field, ())
    return any(fnmatchcase(value, pattern) for value in values)


def _union(sets: Iterable[frozenset[str]]) -> set[str]:
    return set().union(*sets)


def _no_match(graph: StackGraph, term: str) -> Finding:
    close = difflib.get_close_matches(term.strip("+"), list(graph.stacks), n=3)
    hint = f"did you mean {', '.join(close)}?" if close else f"the stacks are: {', '.join(graph.stacks)}"
    return Finding(
        rule="select-matches",
        subject="--select",
        message="no stack matches",
        value=term,
        remedy=f"{hint} ({SYNTAX})",
    )
