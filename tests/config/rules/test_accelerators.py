"""Accelerators that cannot work. Each case: name, changes, rule, key path; the line expected ends in ``# HERE``."""

from __future__ import annotations

import pytest

from tests.config.rules.routed import ACCELERATOR, changed, with_edge

_AT = "accelerators.go"
CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "unknown load balancer",
        [("eu: {}", "eus: {} # HERE")],
        "routed-load-balancer-exists",
        f"{_AT}.load_balancers.eus",
    ),
    (
        "name in another zone",
        [("go.shop.example", "go.shop.test # HERE")],
        "routed-name-in-zone",
        f"{_AT}.host",
    ),
    (
        "name that only ends like the zone",
        [("go.shop.example", "myshop.example # HERE")],
        "routed-name-in-zone",
        f"{_AT}.host",
    ),
    (
        "name that no certificate has",
        [("go.shop.example", "stop.shop.example # HERE")],
        "routed-name-certified",
        f"{_AT}.host",
    ),
    (
        "two accounts",
        [("    load_balancers:", "    load_balancers: # HERE"), ("us: {}", "dev: {}")],
        "accelerator-one-account",
        f"{_AT}.load_balancers",
    ),
    (
        "two of one region",
        [("eu: {}", "dev: {} # HERE")],
        "accelerator-regions",
        f"{_AT}.load_balancers.dev",
    ),
    (
        "no traffic at all",
        [
            ("    load_balancers:", "    load_balancers: # HERE"),
            ("us: {}", "us: {weight: 0}"),
            ("eu: {}", "eu: {traffic_dial_percentage: 0}"),
        ],
        "accelerator-takes-traffic",
        f"{_AT}.load_balancers",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(with_edge(changed(ACCELERATOR, *changes)), rule, subject)


def test_an_accelerator_over_two_regions_has_no_findings(judged, edited) -> None:
    checked = judged(edited(*with_edge(ACCELERATOR)))
    assert checked.findings == ()
    assert set(checked.fleet.accelerators["go"].load_balancers) == {"us", "eu"}


def test_one_region_may_rest_while_the_other_takes_traffic(judged, edited) -> None:
    resting = changed(ACCELERATOR, ("us: {}", "us: {weight: 0}"))
    assert judged(edited(*with_edge(resting))).findings == ()
