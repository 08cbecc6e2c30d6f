"""The zone is the listed one; certificates name what is listed, are validated by DNS, and are issued."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, flag, items, text
from policies.views import Resource, Stack

_IMPORTED = ("certificateBody", "certificateChain", "privateKey")


def zone_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a hosted zone: a public one has the listed name, in the zone's own stack; a private one is of VPCs."""
    name, vpcs = text(resource.props, "name"), items(resource.props, "vpcs")
    private = Truth.UNKNOWN if vpcs is UNKNOWN else truth(bool(vpcs))
    listed = Truth.FALSE if facts.zone is None else equal(name, facts.zone.name)
    shown = name if isinstance(name, str) else ""
    yield Claim(~private & ~listed, "the fleet file lists no such zone", resource.urn, shown)


def zone_kept(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a hosted zone: AWS refuses to delete it while it holds records."""
    forced = equal(flag(resource.props, "forceDestroy", default=False), True)
    yield Claim(forced, "the zone would be deleted with every record in it", resource.urn)


def validated_by_dns(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a certificate: ACM validates it by DNS, and so renews it; nobody's key is imported."""
    by_dns = equal(text(resource.props, "validationMethod"), "DNS")
    yield Claim(~by_dns, "the certificate is not validated by DNS", resource.urn)
    for key in _IMPORTED:
        value = resource.props.get(key)
        given = Truth.UNKNOWN if value is UNKNOWN else truth(value is not None)
        yield Claim(given, f"the certificate is imported: it has a {key}", resource.urn)


def names_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a certificate: it has the names that the fleet file lists for its stack, each of them and no other."""
    others = items(resource.props, "subjectAlternativeNames")
    first = text(resource.props, "domainName")
    found = (UNKNOWN,) if others is UNKNOWN else (first, *others)
    wanted = facts.certificate.names if facts.certificate else ()
    for name in found:
        listed = some(equal(name, each) for each in wanted)
        shown = name if isinstance(name, str) else ""
        yield Claim(~listed, "the fleet file does not list this name of the certificate", resource.urn, shown)
    for name in wanted:
        named = Truth.UNKNOWN if others is UNKNOWN else some(equal(each, name) for each in found)
        yield Claim(~named, f"the certificate does not name {name}", resource.urn, name)


def issued(stack: Stack) -> Iterator[Claim]:
    """Judge a certificate's stack: it waits until each certificate is issued, so that nobody gets one that is not."""
    validations = stack.of(t.CERTIFICATE_VALIDATION)
    waited = [stack.target(each, "certificateArn", t.CERTIFICATE, "arn") for each in validations]
    for certificate in stack.of(t.CERTIFICATE):
        found = some(truth(None if target is UNKNOWN else target is certificate) for target in waited)
        yield Claim(~found, "nothing waits until the certificate is issued", certificate.urn)


_CERTIFICATE = frozenset(t.CERTIFICATE)
_ZONE = frozenset(t.HOSTED_ZONE)

RULES = (
    Rule(
        id="zone-listed",
        title="The fleet has one public hosted zone, the one that the fleet file lists, in its own stack.",
        mission_row="X3",
        controls=("PCI DSS 1.2.5",),
        remedy="declare the zone under dns in the fleet file",
        applies_to=_ZONE,
        resource=zone_listed,
    ),
    Rule(
        id="zone-kept",
        title="A hosted zone is not deleted while it holds records.",
        mission_row="X3",
        remedy="leave forceDestroy out, and delete the records first",
        applies_to=_ZONE,
        resource=zone_kept,
    ),
    Rule(
        id="certificate-dns-validated",
        title="Certificates are ACM's own, validated by DNS, so that they are renewed without anybody's doing.",
        mission_row="X3",
        controls=("ACM.1",),
        remedy="set validationMethod to DNS, and import no certificate",
        applies_to=_CERTIFICATE,
        resource=validated_by_dns,
    ),
    Rule(
        id="certificate-names-listed",
        title="A certificate names what the fleet file lists for it, and nothing else.",
        mission_row="X3",
        controls=("CKV2_AWS_71",),
        remedy="list the name under the certificate in the fleet file",
        applies_to=_CERTIFICATE,
        resource=names_listed,
    ),
    Rule(
        id="certificate-issued",
        title="A certificate's stack waits until the certificate is issued.",
        mission_row="X3",
        remedy="declare a CertificateValidation for the certificate",
        stack=issued,
    ),
)
