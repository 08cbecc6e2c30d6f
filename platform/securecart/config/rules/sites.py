"""Sites beyond AWS: where their connections end, which addresses they have, and how little they reach (row C5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final

from securecart.config.draft import Draft
from securecart.config.hybrid import CustomerGateway, Reach
from securecart.config.model import Tier
from securecart.config.problem import KeyPath
from securecart.config.rules.addresses import PRIVATE_RANGES
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.security_groups import GROUPS
from securecart.config.words import suggestion

ACL_NUMBERS: Final = (7, 6)
"""How many numbers the private tier's ACL keeps for sites: in 202 to 208, out 239 to 244."""

ADMIN_PORTS: Final = (22, 3389)
"""SSH and RDP: access is by IAM roles, from nowhere by network."""

NOT_FOR_SITES: Final = frozenset({"endpoints", "nlb"})
"""Components that serve the private tier alone (row C2), or PrivateLink alone (row C4)."""

NOT_PUBLIC: Final = tuple(
    IPv4Network(block)
    for block in (*PRIVATE_RANGES, "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4")
)
"""Addresses that no device on the internet has: private ones, and those of RFC 6890."""


@dataclass(frozen=True)
class Site:
    """What the rules ask of a site, whichever way it is connected."""

    path: KeyPath
    """Place of the connection."""
    cidrs: tuple[IPv4Network, ...]
    """Blocks of the site."""
    reaches: tuple[Reach, ...]
    """What it reaches."""
    gateway: CustomerGateway | None
    """Its VPN device; None where it has none."""
    gateway_path: KeyPath
    """Place of the device."""
    places: tuple[tuple[str, str], ...]
    """Accounts and regions of its VPN connections, as far as they are known."""


def _sites(draft: Draft) -> Iterator[Site]:
    for name, vpn in draft.vpns.items():
        hub = draft.hubs.get(vpn.hub)
        places: tuple[tuple[str, str], ...] = ((hub.account, hub.region),) if hub else ()
        path: KeyPath = ("vpns", name)
        yield Site(path, vpn.cidrs, vpn.reaches, vpn.customer_gateway, (*path, "customer_gateway"), places)
    for name, link in draft.direct_connects.items():
        networks = [draft.networks[each] for each in link.networks if each in draft.networks]
        places = tuple((network.account, network.region) for network in networks)
        device = link.failover.customer_gateway if link.failover else None
        path = ("direct_connects", name)
        yield Site(path, link.cidrs, link.reaches, device, (*path, "failover", "customer_gateway"), places)


def _reaches(draft: Draft) -> Iterator[tuple[KeyPath, Reach]]:
    for site in _sites(draft):
        for position, reach in enumerate(site.reaches):
            yield (*site.path, "reaches", position), reach


def _unknown_hubs(draft: Draft) -> Iterator[Breach]:
    for name, vpn in draft.vpns.items():
        if draft.missing("hubs", vpn.hub):
            remedy = suggestion(vpn.hub, draft.declared["hubs"])
            yield Breach(("vpns", name, "hub"), f"there is no hub {vpn.hub!r}", remedy=remedy)


def _private_peers(draft: Draft) -> Iterator[Breach]:
    for site in _sites(draft):
        if site.gateway and any(site.gateway.ip_address in block for block in NOT_PUBLIC):
            message = f"{site.gateway.ip_address} is no address on the internet"
            yield Breach((*site.gateway_path, "ip_address"), message)


def _shared_peers(draft: Draft) -> Iterator[Breach]:
    ends = [(site, place) for site in _sites(draft) if site.gateway for place in site.places]
    for first, again in repeated((place, site.gateway) for site, place in ends):
        (one, _), (other, (account, region)) = ends[first], ends[again]
        message = f"account {account!r} has this device already in {region}, by {'.'.join(map(str, one.path))}"
        yield Breach(other.gateway_path, message, (one.gateway_path,))


def _blocks(draft: Draft) -> Iterator[Breach]:
    seen: list[tuple[KeyPath, IPv4Network]] = []
    for site in _sites(draft):
        for position, cidr in enumerate(site.cidrs):
            path = (*site.path, "cidrs", position)
            if not any(cidr.subnet_of(IPv4Network(block)) for block in PRIVATE_RANGES):
                yield Breach(path, f"{cidr} is not inside a private range")
            if draft.supernet and cidr.overlaps(draft.supernet):
                yield Breach(path, f"{cidr} overlaps the supernet {draft.supernet}", (("supernet",),))
            for other, block in seen:
                if cidr.overlaps(block):
                    yield Breach(path, f"{cidr} overlaps {block} of a site", (other,))
            seen.append((path, cidr))


def _unknown_networks(draft: Draft) -> Iterator[Breach]:
    for path, reach in _reaches(draft):
        if draft.missing("networks", reach.network):
            remedy = suggestion(reach.network, draft.declared["networks"])
            yield Breach((*path, "network"), f"there is no network {reach.network!r}", remedy=remedy)


