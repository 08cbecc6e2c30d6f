"""What has a fixed price and is off by default: whoever switches it on is told what it costs, and goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.rules.base import Breach, Rule
from securecart.prices import AS_OF, SHIELD_ADVANCED, price


def _shield(draft: Draft) -> Iterator[Breach]:
    if draft.shield and draft.shield.advanced:
        found = price(SHIELD_ADVANCED)
        message = f"Shield Advanced costs {found.month} USD a month, for a year at least ({found.source}, {AS_OF})"
        yield Breach(("shield", "advanced"), message, mandatory=False)


PRICE_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "price-shield-advanced",
        "Shield Advanced is off: its fixed price is told to whoever switches it on.",
        "set it to false, unless that price is meant",
        _shield,
    ),
)
"""Rules about fixed prices; they advise, and refuse nothing."""
