"""Direct Connect: one kind of gateway behind each, known ends, no prefix that nobody lists (row C6, D4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.hubs import PRIVATE_ASNS
from securecart.config.words import suggestion

ENDS: Final = {"private": ("networks", "hubs"), "transit": ("hubs", "networks")}
"""For each kind of virtual interface: the key that lists what is behind the gateway, and the one that must not."""


def _mixed(draft: Draft) -> Iterator[Breach]:
    for name, link in draft.direct_connects.items():
        path: KeyPath = ("direct_connects", name)
        wanted, other = ENDS[link.vif]
        lists = {"networks": link.networks, "hubs": link.hubs}
        if lists[other]:
            message = f"with vif: {link.vif} the gateway takes {wanted}, not {other}"
            yield Breach((*path, other), message, ((*path, "vif"),))
        if not lists[wanted]:
            yield Breach((*path, "vif"), f"vif: {link.vif} leads nowhere: no {wanted} are listed")
        if link.vif == "transit" and link.failover:
            message = "with vif: transit there is no virtual private gateway to fail over to"
            yield Breach((*path, "failover"), message, ((*path, "vif"),))


def _unknown_ends(draft: Draft) -> Iterator[Breach]:
    for name, link in draft.direct_connects.items():
        for section, listed in (("networks", link.networks), ("hubs", link.hubs)):
            for position, end in enumerate(listed):
                if draft.missing(section, end):
                    remedy = suggestion(end, draft.declared[section])
                    message = f"there is no {section.removesuffix('s')} {end!r}"
                    yield Breach(("direct_connects", name, section, position), message, remedy=remedy)


def _repeated_ends(draft: Draft) -> Iterator[Breach]:
    ends = [
        (("direct_connects", name, section, position), (section, end))
        for name, link in draft.direct_connects.items()
        for section, listed in (("networks", link.networks), ("hubs", link.hubs))
        for position, end in enumerate(listed)
    ]
    for first, again in repeated(end for _, end in ends):
        section, end = ends[again][1]
        yield Breach(ends[again][0], f"{section.removesuffix('s')} {end!r} is connected already", (ends[first][0],))


def _asns(draft: Draft) -> Iterator[Breach]:
    for name, link in draft.direct_connects.items():
        path: KeyPath = ("direct_connects", name)
        if not any(link.gateway_asn in block for block in PRIVATE_ASNS):
            yield Breach((*path, "gateway_asn"), f"ASN {link.gateway_asn} is not private")
        if link.gateway_asn == link.bgp_asn:
            yield Breach((*path, "bgp_asn"), f"both ends have the ASN {link.bgp_asn}", ((*path, "gateway_asn"),))
        if link.failover and link.failover.customer_gateway.bgp_asn == link.gateway_asn:
            place = (*path, "failover", "customer_gateway", "bgp_asn")
            yield Breach(place, f"both ends have the ASN {link.gateway_asn}", ((*path, "gateway_asn"),))
        for hub_name in link.hubs:
            hub = draft.hubs.get(hub_name)
            if hub and hub.asn == link.gateway_asn:
                message = f"hub {hub_name!r} has the same ASN {hub.asn} as the gateway"
                yield Breach((*path, "gateway_asn"), message, (("hubs", hub_name, "asn"),))


def _prefixes(draft: Draft) -> Iterator[Breach]:
    for name, link in draft.direct_connects.items():
        path: KeyPath = ("direct_connects", name, "allowed_prefixes")
        for _, again in repeated(link.allowed_prefixes):
            yield Breach((*path, again), f"{link.allowed_prefixes[again]} stands twice")
        attached = [each.network for each in draft.attachments().values() if each.hub in link.hubs]
        known = [draft.networks[each] for each in (*link.networks, *attached) if each in draft.networks]
        blocks = {network.cidr for network in known}
        for position, prefix in enumerate(link.allowed_prefixes):
            if prefix not in blocks:
                yield Breach((*path, position), f"{prefix} is the block of no network behind the gateway")
        for each in link.networks:
            network = draft.networks.get(each)
            if network and network.cidr not in link.allowed_prefixes:
                message = f"{network.cidr} of network {each!r} is not announced to the site"
                yield Breach(path, message, (("networks", each, "cidr"),))


def _unconnected(draft: Draft) -> Iterator[Breach]:
    for name, link in draft.direct_connects.items():
        for position, reach in enumerate(link.reaches):
            if reach.network in draft.networks and reach.network not in link.networks:
                message = f"network {reach.network!r} is not behind the gateway"
                remedy = "list it under networks; with vif: transit nothing is opened here" if link.hubs else ""
                yield Breach(("direct_connects", name, "reaches", position, "network"), message, remedy=remedy)


DIRECT_CONNECT_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "direct-connect-one-kind",
        "A Direct Connect gateway takes virtual private gateways (vif: private, networks) or Transit Gateways "
        "(vif: transit, hubs), never both (Direct Connect user guide, Direct Connect gateways; D4).",
        "list networks alone or hubs alone; the other kind needs a gateway of its own",
        _mixed,
    ),
    Rule("direct-connect-ends-exist", "What is behind a gateway exists.", "add what is named", _unknown_ends),
    Rule(
        "direct-connect-ends-unique",
        "A network or hub is behind one gateway, once: a VPC takes one virtual private gateway.",
        "remove one of them",
        _repeated_ends,
    ),
    Rule(
        "direct-connect-asn",
        "A gateway's ASN is private, and differs from the site's, its VPN device's and its hubs'.",
        "choose another from 64512-65534 or 4200000000-4294967294",
        _asns,
    ),
    Rule(
        "direct-connect-prefixes",
        "The allowed prefixes are the blocks of networks behind the gateway, each once; of listed networks all.",
        "list the networks' own blocks: AWS announces none that is narrower, and a wider one claims too much",
        _prefixes,
    ),
    Rule(
        "direct-connect-reach",
        "A site reaches networks that are listed behind its gateway.",
        "list the network under networks as well",
        _unconnected,
    ),
)
"""Rules about Direct Connect."""
