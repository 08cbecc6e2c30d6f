"""The changes that bench makes to a fleet file: another block for a leaf, a further segment for a hub. Pure."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass
from ipaddress import IPv4Network
from typing import Final, cast

from bench.synthetic_fleet import Document
from securecart.config.model import Fleet
from stacks.topology import attachments, peerings, reachable

EXTRA_SEGMENT: Final = "spare"
"""Segment that a hub is given; no network attaches to it."""


@dataclass(frozen=True)
class Changes:
    """How a fleet file differs from the one that was deployed first."""

    leaf_moved: bool
    """Whether the leaf has its other block."""
    segment_added: bool
    """Whether the hub has the further segment."""


def choose_leaf(fleet: Fleet) -> str:
    """Return the network that the fewest others depend on: attached, without peerings, with few on its segment."""
    sides = [side.network for peering in peerings(fleet).values() for side in (peering.requester, peering.accepter)]
    found = [attachment for attachment in attachments(fleet).values() if attachment.network not in sides]
    return min(found, key=lambda attachment: len(reachable(fleet, attachment))).network


def choose_hub(fleet: Fleet) -> str:
    """Return the hub with the most attachments."""
    counts = Counter(attachment.hub for attachment in attachments(fleet).values())
    return max(fleet.hubs, key=lambda hub: counts[hub])


def other_block(fleet: Fleet, network: str) -> IPv4Network:
    """Return a block for a network that no other has: of its size, at the end of the supernet."""
    size, supernet = fleet.networks[network].cidr, fleet.supernet
    last = int(supernet.broadcast_address) + 1 - size.num_addresses
    block = IPv4Network((last, size.prefixlen))
    taken = [other.cidr for other in fleet.networks.values() if other.cidr.overlaps(block)]
    assert not taken, f"{block} is taken"
    return block


def changed(base: Document, fleet: Fleet, leaf: str, hub: str, changes: Changes) -> Document:
    """Return the fleet document with the changes; the base itself stays as it is."""
    document = copy.deepcopy(base)
    if changes.leaf_moved:
        _entry(document, "networks", leaf)["cidr"] = str(other_block(fleet, leaf))
    if changes.segment_added:
        _entry(document, "hubs", hub)["segments"] = [*fleet.hubs[hub].segments, EXTRA_SEGMENT]
    return document


def _entry(document: Document, section: str, name: str) -> Document:
    return cast(Document, cast(Document, document[section])[name])
