"""Address blocks: of a usable size, inside the supernet, and never overlapping anywhere in the fleet."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Final

from securecart.config.addressing import LONGEST_VPC_PREFIX, SHORTEST_VPC_PREFIX
from securecart.config.draft import Draft
from securecart.config.rules.base import Breach, Rule

PRIVATE_RANGES: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""Ranges for a supernet: RFC 1918, and the shared range of RFC 6598 (VPC user guide, VPC CIDR blocks)."""


def _overlaps(draft: Draft) -> Iterator[Breach]:
    """Sorted by first address, a block can only overlap the widest-reaching one before it."""
    ordered = sorted(draft.networks.items(), key=lambda item: (item[1].cidr.network_address, item[1].cidr.prefixlen))
    open_blocks: list[tuple[str, IPv4Network]] = []
    for name, network in ordered:
        cidr = network.cidr
        open_blocks = [(other, block) for other, block in open_blocks if block.overlaps(cidr)]
        for other, block in open_blocks:
            message = f"{cidr} of network {name!r} overlaps {block} of network {other!r}"
            yield Breach(("networks", name, "cidr"), message, (("networks", other, "cidr"),))
        open_blocks.append((name, cidr))


def _outside(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        if draft.supernet and not network.cidr.subnet_of(draft.supernet):
            message = f"{network.cidr} lies outside the supernet {draft.supernet}"
            yield Breach(("networks", name, "cidr"), message, (("supernet",),))


def _sizes(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        prefix = network.cidr.prefixlen
        if not SHORTEST_VPC_PREFIX <= prefix <= LONGEST_VPC_PREFIX:
            size = "large" if prefix < SHORTEST_VPC_PREFIX else "small"
            yield Breach(("networks", name, "cidr"), f"{network.cidr} is too {size} for a VPC with tiers")


def _public_supernet(draft: Draft) -> Iterator[Breach]:
    if draft.supernet and not any(draft.supernet.subnet_of(IPv4Network(block)) for block in PRIVATE_RANGES):
        yield Breach(("supernet",), f"the supernet {draft.supernet} is not inside a private range")


ADDRESS_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "cidr-overlap",
        "No two networks of the fleet overlap, whatever their accounts and regions.",
        "give one of them another block",
        _overlaps,
    ),
    Rule(
        "cidr-outside-supernet",
        "Every network lies inside the supernet.",
        "choose a block inside it",
        _outside,
    ),
    Rule(
        "cidr-size",
        "A network is /16 (AWS's largest VPC) to /22 (its subnets are then /28, AWS's smallest).",
        f"choose a block from /{SHORTEST_VPC_PREFIX} to /{LONGEST_VPC_PREFIX}",
        _sizes,
    ),
    Rule(
        "supernet-private",
        "The supernet is private address space: network ACLs deny it where the internet is meant.",
        f"choose it from {', '.join(PRIVATE_RANGES)}",
        _public_supernet,
    ),
)
"""Rules about address blocks."""
