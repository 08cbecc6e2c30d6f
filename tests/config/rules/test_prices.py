"""What has a fixed price and is off by default says its price when it is switched on."""

from __future__ import annotations

import pytest

from securecart.prices import AS_OF, SHIELD_ADVANCED, price


def test_shield_advanced_says_its_price_and_source_and_is_let_through(judged, edited) -> None:
    checked = judged(edited(("targets:\n", "shield:\n  advanced: true\ntargets:\n")))
    assert checked.fleet is not None
    assert checked.fleet.shield.advanced
    (found,) = checked.findings
    assert (found.rule, found.subject, found.mandatory) == ("price-shield-advanced", "shield.advanced", False)
    for part in ("3000.00 USD a month", "a year", price(SHIELD_ADVANCED).source, AS_OF):
        assert part in found.message


@pytest.mark.parametrize("shield", ["", "shield: {advanced: false}\n"], ids=["not named", "off"])
def test_without_it_nothing_is_said(judged, edited, shield) -> None:
    checked = judged(edited(("targets:\n", f"{shield}targets:\n")))
    assert checked.findings == ()
    assert not checked.fleet.shield.advanced
