"""Alias records, one for each kind of address."""

import pytest

from securecart.components.alias_record import AliasArgs, alias_records

RECORD = "route53/record:Record"


def recorded(deploy, **changes):
    given = {"ipv6": False, "evaluate_target_health": True, **changes}
    args = AliasArgs("Z1", "us.securecart.example", "alb.amazonaws.com", "ZELB", **given)
    return deploy(lambda scope_of: alias_records(scope_of("network", "us-east-1"), "us", args)).all(RECORD)


def test_a_target_with_ipv4_alone_gets_one_record(deploy):
    assert set(recorded(deploy)) == {"us-a"}


def test_a_target_with_ipv6_gets_a_record_of_each_type(deploy):
    records = recorded(deploy, ipv6=True)
    assert {name: record.inputs["type"] for name, record in records.items()} == {"us-a": "A", "us-aaaa": "AAAA"}
    assert len({str(record.inputs["aliases"]) for record in records.values()}) == 1


@pytest.mark.parametrize("evaluate", [True, False])
def test_the_record_leads_to_the_target_in_its_own_zone(deploy, evaluate):
    record = recorded(deploy, evaluate_target_health=evaluate)["us-a"].inputs
    assert (record["zoneId"], record["name"]) == ("Z1", "us.securecart.example")
    assert record["aliases"] == [
        {"name": "alb.amazonaws.com", "zoneId": "ZELB", "evaluateTargetHealth": evaluate},
    ]
    assert "ttl" not in record
