"""The queue, checked against its rules over random graphs and random outcomes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.execute.queue import Queue, State, reversed_edges


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, frozenset[str]]:
    names = [f"s{number}" for number in range(draw(st.integers(1, 9)))]
    return {
        name: frozenset(draw(st.sets(st.sampled_from(names[:index])))) if index else frozenset()
        for index, name in enumerate(names)
    }


def closure(graph: dict[str, frozenset[str]], name: str) -> set[str]:
    return set(graph[name]).union(*(closure(graph, other) for other in graph[name]))


def test_a_stack_is_ready_once_all_it_waits_for_is_done():
    queue = Queue({"a": frozenset(), "b": frozenset(), "c": frozenset({"a", "b"})})
    queue.start("a")
    queue.succeed("a")
    assert queue.ready() == ("b",)
    queue.start("b")
    queue.succeed("b")
    assert queue.ready() == ("c",)


def test_the_stack_that_most_others_need_comes_first_and_ties_go_by_name():
    queue = Queue({"z": frozenset(), "a": frozenset(), "b": frozenset(), "y": frozenset({"z"}), "x": frozenset({"y"})})
    assert queue.ready() == ("z", "a", "b")


def test_a_failure_skips_only_what_needs_it_and_names_the_cause():
    queue = Queue({"a": frozenset(), "b": frozenset({"a"}), "c": frozenset({"b"}), "d": frozenset()})
    queue.start("a")
    assert queue.fail("a") == ("b", "c")
    assert queue.cause("c") == "a"
    assert queue.ready() == ("d",)


def test_after_withhold_nothing_starts_and_what_runs_may_end():
    queue = Queue({"a": frozenset(), "b": frozenset()})
    queue.start("a")
    assert queue.withhold() == ("b",)
    assert queue.ready() == ()
    assert not queue.finished
    queue.succeed("a")
    assert queue.finished


def test_a_stack_cannot_end_before_it_started():
    queue = Queue({"a": frozenset()})
    with pytest.raises(ValueError, match="waiting, not running"):
        queue.succeed("a")


@given(graphs(), st.randoms(use_true_random=False))
def test_every_stack_runs_after_its_dependencies_or_is_skipped_for_a_failed_ancestor(graph, random):
    queue, order, failed = Queue(graph), [], set()
    while not queue.finished:
        name = random.choice(queue.ready())
        queue.start(name)
        assert closure(graph, name) <= set(order)
        if random.random() < 0.2:
            failed.add(name)
            queue.fail(name)
        else:
            order.append(name)
            queue.succeed(name)
    for name in graph:
        if name in order:
            assert queue.state(name) is State.DONE
        elif name in failed:
            assert queue.state(name) is State.FAILED
        else:
            assert queue.state(name) is State.SKIPPED
            assert queue.cause(name) in failed & closure(graph, name)


@given(graphs())
def test_turning_the_edges_round_twice_gives_the_same_graph(graph):
    assert reversed_edges(reversed_edges(graph)) == graph


def test_a_settling_stack_lets_those_that_need_it_start_and_still_has_to_end():
    queue = Queue({"a": frozenset(), "b": frozenset({"a"})})
    queue.start("a")
    assert queue.ready() == ()
    queue.settle("a")
    assert queue.ready() == ("b",)
    queue.start("b")
    queue.succeed("b")
    assert not queue.finished
    queue.succeed("a")
    assert queue.finished
    assert queue.state("a") is State.DONE


def test_a_settling_stack_that_fails_skips_at_any_distance_what_has_not_started():
    queue = Queue({"a": frozenset(), "b": frozenset({"a"}), "c": frozenset({"b"}), "d": frozenset({"a"})})
    queue.start("a")
    queue.settle("a")
    queue.start("b")
    assert queue.fail("a") == ("c", "d")
    queue.succeed("b")
    assert (queue.state("b"), queue.state("c"), queue.cause("c")) == (State.DONE, State.SKIPPED, "a")
    assert queue.finished


@pytest.mark.parametrize("before", ["waiting", "settling", "done"])
def test_only_a_running_stack_settles(before: str):
    queue = Queue({"a": frozenset()})
    if before != "waiting":
        queue.start("a")
        queue.settle("a")
    if before == "done":
        queue.succeed("a")
    with pytest.raises(ValueError, match=f"{before}, not running"):
        queue.settle("a")


def test_after_withhold_a_settling_stack_ends_and_nothing_starts():
    queue = Queue({"a": frozenset(), "b": frozenset({"a"})})
    queue.start("a")
    queue.settle("a")
    assert queue.withhold() == ("b",)
    assert queue.ready() == ()
    queue.succeed("a")
    assert queue.finished
    assert queue.state("b") is State.WITHHELD
