"""The graph of stacks: derived from what specs ask for, checked for names that do not exist and for cycles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from securecart.errors import BadInputError
from securecart.findings import Finding
from securecart.plan.stack import StackSpec


@dataclass(frozen=True)
class StackGraph:
    """Stacks by name, in a dependency order that is the same for the same specs."""

    stacks: Mapping[str, StackSpec]
    """Specs by name; iteration order is a dependency order, upstream first."""

    def upstream(self, name: str) -> frozenset[str]:
        """Return every stack that must be done before this one, at any distance."""
        return self._closure(name, {spec.name: spec.depends_on for spec in self.stacks.values()})

    def downstream(self, name: str) -> frozenset[str]:
        """Return every stack that cannot be done before this one, at any distance."""
        dependents: dict[str, set[str]] = {key: set() for key in self.stacks}
        for spec in self.stacks.values():
            for needed in spec.depends_on:
                dependents[needed].add(spec.name)
        return self._closure(name, dependents)

    def among(self, names: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return the selected stacks, each with those of its dependencies, at any distance, that are selected.

        A selected stack waits for a selected ancestor even where the stacks between are not selected.
        """
        chosen = frozenset(names)
        return {name: self.upstream(name) & chosen for name in self.stacks if name in chosen}

    @staticmethod
    def _closure(name: str, edges: Mapping[str, Iterable[str]]) -> frozenset[str]:
        found: set[str] = set()
        pending = list(edges[name])
        while pending:
            current = pending.pop()
            if current not in found:
                found.add(current)
                pending.extend(edges[current])
        return frozenset(found)


def build_graph(specs: Iterable[StackSpec]) -> StackGraph:
    """Order the specs.

    Raises:
        BadInputError: two stacks share a name, one depends on a stack that does not exist, or there is a cycle.
    """
    by_name: dict[str, StackSpec] = {}
    findings: list[Finding] = []
    for spec in specs:
        if spec.name in by_name:
            findings.append(_finding("stack-name-unique", spec, f"two stacks are called {spec.name!r}", "rename one"))
        by_name[spec.name] = spec
    findings += [
        _finding(
            "stack-exists",
            spec,
            f"depends on {missing!r}, which is no stack of this fleet",
            f"name one of: {', '.join(sorted(by_name))}",
        )
        for spec in by_name.values()
        for missing in sorted(spec.depends_on - by_name.keys())
    ]
    if findings:
        raise BadInputError("the stacks of the fleet do not fit together", findings)
    return StackGraph(_ordered(by_name))


def _ordered(by_name: Mapping[str, StackSpec]) -> dict[str, StackSpec]:
    sorter = TopologicalSorter({name: by_name[name].depends_on for name in sorted(by_name)})
    try:
        sorter.prepare()
    except CycleError as error:
        # graphlib lists each node before the ones that need it; shown the other way round it reads "needs".
        cycle = " -> ".join(reversed(error.args[1]))
        spec = by_name[error.args[1][0]]
        finding = _finding(
            "stack-order-acyclic",
            spec,
            f"stacks wait for each other: {cycle}",
            "take one of them out of an `after` list",
        )
        raise BadInputError("the stacks of the fleet form a cycle", [finding]) from error
    ordered: dict[str, StackSpec] = {}
    while sorter.is_active():
        for name in sorted(sorter.get_ready()):
            ordered[name] = by_name[name]
            sorter.done(name)
    return ordered


def _finding(rule: str, spec: StackSpec, message: str, remedy: str) -> Finding:
    return Finding(rule=rule, subject=f"stack {spec.name}", stack=spec.name, message=message, remedy=remedy)
