"""Certificates that are issued once their validation records stand in a public zone, and kept while in use.

moto lacks: the key algorithm asked for, a validation record of its own for each domain, issuance by DNS (it issues
after a minute, whatever DNS says), the users of a certificate after they are gone, and refusal to delete one in use.
AWS: ACM issues once it finds every CNAME record, and renews as long as they stand and the certificate is in use (ACM
user guide, "DNS validation" and "Managed certificate renewal"); the record belongs to the domain and the account, so
that `*.example.com` and `example.com` share one; ResourceInUseException (ACM API, DeleteCertificate). Added: members
of moto's certificate class, and operations in front of moto's own.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from moto.acm.exceptions import AWSValidationException
from moto.acm.models import CertBundle, acm_backends
from moto.acm.responses import AWSCertificateManagerResponse
from moto.core.exceptions import AWSError
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import unix_time
from moto.elbv2.models import ELBv2Backend, elbv2_backends
from moto.route53.models import Route53Backend, route53_backends

from securecart.sandbox.moto_extensions.dns_rules import canonical
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    from moto.acm.responses import AWSCertificateManagerResponse as _Operations
else:
    _Operations = object

_REQUEST = AWSCertificateManagerResponse.request_certificate
_DELETE = AWSCertificateManagerResponse.delete_certificate
_DESCRIBE = CertBundle.describe
_ALGORITHM, _ISSUED, _DOMAINS = "securecart_algorithm", "securecart_issued", "securecart_domains"
_DEFAULT_ALGORITHM = "RSA_2048"
_ONCE_ISSUED = ("NotBefore", "NotAfter", "IssuedAt", "Serial")
_WILDCARD = "*."


class CertificateInUse(AWSError):
    """Something still uses the certificate."""

    TYPE = "ResourceInUseException"


def validation_record(account: str, domain: str) -> dict[str, str]:
    """The CNAME record by which an account shows that a domain is its own."""
    base = domain.removeprefix(_WILDCARD)
    digest = hashlib.sha256(f"{account} {base}".encode()).hexdigest()
    target = f"_{digest[32:]}.{digest[:10]}.acm-validations.aws."
    return {"Name": f"_{digest[:32]}.{base}.", "Type": "CNAME", "Value": target}


def public_values(name: str, kind: str) -> list[str]:
    """The values of a name's records of one type in every public zone, whosever it is."""
    wanted = (canonical(name), kind)
    zones = [
        zone for _, _, one in route53_backends.iter_backends() for zone in cast(Route53Backend, one).zones.values()
    ]
    found = [one for zone in zones if not zone.private_zone for one in zone.rrsets]
    return [str(value) for one in found if (canonical(one.name), one.type) == wanted for value in one.records or ()]


def is_validated(record: Mapping[str, str]) -> bool:
    """Whether a validation record stands in a public zone."""
    return canonical(record["Value"]) in {canonical(value) for value in public_values(record["Name"], "CNAME")}


def users_of(arn: str) -> list[str]:
    """ARNs of what uses a certificate: listeners, distributions, domain names of APIs."""
    listeners = [
        balancer.arn
        for _, _, backend in elbv2_backends.iter_backends()
        for balancer in cast(ELBv2Backend, backend).load_balancers.values()
        for listener in balancer.listeners.values()
        if arn in (listener.certificate, *listener.certificates)
    ]
    return list(dict.fromkeys([*listeners, *_elsewhere(arn)]))


def _elsewhere(arn: str) -> Iterator[str]:
    """Users in services that moto loads only when they are called: one that is not loaded uses nothing."""
    for module, listed in (
        ("cloudfront", "distributions"),
        ("apigateway", "domain_names"),
        ("apigatewayv2", "domain_names"),
    ):
        loaded = sys.modules.get(f"moto.{module}.models")
        for _, _, backend in vars(loaded)[f"{module}_backends"].iter_backends() if loaded else ():
            for name, item in vars(backend)[listed].items():
                if arn in _texts(vars(item)):
                    yield str(getattr(item, "arn", name))


