"""Stack ``hub-peering-NAME``: two regions' hubs peered for the listed segments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.components.hub_peering import HubPeering, HubPeeringArgs, HubSide
from securecart.components.transit_gateway_hub import INTER_REGION
from securecart.config.model import Fleet
from securecart.config.model import HubPeering as HubPeeringConfig
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import hub_peerings, hub_stack, members


@dataclass(frozen=True)
class HubEnd:
    """What one end of a hub peering takes from the fleet file."""

    hub: str
    """Name of the hub."""
    account: str
    """Account that owns it."""
    region: str
    """Its region."""
    remote: Mapping[str, Mapping[str, IPv4Network]]
    """Blocks at the other end, by segment that crosses and network name."""


@dataclass(frozen=True)
class HubPeeringInputs:
    """What a hub peering takes from the fleet file."""

    requester: HubEnd
    """End that requests."""
    accepter: HubEnd
    """End that accepts."""


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
                Ask("requester", hub_stack(peering.requester), _outputs(peering)),
                Ask("accepter", hub_stack(peering.accepter), _outputs(peering)),
            ),
            protected=requester.protected or accepter.protected,
            other_accounts=tuple({accepter.account} - {requester.account}),
        )


def _outputs(peering: HubPeeringConfig) -> tuple[str, ...]:
    """Return what is read of each hub: the tables of segments that do not cross are no concern of the peering."""
    return ("transit_gateway_id", *(f"route_table_ids[{key}]" for key in (INTER_REGION, *peering.segments)))


def inputs(fleet: Fleet, spec: StackSpec) -> HubPeeringInputs:
    """Return the inputs of one hub peering."""
    peering = hub_peerings(fleet)[spec.subject]
    segments = sorted(peering.segments)
    return HubPeeringInputs(
        requester=_end(fleet, peering.requester, peering.accepter, segments),
        accepter=_end(fleet, peering.accepter, peering.requester, segments),
    )


def _end(fleet: Fleet, hub: str, other: str, segments: Sequence[str]) -> HubEnd:
    """Return one end: where its hub is, and the networks beyond, by name so that their order moves nothing."""
    entry = fleet.hubs[hub]
    remote = {segment: dict(sorted(members(fleet, other, segment).items())) for segment in segments}
    return HubEnd(hub, entry.account, entry.region, remote)


def program(run: StackRun[HubPeeringInputs]) -> Outputs:
    """Deploy the peering, with routes in both hubs."""
    requester = _side(run, "requester", run.inputs.requester)
    accepter = _side(run, "accepter", run.inputs.accepter)
    connection = HubPeering(run.spec.subject, requester.scope, HubPeeringArgs(requester, accepter))
    return {"attachment_id": connection.attachment_id}


def _side(run: StackRun[HubPeeringInputs], alias: str, end: HubEnd) -> HubSide:
    """Return one end: its own tables, and the networks beyond."""
    upstream = run.upstream(alias)
    return HubSide(
        name=end.hub,
        scope=run.scope(end.account, end.region),
        transit_gateway_id=upstream.text("transit_gateway_id"),
        inter_region_table_id=upstream.entry("route_table_ids", INTER_REGION),
        segment_table_ids={segment: upstream.entry("route_table_ids", segment) for segment in end.remote},
        remote=end.remote,
    )


KIND = stack_kind("hub-peering", stacks=stacks, inputs=inputs, program=program)
"""A peering between two hubs."""
