"""Where every tier and subnet of a VPC lies. Pure arithmetic, stable under growth.

A VPC is cut into eight tier slots, and each of these into eight slots by the letter of the zone::

    VPC 10.30.0.0/16
      slot 0  public    10.30.0.0/19    a 10.30.0.0/22   b 10.30.4.0/22   ...  h 10.30.28.0/22
      slot 1  private   10.30.32.0/19   a 10.30.32.0/22  b 10.30.36.0/22  ...
      slot 2  database  10.30.64.0/19   a 10.30.64.0/22  ...
      slots 3 to 7      kept free for further tiers

A subnet's place depends on the VPC, its tier and its zone alone, so a further zone or tier moves nothing, and
a tier is one block, so a network ACL entry or a route needs one CIDR for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import IPv4Network
from types import MappingProxyType
from typing import Final

from securecart.config.model import Tier
from securecart.errors import BadInputError
from securecart.limits import LimitName, limit

TIER_SLOTS: Final[Mapping[Tier, int]] = MappingProxyType({Tier.PUBLIC: 0, Tier.PRIVATE: 1, Tier.DATABASE: 2})
"""Slot of each tier in the VPC. Never renumber: subnets would move. A further tier takes the next slot."""

AZ_SLOTS: Final[Mapping[str, int]] = MappingProxyType({letter: slot for slot, letter in enumerate("abcdefgh")})
"""Slot of each zone letter in the tier's block. No region has had a zone beyond f so far (us-east-1)."""

TIER_BITS: Final = 3
"""Bits of the address that number the tier slots: eight of them."""

AZ_BITS: Final = 3
"""Bits of the address that number the zone slots: eight of them."""

SHORTEST_VPC_PREFIX: Final = limit(LimitName.VPC_PREFIX_SHORTEST).value
"""Prefix length of the largest VPC, 16 (VPC user guide, VPC CIDR blocks)."""

LONGEST_VPC_PREFIX: Final = limit(LimitName.SUBNET_PREFIX_LONGEST).value - TIER_BITS - AZ_BITS
"""Prefix length of the smallest VPC, 22: its subnets are /28, AWS's smallest (VPC user guide)."""

_ZONE = re.compile(r"(?P<region>[a-z]{2}(?:-[a-z]+)+-\d)(?P<letter>[a-z])")


def tier_block(vpc: IPv4Network, tier: Tier) -> IPv4Network:
    """Return the block that holds every subnet of a tier.

    Args:
        vpc: Block of the VPC, /16 to /22.
        tier: The tier.

    Raises:
        BadInputError: the VPC is larger than /16 or smaller than /22.
    """
    _require_size(vpc)
    return _slot(vpc, TIER_BITS, TIER_SLOTS[tier])


def subnet_cidr(vpc: IPv4Network, tier: Tier, az: str) -> IPv4Network:
    """Return the block of a tier's subnet in one availability zone.

    Args:
        vpc: Block of the VPC, /16 to /22.
        tier: The tier.
        az: Name of the zone, for example ``us-east-1a``.

    Raises:
        BadInputError: the VPC has an unusable size, or the zone's name has no slot.
    """
    return _slot(tier_block(vpc, tier), AZ_BITS, az_slot(az))


def az_slot(az: str) -> int:
    """Return the slot of an availability zone: 0 for the letter a, 7 for h.

    Raises:
        BadInputError: not an availability zone's name, or a letter beyond h.
    """
    letter = _zone(az)["letter"]
    if letter not in AZ_SLOTS:
        raise BadInputError(
            f"availability zone {az!r} has no slot in the address plan",
            rule="each tier has eight zone slots, for the letters a to h",
            remedy="name a zone of the region with a letter from a to h",
        )
    return AZ_SLOTS[letter]


def az_region(az: str) -> str:
    """Return the region of an availability zone, for example ``us-east-1`` for ``us-east-1a``.

    Raises:
        BadInputError: not an availability zone's name.
    """
    return _zone(az)["region"]


def _zone(az: str) -> re.Match[str]:
    match = _ZONE.fullmatch(az)
    if match is None:
        raise BadInputError(
            f"{az!r} is not an availability zone of a region",
            rule="a zone is the region's name and one letter; local and wavelength zones "
            "(us-east-1-bos-1a) have no place in the address plan",
            remedy="write for example us-east-1a",
        )
    return match


def _slot(block: IPv4Network, bits: int, slot: int) -> IPv4Network:
    prefix = block.prefixlen + bits
    return IPv4Network((int(block.network_address) + (slot << (32 - prefix)), prefix))


def _require_size(vpc: IPv4Network) -> None:
    if not SHORTEST_VPC_PREFIX <= vpc.prefixlen <= LONGEST_VPC_PREFIX:
        raise BadInputError(
            f"VPC block {vpc} cannot be cut into subnets",
            rule=f"a VPC is /{SHORTEST_VPC_PREFIX} to /{LONGEST_VPC_PREFIX}: AWS allows none larger, "
            "and smaller ones would give subnets below AWS's smallest, /28",
            remedy=f"choose a block from /{SHORTEST_VPC_PREFIX} to /{LONGEST_VPC_PREFIX}",
        )
