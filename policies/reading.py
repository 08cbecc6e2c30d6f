"""Reads each kind of subject from the fleet: what is left out here, no rule can read."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network

from policies import site_subjects as sites
from policies import subjects as s
from securecart.config.model import (
    Attachment,
    DirectConnect,
    Fleet,
    Hub,
    HubPeering,
    Nat,
    Network,
    Peering,
    PeeringSide,
    Reach,
    Vpn,
)


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
        gateway_endpoints=network.endpoints is not None and bool(network.endpoints.gateway),
    )


def endpoints_facts(fleet: Fleet, network: Network) -> s.EndpointsFacts | None:
    """Return what rules ask about a network's VPC endpoints; None where it has none."""
    endpoints = network.endpoints
    if endpoints is None:
        return None
    where = place_of(fleet, network)

    def names(patterns: Iterable[str]) -> tuple[str, ...]:
        filled = (each.replace("{account}", where.account_id).replace("{region}", where.region) for each in patterns)
        return tuple(sorted(filled))

    return s.EndpointsFacts(
        place=where,
        organization_id=fleet.organization_id,
        zones=len(network.azs),
        gateway=tuple(sorted(service.value for service in endpoints.gateway)),
        interface=tuple(sorted(service.value for service in endpoints.interface)),
        buckets=names(endpoints.buckets),
        tables=names(endpoints.tables),
        log_account_id=fleet.accounts[fleet.log_archive.account].id,
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


def vpn_facts(fleet: Fleet, vpn: Vpn) -> sites.VpnFacts:
    """Return what rules ask about an office's VPN connection."""
    on_hub = {found.network: found.segment for found in _attachments(fleet) if found.hub == vpn.hub}
    return sites.VpnFacts(
        hub=place_of(fleet, fleet.hubs[vpn.hub]),
        device=str(vpn.customer_gateway.ip_address),
        segments=len({on_hub[reach.network] for reach in vpn.reaches if reach.network in on_hub}),
    )


def direct_connect_facts(fleet: Fleet, link: DirectConnect) -> sites.DirectConnectFacts:
    """Return what rules ask about a Direct Connect connection."""
    device = link.failover.customer_gateway.ip_address if link.failover else None
    return sites.DirectConnectFacts(
        place=place(fleet, link.account, link.region),
        location=link.location,
        bandwidth=link.bandwidth,
        vif=link.vif,
        vlan=link.vlan,
        bgp_asn=link.bgp_asn,
        networks=tuple(sorted(place_of(fleet, fleet.networks[each]) for each in link.networks)),
        hubs=tuple(sorted(place_of(fleet, fleet.hubs[each]) for each in link.hubs)),
        prefixes=tuple(sorted(str(prefix) for prefix in link.allowed_prefixes)),
        devices=(str(device),) if device else (),
    )


def site_facts(fleet: Fleet, cidrs: Iterable[IPv4Network], reaches: Iterable[Reach]) -> sites.SiteFacts:
    """Return what rules ask about a site and what it reaches."""

    def facts(reach: Reach) -> sites.ReachFacts:
        network = fleet.networks[reach.network]
        return sites.ReachFacts(
            network=reach.network,
            place=place_of(fleet, network),
            blocks=tuple(s.tier_block(network.cidr, tier) for tier in reach.tiers),
            tables=len(reach.tiers) * len(network.azs),
            ports=reach.ports,
        )

    return sites.SiteFacts(
        cidrs=tuple(sorted(str(cidr) for cidr in cidrs)),
        reaches=tuple(facts(reach) for reach in sorted(reaches, key=lambda each: each.network)),
    )


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
