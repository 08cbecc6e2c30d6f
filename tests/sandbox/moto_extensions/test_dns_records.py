from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.accounts import DEV, Accounts, refusal

_NUMBERS = itertools.count(1)
INVALID = "InvalidChangeBatch"


@dataclass(frozen=True)
class Zone:
    """A public zone, and the client of its account."""

    route53: Any
    id: str
    name: str

    def change(self, *changes: tuple[str, dict[str, object]]) -> None:
        listed = [{"Action": action, "ResourceRecordSet": record} for action, record in changes]
        self.route53.change_resource_record_sets(HostedZoneId=self.id, ChangeBatch={"Changes": listed})

    def refusal(self, *changes: tuple[str, dict[str, object]]) -> str:
        """The message of the refusal."""
        with pytest.raises(ClientError) as caught:
            self.change(*changes)
        assert caught.value.response["Error"]["Code"] == INVALID
        return caught.value.response["Error"]["Message"]

    def record(self, name: str = "api", **members: object) -> dict[str, object]:
        simple = {"TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}
        return {"Name": f"{name}.{self.name}", "Type": "A", **simple, **members}

    def records(self) -> list[dict[str, Any]]:
        found = self.route53.list_resource_record_sets(HostedZoneId=self.id)["ResourceRecordSets"]
        return [record for record in found if record["Type"] not in ("NS", "SOA")]


@pytest.fixture
def zone(accounts: Accounts) -> Zone:
    route53 = accounts.client("route53", DEV)
    name = f"records{next(_NUMBERS)}.example.com"
    made = route53.create_hosted_zone(Name=name, CallerReference=name)["HostedZone"]
    return Zone(route53, made["Id"], name)


def test_a_record_is_created_once(zone: Zone) -> None:
    zone.change(("CREATE", zone.record()))
    other = zone.record(TTL=300)
    assert "already exists" in zone.refusal(("CREATE", other))
    assert zone.records()[0]["TTL"] == 60
    zone.change(("UPSERT", other))
    assert [record["TTL"] for record in zone.records()] == [300]


def test_a_batch_is_made_whole_or_not_at_all(zone: Zone) -> None:
    zone.refusal(
        ("CREATE", zone.record("one")), ("CREATE", zone.record("two", ResourceRecords=[{"Value": "elsewhere"}]))
    )
    assert zone.records() == []
    zone.change(("CREATE", zone.record("one")), ("CREATE", zone.record("two")))
    assert len(zone.records()) == 2


def test_a_deletion_names_the_values_that_are_there(zone: Zone) -> None:
    zone.change(("CREATE", zone.record()))
    assert "do not match" in zone.refusal(("DELETE", zone.record(TTL=61)))
    assert "was not found" in zone.refusal(("DELETE", zone.record("other")))
    zone.change(("DELETE", zone.record()))
    assert zone.records() == []


def test_deleting_one_set_identifier_leaves_the_same_one_of_another_name(zone: Zone) -> None:
    routed = {"SetIdentifier": "blue", "Weight": 1}
    zone.change(("CREATE", zone.record("one", **routed)), ("CREATE", zone.record("two", **routed)))
    zone.change(("DELETE", zone.record("one", **routed)))
    assert [record["Name"] for record in zone.records()] == [f"two.{zone.name}."]


def test_failover_has_one_primary_and_one_secondary(zone: Zone) -> None:
    for identifier, failover in (("east", "PRIMARY"), ("west", "SECONDARY")):
        zone.change(("CREATE", zone.record(SetIdentifier=identifier, Failover=failover)))
    told = zone.refusal(("CREATE", zone.record(SetIdentifier="south", Failover="PRIMARY")))
    assert "failover value PRIMARY" in told


def test_one_name_and_type_is_routed_in_one_way(zone: Zone) -> None:
    zone.change(("CREATE", zone.record(SetIdentifier="blue", Weight=10)))
    zone.refusal(("CREATE", zone.record()))
    zone.refusal(("CREATE", zone.record(SetIdentifier="east", Region="us-east-1")))
    zone.change(("CREATE", zone.record(SetIdentifier="green", Weight=0)))
    assert len(zone.records()) == 2


@pytest.mark.parametrize(
    ("kind", "value", "other"),
    [
        ("Region", "us-east-1", "eu-west-1"),
        ("GeoLocation", {"ContinentCode": "EU"}, {"CountryCode": "*"}),
    ],
)
def test_a_region_or_a_place_is_routed_once(zone: Zone, kind: str, value: object, other: object) -> None:
    zone.change(("CREATE", zone.record(SetIdentifier="a", **{kind: value})))
    zone.refusal(("CREATE", zone.record(SetIdentifier="b", **{kind: value})))
    zone.change(("CREATE", zone.record(SetIdentifier="b", **{kind: other})))
    assert len(zone.records()) == 2


def test_an_alias_within_the_zone_needs_its_target(zone: Zone) -> None:
    target = {"HostedZoneId": zone.id.rpartition("/")[2], "EvaluateTargetHealth": False}
    alias = {
        "Name": f"www.{zone.name}",
        "Type": "A",
        "AliasTarget": {**target, "DNSName": f"api.{zone.name}"},
    }
    assert "target was not found" in zone.refusal(("CREATE", alias))
    zone.change(("CREATE", alias), ("CREATE", zone.record("api")))
    assert {record["Name"] for record in zone.records()} == {f"www.{zone.name}.", f"api.{zone.name}."}


def test_a_health_check_that_does_not_exist_is_an_error(zone: Zone) -> None:
    record = zone.record(SetIdentifier="blue", Weight=1, HealthCheckId="0")
    batch = {"Changes": [{"Action": "CREATE", "ResourceRecordSet": record}]}
    code = refusal(zone.route53.change_resource_record_sets, HostedZoneId=zone.id, ChangeBatch=batch)
    assert code == "NoSuchHealthCheck"
    assert zone.records() == []


def test_the_zones_own_records_stay(zone: Zone) -> None:
    found = zone.route53.list_resource_record_sets(HostedZoneId=zone.id)["ResourceRecordSets"]
    assert {record["Type"] for record in found} == {"NS", "SOA"}
    for record in found:
        assert "at least one" in zone.refusal(("DELETE", record))
