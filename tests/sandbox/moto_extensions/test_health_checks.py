from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, Accounts, refusal

_NUMBERS = itertools.count(1)
WEB = {"Type": "HTTPS", "FullyQualifiedDomainName": "api.example.com"}


@pytest.fixture
def route53(accounts: Accounts) -> Any:
    return accounts.client("route53", DEV)


def create(route53: Any, config: dict[str, object]) -> dict[str, Any]:
    made = route53.create_health_check(CallerReference=f"check{next(_NUMBERS)}", HealthCheckConfig=config)
    return made["HealthCheck"]


def test_https_is_checked_at_443_with_its_server_name(route53: Any) -> None:
    config = create(route53, WEB)["HealthCheckConfig"]
    assert (config["Port"], config["EnableSNI"]) == (443, True)
    plain = create(route53, {**WEB, "Type": "HTTP"})["HealthCheckConfig"]
    assert (plain["Port"], plain.get("EnableSNI", False)) == (80, False)


def test_an_alarm_is_kept_and_changed(route53: Any) -> None:
    alarm = {"Name": "5xx", "Region": "us-east-1"}
    made = create(
        route53,
        {"Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": alarm, "InsufficientDataHealthStatus": "Unhealthy"},
    )
    found = route53.get_health_check(HealthCheckId=made["Id"])["HealthCheck"]["HealthCheckConfig"]
    assert found["AlarmIdentifier"] == alarm
    assert found["InsufficientDataHealthStatus"] == "Unhealthy"
    other = {**alarm, "Name": "latency"}
    changed = route53.update_health_check(HealthCheckId=made["Id"], AlarmIdentifier=other)["HealthCheck"]
    assert changed["HealthCheckConfig"]["AlarmIdentifier"] == other


@pytest.mark.parametrize(
    "config",
    [
        {"Type": "HTTPS"},
        {"Type": "TCP", "IPAddress": "192.0.2.1"},
        {"Type": "HTTP_STR_MATCH", "IPAddress": "192.0.2.1"},
        {"Type": "CALCULATED"},
        {"Type": "CALCULATED", "ChildHealthChecks": ["missing"]},
        {"Type": "CLOUDWATCH_METRIC"},
        {**WEB, "RequestInterval": 20},
        {**WEB, "FailureThreshold": 11},
        {**WEB, "HealthThreshold": 1},
        {"Type": "TCP", "IPAddress": "192.0.2.1", "Port": 1, "ResourcePath": "/"},
    ],
)
def test_what_a_type_does_not_take_is_refused(route53: Any, config: dict[str, object]) -> None:
    before = len(route53.list_health_checks()["HealthChecks"])
    assert refusal(route53.create_health_check, CallerReference="wrong", HealthCheckConfig=config) == "InvalidInput"
    assert len(route53.list_health_checks()["HealthChecks"]) == before


def test_a_change_keeps_the_children_and_a_child_stays_while_it_is_one(route53: Any) -> None:
    child = create(route53, WEB)["Id"]
    parent = create(route53, {"Type": "CALCULATED", "ChildHealthChecks": [child], "HealthThreshold": 1})["Id"]
    route53.update_health_check(HealthCheckId=parent, Disabled=True)
    found = route53.get_health_check(HealthCheckId=parent)["HealthCheck"]["HealthCheckConfig"]
    assert (found["Disabled"], found["ChildHealthChecks"]) == (True, [child])
    assert refusal(route53.delete_health_check, HealthCheckId=child) == "InvalidInput"
    for one in (parent, child):
        route53.delete_health_check(HealthCheckId=one)
        assert refusal(route53.delete_health_check, HealthCheckId=one) == "NoSuchHealthCheck"
