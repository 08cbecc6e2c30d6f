"""Stack ``hub-NAME``: a Transit Gateway with a route table per segment, shared to attaching accounts."""

from __future__ import annotations

from collections.abc import Iterator

from securecart.components.transit_gateway_hub import INTER_REGION, TransitGatewayHub, TransitGatewayHubArgs
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import Outputs, StackKind, StackRun
from stacks.topology import attaching_accounts, hub_stack, is_peered, log_archive_stack


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each hub."""
    for name, hub in fleet.hubs.items():
        yield StackSpec(
            name=hub_stack(name),
            kind="hub",
            subject=name,
            account=hub.account,
            region=hub.region,
            asks=(Ask("archive", log_archive_stack(hub.region), ("bucket_arn",)),),
            after=hub.after,
            protected=hub.protected,
        )


def program(run: StackRun) -> Outputs:
    """Deploy the hub."""
    name = run.spec.subject
    hub = run.fleet.hubs[name]
    gateway = TransitGatewayHub(
        name,
        run.scope(hub.account, hub.region),
        TransitGatewayHubArgs(
            asn=hub.asn,
            route_tables=(*hub.segments, *([INTER_REGION] if is_peered(run.fleet, name) else [])),
            share_with=attaching_accounts(run.fleet, name),
            flow_log_bucket_arn=run.upstream("archive").text("bucket_arn"),
        ),
    )
    return {
        "transit_gateway_id": gateway.transit_gateway_id,
        "transit_gateway_arn": gateway.transit_gateway_arn,
        "route_table_ids": dict(gateway.route_table_ids),
    }


KIND = StackKind(name="hub", stacks=stacks, program=program)
"""A hub."""
