"""Stack ``hub-peering-NAME``: two regions' hubs peered for the listed segments."""

from __future__ import annotations

from collections.abc import Iterator

from securecart.components.hub_peering import HubPeering, HubPeeringArgs, HubSide
from securecart.components.transit_gateway_hub import INTER_REGION
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import Outputs, StackKind, StackRun
from stacks.topology import hub_peerings, hub_stack, members

_OUTPUTS = ("transit_gateway_id", "route_table_ids")


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each hub peering, owned by the requester's account."""
    for name, peering in hub_peerings(fleet).items():
        requester, accepter = fleet.hubs[peering.requester], fleet.hubs[peering.accepter]
        yield StackSpec(
            name=f"hub-peering-{name}",
            kind="hub-peering",
            subject=name,
            account=requester.account,
            region=requester.region,
            asks=(
                Ask("requester", hub_stack(peering.requester), _OUTPUTS),
                Ask("accepter", hub_stack(peering.accepter), _OUTPUTS),
            ),
            protected=requester.protected or accepter.protected,
            other_accounts=tuple({accepter.account} - {requester.account}),
        )


def program(run: StackRun) -> Outputs:
    """Deploy the peering, with routes in both hubs."""
    peering = hub_peerings(run.fleet)[run.spec.subject]
    requester = _side(run, "requester", peering.requester, peering.accepter, peering.segments)
    accepter = _side(run, "accepter", peering.accepter, peering.requester, peering.segments)
    connection = HubPeering(run.spec.subject, requester.scope, HubPeeringArgs(requester, accepter))
    return {"attachment_id": connection.attachment_id}


def _side(run: StackRun, alias: str, hub: str, other: str, segments: tuple[str, ...]) -> HubSide:
    """Return one end: its own tables, and the networks beyond."""
    entry, upstream = run.fleet.hubs[hub], run.upstream(alias)
    return HubSide(
        name=hub,
        scope=run.scope(entry.account, entry.region),
        transit_gateway_id=upstream.text("transit_gateway_id"),
        inter_region_table_id=upstream.entry("route_table_ids", INTER_REGION),
        segment_table_ids={segment: upstream.entry("route_table_ids", segment) for segment in segments},
        remote={segment: members(run.fleet, other, segment) for segment in segments},
    )


KIND = StackKind(name="hub-peering", stacks=stacks, program=program)
"""A peering between two hubs."""
