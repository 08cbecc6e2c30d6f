"""Hubs: their ASNs, their segments and the peerings between them (mission row N5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import HubPeering
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.words import suggestion

PRIVATE_ASNS: Final = (range(64512, 65535), range(4200000000, 4294967295))
"""Private ASNs: 64512 to 65534 and 4200000000 to 4294967294 (EC2 API, TransitGatewayRequestOptions)."""

RESERVED_SEGMENT: Final = "inter-region"
"""Name of the route table that peerings between hubs associate with."""


def _asn_ranges(draft: Draft) -> Iterator[Breach]:
    for name, hub in draft.hubs.items():
        if not any(hub.asn in block for block in PRIVATE_ASNS):
            yield Breach(("hubs", name, "asn"), f"ASN {hub.asn} is not private")


def _shared_asns(draft: Draft) -> Iterator[Breach]:
    names = list(draft.hubs)
    for first, again in repeated(hub.asn for hub in draft.hubs.values()):
        message = f"hubs {names[first]!r} and {names[again]!r} have the same ASN"
        yield Breach(("hubs", names[again], "asn"), message, (("hubs", names[first], "asn"),))


def _segments(draft: Draft) -> Iterator[Breach]:
    for name, hub in draft.hubs.items():
        for position, segment in enumerate(hub.segments):
            if segment == RESERVED_SEGMENT:
                message = f"the segment name {segment!r} is reserved for peerings between hubs"
                yield Breach(("hubs", name, "segments", position), message)
        for _, again in repeated(hub.segments):
            yield Breach(("hubs", name, "segments", again), f"segment {hub.segments[again]!r} stands twice")


def _ends(name: str, peering: HubPeering) -> tuple[tuple[KeyPath, str], tuple[KeyPath, str]]:
    path = ("connections", name)
    return ((*path, "requester"), peering.requester), ((*path, "accepter"), peering.accepter)


def _unknown_hubs(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.hub_peerings().items():
        for path, hub in _ends(name, peering):
            if draft.missing("hubs", hub):
                yield Breach(path, f"there is no hub {hub!r}", remedy=suggestion(hub, draft.declared["hubs"]))


def _same_region(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.hub_peerings().items():
        requester, accepter = draft.hubs.get(peering.requester), draft.hubs.get(peering.accepter)
        if requester and accepter and requester.region == accepter.region:
            message = f"both ends are in {requester.region}: a hub peering joins two regions"
            yield Breach(("connections", name, "accepter"), message, (("connections", name, "requester"),))


def _twins(draft: Draft) -> Iterator[Breach]:
    names = list(draft.hub_peerings())
    pairs = [frozenset((peering.requester, peering.accepter)) for peering in draft.hub_peerings().values()]
    for first, again in repeated(pairs):
        message = f"{names[first]!r} already peers these hubs"
        yield Breach(("connections", names[again]), message, (("connections", names[first]),))


def _absent_segments(draft: Draft) -> Iterator[Breach]:
    for name, peering in draft.hub_peerings().items():
        path = ("connections", name, "segments")
        for position, segment in enumerate(peering.segments):
            for end in (peering.requester, peering.accepter):
                hub = draft.hubs.get(end)
                if hub and segment not in hub.segments:
                    message = f"hub {end!r} has no segment {segment!r}"
                    yield Breach((*path, position), message, (("hubs", end, "segments"),))
        for _, again in repeated(peering.segments):
            yield Breach((*path, again), f"segment {peering.segments[again]!r} stands twice")


HUB_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "hub-asn-private",
        "A hub's ASN is private.",
        "choose one from 64512-65534 or 4200000000-4294967294",
        _asn_ranges,
    ),
    Rule("hub-asn-unique", "No two hubs share an ASN.", "give one of them another", _shared_asns),
    Rule(
        "hub-segments",
        "A hub's segments are distinct, and none is reserved.",
        "rename the segment",
        _segments,
    ),
    Rule("hub-peering-hub-exists", "Both ends of a hub peering are hubs.", "add the hub", _unknown_hubs),
    Rule("hub-peering-regions", "A hub peering joins two regions.", "name hubs of two regions", _same_region),
    Rule(
        "hub-peering-unique",
        "Two hubs are peered once (AWS Transit Gateway guide, Quotas).",
        "merge the segments into one connection",
        _twins,
    ),
    Rule(
        "hub-peering-segments",
        "A segment carried between hubs exists in both, and is listed once.",
        "name segments that both hubs have",
        _absent_segments,
    ),
)
"""Rules about hubs and the peerings between them."""
