"""The table of prices."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.errors import SecureCartError
from securecart.prices import PRICES, Price, price


def test_every_price_names_its_source_and_is_not_negative():
    assert PRICES
    assert all(found.source and found.amount >= 0 for found in PRICES.values())


def test_a_price_is_written_with_its_period_and_nothing_is_free_twice():
    assert str(price("NAT gateways", "us-east-1")) == "0.045 an hour"
    assert str(price("hosted zone")) == "0.50 a month"
    assert str(price("CloudFront distributions")) == "free"


@given(st.decimals(0, 10_000, places=4))
def test_an_hourly_price_costs_730_times_as_much_a_month(amount: Decimal):
    assert Price(amount, "hour", "page").month == 730 * amount
    assert Price(amount, "month", "page").month == amount


def test_a_component_without_a_price_is_refused():
    with pytest.raises(SecureCartError, match=r"NAT gateways, eu-south-1.*PRICES"):
        price("NAT gateways", "eu-south-1")
