"""Stack ``hub-NAME``: a Transit Gateway with a route table per segment, shared to attaching accounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from securecart.components.transit_gateway_hub import INTER_REGION, TransitGatewayHub, TransitGatewayHubArgs
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import attaching_accounts, hub_stack, is_peered, log_archive_stack


@dataclass(frozen=True)
class HubInputs:
    """What a hub takes from the fleet file."""

    asn: int
    """Private ASN of the Amazon side."""
    route_tables: tuple[str, ...]
    """Keys of its route tables: the segments, and the one for peerings where it has any."""
    share_with: Mapping[str, str]
    """Ids of the other accounts whose networks attach, by account name."""


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


def inputs(fleet: Fleet, spec: StackSpec) -> HubInputs:
    """Return the inputs of one hub."""
    hub = fleet.hubs[spec.subject]
    return HubInputs(
        asn=hub.asn,
        route_tables=(*sorted(hub.segments), *([INTER_REGION] if is_peered(fleet, spec.subject) else [])),
        share_with=attaching_accounts(fleet, spec.subject),
    )


def program(run: StackRun[HubInputs]) -> Outputs:
    """Deploy the hub."""
    gateway = TransitGatewayHub(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        TransitGatewayHubArgs(
            asn=run.inputs.asn,
            route_tables=run.inputs.route_tables,
            share_with=run.inputs.share_with,
            flow_log_bucket_arn=run.upstream("archive").text("bucket_arn"),
        ),
    )
    return {
        "transit_gateway_id": gateway.transit_gateway_id,
        "transit_gateway_arn": gateway.transit_gateway_arn,
        "route_table_ids": dict(gateway.route_table_ids),
    }


KIND = stack_kind("hub", stacks=stacks, inputs=inputs, program=program)
"""A hub."""
