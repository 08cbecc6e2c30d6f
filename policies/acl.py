"""Network ACL entries, and the verdict of a list of them on a packet: the lowest number that matches decides.

An independent statement of AWS's evaluation (Amazon VPC user guide, Control subnet traffic with network
access control lists), over entries that may be partly unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from ipaddress import IPv4Address, IPv6Address
from itertools import product
from typing import NamedTuple

from policies import aws_types as t
from policies.logic import Truth, equal, every, truth
from policies.networks import Cidr, Ports, parse_cidr, same_cidr
from policies.subjects import NetworkFacts
from policies.tables import AclRow, resolve
from policies.values import UNKNOWN, Unknown, flag, number, text
from policies.views import Resource, Stack


@dataclass(frozen=True)
class Entry:
    """One entry of a network ACL."""

    number: int | Unknown | None
    """Entry number."""
    egress: bool | Unknown
    """Whether it judges what leaves."""
    allow: bool | Unknown
    """Whether it allows or denies."""
    ports: Ports
    """Protocol and ports."""
    cidr: str | Unknown | None
    """The other end's addresses, IPv4 or IPv6."""

    @cached_property
    def block(self) -> Cidr | None:
        """The other end's addresses; None where they are absent, unknown or no CIDR."""
        return parse_cidr(self.cidr) if isinstance(self.cidr, str) else None

    def __str__(self) -> str:
        """Number, direction, action, ports and peer; ``?`` where not known."""
        way = "?" if self.egress is UNKNOWN else "out" if self.egress else "in"
        action = "?" if self.allow is UNKNOWN else "allow" if self.allow else "deny"
        shown = ["?" if part is UNKNOWN else str(part) for part in (self.number, self.cidr)]
        return f"{shown[0]} {way} {action} {self.ports} {shown[1]}"

    def is_row(self, row: AclRow, cidr: Cidr) -> Truth:
        """Tell whether the entry says exactly what a row of the table says."""
        if equal(self.number, row.number) is Truth.FALSE:
            return Truth.FALSE
        protocol, (first, last) = ("tcp", row.ports) if row.ports else ("-1", (0, 0))
        return every(
            (
                equal(self.number, row.number),
                equal(self.egress, row.egress),
                equal(self.allow, row.allow),
                self.ports.exactly(protocol, first, last),
                same_cidr(self.cidr, str(cidr)),
            )
        )


class Packet(NamedTuple):
    """The first packet of a flow, as a network ACL sees it."""

    egress: bool
    """Whether it leaves the subnet."""
    version: int
    """4 or 6."""
    address: int
    """Address of the other end."""
    protocol: str
    """``tcp``, ``udp`` or ``other``."""
    port: int
    """Destination port; of no meaning for other protocols."""

    def other_end(self) -> str:
        """Return the other end's address as text."""
        return str(IPv4Address(self.address) if self.version == 4 else IPv6Address(self.address))

    def __str__(self) -> str:
        """Protocol, port, direction and address as a reader writes them."""
        return f"{self.protocol} {self.port} {'to' if self.egress else 'from'} {self.other_end()}"


def entry_of(resource: Resource) -> Entry:
    """Return the entry that a NetworkAclRule resource declares."""
    props = resource.props
    action = text(props, "ruleAction")
    cidr = text(props, "cidrBlock")
    return Entry(
        number(props, "ruleNumber"),
        flag(props, "egress", default=False),
        UNKNOWN if action is UNKNOWN else (action or "").lower() == "allow",
        Ports(text(props, "protocol"), number(props, "fromPort"), number(props, "toPort")),
        text(props, "ipv6CidrBlock") if cidr is None else cidr,
    )


class OwnedEntry(NamedTuple):
    """An entry with the resource that declares it and the network ACL that has it."""

    resource: Resource
    """The NetworkAclRule."""
    entry: Entry
    """What it says."""
    owner: Resource | Unknown | None
    """Its NetworkAcl; None where another stack has it."""


def owned_entries(stack: Stack) -> tuple[OwnedEntry, ...]:
    """Return every standalone entry of a stack. Ask by ``stack.once``."""
    owners = (*t.NETWORK_ACL, *t.DEFAULT_NETWORK_ACL)
    return tuple(
        OwnedEntry(resource, entry_of(resource), stack.target(resource, "networkAclId", owners))
        for resource in stack.of(t.NETWORK_ACL_RULE)
    )


