"""Every row of the network ACL table is there, nothing is beyond it, and what it denies stays denied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policies import aws_types as t
from policies.acl import Entry, allows, entries_of, owned_entries, packets, table_entries
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, one_of, some, truth
from policies.networks import INTERNAL, from_internet, same_cidr
from policies.rule import Claim, Rule
from policies.site_flows import site_entry
from policies.subjects import PeeringEnd
from policies.tables import (
    ACL_ROWS,
    EPHEMERAL,
    PEERING_EGRESS_NUMBERS,
    PEERING_INGRESS_NUMBERS,
    AclRow,
    resolve,
)
from policies.values import UNKNOWN, items
from policies.views import Resource, Stack

_ADMIN_PORTS = (22, 3389)


def row_present(row: AclRow, stack: Stack) -> Iterator[Claim]:
    """Judge one row: the tier's network ACL has an entry that says exactly this."""
    network = stack.facts.network
    if network is None or not row.applies(network) or not stack.of(t.VPC):
        return
    cidr = resolve(row.peer, network)
    if cidr is None:
        return
    found = some(_in_tier(each.owner, row) & each.entry.is_row(row, cidr) for each in stack.once(owned_entries))
    subject = next((acl.urn for acl in stack.of(t.NETWORK_ACL) if acl.label("tier") == row.tier.value), stack.urn)
    yield Claim(~found, f"the {row.tier} network ACL lacks entry {row.number} as the table states it", subject)


def nothing_beyond_table(stack: Stack) -> Iterator[Claim]:
    """Judge each entry: it is a row of its tier, or a listed peering's or site's."""
    for each in stack.once(owned_entries):
        allowed = _in_table(each.owner, each.entry, stack) | _peering_entry(each.resource, each.entry, stack.facts)
        allowed |= site_entry(each.resource, each.entry, stack.facts)
        yield Claim(~allowed, "the entry is in no row of the table", each.resource.urn, str(each.entry))


def denies_hold(stack: Stack) -> Iterator[Claim]:
    """Judge each tier's entries as a whole: nothing passes that the table's own evaluation stops."""
    network = stack.facts.network
    if network is None:
        return
    for acl in stack.of(t.NETWORK_ACL):
        tier = acl.label("tier")
        rows = [row for row in ACL_ROWS if row.tier == tier and row.applies(network)]
        table = table_entries(rows, network)
        actual = entries_of(stack, acl)
        if tier is UNKNOWN:
            yield Claim(Truth.UNKNOWN, "the network ACL lets through what its tier's table denies", acl.urn)
        else:
            yield _opened(acl, actual, table)


def no_admin_ports_from_internet(stack: Stack) -> Iterator[Claim]:
    """Judge each network ACL as a whole: 22 and 3389 from a public address are stopped."""
    for acl in (*stack.of(t.NETWORK_ACL), *stack.of(t.DEFAULT_NETWORK_ACL)):
        entries = entries_of(stack, acl)
        for port in _ADMIN_PORTS:
            passing = some(
                allows(entries, packet)
                for packet in packets(entries, INTERNAL, _ADMIN_PORTS)
                if not packet.egress
                and (packet.port, packet.protocol != "other") == (port, True)
                and from_internet(packet.other_end()) is Truth.TRUE
            )
            yield Claim(passing, f"port {port} passes from the internet", acl.urn)


