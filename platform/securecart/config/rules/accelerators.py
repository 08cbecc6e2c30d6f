"""Global Accelerators (row X5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.routed_names import network_of


def _several_accounts(draft: Draft) -> Iterator[Breach]:
    for name, accelerator in draft.accelerators.items():
        networks = [found for each in accelerator.load_balancers if (found := network_of(draft, each))]
        accounts = sorted({network.account for network in networks})
        if len(accounts) > 1:
            message = f"its load balancers are in {len(accounts)} accounts: {', '.join(accounts)}"
            yield Breach(("accelerators", name, "load_balancers"), message)


def _regions_twice(draft: Draft) -> Iterator[Breach]:
    for name, accelerator in draft.accelerators.items():
        known = [(each, found) for each in accelerator.load_balancers if (found := network_of(draft, each))]
        for first, again in repeated(network.region for _, network in known):
            other, (load_balancer, network) = known[first][0], known[again]
            path = ("accelerators", name, "load_balancers")
            message = f"load balancer {load_balancer!r} is in {network.region}, as {other!r} already is"
            yield Breach((*path, load_balancer), message, ((*path, other),))


def _all_off(draft: Draft) -> Iterator[Breach]:
    for name, accelerator in draft.accelerators.items():
        ends = accelerator.load_balancers.values()
        if not any(end.weight and end.traffic_dial_percentage for end in ends):
            yield Breach(("accelerators", name, "load_balancers"), "none of its load balancers takes any traffic")


ACCELERATOR_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "accelerator-one-account",
        "The load balancers of an accelerator are in one account, which owns it.",
        "leave the others out, or give their account an accelerator of its own",
        _several_accounts,
    ),
    Rule(
        "accelerator-regions",
        "An accelerator has one load balancer in each region.",
        "keep one of the two",
        _regions_twice,
    ),
    Rule(
        "accelerator-takes-traffic",
        "At least one load balancer of an accelerator has a weight and a traffic dial above zero.",
        "raise weight and traffic_dial_percentage of one of them",
        _all_off,
    ),
)
"""Rules about accelerators."""
