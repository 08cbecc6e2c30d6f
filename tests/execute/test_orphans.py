"""Stacks that left the fleet file: found without the engine where that is possible, and destroyed only by name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from securecart.execute.ledger import Ledger, LedgerEntry
from securecart.execute.orphans import named, orphans, with_orphans
from securecart.execute.session import Session
from securecart.plan.graph import build_graph
from securecart.plan.stack import StackSpec
from tests.plan.examples import a_basis


def spec(name: str, *after: str) -> StackSpec:
    return StackSpec(name, "network", name, "dev", "us-east-1", after=after)


GRAPH = build_graph([spec("hub"), spec("network-dev", "hub")])


class Backend:
    """A backend that may tell which states it holds, and an engine that knows the numbers of resources."""

    def __init__(
        self,
        states: Mapping[str, str] | None,
        resources: Mapping[str, int],
        recorded: Mapping[str, LedgerEntry] | None = None,
    ) -> None:
        self._states, self._resources, self.asked = states, resources, 0
        self._recorded = recorded or {}

    def all(self) -> Mapping[str, str] | None:
        return self._states

    @property
    def creator(self) -> Backend:
        self.asked += 1
        return self

    def names(self) -> frozenset[str]:
        return frozenset(self._resources)

    def deployed(self, name: str) -> bool:
        return self._resources[name] > 0

    def session(self) -> Session:
        settings, freshness = SimpleNamespace(graph=GRAPH), SimpleNamespace(recorded=self._recorded.get)
        return cast(Session, SimpleNamespace(settings=settings, states=self, room=self, freshness=freshness))


@pytest.mark.parametrize("states", [{}, {"hub": "1"}, {"hub": "1", "network-dev": "2"}])
def test_a_backend_that_holds_only_stacks_of_the_fleet_needs_no_engine(states: dict[str, str]):
    backend = Backend(states, dict.fromkeys(states, 3))
    assert orphans(backend.session()) == ()
    assert backend.asked == 0


@pytest.mark.parametrize("states", [{"hub": "1", "network-old": "2", "network-empty": "3", "a-old": "4"}, None])
def test_stacks_outside_the_fleet_are_orphans_as_long_as_they_have_resources(states: dict[str, str] | None):
    backend = Backend(states, {"hub": 3, "network-old": 2, "network-empty": 0, "a-old": 1})
    assert orphans(backend.session()) == ("a-old", "network-old")
    assert backend.asked > 0


def test_an_orphan_whose_last_run_is_known_needs_no_engine():
    gone, empty = spec("a-old"), spec("a-empty")
    recorded = {
        "a-old": LedgerEntry.of("run-1", gone, a_basis(), {}, 3, (), repr),
        "a-empty": LedgerEntry.of("run-1", empty, a_basis(), {}, 0, (), repr),
    }
    backend = Backend({"hub": "1", "a-old": "2", "a-empty": "3"}, {}, recorded)
    assert orphans(backend.session()) == ("a-old",)
    assert backend.asked == 0


def keep(ledger: Ledger, orphan: StackSpec) -> None:
    ledger.put(orphan.name, LedgerEntry.of("run-1", orphan, a_basis(), {}, 3, (), repr))


def test_orphans_are_ordered_by_what_they_needed_as_far_as_it_is_still_there(tmp_path: Path):
    ledger = Ledger(tmp_path)
    keep(ledger, spec("a-old", "network-old", "hub", "long-gone"))
    keep(ledger, spec("network-old", "hub"))
    graph = with_orphans(GRAPH, ("a-old", "network-old"), ledger)
    assert set(graph.stacks) == {"hub", "network-dev", "network-old", "a-old"}
    assert graph.stacks["a-old"].depends_on == {"network-old", "hub"}
    assert graph.downstream("hub") == {"network-dev", "network-old", "a-old"}
    assert graph.stacks["a-old"].account == "dev"
    assert graph.stacks["hub"] == GRAPH.stacks["hub"]


def test_an_orphan_of_which_nothing_is_known_stands_alone(tmp_path: Path):
    graph = with_orphans(GRAPH, ("strange",), Ledger(tmp_path))
    assert graph.stacks["strange"].depends_on == frozenset()
    assert graph.stacks["strange"].kind == "unknown"
    assert not graph.stacks["strange"].protected


def test_orphans_are_meant_only_where_they_are_named_letter_by_letter():
    found = ("network-old", "a-old")
    assert named(found, ["network-old,network-dev", " a-old "]) == (("network-old", "a-old"), ("network-dev",))
    for term in ("network-old+", "+network-old", "network-*", "account:dev", "Network-old", "old"):
        assert named(found, [term]) == ((), (term,))
    assert named(found, []) == ((), ())


def test_a_name_given_twice_counts_once():
    assert named(("a-old",), ["a-old", "a-old,hub", "hub"]) == (("a-old",), ("hub",))
