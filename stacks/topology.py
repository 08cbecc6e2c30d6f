"""Questions that several programs ask of the fleet file. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv4Network
from typing import TypeVar

from securecart.config.endpoints import Endpoints
from securecart.config.model import Attachment, Connection, Dns, Fleet, HubPeering, Network, Peering
from securecart.errors import ProgramError
from securecart.plan.stack import Ask

_Kind = TypeVar("_Kind", Attachment, Peering, HubPeering)


def log_archive_stack(region: str) -> str:
    """Return the name of the stack whose bucket takes a region's flow logs."""
    return f"log-archive-{region}"


def hub_stack(hub: str) -> str:
    """Return the name of a hub's stack."""
    return f"hub-{hub}"


def attachment_of(fleet: Fleet, network: str, hub: str) -> tuple[str, Attachment]:
    """Return name and entry of a network's attachment to a hub.

    Raises:
        ProgramError: the network is not attached to the hub.
    """
    for name, attachment in attachments(fleet).items():
        if (attachment.network, attachment.hub) == (network, hub):
            return name, attachment
    raise ProgramError(
        f"network {network!r} is not attached to hub {hub!r}",
        rule="an office reaches networks that are attached to the hub of its VPN connection",
        remedy="attach the network, or name another hub",
    )


def direct_connect_stack(name: str) -> str:
    """Return the name of a Direct Connect connection's stack."""
    return f"direct-connect-{name}"


def network_stack(network: str) -> str:
    """Return the name of a network's stack."""
    return f"network-{network}"


def dns_stack() -> str:
    """Return the name of the stack of the hosted zone."""
    return "dns"


def certificate_stack(name: str) -> str:
    """Return the name of a certificate's stack."""
    return f"certificate-{name}"


def load_balancer_stack(name: str) -> str:
    """Return the name of a load balancer's stack."""
    return f"load-balancer-{name}"


def distribution_stack(name: str) -> str:
    """Return the name of a distribution's stack."""
    return f"distribution-{name}"


def accelerator_stack(name: str) -> str:
    """Return the name of an accelerator's stack."""
    return f"accelerator-{name}"


def endpoint_service_stack(name: str) -> str:
    """Return the name of the stack of a service that is offered by PrivateLink."""
    return f"endpoint-service-{name}"


def partner_endpoint_stack(name: str) -> str:
    """Return the name of the stack of an endpoint to a partner's service."""
    return f"partner-endpoint-{name}"


def records_stack() -> str:
    """Return the name of the stack of the names with a routing policy."""
    return "records"


def shield_stack(account: str) -> str:
    """Return the name of the stack of an account's Shield Advanced."""
    return f"shield-{account}"


def balancer_network(fleet: Fleet, load_balancer: str) -> Network:
    """Return the network that holds a load balancer."""
    return fleet.networks[fleet.load_balancers[load_balancer].network]


def endpoints_stack(network: str) -> str:
    """Return the name of the stack of a network's VPC endpoints."""
    return f"endpoints-{network}"


def log_archive_bucket(fleet: Fleet, region: str) -> str:
    """Return the name of the log archive's bucket in a region."""
    return f"{fleet.name}-flow-logs-{fleet.accounts[fleet.log_archive.account].id}-{region}"


def access_log_bucket(fleet: Fleet, region: str) -> str:
    """Return the name of the log archive's bucket that takes a region's access logs of load balancers."""
    return f"{fleet.name}-alb-logs-{fleet.accounts[fleet.log_archive.account].id}-{region}"


def required_dns(fleet: Fleet) -> Dns:
    """Return the zone of a fleet that has something to name.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    if fleet.dns is None:
        raise ProgramError(
            "the fleet has no zone",
            rule="certificates, load balancers and whatever else has a name need one",
            remedy="declare dns in the fleet file",
        )
    return fleet.dns


def zone_ask() -> Ask:
    """Return what is asked of the zone's stack by whoever writes records."""
    return Ask("dns", dns_stack(), ("zone_id",))


def networks_with_endpoints(fleet: Fleet) -> dict[str, tuple[Network, Endpoints]]:
    """Return the networks that have VPC endpoints, with these, by network name."""
    return {
        name: (network, network.endpoints)
        for name, network in fleet.networks.items()
        if network.endpoints is not None and (network.endpoints.gateway or network.endpoints.interface)
    }


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
