"""Stack ``peering-NAME``: a VPC peering, requested in one account and accepted in the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.components.network_acl_table import AclEntry
from securecart.components.peering_table import accepter_group, peering_entries, peering_rules
from securecart.components.security_group_rules import GroupRule
from securecart.components.vpc_peering import VpcPeering, VpcPeeringArgs, VpcPeeringSide
from securecart.config.addressing import tier_block
from securecart.config.model import Fleet, PeeringSide, Tier
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import network_stack, peerings


@dataclass(frozen=True)
class PeeringEnd:
    """What one end of a peering takes from the fleet file."""

    network: str
    """Name of the network."""
    account: str
    """Account that owns it."""
    region: str
    """Its region."""
    tiers: tuple[Tier, ...]
    """Tiers whose route tables take the routes."""
    azs: tuple[str, ...]
    """Its availability zones."""
    destinations: Mapping[str, IPv4Network]
    """Blocks of the other end, by ``NETWORK-TIER``."""
    acl_entries: tuple[AclEntry, ...]
    """ACL entries that the peering needs here; their numbers depend on the network's other peerings."""


@dataclass(frozen=True)
class PeeringInputs:
    """What a peering takes from the fleet file."""

    requester: PeeringEnd
    """End that requests, and starts the flows."""
    accepter: PeeringEnd
    """End that accepts, and serves the flows."""
    group: str
    """Component of the accepter whose security group serves the flows."""
    rules: tuple[GroupRule, ...]
    """Rules that let the requester's tiers into that group."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each VPC peering, owned by the requester's account."""
    for name, peering in peerings(fleet).items():
        requester, accepter = (fleet.networks[side.network] for side in (peering.requester, peering.accepter))
        yield StackSpec(
            name=f"peering-{name}",
            kind="peering",
            subject=name,
            account=requester.account,
            region=requester.region,
            asks=(
                Ask("requester", network_stack(peering.requester.network), _outputs(peering.requester)),
                Ask(
                    "accepter",
                    network_stack(peering.accepter.network),
                    (*_outputs(peering.accepter), "security_group_ids"),
                ),
            ),
            protected=requester.protected or accepter.protected,
            environment=requester.environment.value,
            other_accounts=tuple({accepter.account} - {requester.account}),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> PeeringInputs:
    """Return the inputs of one peering.

    Raises:
        ProgramError: the accepter's table has no row for requesters, or a network runs out of ACL numbers.
    """
    peering = peerings(fleet)[spec.subject]
    return PeeringInputs(
        requester=_end(fleet, spec.subject, peering.requester, peering.accepter),
        accepter=_end(fleet, spec.subject, peering.accepter, peering.requester),
        group=accepter_group(fleet, peering),
        rules=peering_rules(fleet, peering),
    )


def _end(fleet: Fleet, connection: str, side: PeeringSide, other: PeeringSide) -> PeeringEnd:
    """Return one end: its own tables and entries, and the blocks beyond."""
    network, beyond = fleet.networks[side.network], fleet.networks[other.network]
    return PeeringEnd(
        network=side.network,
        account=network.account,
        region=network.region,
        tiers=side.tiers,
        azs=tuple(sorted(network.azs)),
        destinations={f"{other.network}-{tier}": tier_block(beyond.cidr, tier) for tier in other.tiers},
        acl_entries=tuple(item.entry for item in peering_entries(fleet, side.network) if item.connection == connection),
    )


def program(run: StackRun[PeeringInputs]) -> Outputs:
    """Deploy the peering, with routes, ACL entries and group rules on both sides."""
    given = run.inputs
    requester, accepter = _side(run, "requester", given.requester), _side(run, "accepter", given.accepter)
    group_id = run.upstream("accepter").entry("security_group_ids", given.group)
    args = VpcPeeringArgs(requester, accepter, group_id, given.rules)
    connection = VpcPeering(run.spec.subject, requester.scope, args)
    return {"vpc_peering_connection_id": connection.vpc_peering_connection_id}


def _outputs(side: PeeringSide) -> tuple[str, ...]:
    """Return the names of the outputs that one end needs of its network."""
    return ("vpc_id", "network_acl_ids", *(f"route_table_ids_{tier}" for tier in side.tiers))


def _side(run: StackRun[PeeringInputs], alias: str, end: PeeringEnd) -> VpcPeeringSide:
    """Return one end with the ids of its network."""
    upstream = run.upstream(alias)
    return VpcPeeringSide(
        network=end.network,
        scope=run.scope(end.account, end.region),
        vpc_id=upstream.text("vpc_id"),
        route_table_ids={
            f"{tier}-{az}": upstream.entry(f"route_table_ids_{tier}", az) for tier in end.tiers for az in end.azs
        },
        destinations=end.destinations,
        network_acl_id=upstream.entry("network_acl_ids", Tier.PRIVATE.value),
        acl_entries=end.acl_entries,
    )


KIND = stack_kind("peering", stacks=stacks, inputs=inputs, program=program)
"""A peering between two networks."""
