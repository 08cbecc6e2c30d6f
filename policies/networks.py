"""Address and port arithmetic over partly known values."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Final, NamedTuple

from policies.logic import Truth, truth
from policies.values import UNKNOWN, Unknown

Cidr = IPv4Network | IPv6Network

# What is not the internet: RFC 1918, RFC 4193 (unique local), RFC 6598 (carrier NAT, used inside AWS),
# RFC 3927 and RFC 4291 (link local).
INTERNAL: Final = tuple(
    ip_network(block)
    for block in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Blocks that are not the internet."""
_ALL_PROTOCOLS: Final = frozenset({"-1", "all"})
_WITH_PORTS: Final = {"tcp": "tcp", "6": "tcp", "udp": "udp", "17": "udp"}


def parse_cidr(value: str) -> Cidr | None:
    """Return a block, host bits dropped as AWS does; None where the text is no CIDR."""
    try:
        return ip_network(value, strict=False)
    except ValueError:
        return None


def contains(outer: Cidr, inner: Cidr) -> bool:
    """Tell whether a block holds another one; false across families."""
    if isinstance(outer, IPv4Network) and isinstance(inner, IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(outer, IPv6Network) and isinstance(inner, IPv6Network):
        return inner.subnet_of(outer)
    return False


def from_internet(cidr: str | Unknown | None) -> Truth:
    """Tell whether a peer holds any public address; what is no CIDR counts as public."""
    if cidr is UNKNOWN:
        return Truth.UNKNOWN
    if cidr is None:
        return Truth.FALSE
    block = parse_cidr(cidr)
    return truth(block is None or not any(contains(internal, block) for internal in INTERNAL))


def within(cidr: str | Unknown | None, allowed: Iterable[Cidr]) -> Truth:
    """Tell whether a block lies inside one of the allowed ones."""
    if cidr is UNKNOWN:
        return Truth.UNKNOWN
    block = parse_cidr(cidr) if cidr is not None else None
    return truth(block is not None and any(contains(outer, block) for outer in allowed))


def same_cidr(cidr: str | Unknown | None, expected: str) -> Truth:
    """Tell whether a block is exactly the expected one."""
    if cidr is UNKNOWN:
        return Truth.UNKNOWN
    return truth(cidr is not None and parse_cidr(cidr) == parse_cidr(expected))


class Ports(NamedTuple):
    """Protocol and port range of one rule, as AWS reads them."""

    protocol: str | Unknown | None
    """``tcp``, ``6``, ``-1``, ...; None where it is absent, which AWS refuses."""
    first: int | Unknown | None
    """First port; None or -1 means all."""
    last: int | Unknown | None
    """Last port, inclusive."""

    def all_protocols(self) -> Truth:
        """Tell whether the rule covers every protocol, and so every port."""
        return Truth.UNKNOWN if self.protocol is UNKNOWN else truth(self.protocol in _ALL_PROTOCOLS)

    def speaks(self, protocol: str) -> Truth:
        """Tell whether the rule covers a protocol, ``tcp`` or ``udp``."""
        if self.protocol is UNKNOWN:
            return Truth.UNKNOWN
        named = _WITH_PORTS.get((self.protocol or "").lower())
        return truth(named == protocol) | self.all_protocols()

    def includes(self, port: int) -> Truth:
        """Tell whether the range covers a port, the protocol apart."""
        if self.first is None or self.last is None or self.first == -1:
            return Truth.TRUE
        above = Truth.UNKNOWN if self.first is UNKNOWN else truth(self.first <= port)
        below = Truth.UNKNOWN if self.last is UNKNOWN else truth(port <= self.last)
        return above & below

    def opens(self, protocol: str, port: int) -> Truth:
        """Tell whether the rule covers a protocol and port."""
        return self.speaks(protocol) & (self.all_protocols() | self.includes(port))

    def exactly(self, protocol: str, first: int, last: int) -> Truth:
        """Tell whether the rule covers this range and nothing more; protocol ``-1`` takes no ports."""
        if protocol in _ALL_PROTOCOLS:
            return self.all_protocols()
        same_first = Truth.UNKNOWN if self.first is UNKNOWN else truth(self.first == first)
        same_last = Truth.UNKNOWN if self.last is UNKNOWN else truth(self.last == last)
        return self.speaks(protocol) & ~self.all_protocols() & same_first & same_last

    def __str__(self) -> str:
        """Protocol and ports as a reader writes them."""
        shown = ["?" if part is UNKNOWN else str(part) for part in self]
        return f"{shown[0]} {shown[1]}-{shown[2]}"
