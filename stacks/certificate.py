"""Stack ``certificate-NAME``: one ACM certificate in each of several regions, validated by records in the zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.certificates import Certificates, CertificatesArgs
from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import certificate_stack, required_dns, zone_ask


@dataclass(frozen=True)
class CertificateInputs:
    """What a certificate takes from the fleet file."""

    regions: tuple[str, ...]
    """Regions that get one."""
    domain_names: tuple[str, ...]
    """Names of the certificates: their own, then the others by name, so that the order of these moves nothing."""
    zone_account: str
    """Account of the zone."""
    zone_region: str
    """Region of the zone's stack; Route 53 itself has none."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each certificate, in the first of its regions.

    It is protected where a protected network's load balancer uses it.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    for name, certificate in fleet.certificates.items():
        users = [fleet.networks[each.network] for each in fleet.load_balancers.values() if each.certificate == name]
        yield StackSpec(
            name=certificate_stack(name),
            kind="certificate",
            subject=name,
            account=certificate.account,
            region=certificate.regions[0],
            asks=(zone_ask(),),
            protected=any(network.protected for network in users),
            other_accounts=tuple({required_dns(fleet).account} - {certificate.account}),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> CertificateInputs:
    """Return the inputs of one certificate.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    certificate = fleet.certificates[spec.subject]
    return CertificateInputs(
        regions=certificate.regions,
        domain_names=(certificate.domain_name, *sorted(certificate.subject_alternative_names)),
        zone_account=required_dns(fleet).account,
        zone_region=fleet.home_region,
    )


def program(run: StackRun[CertificateInputs]) -> Outputs:
    """Deploy the certificates, and wait until they are issued."""
    given, account = run.inputs, run.spec.account
    certificates = Certificates(
        run.spec.subject,
        run.scope(account, run.spec.region),
        CertificatesArgs(
            domain_names=given.domain_names,
            regions={region: run.scope(account, region) for region in given.regions},
            zone_scope=run.scope(given.zone_account, given.zone_region),
            zone_id=run.upstream("dns").text("zone_id"),
        ),
    )
    return {"certificate_arns": dict(certificates.arns)}


KIND = stack_kind("certificate", stacks=stacks, inputs=inputs, program=program)
"""Certificates of one set of names."""
