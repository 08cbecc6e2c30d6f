"""Stack ``log-archive-REGION``: the buckets that the region's logs go to, in the log archive account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.flow_log_archive import FlowLogArchive, FlowLogArchiveArgs
from securecart.components.load_balancer_log_archive import LoadBalancerLogArchive, LoadBalancerLogArchiveArgs
from securecart.components.web_acl import CLOUDFRONT_REGION
from securecart.config.model import Fleet, Tier
from securecart.plan.stack import StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from securecart.program.scope import Scope
from stacks.topology import log_archive_stack


@dataclass(frozen=True)
class LogArchiveInputs:
    """What an archive takes from the fleet file."""

    retention_days: int
    """Days until a log object expires."""
    account_ids: tuple[str, ...]
    """Accounts that have something to log in the region, in order."""
    balancer_account_ids: tuple[str, ...]
    """Accounts that may have load balancers in the region, in order."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield an archive for each region that holds something with a log. Archives are always protected."""
    for region in sorted({region for _, region in _owners(fleet)}):
        yield StackSpec(
            name=log_archive_stack(region),
            kind="log-archive",
            subject=region,
            account=fleet.log_archive.account,
            region=region,
            protected=True,
        )


def inputs(fleet: Fleet, spec: StackSpec) -> LogArchiveInputs:
    """Return the inputs of one archive."""
    return LogArchiveInputs(
        retention_days=fleet.log_archive.retention_days,
        account_ids=logging_accounts(fleet, spec.region),
        balancer_account_ids=balancer_accounts(fleet, spec.region),
    )


def logging_accounts(fleet: Fleet, region: str) -> tuple[str, ...]:
    """Return the ids of the accounts that have something to log in a region, in order."""
    return tuple(sorted({fleet.accounts[account].id for account, place in _owners(fleet) if place == region}))


def balancer_accounts(fleet: Fleet, region: str) -> tuple[str, ...]:
    """Return the ids of the accounts with a public tier in a region, in order.

    They are let in whether they have load balancers or not, so that logs outlive these.
    """
    public = (each for each in fleet.networks.values() if each.region == region and Tier.PUBLIC in each.tiers)
    return tuple(sorted({fleet.accounts[network.account].id for network in public}))


def _owners(fleet: Fleet) -> set[tuple[str, str]]:
    """Return account and region of everything that has a flow log, and of distributions, whose logs go the same way."""
    networks = {(network.account, network.region) for network in fleet.networks.values()}
    hubs = {(hub.account, hub.region) for hub in fleet.hubs.values()}
    return networks | hubs | {(each.account, CLOUDFRONT_REGION) for each in fleet.distributions.values()}


def program(run: StackRun[LogArchiveInputs]) -> Outputs:
    """Deploy the archive; the bucket of load balancers only where one could stand."""
    region = run.spec.region
    scope = run.scope(run.spec.account, region)
    archive = FlowLogArchive(
        "flow-logs",
        scope,
        FlowLogArchiveArgs(
            bucket_name=f"{run.fleet_name}-flow-logs-{scope.account_id}-{region}",
            retention_days=run.inputs.retention_days,
            account_ids=run.inputs.account_ids,
        ),
    )
    return {
        "bucket_arn": archive.bucket_arn,
        "bucket_name": archive.bucket_name,
        "key_arn": archive.key_arn,
        **(_access_logs(run, scope) if run.inputs.balancer_account_ids else {}),
    }


def _access_logs(run: StackRun[LogArchiveInputs], scope: Scope) -> Outputs:
    """Deploy the bucket of access logs of load balancers."""
    archive = LoadBalancerLogArchive(
        "alb-logs",
        scope,
        LoadBalancerLogArchiveArgs(
            bucket_name=f"{run.fleet_name}-alb-logs-{scope.account_id}-{scope.region}",
            retention_days=run.inputs.retention_days,
            account_ids=run.inputs.balancer_account_ids,
        ),
    )
    return {"access_log_bucket_name": archive.bucket_name}


KIND = stack_kind("log-archive", stacks=stacks, inputs=inputs, program=program)
"""The log archive of a region."""
