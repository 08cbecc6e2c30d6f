"""The pool: no level barriers, a bound on what runs, and what a stop leaves undone."""

import threading

from securecart.execute.pool import Skip, work_off


def run(graph, work, *, parallel=4, stopping=lambda: False):
    return work_off(graph, work, succeeded=bool, parallel=parallel, stopping=stopping)


def test_a_slow_stack_does_not_hold_back_the_next_level_of_another_branch():
    deep_done = threading.Event()

    def work(name):
        # With barriers between levels `slow` would end before `deep` starts, and this wait would time out.
        if name == "slow":
            return deep_done.wait(timeout=10)
        if name == "deep":
            deep_done.set()
        return True

    results, skips = run({"slow": frozenset(), "fast": frozenset(), "deep": frozenset({"fast"})}, work)
    assert results == {"slow": True, "fast": True, "deep": True}
    assert skips == ()


def test_no_more_stacks_run_at_once_than_allowed():
    running, peak, lock = set(), [], threading.Lock()

    def work(name):
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
    results, skips = run(graph, lambda name: name != "a")
    assert results == {"a": False, "c": True}
    assert skips == (Skip("b", "a"),)


def test_a_stop_lets_running_stacks_end_and_starts_no_other():
    stop = threading.Event()

    def work(name):
        stop.set()
        return True

    results, skips = run({"a": frozenset(), "b": frozenset({"a"})}, work, parallel=1, stopping=stop.is_set)
    assert results == {"a": True}
    assert skips == (Skip("b", None),)
