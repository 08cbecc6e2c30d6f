"""Questions that several programs ask of the fleet file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import TypeVar

from securecart.config.model import Attachment, Connection, Fleet, HubPeering, Peering

_Kind = TypeVar("_Kind", Attachment, Peering, HubPeering)


def log_archive_stack(region: str) -> str:
    """Return the name of the stack whose bucket takes a region's flow logs."""
    return f"log-archive-{region}"


def hub_stack(hub: str) -> str:
    """Return the name of a hub's stack."""
    return f"hub-{hub}"


def network_stack(network: str) -> str:
    """Return the name of a network's stack."""
    return f"network-{network}"


def attachments(fleet: Fleet) -> dict[str, Attachment]:
    """Return the attachments by connection name."""
    return _of_kind(fleet.connections, Attachment)


def peerings(fleet: Fleet) -> dict[str, Peering]:
    """Return the VPC peerings by connection name."""
    return _of_kind(fleet.connections, Peering)


def hub_peerings(fleet: Fleet) -> dict[str, HubPeering]:
    """Return the hub peerings by connection name."""
    return _of_kind(fleet.connections, HubPeering)


def members(fleet: Fleet, hub: str, segment: str) -> dict[str, IPv4Network]:
    """Return the blocks of the networks on one segment of one hub, by network name."""
    return {
        attachment.network: fleet.networks[attachment.network].cidr
        for attachment in attachments(fleet).values()
        if attachment.hub == hub and attachment.segment == segment
    }


def peered_hubs(fleet: Fleet, hub: str, segment: str) -> tuple[str, ...]:
    """Return the hubs whose peering with this one carries the segment."""
    return tuple(
        peering.accepter if peering.requester == hub else peering.requester
        for peering in hub_peerings(fleet).values()
        if hub in (peering.requester, peering.accepter) and segment in peering.segments
    )


def is_peered(fleet: Fleet, hub: str) -> bool:
    """Return whether a hub has a peering with another hub."""
    return any(hub in (peering.requester, peering.accepter) for peering in hub_peerings(fleet).values())


def reachable(fleet: Fleet, attachment: Attachment) -> dict[str, IPv4Network]:
    """Return the blocks of the same segment, here and in peered hubs, by network name, save its own."""
    hubs = (attachment.hub, *peered_hubs(fleet, attachment.hub, attachment.segment))
    found = {name: cidr for hub in hubs for name, cidr in members(fleet, hub, attachment.segment).items()}
    return {name: cidr for name, cidr in found.items() if name != attachment.network}


def attaching_accounts(fleet: Fleet, hub: str) -> dict[str, str]:
    """Return the ids of the other accounts whose networks attach to a hub, by account name."""
    names = {fleet.networks[item.network].account for item in attachments(fleet).values() if item.hub == hub}
    return {name: fleet.accounts[name].id for name in sorted(names - {fleet.hubs[hub].account})}


def _of_kind(connections: Mapping[str, Connection], kind: type[_Kind]) -> dict[str, _Kind]:
    """Return the connections of one kind."""
    return {name: item for name, item in connections.items() if isinstance(item, kind)}
