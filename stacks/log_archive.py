"""Stack ``log-archive-REGION``: the bucket that the region's flow logs go to, in the log archive account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.flow_log_archive import FlowLogArchive, FlowLogArchiveArgs
from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import log_archive_stack


@dataclass(frozen=True)
class LogArchiveInputs:
    """What an archive takes from the fleet file."""

    retention_days: int
    """Days until a log object expires."""
    account_ids: tuple[str, ...]
    """Accounts that have something to log in the region, in order."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield an archive for each region that holds a network or a hub. Archives are always protected."""
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
    return LogArchiveInputs(fleet.log_archive.retention_days, logging_accounts(fleet, spec.region))


def logging_accounts(fleet: Fleet, region: str) -> tuple[str, ...]:
    """Return the ids of the accounts that have something to log in a region, in order."""
    return tuple(sorted({fleet.accounts[account].id for account, place in _owners(fleet) if place == region}))


def _owners(fleet: Fleet) -> set[tuple[str, str]]:
    """Return account and region of everything that has a flow log."""
    networks = {(network.account, network.region) for network in fleet.networks.values()}
    return networks | {(hub.account, hub.region) for hub in fleet.hubs.values()}


def program(run: StackRun[LogArchiveInputs]) -> Outputs:
    """Deploy the archive."""
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
    }


KIND = stack_kind("log-archive", stacks=stacks, inputs=inputs, program=program)
"""The log archive of a region."""
