from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, HUB, Accounts, refusal

_NUMBERS = itertools.count(1)


@pytest.fixture
def acm(accounts: Accounts) -> Any:
    return accounts.client("acm", DEV)


def zone(accounts: Accounts, account: str = DEV) -> tuple[str, str]:
    """A public zone: its name and its id."""
    name = f"certified{next(_NUMBERS)}.example.com"
    made = accounts.client("route53", account).create_hosted_zone(Name=name, CallerReference=name)
    return name, made["HostedZone"]["Id"]


def request(acm: Any, *names: str, **more: object) -> str:
    asked = {"DomainName": names[0], "SubjectAlternativeNames": list(names), "ValidationMethod": "DNS", **more}
    return acm.request_certificate(**asked)["CertificateArn"]


def detail(acm: Any, arn: str) -> dict[str, Any]:
    return acm.describe_certificate(CertificateArn=arn)["Certificate"]


def publish(accounts: Accounts, account: str, zone_id: str, record: dict[str, str]) -> None:
    values = {"TTL": 300, "ResourceRecords": [{"Value": record["Value"]}]}
    change = {"Action": "UPSERT", "ResourceRecordSet": {"Name": record["Name"], "Type": record["Type"], **values}}
    route53 = accounts.client("route53", account)
    route53.change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch={"Changes": [change]})


@pytest.mark.parametrize("owner", [DEV, HUB])
def test_a_certificate_is_issued_once_every_record_stands_in_a_public_zone(
    accounts: Accounts, acm: Any, owner: str
) -> None:
    name, zone_id = zone(accounts, owner)
    arn = request(acm, f"a.{name}", f"b.{name}")
    options = detail(acm, arn)["DomainValidationOptions"]
    assert [one["DomainName"] for one in options] == [f"a.{name}", f"b.{name}"]
    for option in options:
        waiting = detail(acm, arn)
        assert waiting["Status"] == "PENDING_VALIDATION"
        assert not {"IssuedAt", "NotAfter"} & waiting.keys()
        publish(accounts, owner, zone_id, option["ResourceRecord"])
    issued = detail(acm, arn)
    assert issued["Status"] == "ISSUED"
    assert {"IssuedAt", "NotAfter"} <= issued.keys()
    assert {one["ValidationStatus"] for one in issued["DomainValidationOptions"]} == {"SUCCESS"}


def test_a_domain_and_its_wildcard_share_a_record_and_others_do_not(acm: Any) -> None:
    arn = request(acm, "shop.example.com", "*.shop.example.com", "pay.example.com")
    records = [one["ResourceRecord"] for one in detail(acm, arn)["DomainValidationOptions"]]
    assert records[0] == records[1]
    assert records[0]["Name"] != records[2]["Name"]
    assert records[0]["Value"] != records[2]["Value"]


def test_a_certificate_has_the_key_and_the_options_that_were_asked_for(acm: Any) -> None:
    arn = request(acm, "keys.example.com", KeyAlgorithm="EC_prime256v1")
    found = detail(acm, arn)
    assert found["KeyAlgorithm"] == "EC_prime256v1"
    assert found["Options"]["CertificateTransparencyLoggingPreference"] == "ENABLED"
    acm.update_certificate_options(CertificateArn=arn, Options={"CertificateTransparencyLoggingPreference": "DISABLED"})
    assert detail(acm, arn)["Options"]["CertificateTransparencyLoggingPreference"] == "DISABLED"


def test_a_certificate_that_nothing_uses_is_deleted(acm: Any) -> None:
    arn = request(acm, "unused.example.com")
    assert detail(acm, arn)["InUseBy"] == []
    acm.delete_certificate(CertificateArn=arn)
    assert refusal(acm.describe_certificate, CertificateArn=arn) == "ResourceNotFoundException"
