"""Cases of policies/rules/certificates.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, certificate, dev, zone

_ZONE = "aws:route53/zone:Zone"
_FIRST = "prod-us-east-1"

VIOLATIONS: tuple[Case, ...] = (
    Case("zone-listed", "another name", zone, "Zone", props={"name": "elsewhere.example"}),
    Case("zone-listed", "in a network's stack", dev, "Vpc", add=(_ZONE, {"name": "shop.example"})),
    Case("zone-listed", "in a network's stack, of no VPC", dev, "Vpc", add=(_ZONE, {"name": "x.example", "vpcs": []})),
    Case("zone-kept", "forced", zone, "Zone", props={"forceDestroy": True}),
    Case("certificate-dns-validated", "by mail", certificate, "Certificate", _FIRST, {"validationMethod": "EMAIL"}),
    Case("certificate-dns-validated", "imported", certificate, "Certificate", _FIRST, {"privateKey": "key"}),
    Case(
        "certificate-names-listed",
        "a wildcard",
        certificate,
        "Certificate",
        _FIRST,
        {"subjectAlternativeNames": ["*.shop.example"]},
    ),
    Case("certificate-names-listed", "fewer", certificate, "Certificate", _FIRST, drop=("subjectAlternativeNames",)),
    Case(
        "certificate-names-listed",
        "in a network's stack",
        dev,
        "Vpc",
        add=("aws:acm/certificate:Certificate", {"domainName": "shop.example", "validationMethod": "DNS"}),
    ),
    Case("certificate-issued", "nobody waits", certificate, "CertificateValidation", _FIRST, remove=True),
    Case(
        "certificate-issued",
        "for another one",
        certificate,
        "CertificateValidation",
        _FIRST,
        {"certificateArn": "arn:aws:acm:elsewhere"},
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case("zone-listed", "the name", zone, "Zone", props={"name": UNKNOWN}),
    Case("zone-listed", "whether it is private", dev, "Vpc", add=(_ZONE, {"name": "x.example", "vpcs": UNKNOWN})),
    Case("zone-kept", "the setting", zone, "Zone", props={"forceDestroy": UNKNOWN}),
    Case("certificate-dns-validated", "the method", certificate, "Certificate", _FIRST, {"validationMethod": UNKNOWN}),
    Case("certificate-dns-validated", "the key", certificate, "Certificate", _FIRST, {"privateKey": UNKNOWN}),
    Case(
        "certificate-names-listed",
        "the names",
        certificate,
        "Certificate",
        _FIRST,
        {"subjectAlternativeNames": UNKNOWN},
    ),
    Case(
        "certificate-issued",
        "which one",
        certificate,
        "CertificateValidation",
        _FIRST,
        {"certificateArn": UNKNOWN},
        drop=("id",),
    ),
)