def standalone_entries_only(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a network ACL's inputs: it declares no entries inline, where the table could not see them."""
    for direction in ("ingress", "egress"):
        entries = items(resource.props, direction)
        inline = Truth.UNKNOWN if entries is UNKNOWN else truth(bool(entries))
        yield Claim(inline, f"the network ACL has inline {direction} entries", resource.urn)


def peering_rows_present(stack: Stack) -> Iterator[Claim]:
    """Judge a peering: each end's private tier takes the entries that requests and replies need."""
    peering = stack.facts.peering
    if peering is None or not stack.of(t.PEERING):
        return
    entries = [(each.resource, each.entry) for each in stack.once(owned_entries)]
    for end in peering.ends:
        for egress, ports in _needed(end, peering.ports):
            for block in end.peer.blocks:
                found = some(_is_peering_entry(entry, egress, ports, str(block)) for _, entry in entries)
                way = "out to" if egress else "in from"
                yield Claim(~found, f"no entry lets tcp {ports[0]}-{ports[1]} {way} {block}", stack.urn)


def _opened(acl: Resource, actual: tuple[Entry, ...], table: tuple[Entry, ...]) -> Claim:
    """Return the worst that the entries let through against the table."""
    worst, example = Truth.FALSE, ""
    for packet in packets((*actual, *table)):
        if allows(table, packet) is Truth.TRUE:
            continue
        passed = allows(actual, packet)
        if passed.value > worst.value:
            worst, example = passed, str(packet)
        if worst is Truth.TRUE:
            break
    return Claim(worst, "the network ACL lets through what its tier's table denies", acl.urn, example)


def _in_tier(owner: object, row: AclRow) -> Truth:
    if owner is UNKNOWN:
        return Truth.UNKNOWN
    return equal(owner.label("tier"), row.tier.value) if isinstance(owner, Resource) else Truth.FALSE


def _in_table(owner: object, entry: Entry, stack: Stack) -> Truth:
    network = stack.facts.network
    if network is None:
        return Truth.FALSE
    rows = (row for row in ACL_ROWS if equal(entry.number, row.number) is not Truth.FALSE)
    blocks = ((row, resolve(row.peer, network)) for row in rows if row.applies(network))
    return some(_in_tier(owner, row) & entry.is_row(row, cidr) for row, cidr in blocks if cidr is not None)


def _peering_entry(resource: Resource, entry: Entry, facts: StackFacts) -> Truth:
    peering = facts.peering
    if peering is None or resource.provider is None:
        return Truth.FALSE
    return some(
        _is_peering_entry(entry, egress, ports, str(block))
        for end in peering.ends_at(resource.provider.name)
        for egress, ports in _allowed(end, peering.ports)
        for block in end.peer.blocks
    )


def _needed(end: PeeringEnd, ports: tuple[int, ...]) -> Iterator[tuple[bool, tuple[int, int]]]:
    """Return direction and ports that an end needs: replies for the requester, both ways for the accepter."""
    if end.requests:
        yield False, EPHEMERAL
    else:
        yield True, EPHEMERAL
        yield from ((False, (port, port)) for port in ports)


def _allowed(end: PeeringEnd, ports: tuple[int, ...]) -> Iterator[tuple[bool, tuple[int, int]]]:
    """Return direction and ports that an end may have; the requester's own row 230 covers only 443."""
    yield from _needed(end, ports)
    if end.requests:
        yield from ((True, (port, port)) for port in ports)


def _is_peering_entry(entry: Entry, egress: bool, ports: tuple[int, int], cidr: str) -> Truth:
    numbers = PEERING_EGRESS_NUMBERS if egress else PEERING_INGRESS_NUMBERS
    return every(
        (
            one_of(entry.number, numbers),
            equal(entry.egress, egress),
            equal(entry.allow, True),
            entry.ports.exactly("tcp", *ports),
            same_cidr(entry.cidr, cidr),
        )
    )


def _row_rule(row: AclRow) -> Rule:
    way, action = ("out" if row.egress else "in"), ("allow" if row.allow else "deny")
    ports = f"TCP {row.ports[0]}-{row.ports[1]}" if row.ports else "everything"
    firm = row.origin.startswith("row")
    place = f"Entry {row.number}, {row.tier} tier, {way}"
    return Rule(
        id=row.id,
        title=f"{place}: {action} {ports}, peer {row.peer.value} ({row.origin}).",
        mission_row=f"NACL {row.origin.removeprefix('row ')}" if firm else f"decision {row.origin}",
        controls=("PCI DSS 1.2.5",),
        remedy="restore the row in the network program's network ACL table",
        stack=partial(row_present, row),
    )


RULES = (
    *(_row_rule(row) for row in ACL_ROWS),
    Rule(
        id="nacl-nothing-beyond-table",
        title="Network ACLs have no entry beyond the table and the listed peerings' and sites' entries.",
        mission_row="NACL: all",
        controls=("CKV_AWS_352", "PCI DSS 1.3.1", "PCI DSS 1.3.2"),
        remedy="remove the entry, or bring the table up to date in programs and policies alike",
        stack=nothing_beyond_table,
    ),
    Rule(
        id="nacl-denies-hold",
        title="Evaluated in number order, a tier's entries let nothing through that the table stops.",
        mission_row="NACL: all",
        controls=("CKV_AWS_352", "PCI DSS 1.3.1"),
        remedy="remove the entry whose lower number defeats the deny",
        stack=denies_hold,
    ),
    Rule(
        id="nacl-no-admin-ports-from-internet",
        title="No network ACL lets SSH (22) or RDP (3389) in from a public address, over IPv4 or IPv6.",
        mission_row="security groups: every one",
        controls=("CKV_AWS_231", "CKV_AWS_232", "EC2.21", "CIS 6.2"),
        remedy="deny the port below the number of the entry that opens it",
        stack=no_admin_ports_from_internet,
    ),
    Rule(
        id="nacl-standalone-entries-only",
        title="Network ACLs declare no inline entries: each entry is a resource of its own.",
        mission_row="NACL: all",
        remedy="declare NetworkAclRule resources",
        applies_to=frozenset(t.NETWORK_ACL),
        resource=standalone_entries_only,
    ),
    Rule(
        id="nacl-peering-rows",
        title="A peering's stack adds the entries that its flows need, to the private tier at both ends.",
        mission_row="N4",
        controls=("PCI DSS 1.4.1",),
        remedy="restore the entries in the peering program",
        stack=peering_rows_present,
    ),
)
