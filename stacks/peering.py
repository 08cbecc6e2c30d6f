"""Stack ``peering-NAME``: a VPC peering, requested in one account and accepted in the other."""

from __future__ import annotations

from collections.abc import Iterator

from securecart.components.peering_table import accepter_group, peering_entries, peering_rules
from securecart.components.vpc_peering import VpcPeering, VpcPeeringArgs, VpcPeeringSide
from securecart.config.addressing import tier_block
from securecart.config.model import Fleet, PeeringSide, Tier
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import Outputs, StackKind, StackRun
from stacks.topology import network_stack, peerings


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


def program(run: StackRun) -> Outputs:
    """Deploy the peering, with routes, ACL entries and group rules on both sides."""
    name = run.spec.subject
    peering = peerings(run.fleet)[name]
    requester = _side(run, "requester", peering.requester, peering.accepter)
    accepter = _side(run, "accepter", peering.accepter, peering.requester)
    group_id = run.upstream("accepter").entry("security_group_ids", accepter_group(run.fleet, peering))
    rules = peering_rules(run.fleet, peering)
    connection = VpcPeering(name, requester.scope, VpcPeeringArgs(requester, accepter, group_id, rules))
    return {"vpc_peering_connection_id": connection.vpc_peering_connection_id}


def _outputs(side: PeeringSide) -> tuple[str, ...]:
    """Return the names of the outputs that one end needs of its network."""
    return ("vpc_id", "network_acl_ids", *(f"route_table_ids_{tier}" for tier in side.tiers))


def _side(run: StackRun, alias: str, side: PeeringSide, other: PeeringSide) -> VpcPeeringSide:
    """Return one end: its own route tables and ACL, and the blocks beyond."""
    network, beyond = run.fleet.networks[side.network], run.fleet.networks[other.network]
    upstream = run.upstream(alias)
    entries = peering_entries(run.fleet, side.network)
    return VpcPeeringSide(
        network=side.network,
        scope=run.scope(network.account, network.region),
        vpc_id=upstream.text("vpc_id"),
        route_table_ids={
            f"{tier}-{az}": upstream.entry(f"route_table_ids_{tier}", az) for tier in side.tiers for az in network.azs
        },
        destinations={f"{other.network}-{tier}": tier_block(beyond.cidr, tier) for tier in other.tiers},
        network_acl_id=upstream.entry("network_acl_ids", Tier.PRIVATE.value),
        acl_entries=[item.entry for item in entries if item.connection == run.spec.subject],
    )


KIND = StackKind(name="peering", stacks=stacks, program=program)
"""A peering between two networks."""
