"""Cases of certificates."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit


def _acm(world: World) -> Any:
    return world.boto("acm")


def _certificate(world: World, it: Resource) -> Any:
    return _acm(world).describe_certificate(CertificateArn=it.id)["Certificate"]


def _tags(world: World, it: Resource) -> object:
    return {tag["Key"]: tag["Value"] for tag in _acm(world).list_tags_for_certificate(CertificateArn=it.id)["Tags"]}


def _issued(world: World, it: Resource) -> bool:
    return _certificate(world, it)["Status"] == "ISSUED"


def _validation_inputs(world: World) -> dict[str, object]:
    made, names = parts.validated_certificate(world)
    return {"certificateArn": made.id, "validationRecordFqdns": names}


CASES = (
    Case(
        "aws:acm/certificate:Certificate",
        lambda world: {
            "domainName": "shop.example.com",
            "subjectAlternativeNames": ["shop.example.com", "*.shop.example.com"],
            "validationMethod": "DNS",
            "keyAlgorithm": "EC_prime256v1",
            "options": {"certificateTransparencyLoggingPreference": "ENABLED", "export": "DISABLED"},
            "tags": {"Name": "shop"},
        },
        seen=_certificate,
        edits=(
            Edit(
                lambda w, r: {
                    "options": {"certificateTransparencyLoggingPreference": "DISABLED", "export": "DISABLED"}
                },
                lambda w, r: _certificate(w, r)["Options"]["CertificateTransparencyLoggingPreference"],
                value="DISABLED",
            ),
            Edit(lambda w, r: {"tags": {"Name": "changed", "New": "1"}}, _tags, {"Name": "changed", "New": "1"}),
        ),
        replacing={
            "domainName": "other.example.com",
            "subjectAlternativeNames": ["shop.example.com"],
            "keyAlgorithm": "RSA_2048",
        },
        equal={"subjectAlternativeNames": ["*.shop.example.com", "shop.example.com"]},
    ),
    Case(
        "aws:acm/certificateValidation:CertificateValidation",
        _validation_inputs,
        seen=_issued,
        replacing={"certificateArn": "arn:aws:acm:us-east-1:1:certificate/0", "validationRecordFqdns": ["a.b"]},
        not_imported=frozenset({"validationRecordFqdns"}),
        adopted=True,
    ),
)
