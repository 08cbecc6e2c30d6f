"""Three-valued logic: Kleene's tables, and that refining an unknown never overturns a result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.logic import Truth, at_least, at_most, equal, every, exactly, one_of, some, truth
from policies.values import UNKNOWN

TRUTHS = st.lists(st.sampled_from(Truth), max_size=5)


def completions(statements: Sequence[Truth]) -> Iterable[tuple[Truth, ...]]:
    both = (Truth.FALSE, Truth.TRUE)
    return product(*(both if each is Truth.UNKNOWN else (each,) for each in statements))


@pytest.mark.parametrize(
    ("combine", "classical"),
    [
        (every, all),
        (some, any),
        (lambda found: at_least(2, found), lambda held: sum(held) >= 2),
        (lambda found: at_most(2, found), lambda held: sum(held) <= 2),
        (lambda found: exactly(2, found), lambda held: sum(held) == 2),
    ],
    ids=["every", "some", "at_least", "at_most", "exactly"],
)
@given(statements=TRUTHS)
def test_result_is_what_every_completion_agrees_on(
    combine: Callable[[Iterable[Truth]], Truth],
    classical: Callable[[Iterable[bool]], bool],
    statements: list[Truth],
) -> None:
    outcomes = {bool(classical([each is Truth.TRUE for each in done])) for done in completions(statements)}
    assert combine(statements) is truth(outcomes.pop() if len(outcomes) == 1 else None)


@given(left=st.sampled_from(Truth), right=st.sampled_from(Truth))
def test_operators_follow_de_morgan(left: Truth, right: Truth) -> None:
    assert ~(left & right) is (~left | ~right)
    assert ~~left is left


def test_an_unknown_value_equals_nothing_for_certain() -> None:
    assert equal(UNKNOWN, "tcp") is Truth.UNKNOWN
    assert one_of(UNKNOWN, ("tcp",)) is Truth.UNKNOWN
    assert equal("tcp", "tcp") is Truth.TRUE
    assert one_of("udp", ("tcp",)) is Truth.FALSE


def test_a_truth_never_passes_for_a_boolean() -> None:
    with pytest.raises(TypeError, match="not a bool"):
        bool(Truth.UNKNOWN)
