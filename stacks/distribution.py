"""Stack ``distribution-NAME``: a CloudFront distribution with its bucket, web ACL, log and names, in us-east-1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.distribution import Distribution, DistributionArgs
from securecart.components.web_acl import CLOUDFRONT_REGION, WebAclArgs
from securecart.config.model import Fleet, Waf
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import (
    certificate_stack,
    distribution_stack,
    load_balancer_stack,
    log_archive_stack,
    required_dns,
    zone_ask,
)


@dataclass(frozen=True)
class DistributionInputs:
    """What a distribution takes from the fleet file."""

    aliases: tuple[str, ...]
    """Its names, sorted."""
    dynamic_paths: tuple[str, ...]
    """Paths that go to the load balancer, in order."""
    price_class: str
    """Which edge locations serve."""
    balancer_host: str
    """Name of the load balancer behind it."""
    waf: Waf
    """What its web ACL enforces."""
    zone_account: str
    """Account of the zone."""
    zone_region: str
    """Region of the zone's stack; Route 53 itself has none."""
    archive_account: str
    """Account of the log archive."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each distribution, protected as the network behind it is.

    It is in us-east-1 whatever the home region: CloudFront's web ACLs, certificates and source of logs are there.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    for name, entry in fleet.distributions.items():
        network = fleet.networks[fleet.load_balancers[entry.load_balancer].network]
        others = {required_dns(fleet).account, fleet.log_archive.account} - {entry.account}
        certificate = Ask(
            "certificate", certificate_stack(entry.certificate), (f"certificate_arns[{CLOUDFRONT_REGION}]",)
        )
        yield StackSpec(
            name=distribution_stack(name),
            kind="distribution",
            subject=name,
            account=entry.account,
            region=CLOUDFRONT_REGION,
            asks=(
                certificate,
                Ask("archive", log_archive_stack(CLOUDFRONT_REGION), ("bucket_arn",)),
                Ask("balancer", load_balancer_stack(entry.load_balancer), ("origin_token",)),
                zone_ask(),
            ),
            protected=network.protected,
            environment=network.environment.value,
            other_accounts=tuple(sorted(others)),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> DistributionInputs:
    """Return the inputs of one distribution.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    entry = fleet.distributions[spec.subject]
    return DistributionInputs(
        aliases=tuple(sorted(entry.aliases)),
        dynamic_paths=entry.dynamic_paths,
        price_class=entry.price_class,
        balancer_host=fleet.load_balancers[entry.load_balancer].host,
        waf=fleet.waf,
        zone_account=required_dns(fleet).account,
        zone_region=fleet.home_region,
        archive_account=fleet.log_archive.account,
    )


def program(run: StackRun[DistributionInputs]) -> Outputs:
    """Deploy the distribution."""
    distribution = Distribution(run.spec.subject, run.scope(run.spec.account, run.spec.region), _args(run))
    return {
        "distribution_arn": distribution.arn,
        "distribution_id": distribution.distribution_id,
        "domain_name": distribution.domain_name,
        "bucket_name": distribution.bucket_name,
        "web_acl_arn": distribution.web_acl_arn,
        "ip_set_ids": dict(distribution.ip_set_ids),
    }


def _args(run: StackRun[DistributionInputs]) -> DistributionArgs:
    """Return what the distribution needs, with the ids of other stacks."""
    given, waf, region = run.inputs, run.inputs.waf, run.spec.region
    account_id = run.accounts[run.spec.account].id
    return DistributionArgs(
        bucket_name=f"{run.fleet_name}-content-{run.spec.subject}-{account_id}-{region}",
        aliases=given.aliases,
        certificate_arn=run.upstream("certificate").entry("certificate_arns", region),
        balancer_host=given.balancer_host,
        origin_token=run.upstream("balancer").text("origin_token"),
        dynamic_paths=given.dynamic_paths,
        price_class=given.price_class,
        web_acl=WebAclArgs("CLOUDFRONT", waf.rate_limit, waf.rate_window_seconds, waf.countries),
        log_bucket_arn=run.upstream("archive").text("bucket_arn"),
        archive_scope=run.scope(given.archive_account, region),
        zone_scope=run.scope(given.zone_account, given.zone_region),
        zone_id=run.upstream("dns").text("zone_id"),
    )


KIND = stack_kind("distribution", stacks=stacks, inputs=inputs, program=program)
"""A CloudFront distribution."""
