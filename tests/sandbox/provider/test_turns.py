"""Requests at work have turns; those that rest give theirs to others."""

from __future__ import annotations

import threading
import time

from securecart.sandbox.provider.turns import FULL, GIVEN_UP, Changes, Turns, Wait

LONG = 30.0


def sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False


def begun(work) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_no_more_requests_work_at_once_than_there_are_turns():
    turns, inside, most = Turns(working=2, waiting=0), [], []
    lock = threading.Lock()

    def work() -> None:
        with turns:
            with lock:
                inside.append(1)
                most.append(len(inside))
            time.sleep(0.02)
            with lock:
                inside.pop()

    for thread in [begun(work) for _ in range(8)]:
        thread.join(LONG)
    assert len(most) == 8
    assert max(most) == 2


def test_a_request_that_rests_lets_another_work():
    turns, resting, free = Turns(working=1, waiting=1), threading.Event(), threading.Event()
    told: list[str] = []

    def ended(seconds: float) -> bool:
        resting.set()
        return free.wait(seconds)

    def rest() -> None:
        with turns, Wait(turns, Changes(), ended) as wait:
            told.append(wait.rest(LONG, LONG))

    thread = begun(rest)
    assert resting.wait(LONG)
    with turns:
        free.set()
    thread.join(LONG)
    assert told == [GIVEN_UP]


def test_a_rest_lasts_as_long_as_it_should():
    turns = Turns(working=1, waiting=1)
    with turns, Wait(turns, Changes(), sleep) as wait:
        before = time.monotonic()
        assert wait.rest(0.3, 0.3) == ""
        assert 0.3 <= time.monotonic() - before < 1.0


def test_without_a_place_there_is_no_rest():
    turns = Turns(working=2, waiting=1)
    with turns, Wait(turns, Changes(), sleep) as first, turns, Wait(turns, Changes(), sleep) as second:
        assert first.rest(0.01, 0.01) == ""
        before = time.monotonic()
        assert second.rest(LONG, LONG) == FULL
        assert first.rest(0.01, 0.01) == ""
        assert time.monotonic() - before < 1.0


def test_a_place_is_free_again_after_the_wait():
    turns = Turns(working=1, waiting=1)
    for _ in range(3):
        with turns, Wait(turns, Changes(), sleep) as wait:
            assert wait.rest(0.01, 0.01) == ""


def test_a_rest_is_longer_while_nothing_changes():
    turns, changes = Turns(working=1, waiting=1), Changes()
    with turns, Wait(turns, changes, sleep) as wait:
        before = time.monotonic()
        assert wait.rest(0.1, 0.6) == ""
        assert time.monotonic() - before >= 0.6
        changes.note()
        before = time.monotonic()
        assert wait.rest(0.1, LONG) == ""
        assert time.monotonic() - before < 2.0


def test_a_change_during_the_attempt_before_counts():
    turns, changes = Turns(working=1, waiting=1), Changes()
    with turns, Wait(turns, changes, sleep) as wait:
        changes.note()
        before = time.monotonic()
        assert wait.rest(0.1, LONG) == ""
        assert time.monotonic() - before < 2.0
