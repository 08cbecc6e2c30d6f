"""Certificates of several regions, with the records that validate them."""

import pytest

from securecart.components.certificates import Certificates, CertificatesArgs

CERTIFICATE, VALIDATION = "acm/certificate:Certificate", "acm/certificateValidation:CertificateValidation"
RECORD = "route53/record:Record"
NAMES = ("shop.securecart.example", "eu.securecart.example", "us.securecart.example")
REGIONS = ("us-east-1", "eu-west-1")


def build(deploy, names, regions=REGIONS):
    def program(scope_of) -> None:
        scopes = {region: scope_of("prod", region) for region in regions}
        zone_scope = scope_of("network", "us-east-1")
        Certificates("prod", scopes[regions[0]], CertificatesArgs(names, scopes, zone_scope, "Z1"))

    return deploy(program)


@pytest.fixture
def recording(deploy):
    return build(deploy, NAMES)


def test_each_region_has_a_certificate_of_every_name_validated_by_dns(recording):
    certificates = recording.all(CERTIFICATE)
    assert {recording.provider_of(item).name for item in certificates.values()} == {f"prod-{r}" for r in REGIONS}
    for item in certificates.values():
        assert item.inputs["domainName"] == NAMES[0]
        assert item.inputs["subjectAlternativeNames"] == list(NAMES[1:])
        assert item.inputs["validationMethod"] == "DNS"


def test_each_name_has_one_record_for_all_regions_in_the_zones_account(recording):
    records = recording.all(RECORD)
    assert set(records) == set(NAMES)
    for name, record in records.items():
        assert recording.provider_of(record).name == "network-us-east-1"
        assert (record.inputs["zoneId"], record.inputs["type"]) == ("Z1", "CNAME")
        assert record.inputs["name"] == f"_proof.{name}."
        assert record.inputs["records"] == [f"_target.{name}.acm-validations.aws."]


def test_each_certificate_waits_for_every_record(recording):
    validations = recording.all(VALIDATION)
    assert {recording.provider_of(item).name for item in validations.values()} == {f"prod-{r}" for r in REGIONS}
    for name, item in validations.items():
        assert item.inputs["certificateArn"] == f"arn:aws:mock:::Certificate/{name}"
        assert sorted(item.inputs["validationRecordFqdns"]) == sorted(f"fqdn/{domain}" for domain in NAMES)


def test_a_certificate_of_one_name_lists_no_others(deploy):
    recording = build(deploy, NAMES[:1], REGIONS[:1])
    assert "subjectAlternativeNames" not in recording.one(CERTIFICATE).inputs
    assert recording.one(RECORD).inputs["name"] == f"_proof.{NAMES[0]}."
