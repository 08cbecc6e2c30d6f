"""How a refused deletion is tried again: pure, with a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from securecart.sandbox.provider import patience
from securecart.sandbox.provider.failures import AwsCallError, StillInUseError
from securecart.sandbox.provider.patience import LONGEST_SECONDS, Patience, insist, patience_for

BUSY = ("DependencyViolation",)


@dataclass
class Clock:
    """Time that passes only while somebody rests."""

    now: float = 0.0
    rests: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.now

    def rest(self, least: float, most: float) -> str:
        assert least <= most
        self.rests.append(least)
        self.now += least
        return ""


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(patience.time, "monotonic", made.monotonic)
    return made


@dataclass
class Attempts:
    """Refused so often, then carried out."""

    refusals: int
    code: str = "DependencyViolation"
    made: int = 0

    def __call__(self) -> None:
        self.made += 1
        if self.made <= self.refusals:
            raise AwsCallError("DeleteVpc", self.code, "in use", account="1", region="us-east-1")


def test_it_goes_on_until_nothing_uses_the_resource(clock: Clock):
    attempts = Attempts(refusals=5)
    insist(attempts, BUSY, Patience(60, clock.rest))
    assert attempts.made == 6
    assert len(clock.rests) == 5


def test_the_pauses_grow_from_a_quarter_to_one_second(clock: Clock):
    insist(Attempts(refusals=8), BUSY, Patience(60, clock.rest))
    assert clock.rests == sorted(clock.rests)
    assert (clock.rests[0], clock.rests[-1]) == (0.25, 1.0)


def test_another_refusal_ends_it_at_once(clock: Clock):
    attempts = Attempts(refusals=5, code="UnauthorizedOperation")
    with pytest.raises(AwsCallError, match="UnauthorizedOperation"):
        insist(attempts, BUSY, Patience(60, clock.rest))
    assert attempts.made == 1
    assert clock.rests == []


def test_a_last_attempt_is_made_when_the_time_is_over(clock: Clock):
    attempts = Attempts(refusals=1000)
    with pytest.raises(StillInUseError, match=r"DependencyViolation: in use; .*waited 10\.0 s .*its time is over"):
        insist(attempts, BUSY, Patience(10, clock.rest))
    assert sum(clock.rests) == pytest.approx(10)
    assert attempts.made == len(clock.rests) + 1


def test_a_rest_that_ends_early_ends_it(clock: Clock):
    attempts = Attempts(refusals=1000)
    with pytest.raises(StillInUseError, match="the engine is gone"):
        insist(attempts, BUSY, Patience(10, lambda least, most: "the engine is gone"))
    assert attempts.made == 1


@pytest.mark.parametrize(("timeout", "seconds"), [(0, LONGEST_SECONDS), (7, 7), (3600, LONGEST_SECONDS)])
def test_a_custom_timeout_shortens_the_patience_and_does_not_lengthen_it(timeout: float, seconds: float, clock: Clock):
    assert patience_for(timeout, clock.rest).seconds == seconds
