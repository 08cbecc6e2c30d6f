"""The pool: no level barriers, a bound on what runs, early release, and what a stop leaves undone."""

import threading
from collections.abc import Callable, Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from securecart.execute.pool import Release, Skip, work_off

Graph = Mapping[str, frozenset[str]]
PATIENCE = 10.0
"""Seconds after which a stack that waits for another one gives up, which fails the test."""


def run(graph: Graph, work: Callable[[str, Release], bool], *, parallel=4, stopping=lambda: False):
    return work_off(graph, work, succeeded=bool, parallel=parallel, stopping=stopping)


def test_a_slow_stack_does_not_hold_back_the_next_level_of_another_branch():
    deep_done = threading.Event()

    def work(name, _release):
        # With barriers between levels `slow` would end before `deep` starts, and this wait would time out.
        if name == "slow":
            return deep_done.wait(PATIENCE)
        if name == "deep":
            deep_done.set()
        return True

    results, skips = run({"slow": frozenset(), "fast": frozenset(), "deep": frozenset({"fast"})}, work)
    assert results == {"slow": True, "fast": True, "deep": True}
    assert skips == ()


def test_no_more_stacks_run_at_once_than_allowed():
    running, peak, lock = set(), [], threading.Lock()

    def work(name, _release):
        with lock:
            running.add(name)
            peak.append(len(running))
        threading.Event().wait(0.02)
        with lock:
            running.discard(name)
        return True

    results, _ = run({f"s{n}": frozenset() for n in range(12)}, work, parallel=3)
    assert len(results) == 12
    assert max(peak) == 3


def test_a_failed_stack_skips_those_that_need_it_and_the_rest_goes_on():
    graph = {"a": frozenset(), "b": frozenset({"a"}), "c": frozenset()}
    results, skips = run(graph, lambda name, _release: name != "a")
    assert results == {"a": False, "c": True}
    assert skips == (Skip("b", "a"),)


def test_a_stop_lets_running_stacks_end_and_starts_no_other():
    stop = threading.Event()

    def work(name, _release):
        stop.set()
        return True

    results, skips = run({"a": frozenset(), "b": frozenset({"a"})}, work, parallel=1, stopping=stop.is_set)
    assert results == {"a": True}
    assert skips == (Skip("b", None),)


def test_what_needs_a_released_stack_starts_before_it_ends_also_with_one_at_a_time():
    # `a` ends only once both that need it have ended: without release, or where `a` counted, this would time out.
    done = {"b": threading.Event(), "c": threading.Event()}

    def work(name, release):
        if name == "a":
            release()
            return all(event.wait(PATIENCE) for event in done.values())
        done[name].set()
        return True

    results, skips = run({"a": frozenset(), "b": frozenset({"a"}), "c": frozenset({"b"})}, work, parallel=1)
    assert next(iter(results)) == "b"
    assert results == {"a": True, "b": True, "c": True}
    assert skips == ()


def test_what_needs_a_stack_that_is_not_released_waits_for_its_end():
    ended: list[str] = []

    def work(name, _release):
        threading.Event().wait(0.05)
        ended.append(name)
        return name != "b" or ended[0] == "a"

    results, _ = run({"a": frozenset(), "b": frozenset({"a"})}, work)
    assert results == {"a": True, "b": True}


def test_released_stacks_do_not_count_against_the_bound_and_the_others_do():
    graph: dict[str, frozenset[str]] = {"r1": frozenset(), "r2": frozenset()}
    graph |= {f"s{number}": frozenset({"r1", "r2"}) for number in range(6)}
    running, peak, lock, last = set(), [], threading.Lock(), threading.Event()

    def work(name, release):
        if name.startswith("r"):
            release()
            return last.wait(PATIENCE)
        with lock:
            running.add(name)
            peak.append(len(running))
        threading.Event().wait(0.02)
        with lock:
            running.discard(name)
            if len(peak) == 6:
                last.set()
        return True

    results, _ = run(graph, work, parallel=2)
    assert len(results) == 8
    assert all(results.values())
    assert max(peak) == 2


def test_a_released_stack_that_fails_later_skips_those_that_had_not_started():
    failing, started = threading.Event(), threading.Event()

    def work(name, release):
        if name == "a":
            release()
            assert started.wait(PATIENCE)
            failing.set()
            return False
        started.set()
        # `b` is the only one that may run; it ends after `a` has failed, so `c` has not started by then.
        assert failing.wait(PATIENCE)
        threading.Event().wait(0.3)
        return True

    graph = {"a": frozenset(), "b": frozenset({"a"}), "c": frozenset({"a"}), "d": frozenset({"b"})}
    results, skips = run(graph, work, parallel=1)
    assert results == {"a": False, "b": True}
    assert skips == (Skip("c", "a"), Skip("d", "a"))


def test_releasing_twice_or_after_the_end_changes_nothing():
    kept: list[Release] = []

    def work(name, release):
        kept.append(release)
        release()
        release()
        for each in kept:
            each()
        return True

    results, skips = run({"a": frozenset(), "b": frozenset({"a"}), "c": frozenset({"b"})}, work, parallel=1)
    assert results == {"a": True, "b": True, "c": True}
    assert skips == ()


@st.composite
def plays(draw: st.DrawFn) -> tuple[Graph, set[str], set[str], int]:
    """Return a graph, the stacks that release, the stacks that fail, and the bound."""
    names = [f"s{number}" for number in range(draw(st.integers(1, 8)))]
    graph = {
        name: frozenset(draw(st.sets(st.sampled_from(names[:index])))) if index else frozenset()
        for index, name in enumerate(names)
    }
    subsets = st.sets(st.sampled_from(names))
    return graph, draw(subsets), draw(subsets), draw(st.integers(1, 3))


def closure(graph: Graph, name: str) -> set[str]:
    return set(graph[name]).union(*(closure(graph, other) for other in graph[name]))


@settings(max_examples=60)
@given(plays())
def test_every_stack_runs_once_after_what_it_needs_was_done_or_released(play):
    graph, releasing, failing, parallel = play
    usable, busy, problems, lock = set(), set(), [], threading.Lock()

    def work(name, release):
        with lock:
            if missing := graph[name] - usable:
                problems.append(f"{name} started before {missing}")
            busy.add(name)
            if len(busy) > parallel:
                problems.append(f"{busy} at once")
            if name in releasing:
                busy.discard(name)
                usable.add(name)
                release()
        with lock:
            busy.discard(name)
            if name not in failing:
                usable.add(name)
        return name not in failing

    results, skips = run(graph, work, parallel=parallel)
    assert problems == []
    skipped = {skip.name: skip.cause for skip in skips}
    assert results.keys() | skipped.keys() == graph.keys()
    assert not results.keys() & skipped.keys()
    assert results == {name: name not in failing for name in results}
    for name, cause in skipped.items():
        assert cause in closure(graph, name) & failing & results.keys()
    for name in results:
        assert not closure(graph, name) & failing - releasing, f"{name} ran although what it needs had failed"
