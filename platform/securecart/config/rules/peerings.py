"""VPC peerings: only those the firm's flows name, no wider than the network ACLs allow for (row N4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Environment, Peering, PeeringSide, Tier
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.words import suggestion

ALLOWED_FLOWS: Final = frozenset({(Environment.PROD, Environment.PAYMENTS)})
"""Flows between environments that exist at all, from requester to accepter."""

ACL_NUMBERS: Final = 4
"""Numbers that the private tier's ACL keeps for peerings: in 214 to 217, out 235 to 238."""

HTTPS: Final = 443
"""Port that the private tier may leave on anyway, by entry 230."""


def _sides(name: str, peering: Peering) -> tuple[tuple[KeyPath, PeeringSide], tuple[KeyPath, PeeringSide]]:
    path = ("connections", name)
    return ((*path, "requester"), peering.requester), ((*path, "accepter"), peering.accepter)


def _unknown(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.peerings().items():
        for path, side in _sides(name, peering):
            if draft.missing("networks", side.network):
                remedy = suggestion(side.network, draft.declared["networks"])
                yield Breach((*path, "network"), f"there is no network {side.network!r}", remedy=remedy)


def _same_sides(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.peerings().items():
        if peering.requester.network == peering.accepter.network:
            message = f"network {peering.accepter.network!r} is peered with itself"
            yield Breach(("connections", name, "accepter", "network"), message)


def _isolation(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.peerings().items():
        requester = draft.networks.get(peering.requester.network)
        accepter = draft.networks.get(peering.accepter.network)
        if not requester or not accepter or peering.requester.network == peering.accepter.network:
            continue
        flow = (requester.environment, accepter.environment)
        if flow not in ALLOWED_FLOWS:
            also = tuple(("networks", side.network, "environment") for _, side in _sides(name, peering))
            message = f"{flow[0]} would be connected to {flow[1]}: the flow {flow[0]} -> {flow[1]} is never allowed"
            yield Breach(("connections", name), message, also)


def _tiers(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.peerings().items():
        for path, side in _sides(name, peering):
            network = draft.networks.get(side.network)
            for position, tier in enumerate(side.tiers):
                if network and tier not in network.tiers:
                    message = f"network {side.network!r} has no {tier} tier"
                    yield Breach((*path, "tiers", position), message, (("networks", side.network),))
            if side.tiers != (Tier.PRIVATE,):
                message = f"a peering joins private tiers, not {', '.join(side.tiers) or 'none'}"
                yield Breach((*path, "tiers"), message)


def _twins(draft: Draft) -> Iterator[Breach]:
    peerings = draft.peerings()
    names = list(peerings)
    pairs = [frozenset((peering.requester.network, peering.accepter.network)) for peering in peerings.values()]
    for first, again in repeated(pairs):
        message = f"{names[first]!r} already peers these networks"
        yield Breach(("connections", names[again]), message, (("connections", names[first]),))


def _ports(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.peerings().items():
        path = ("connections", name, "ports")
        if not peering.ports:
            yield Breach(path, "the peering serves no port")
        for _, again in repeated(peering.ports):
            yield Breach((*path, again), f"port {peering.ports[again]} stands twice")
        for position, port in enumerate(peering.ports):
            if port != HTTPS:
                yield Breach((*path, position), f"no flow of the firm reaches payments on port {port}")


def _entries(peering: Peering, network: str) -> tuple[int, int]:
    """ACL entries that a peering adds to a network: into and out of its private tier.

    The requester takes in replies and sends requests, those to 443 by entry 230; the accepter the reverse.
    """
    if network == peering.requester.network:
        return 1, sum(port != HTTPS for port in peering.ports)
    if network == peering.accepter.network:
        return len(peering.ports), 1
    return 0, 0


def _acl_numbers(draft: Draft) -> Iterator[Breach]:
    for network in draft.networks:
        taken = [0, 0]
        for name, peering in draft.peerings().items():
            added = _entries(peering, network)
            taken = [before + more for before, more in zip(taken, added, strict=True)]
            if any(added) and max(taken) > ACL_NUMBERS:
                message = f"the peerings of network {network!r} need more than {ACL_NUMBERS} network ACL entries"
                yield Breach(("connections", name), message, (("networks", network),))


PEERING_RULES: Final[tuple[Rule, ...]] = (
    Rule("peering-ends-exist", "Both ends of a peering are networks.", "add the network", _unknown),
    Rule("peering-ends-differ", "The ends of a peering are two networks.", "name another network", _same_sides),
    Rule(
        "peering-isolation",
        "A peering carries only flows that the firm names: prod to payments.",
        "remove the connection",
        _isolation,
    ),
    Rule(
        "peering-tiers",
        "A peering joins the private tiers alone: load balancers and databases take no part.",
        "write tiers: [private]",
        _tiers,
    ),
    Rule("peering-unique", "Two networks are peered once.", "merge the two into one connection", _twins),
    Rule(
        "peering-ports",
        "A peering lists its ports, each once; the firm's flow to payments is on 443, and groups let out no other.",
        "write ports: [443]",
        _ports,
    ),
    Rule(
        "peering-acl-numbers",
        "The peerings of a network fit the network ACL numbers kept for them: four in, four out.",
        "merge connections, or list fewer ports",
        _acl_numbers,
    ),
)
"""Rules about VPC peerings."""
