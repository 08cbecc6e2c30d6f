"""One ACM certificate in each of several regions, validated by records of one zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.sdk import acm, route53
from securecart.program.provenance import computed
from securecart.program.scope import Scope

RECORD_TTL = 300
"""Seconds that resolvers keep a validation record: long enough to cost little, short enough to be corrected."""


@dataclass(frozen=True)
class CertificatesArgs:
    """What certificates need."""

    domain_names: Sequence[str]
    """Names of each certificate, the first of them its own."""
    regions: Mapping[str, Scope]
    """Scope of each region that gets a certificate, all of one account; the first one's tells the records."""
    zone_scope: Scope
    """Account of the zone."""
    zone_id: pulumi.Input[str]
    """Zone that gets the validation records."""


class Certificates(pulumi.ComponentResource):
    """Certificates that are issued: whoever takes an ARN from here waits until ACM has found every record.

    ACM asks an account for one CNAME record per domain, the same in every region (ACM user guide, "DNS validation"),
    so the records are made once. They stay, since ACM renews a certificate as long as it finds them.
    """

    arns: Mapping[str, pulumi.Output[str]]
    """ARN of the issued certificate in each region."""

    def __init__(self, name: str, scope: Scope, args: CertificatesArgs) -> None:
        """Request the certificates, create the records, then wait until each certificate is issued.

        Args:
            name: Name of the component and its children.
            scope: Account of the certificates.
            args: Names, regions and zone.
        """
        super().__init__("securecart:edge:Certificates", name, None, scope.component_opts())
        requested = {
            region: _certificate(where.within(self), f"{name}-{region}", args.domain_names)
            for region, where in args.regions.items()
        }
        records = _records(args.zone_scope.within(self), next(iter(requested.values())), args)
        self.arns = {
            region: acm.CertificateValidation(
                f"{name}-{region}",
                certificate_arn=certificate.arn,
                validation_record_fqdns=[record.fqdn for record in records],
                opts=args.regions[region].within(self).opts(),
            ).certificate_arn
            for region, certificate in requested.items()
        }
        self.register_outputs({"arns": dict(self.arns)})


def _certificate(scope: Scope, name: str, domain_names: Sequence[str]) -> acm.Certificate:
    first, *others = domain_names
    return acm.Certificate(
        name,
        domain_name=first,
        subject_alternative_names=others or None,
        validation_method="DNS",
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _records(scope: Scope, certificate: acm.Certificate, args: CertificatesArgs) -> list[route53.Record]:
    """Create the validation record of each domain, as the certificate tells them."""

    def told(domain: str, member: str) -> pulumi.Output[str]:
        found = certificate.domain_validation_options.apply(
            lambda options: next(str(getattr(each, member)) for each in options if each.domain_name == domain)
        )
        return computed(found, certificate, "domain_validation_options")

    return [
        route53.Record(
            domain,
            zone_id=args.zone_id,
            name=told(domain, "resource_record_name"),
            type="CNAME",
            ttl=RECORD_TTL,
            records=[told(domain, "resource_record_value")],
            opts=scope.opts(),
        )
        for domain in args.domain_names
    ]
