"""The table of AWS limits."""

from __future__ import annotations

import pytest

from securecart.errors import SecureCartError
from securecart.limits import LIMITS, Limit, LimitName, limit, usable_addresses


@pytest.mark.parametrize("name", list(LimitName))
def test_every_limit_has_a_value_a_reachable_maximum_and_a_source(name: LimitName) -> None:
    found = limit(name)
    assert found.value > 0
    assert found.maximum is None or found.maximum >= found.value
    assert "guide" in found.source


def test_the_table_has_no_limit_without_a_name() -> None:
    assert set(LIMITS) == set(LimitName)


def test_a_limit_that_aws_never_lifts_forbids_one_more() -> None:
    fixed = limit(LimitName.BUCKET_NAME_LENGTH)
    assert not fixed.adjustable
    assert (fixed.forbids(63), fixed.forbids(64)) == (False, True)
    assert not fixed.needs_request(64)


def test_a_limit_that_aws_lifts_asks_for_a_request_up_to_its_maximum() -> None:
    lifted = Limit(20, 40, "a guide")
    assert lifted.adjustable
    assert [lifted.needs_request(count) for count in (20, 21, 40, 41)] == [False, True, True, False]
    assert [lifted.forbids(count) for count in (20, 40, 41)] == [False, False, True]


def test_a_limit_without_a_published_maximum_forbids_nothing() -> None:
    open_ended = limit(LimitName.VPCS_PER_REGION)
    assert open_ended.needs_request(10_000)
    assert not open_ended.forbids(10_000)


def test_aws_keeps_five_addresses_of_a_subnet() -> None:
    assert (usable_addresses(28), usable_addresses(24)) == (11, 251)


def test_a_limit_missing_from_the_table_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LIMITS, LimitName.ROUTES_PER_TABLE)
    with pytest.raises(SecureCartError, match="routes-per-table"):
        limit(LimitName.ROUTES_PER_TABLE)
