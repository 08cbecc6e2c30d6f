"""The graph of stacks: order, closures, and graphs that cannot be."""

from itertools import pairwise

import pytest

from securecart.errors import BadInputError
from securecart.plan.graph import build_graph
from securecart.plan.stack import Ask, StackSpec


def spec(name: str, *asks: str, after: tuple[str, ...] = ()) -> StackSpec:
    return StackSpec(
        name=name,
        kind="network",
        subject=name,
        account="dev",
        region="us-east-1",
        asks=tuple(Ask(alias=other, stack=other, outputs=("id",)) for other in asks),
        after=after,
    )


def test_every_stack_comes_after_what_it_asks():
    graph = build_graph([spec("attach", "network", "hub"), spec("network", "archive"), spec("hub"), spec("archive")])
    order = list(graph.stacks)
    assert order.index("archive") < order.index("network") < order.index("attach")
    assert order.index("hub") < order.index("attach")


def test_the_order_does_not_depend_on_the_order_of_declaration():
    specs = [spec("c"), spec("a"), spec("b", "a"), spec("d", "b", "c")]
    assert list(build_graph(specs).stacks) == list(build_graph(specs[::-1]).stacks)


def test_upstream_and_downstream_reach_any_distance():
    graph = build_graph([spec("a"), spec("b", "a"), spec("c", "b"), spec("other")])
    assert graph.upstream("c") == {"a", "b"}
    assert graph.downstream("a") == {"b", "c"}


def test_a_selected_stack_waits_for_a_selected_ancestor_across_an_unselected_one():
    graph = build_graph([spec("a"), spec("b", "a"), spec("c", "b")])
    assert graph.among(["c", "a"]) == {"a": frozenset(), "c": {"a"}}


def test_an_order_from_the_fleet_file_is_a_dependency():
    graph = build_graph([spec("a", after=("b",)), spec("b")])
    assert list(graph.stacks) == ["b", "a"]


def test_a_cycle_is_named_in_the_order_in_which_its_stacks_wait():
    with pytest.raises(BadInputError) as caught:
        build_graph([spec("a", after=("b",)), spec("b", "c"), spec("c", "a"), spec("apart")])
    (finding,) = caught.value.findings
    assert finding.rule == "stack-order-acyclic"
    cycle = finding.message.split(": ")[1].split(" -> ")
    waits = {"a": "b", "b": "c", "c": "a"}
    assert cycle[0] == cycle[-1]
    assert set(cycle) == {"a", "b", "c"}
    assert all(waits[first] == second for first, second in pairwise(cycle))


def test_all_missing_stacks_and_double_names_are_told_at_once():
    with pytest.raises(BadInputError) as caught:
        build_graph([spec("a", "ghost"), spec("a", "phantom"), spec("b", after=("spectre",))])
    rules = sorted(finding.rule for finding in caught.value.findings)
    assert rules == ["stack-exists", "stack-exists", "stack-name-unique"]
    assert "spectre" in " ".join(finding.message for finding in caught.value.findings)
