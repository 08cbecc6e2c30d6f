"""The network ACL evaluator: lowest number first, and no verdict that an unknown entry could change."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from policies.acl import Entry, Packet, allows, packets
from policies.logic import Truth
from policies.networks import Ports
from policies.values import UNKNOWN

BLOCKS = ("0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/9", "10.64.0.0/10", "::/0")
RANGES = ((0, 65535), (22, 22), (20, 80), (1024, 65535))


@st.composite
def entries(draw: st.DrawFn, unknown: bool = False) -> Entry:
    first, last = draw(st.sampled_from(RANGES))
    protocol = draw(st.sampled_from(["tcp", "6", "udp", "-1", "icmp"]))
    made = Entry(
        draw(st.integers(1, 9)),
        draw(st.booleans()),
        draw(st.booleans()),
        Ports(protocol, first, last),
        draw(st.sampled_from(BLOCKS)),
    )
    hidden = draw(st.sampled_from([None, "cidr", "number", "allow"])) if unknown else None
    return Entry(
        UNKNOWN if hidden == "number" else made.number,
        made.egress,
        UNKNOWN if hidden == "allow" else made.allow,
        made.ports,
        UNKNOWN if hidden == "cidr" else made.cidr,
    )


def unique(found: list[Entry]) -> list[Entry]:
    """AWS refuses two entries of one number and direction."""
    kept = {
        (entry.number if isinstance(entry.number, int) else i + 100, entry.egress): entry
        for i, entry in enumerate(found)
    }
    return list(kept.values())


def by_hand(found: list[Entry], packet: Packet) -> bool:
    """The user guide's words as plainly as they can be written."""
    for entry in sorted(found, key=lambda each: int(str(each.number))):
        names = {"6": "tcp", "tcp": "tcp", "udp": "udp", "-1": packet.protocol, "icmp": "other"}
        fits_ports = entry.ports.protocol in ("-1", "icmp") or (
            int(str(entry.ports.first)) <= packet.port <= int(str(entry.ports.last))
        )
        block = entry.block
        assert block is not None
        fits_address = block.version == packet.version and packet.address in range(
            int(block.network_address), int(block.broadcast_address) + 1
        )
        if (
            entry.egress == packet.egress
            and names[str(entry.ports.protocol)] == packet.protocol
            and fits_ports
            and fits_address
        ):
            return bool(entry.allow is True)
    return False


PACKETS = [
    Packet(egress, version, address, protocol, port)
    for egress, (version, address), protocol, port in product(
        (False, True),
        ((4, 0), (4, 0x0A000001), (4, 0x0A400001), (4, 0x08080808), (6, 1)),
        ("tcp", "udp", "other"),
        (0, 22, 80, 81, 3389),
    )
]


@given(st.lists(entries(), max_size=6).map(unique))
def test_lowest_number_that_matches_decides(found: list[Entry]) -> None:
    for packet in PACKETS:
        assert allows(found, packet) is (Truth.TRUE if by_hand(found, packet) else Truth.FALSE)


@given(st.lists(entries(), max_size=5).map(unique))
@settings(max_examples=50)
def test_packets_stand_for_every_class_of_traffic(found: list[Entry]) -> None:
    verdicts = {(p.egress, p.version, p.protocol, allows(found, p)) for p in packets(found, ports=(22,))}
    for packet in PACKETS:
        if packet.version == 4:
            assert (packet.egress, 4, packet.protocol, allows(found, packet)) in verdicts


@given(st.lists(entries(unknown=True), max_size=5).map(unique), st.data())
def test_a_verdict_over_unknown_entries_holds_for_every_completion(found: list[Entry], data: st.DataObject) -> None:
    taken = {entry.number for entry in found}
    free = iter([number for number in range(1, 30) if number not in taken])
    complete = [
        Entry(
            next(free) if entry.number is UNKNOWN else entry.number,
            entry.egress,
            data.draw(st.booleans()) if entry.allow is UNKNOWN else entry.allow,
            entry.ports,
            data.draw(st.sampled_from(BLOCKS)) if entry.cidr is UNKNOWN else entry.cidr,
        )
        for entry in found
    ]
    for packet in PACKETS:
        before = allows(found, packet)
        if before is not Truth.UNKNOWN:
            assert allows(complete, packet) is before
