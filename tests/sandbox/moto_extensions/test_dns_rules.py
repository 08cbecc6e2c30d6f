from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.moto_extensions.dns_rules import alone, canonical, key_of, together

ZONE = "example.com."
_LABELS = st.lists(st.text(alphabet="abcXYZ-09*", min_size=1, max_size=5), min_size=1, max_size=4)


def record(**members: object) -> dict[str, object]:
    return {"Name": f"api.{ZONE}", "Type": "A", "TTL": 60, "ResourceRecords": ["192.0.2.1"], **members}


@given(_LABELS)
def test_a_canonical_name_is_its_own_canonical_form(labels: list[str]) -> None:
    name = canonical(".".join(labels))
    assert canonical(name) == name
    assert name.endswith(".")
    assert "*" not in name


def test_a_simple_record_is_right() -> None:
    assert list(alone(record(), ZONE)) == []


@given(st.integers())
def test_a_weight_is_right_from_0_to_255(weight: int) -> None:
    wrong = list(alone(record(Weight=weight, SetIdentifier="a"), ZONE))
    assert (not wrong) == (0 <= weight <= 255)


@pytest.mark.parametrize(
    "members",
    [
        {"Name": "api.example.org."},
        {"Name": "notexample.com."},
        {"Weight": 1},
        {"SetIdentifier": "a"},
        {"SetIdentifier": "a", "Weight": 1, "Region": "us-east-1"},
        {"TTL": None},
        {"ResourceRecords": None},
        {"AliasTarget": {"DNSName": "a.", "HostedZoneId": "Z"}},
        {"ResourceRecords": ["not an address"]},
        {"Type": "AAAA"},
        {"Type": "TXT"},
        {"Type": "CNAME", "ResourceRecords": ["a.", "b."]},
        {"Type": "CNAME", "Name": ZONE, "ResourceRecords": ["a."]},
        {"SetIdentifier": "a", "GeoLocation": {"SubdivisionCode": "CA"}},
        {"SetIdentifier": "a", "GeoLocation": {"ContinentCode": "EU", "CountryCode": "DE"}},
    ],
)
def test_what_route_53_does_not_take_is_told(members: dict[str, object]) -> None:
    wrong = {name: value for name, value in record(**members).items() if value is not None}
    assert list(alone(wrong, ZONE))


@given(st.lists(st.sampled_from(["PRIMARY", "SECONDARY"]), min_size=1, max_size=3))
def test_failover_records_are_right_while_no_role_is_given_twice(roles: list[str]) -> None:
    records = [record(Failover=role, SetIdentifier=str(number)) for number, role in enumerate(roles)]
    assert len({key_of(one) for one in records}) == len(roles)
    assert (not list(together(records, ZONE))) == (len(set(roles)) == len(roles))


def test_a_cname_stands_alone_at_its_name() -> None:
    cname = record(Type="CNAME", ResourceRecords=["a."])
    assert list(together([cname], ZONE)) == []
    assert list(together([cname, record(Type="TXT", ResourceRecords=['"a"'])], ZONE))
