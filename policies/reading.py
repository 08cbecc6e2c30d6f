"""Reads each kind of subject from the fleet: what is left out here, no rule can read."""

from __future__ import annotations

from collections.abc import Iterable

from policies import subjects as s
from securecart.config.model import Attachment, Fleet, Hub, HubPeering, Nat, Network, Peering, PeeringSide


def place_of(fleet: Fleet, holder: Network | Hub) -> s.Place:
    """Return where a network or a hub is."""
    return place(fleet, holder.account, holder.region)


def place(fleet: Fleet, account: str, region: str) -> s.Place:
    """Return the place of an account's name and a region."""
    return s.Place(account, fleet.accounts[account].id, region)


def log_bucket(fleet: Fleet, region: str) -> str:
    """Return the name of the bucket that takes a region's flow logs."""
    archive = fleet.accounts[fleet.log_archive.account].id
    return f"{fleet.name}-flow-logs-{archive}-{region}"


def network_facts(fleet: Fleet, network: Network) -> s.NetworkFacts:
    """Return what rules ask about a network."""
    gateways = {Nat.NONE: 0, Nat.SINGLE: 1, Nat.PER_AZ: len(network.azs)}
    return s.NetworkFacts(
        supernet=fleet.supernet,
        cidr=network.cidr,
        profile=network.profile,
        tiers=network.tiers,
        zones=len(network.azs),
        nat_gateways=gateways[network.nat],
        extra_rules=tuple(
            s.ExtraRule(rule.group, rule.direction, rule.protocol, rule.from_port, rule.to_port, rule.cidr)
            for rule in network.security_group_rules
        ),
    )


def hub_facts(fleet: Fleet, hub_name: str) -> s.HubFacts:
    """Return what rules ask about a hub."""
    attached = (fleet.networks[found.network] for found in _attachments(fleet) if found.hub == hub_name)
    accounts = {fleet.accounts[network.account].id for network in attached}
    return s.HubFacts(fleet.hubs[hub_name].segments, tuple(sorted(accounts)))


def attachment_facts(fleet: Fleet, attachment: Attachment) -> s.AttachmentFacts:
    """Return what rules ask about a Transit Gateway attachment."""
    own = fleet.networks[attachment.network]
    carriers = [
        {found.requester, found.accepter}
        for found in fleet.connections.values()
        if isinstance(found, HubPeering)
        and attachment.segment in found.segments
        and attachment.hub in (found.requester, found.accepter)
    ]
    reachable = _segment_cidrs(fleet, {attachment.hub}.union(*carriers), (attachment.segment,))
    return s.AttachmentFacts(
        zones=len(own.azs), crosses=bool(carriers), beyond=tuple(sorted(reachable - {str(own.cidr)}))
    )


def peering_facts(fleet: Fleet, peering: Peering) -> s.PeeringFacts:
    """Return what rules ask about a VPC peering."""
    return s.PeeringFacts(
        _peering_side(fleet, peering.requester), _peering_side(fleet, peering.accepter), peering.ports
    )


def hub_peering_facts(fleet: Fleet, across: HubPeering) -> s.HubPeeringFacts:
    """Return what rules ask about a peering of hubs."""

    def side(own: str, other: str) -> s.HubSide:
        beyond = _segment_cidrs(fleet, (other,), across.segments)
        return s.HubSide(place_of(fleet, fleet.hubs[own]), tuple(sorted(beyond)))

    return s.HubPeeringFacts(side(across.requester, across.accepter), side(across.accepter, across.requester))


def _attachments(fleet: Fleet) -> Iterable[Attachment]:
    return (found for found in fleet.connections.values() if isinstance(found, Attachment))


def _segment_cidrs(fleet: Fleet, hubs: Iterable[str], segments: Iterable[str]) -> set[str]:
    """Return the blocks of the networks that attach to one of the hubs in one of the segments."""
    at, within = frozenset(hubs), frozenset(segments)
    return {
        str(fleet.networks[found.network].cidr)
        for found in _attachments(fleet)
        if found.hub in at and found.segment in within
    }


def _peering_side(fleet: Fleet, side: PeeringSide) -> s.PeeringSide:
    network = fleet.networks[side.network]
    return s.PeeringSide(
        network=side.network,
        place=place_of(fleet, network),
        blocks=tuple(s.tier_block(network.cidr, tier) for tier in side.tiers),
        tables=len(side.tiers) * len(network.azs),
    )