def _repeated_networks(draft: Draft) -> Iterator[Breach]:
    for site in _sites(draft):
        for _, again in repeated(reach.network for reach in site.reaches):
            message = f"network {site.reaches[again].network!r} is listed already"
            yield Breach((*site.path, "reaches", again, "network"), message)


def _elsewhere(draft: Draft) -> Iterator[Breach]:
    on_hub = {(link.hub, link.network) for link in draft.attachments().values()}
    for name, vpn in draft.vpns.items():
        for position, reach in enumerate(vpn.reaches):
            if reach.network in draft.networks and (vpn.hub, reach.network) not in on_hub:
                message = f"network {reach.network!r} is not attached to hub {vpn.hub!r}"
                yield Breach(("vpns", name, "reaches", position, "network"), message)


def _tiers(draft: Draft) -> Iterator[Breach]:
    for path, reach in _reaches(draft):
        if reach.tiers != (Tier.PRIVATE,):
            message = f"a site reaches private tiers, not {', '.join(reach.tiers) or 'none'}"
            yield Breach((*path, "tiers"), message)


def _groups(draft: Draft) -> Iterator[Breach]:
    for path, reach in _reaches(draft):
        network = draft.networks.get(reach.network)
        if network is None:
            continue
        choices = [
            group
            for group, tier in GROUPS[network.profile].items()
            if tier is Tier.PRIVATE and group not in NOT_FOR_SITES
        ]
        if reach.group not in choices:
            message = f"no group {reach.group!r} of network {reach.network!r} serves sites"
            yield Breach((*path, "group"), message, remedy=suggestion(reach.group, choices))


def _ports(draft: Draft) -> Iterator[Breach]:
    for path, reach in _reaches(draft):
        if not reach.ports:
            yield Breach((*path, "ports"), "no port is listed")
        for _, again in repeated(reach.ports):
            yield Breach((*path, "ports", again), f"port {reach.ports[again]} stands twice")
        for position, port in enumerate(reach.ports):
            if port in ADMIN_PORTS:
                yield Breach((*path, "ports", position), f"port {port} is never open: access is by IAM roles")


def _acl_numbers(draft: Draft) -> Iterator[Breach]:
    """Each block takes an entry in for every port, one that denies the rest, and one out for the replies."""
    taken: dict[str, list[int]] = {}
    for site in _sites(draft):
        for position, reach in enumerate(site.reaches):
            counts = taken.setdefault(reach.network, [0, 0])
            counts[0] += len(site.cidrs) * (len(reach.ports) + 1)
            counts[1] += len(site.cidrs)
            if any(count > kept for count, kept in zip(counts, ACL_NUMBERS, strict=True)):
                message = f"the sites of network {reach.network!r} need {counts[0]} network ACL entries in"
                message += f", {counts[1]} out, and {ACL_NUMBERS[0]} and {ACL_NUMBERS[1]} are kept"
                yield Breach((*site.path, "reaches", position), message)


SITE_RULES: Final[tuple[Rule, ...]] = (
    Rule("vpn-hub-exists", "An office's VPN connection ends on a hub.", "add the hub", _unknown_hubs),
    Rule(
        "vpn-device-public",
        "A site's VPN device has a public address: AWS reaches it over the internet.",
        "write the address that the device has on the internet",
        _private_peers,
    ),
    Rule(
        "vpn-device-unique",
        "A VPN device stands once in an account and region: AWS makes one customer gateway of two equal ones "
        "(EC2 API, CreateCustomerGateway).",
        "merge the two connections",
        _shared_peers,
    ),
    Rule(
        "site-cidr",
        "A site's blocks are private, outside the supernet, and apart from those of every other site.",
        "give the site another block",
        _blocks,
    ),
    Rule("reach-network-exists", "What a site reaches is a network.", "add the network", _unknown_networks),
    Rule("reach-unique", "A site lists a network once.", "merge the two entries", _repeated_networks),
    Rule(
        "reach-attached",
        "An office reaches networks that are attached to the hub where its VPN connection ends.",
        "attach the network, or end the connection on its hub",
        _elsewhere,
    ),
    Rule(
        "reach-tiers",
        "A site reaches the private tier alone: load balancers and databases take no part.",
        "write tiers: [private]",
        _tiers,
    ),
    Rule(
        "reach-group",
        "A site's requests go to a component of the private tier that takes them: endpoints (C2) and the load balancer "
        "of PrivateLink (C4) have callers of their own.",
        "name a component of the network",
        _groups,
    ),
    Rule(
        "reach-ports",
        "A site lists its ports, each once, and never SSH (22) or RDP (3389).",
        "list the ports of the service",
        _ports,
    ),
    Rule(
        "reach-acl-numbers",
        "The sites of a network fit the network ACL numbers kept for them: seven in, six out.",
        "list fewer blocks or ports",
        _acl_numbers,
    ),
)
"""Rules about sites."""