def entries_of(stack: Stack, acl: Resource) -> tuple[Entry, ...]:
    """Return the entries that a network ACL has or, where their owner is not known, may have."""
    found = stack.once(owned_entries)
    certain = [each.entry for each in found if each.owner is acl]
    # An entry whose owner is not known may be here or not: without a number it only adds doubt.
    loose = [
        Entry(UNKNOWN, each.entry.egress, each.entry.allow, each.entry.ports, each.entry.cidr)
        for each in found
        if each.owner is UNKNOWN
    ]
    return (*certain, *loose)


def table_entries(rows: Iterable[AclRow], network: NetworkFacts) -> tuple[Entry, ...]:
    """Return the table's rows as entries of a network."""
    found = []
    for row in rows:
        cidr = resolve(row.peer, network)
        ports = Ports("tcp", *row.ports) if row.ports else Ports("-1", 0, 0)
        found.append(Entry(row.number, row.egress, row.allow, ports, str(cidr)))
    return tuple(found)


def allows(entries: Sequence[Entry], packet: Packet) -> Truth:
    """Tell whether a network ACL lets a packet through; without a match it does not."""
    numbered = sorted(
        ((entry.number, entry) for entry in entries if isinstance(entry.number, int)),
        key=lambda pair: pair[0],
    )
    outcomes: set[bool | Unknown] = set()
    for _, entry in numbered:
        match = _matches(entry, packet)
        if match is Truth.FALSE:
            continue
        outcomes.add(entry.allow)
        if match is Truth.TRUE:
            break
    else:
        outcomes.add(False)
    # An entry whose number is not known may come first or never.
    outcomes |= {
        entry.allow for entry in entries if entry.number is UNKNOWN and _matches(entry, packet) is not Truth.FALSE
    }
    return truth(next(iter(outcomes)) is True) if len(outcomes) == 1 and UNKNOWN not in outcomes else Truth.UNKNOWN


def _matches(entry: Entry, packet: Packet) -> Truth:
    if entry.egress is not UNKNOWN and entry.egress != packet.egress:
        return Truth.FALSE
    address = _covers(entry, packet)
    if address is Truth.FALSE:
        return address
    return equal(entry.egress, packet.egress) & address & _covers_protocol(entry.ports, packet)


def _covers(entry: Entry, packet: Packet) -> Truth:
    if entry.cidr is UNKNOWN:
        return Truth.UNKNOWN
    block = entry.block
    return truth(
        block is not None
        and block.version == packet.version
        and int(block.network_address) <= packet.address <= int(block.broadcast_address)
    )


def _covers_protocol(ports: Ports, packet: Packet) -> Truth:
    if packet.protocol == "other":
        return ports.all_protocols() | (~ports.speaks("tcp") & ~ports.speaks("udp"))
    return ports.opens(packet.protocol, packet.port)


def packets(entries: Iterable[Entry], blocks: Iterable[Cidr] = (), ports: Iterable[int] = ()) -> Iterator[Packet]:
    """Return one packet of every class that the known entries can tell apart.

    Within a class every entry behaves alike, so the verdict on one packet is the verdict on all.

    Args:
        entries: Entries whose boundaries matter.
        blocks: Further blocks whose boundaries matter.
        ports: Further ports that matter.
    """
    known = list(entries)
    addresses = _addresses([*(entry.block for entry in known if entry.block is not None), *blocks])
    edges = _port_edges(known) | {edge for port in ports for edge in (port, port + 1)}
    # Without a rule of its own a protocol takes only the entries for all protocols, which know no ports.
    protocols = [("tcp", port) for port in sorted(edges)]
    if any(entry.ports.speaks("udp") is not entry.ports.all_protocols() for entry in known) or ports:
        protocols += [("udp", port) for port in sorted(edges)]
    else:
        protocols.append(("udp", 0))
    protocols.append(("other", 0))
    for egress, (version, address), (protocol, port) in product((False, True), addresses, protocols):
        yield Packet(egress, version, address, protocol, port)


def _addresses(blocks: Iterable[Cidr]) -> list[tuple[int, int]]:
    edges: set[tuple[int, int]] = {(4, 0)}
    for block in blocks:
        edges.add((block.version, int(block.network_address)))
        after = int(block.broadcast_address) + 1
        if after < 2**block.max_prefixlen:
            edges.add((block.version, after))
    return sorted(edges)


def _port_edges(entries: Iterable[Entry]) -> set[int]:
    edges = {0}
    for entry in entries:
        if isinstance(entry.ports.first, int):
            edges.add(max(entry.ports.first, 0))
        if isinstance(entry.ports.last, int):
            edges.add(entry.ports.last + 1)
    return {edge for edge in edges if 0 <= edge <= 65535}
