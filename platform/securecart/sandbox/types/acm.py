"""Certificates, validated by DNS. Sources: ACM API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import compact, unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
)

_ARN = {"CertificateArn": "$id"}
_GONE = ("ResourceNotFoundException",)
_RECORD = {"resourceRecordName": "Name", "resourceRecordType": "Type", "resourceRecordValue": "Value"}


def _certificate(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """Properties whose form differs from AWS's.

    ACM lists the certificate's own domain among the others, which programs leave out; it is no difference then.
    """
    found, given = item.get("SubjectAlternativeNames"), scope.get("subjectAlternativeNames")
    domains = [str(name) for name in found] if isinstance(found, list) else []
    named = [str(name) for name in given] if isinstance(given, list) else []
    options = item.get("DomainValidationOptions")
    return {
        "subjectAlternativeNames": given if {*named, item["DomainName"]} == {*domains} and named else domains,
        "validationMethod": "DNS" if options else None,
        "domainValidationOptions": [_option(one) for one in options] if isinstance(options, list) else [],
    }


def _option(found: Mapping[str, object]) -> dict[str, object]:
    record = found.get("ResourceRecord")
    inner = record if isinstance(record, Mapping) else {}
    return {"domainName": found["DomainName"], **{name: inner.get(member) for name, member in _RECORD.items()}}


CERTIFICATE = ResourceType(
    token="aws:acm/certificate:Certificate",
    service="acm",
    properties={
        "domainName": Property(replace=True, computed=True),
        "subjectAlternativeNames": Property(replace=True, computed=True, normalise=unordered),
        "validationMethod": Property(replace=True, computed=True, only="DNS"),
        "keyAlgorithm": Property(replace=True, computed=True),
        "options": Property(computed=True, normalise=compact),
    },
    create=(
        Call(
            "RequestCertificate",
            {
                "DomainName": "$domainName",
                "SubjectAlternativeNames": "$subjectAlternativeNames",
                "ValidationMethod": "$validationMethod",
                "KeyAlgorithm": "$keyAlgorithm",
                "Options": "$options",
                "Tags": "$tagList",
            },
        ),
    ),
    id="CertificateArn",
    read=Read(
        Call("DescribeCertificate", _ARN),
        item="Certificate",
        sets={"arn": "CertificateArn", "pendingRenewal": "RenewalSummary.RenewalStatus == 'PENDING_VALIDATION'"},
        also=(Lookup(Call("ListTagsForCertificate", _ARN), {"tagList": "Tags"}),),
        convert=_certificate,
    ),
    updates=(Update(("options",), (Call("UpdateCertificateOptions", {**_ARN, "Options": "$options"}),)),),
    delete=(Call("DeleteCertificate", _ARN),),
    busy=("ResourceInUseException",),
    tagging=Tagging(
        steps=(
            Call("RemoveTagsFromCertificate", {**_ARN, "Tags": "$removedTags"}, when="removedTags"),
            Call("AddTagsToCertificate", {**_ARN, "Tags": "$addedTags"}, when="addedTags"),
        ),
    ),
    gone=_GONE,
    exactly_one=(("domainName",), ("validationMethod",)),
)


def _record_names(value: object) -> object:
    """Names as ACM tells them: with the final dot."""
    return sorted(f"{str(name).rstrip('.').lower()}." for name in value) if isinstance(value, list) else value


_NOT_ISSUED = "Certificate.Status != 'ISSUED' && join(' is ', [Certificate.CertificateArn, Certificate.Status])"
_UNNAMED = (
    "(Certificate.DomainValidationOptions"
    "[?!contains(not_null($validationRecordFqdns, [ResourceRecord.Name]), ResourceRecord.Name)]"
    ".join(' ', ['no validation record is named for', DomainName]) | [0])"
)

CERTIFICATE_VALIDATION = ResourceType(
    token="aws:acm/certificateValidation:CertificateValidation",
    service="acm",
    properties={
        "certificateArn": Property(replace=True),
        "validationRecordFqdns": Property(replace=True, unread=True, normalise=_record_names, send=_record_names),
    },
    # The real provider waits for ACM to find the records; moto finds them at once, or they are not there.
    create=(Call("DescribeCertificate", {"CertificateArn": "$certificateArn"}, fails=f"{_UNNAMED} || {_NOT_ISSUED}"),),
    id="{certificateArn}",
    read=Read(
        Call("DescribeCertificate", {"CertificateArn": "$certificateArn"}),
        item="Certificate.[@][?Status=='ISSUED'] | [0]",
    ),
    gone=_GONE,
    import_id="{certificateArn}",
)

TYPES = (CERTIFICATE, CERTIFICATE_VALIDATION)
