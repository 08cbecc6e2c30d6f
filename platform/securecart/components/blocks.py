"""Address blocks that the tables name by symbol, and what each symbol means in one network."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Network

from securecart.config.addressing import tier_block
from securecart.config.model import Network, Tier


class Block(StrEnum):
    """A block of addresses as a table names it."""

    ANY = "any"
    """Every IPv4 address, 0.0.0.0/0."""
    FLEET = "fleet"
    """The fleet's supernet: every network of the firm."""
    VPC = "vpc"
    """The network's own block."""
    PUBLIC = "public"
    """The network's public tier."""
    PRIVATE = "private"
    """The network's private tier."""
    DATABASE = "database"
    """The network's database tier."""


ANYWHERE = IPv4Network("0.0.0.0/0")
"""Every IPv4 address."""

_TIERS = {Block.PUBLIC: Tier.PUBLIC, Block.PRIVATE: Tier.PRIVATE, Block.DATABASE: Tier.DATABASE}


def resolve(block: Block, network: Network, supernet: IPv4Network) -> IPv4Network | None:
    """Return the addresses that a symbol means in a network; None for a tier that it does not have."""
    if block in _TIERS:
        tier = _TIERS[block]
        return tier_block(network.cidr, tier) if tier in network.tiers else None
    return {Block.ANY: ANYWHERE, Block.FLEET: supernet, Block.VPC: network.cidr}[block]