def _texts(value: object, depth: int = 4) -> Iterator[str]:
    """Every text within a structure of moto's."""
    if isinstance(value, str):
        yield value
    elif depth:
        members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else None
        inner = members if members is not None else vars(value).values() if hasattr(value, "__dict__") else ()
        for one in inner:
            yield from _texts(one, depth - 1)


def is_issued(account: str, region: str, arn: str) -> bool:
    """Whether a certificate is there and issued, so that it may serve.

    Raises:
        CertificateNotFound: It is not there.
    """
    return acm_backends[account][region].get_certificate(arn).status == "ISSUED"


def check(certificate: CertBundle) -> None:
    """Issue a certificate that waits, once every domain is validated."""
    if certificate.type == "AMAZON_ISSUED" and certificate.status == "PENDING_VALIDATION":
        account = certificate.arn.split(":")[4]
        if all(is_validated(validation_record(account, domain)) for domain in _domains(certificate)):
            certificate.status = "ISSUED"
            vars(certificate)[_ISSUED] = unix_time()


def _domains(certificate: CertBundle) -> list[str]:
    """The certificate's domains as they were asked for: its own first."""
    return cast("list[str]", vars(certificate).get(_DOMAINS) or certificate.sans)


def describe(certificate: CertBundle) -> dict[str, object]:
    """DescribeCertificate's answer."""
    answer = _DESCRIBE(certificate)
    detail = answer["Certificate"]
    users = users_of(certificate.arn)
    detail["InUseBy"] = users
    if certificate.type != "AMAZON_ISSUED":
        return answer
    account, issued = certificate.arn.split(":")[4], certificate.status == "ISSUED"
    detail["KeyAlgorithm"] = vars(certificate).get(_ALGORITHM, _DEFAULT_ALGORITHM)
    detail["SubjectAlternativeNames"] = _domains(certificate)
    detail["RenewalEligibility"] = "ELIGIBLE" if issued and users else "INELIGIBLE"
    detail["IssuedAt"] = vars(certificate).get(_ISSUED)
    detail["DomainValidationOptions"] = [
        {
            "DomainName": domain,
            "ValidationDomain": domain,
            "ValidationStatus": "SUCCESS" if issued else "PENDING_VALIDATION",
            "ValidationMethod": "DNS",
            "ResourceRecord": validation_record(account, domain),
        }
        for domain in _domains(certificate)
    ]
    answer["Certificate"] = {name: value for name, value in detail.items() if issued or name not in _ONCE_ISSUED}
    return answer


class _Responses(_Operations):
    def request_certificate(self) -> ActionResult:
        if self._get_param("ValidationMethod") not in (None, "DNS") and not self._get_param("CertificateAuthorityArn"):
            raise AWSValidationException("The sandbox validates by DNS alone.")
        before = set(self.acm_backend._certificates)
        answer = _REQUEST(self)
        for arn in set(self.acm_backend._certificates) - before:
            made = self.acm_backend._certificates[arn]
            names = [self._get_param("DomainName"), *(self._get_param("SubjectAlternativeNames") or [])]
            vars(made)[_DOMAINS] = list(dict.fromkeys(names))
            vars(made)[_ALGORITHM] = self._get_param("KeyAlgorithm") or _DEFAULT_ALGORITHM
        return answer

    def update_certificate_options(self) -> ActionResult:
        certificate = self.acm_backend.get_certificate(self._get_param("CertificateArn"))
        certificate.cert_options.update(self._get_param("Options") or {})
        return EmptyResult()

    def delete_certificate(self) -> ActionResult:
        arn = self._get_param("CertificateArn")
        users = users_of(arn) if arn else []
        if users:
            raise CertificateInUse(f"Certificate {arn} in account {self.current_account} is in use.")
        return _DELETE(self)


def install() -> None:
    """Add these members and operations to moto's ACM."""
    extend(AWSCertificateManagerResponse, _Responses)
    for name, member in {"check": check, "describe": describe}.items():
        setattr(CertBundle, name, member)
