"""What Route 53 refuses of a record set: by itself, and beside the others of its zone. Pure.

Sources: Route 53 API reference, ResourceRecordSet and ChangeResourceRecordSets; Route 53 developer guide, "Values
that you specify when you create or edit records". Record sets are mappings by AWS's member names; every rule gives
its messages, in the manner of InvalidChangeBatch's.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias, cast

RecordSet: TypeAlias = Mapping[str, object]
"""One record set by AWS's member names; its name is canonical."""
Key: TypeAlias = tuple[str, str, str]
"""Name, type and set identifier: what tells record sets apart."""

_ROUTING = (
    "Weight",
    "Region",
    "Failover",
    "GeoLocation",
    "GeoProximityLocation",
    "CidrRoutingConfig",
    "MultiValueAnswer",
)
"""The members of which each is a kind of routing."""
_ONCE = {
    "Region": "region",
    "Failover": "failover value",
    "GeoLocation": "geolocation",
    "CidrRoutingConfig": "location",
}
"""Kinds of routing in which no two record sets of a name and type may have the same value."""
_MOST_WEIGHT = 255
_MOST_TTL = 2_147_483_647
_ADDRESSES: Mapping[str, type[ipaddress.IPv4Address | ipaddress.IPv6Address]] = {
    "A": ipaddress.IPv4Address,
    "AAAA": ipaddress.IPv6Address,
}
_SINGLE = ("CNAME", "SOA")
"""Types of which a record set has one value."""
_QUOTED = ("TXT", "SPF")


def canonical(name: str) -> str:
    """Return a domain name as Route 53 keeps it: in lower case, with a final dot, `*` as its octal code."""
    return f"{name.lower().rstrip('.')}.".replace("*", r"\052")


def key_of(record: RecordSet) -> Key:
    """Return what tells a record set from others."""
    return str(record["Name"]), str(record["Type"]), str(record.get("SetIdentifier") or "")


def told(key: Key) -> str:
    """Return a record set's key in Route 53's words."""
    identifier = f", set identifier='{key[2]}'" if key[2] else ""
    return f"[name='{key[0]}', type='{key[1]}'{identifier}]"


def routing_of(record: RecordSet) -> list[str]:
    """Return the kinds of routing that a record set has; there should be one at most."""
    # A weight of 0 is a weight: only what is absent, or no multivalue answer, does not count.
    return [kind for kind in _ROUTING if record.get(kind) is not None and record[kind] is not False]


def alone(record: RecordSet, zone: str) -> Iterator[str]:
    """Give what is wrong with one record set, whatever else its zone holds.

    Args:
        record: The record set.
        zone: The zone's name, canonical.
    """
    name, kind, identifier = key_of(record)
    if name != zone and not name.endswith(f".{zone}"):
        yield f"RRSet with DNS name {name} is not permitted in zone {zone}"
    if kind == "CNAME" and name == zone:
        yield f"RRSet of type CNAME with DNS name {name} is not permitted at apex in zone {zone}"
    routing = routing_of(record)
    if len(routing) > 1:
        yield f"Invalid request: {told(key_of(record))} has more than one kind of routing: {', '.join(routing)}"
    if bool(routing) != bool(identifier):
        yield f"Invalid request: {told(key_of(record))}: a set identifier goes with one kind of routing, and only so"
    yield from _ranges(record)
    yield from _values(record, kind)


def _ranges(record: RecordSet) -> Iterator[str]:
    weight, ttl, place = record.get("Weight"), record.get("TTL"), record.get("GeoLocation")
    if weight is not None and not 0 <= int(str(weight)) <= _MOST_WEIGHT:
        yield f"Value '{weight}' at 'weight' failed to satisfy constraint: between 0 and {_MOST_WEIGHT}"
    if ttl is not None and not 0 <= int(str(ttl)) <= _MOST_TTL:
        yield f"Value '{ttl}' at 'TTL' failed to satisfy constraint: between 0 and {_MOST_TTL}"
    if isinstance(place, Mapping):
        given = {member for member, value in place.items() if value}
        if given not in ({"ContinentCode"}, {"CountryCode"}, {"CountryCode", "SubdivisionCode"}):
            yield f"Invalid geolocation {dict(place)}: give a continent, or a country with or without a subdivision"


def _values(record: RecordSet, kind: str) -> Iterator[str]:
    values = [str(value) for value in cast("Sequence[object]", record.get("ResourceRecords") or ())]
    alias, whole = record.get("AliasTarget"), bool(values) and record.get("TTL") is not None
    if bool(alias) == whole or (alias and (values or record.get("TTL") is not None)):
        yield "Invalid request: Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords]]"
    if alias and record.get("MultiValueAnswer"):
        yield "Invalid request: a multivalue answer cannot be an alias"
    if kind in _SINGLE and len(values) > 1:
        yield f"Invalid Resource Record: a {kind} has exactly one value, not {len(values)}"
    for value in values:
        if kind in _ADDRESSES and not _is_address(value, kind):
            yield f"Invalid Resource Record: '{value}' is no address of a record of type {kind}"
        if kind in _QUOTED and not (value.startswith('"') and value.endswith('"') and len(value) > 1):
            yield f"Invalid Resource Record: Value should be enclosed in quotation marks: {value}"


def _is_address(value: str, kind: str) -> bool:
    try:
        _ADDRESSES[kind](value)
    except ValueError:
        return False
    return True


def together(records: Iterable[RecordSet], zone: str) -> Iterator[str]:
    """Give what is wrong with a zone's record sets beside one another.

    Args:
        records: All record sets that the zone would have.
        zone: The zone's name, canonical.
    """
    grouped: dict[tuple[str, str], list[RecordSet]] = {}
    for record in records:
        name, kind, _ = key_of(record)
        grouped.setdefault((name, kind), []).append(record)
    for (name, kind), members in grouped.items():
        yield from _one_kind(name, kind, members)
        if kind == "CNAME" and any(other != kind for owner, other in grouped if owner == name):
            yield (
                f"RRSet of type CNAME with DNS name {name} is not permitted as it conflicts with other records with"
                f" the same DNS name in zone {zone}"
            )
        for record in members:
            yield from _dangling(record, grouped.keys(), zone)


def _one_kind(name: str, kind: str, members: Sequence[RecordSet]) -> Iterator[str]:
    """Of one name and type, either there is one simple record set, or all are routed in the same way."""
    kinds = {tuple(routing_of(member)) for member in members}
    if len(kinds) > 1:
        yield (
            f"RRSet with DNS name {name}, type {kind} cannot be created as other RRSets exist with the same name and"
            " type, and another routing"
        )
        return
    for routing, words in _ONCE.items():
        values = [str(member[routing]) for member in members if member.get(routing)]
        for value in sorted({value for value in values if values.count(value) > 1}):
            yield (
                f"RRSet with DNS name {name}, type {kind} and {words} {value} cannot be created as one with the same"
                f" name, type and {words} already exists"
            )


def _dangling(record: RecordSet, present: Iterable[tuple[str, str]], zone: str) -> Iterator[str]:
    """An alias within its own zone needs its target there, of its own type."""
    alias = record.get("AliasTarget")
    if not isinstance(alias, Mapping) or alias.get("HostedZoneId") != record.get("HostedZoneId"):
        return
    target, kind = canonical(str(alias["DNSName"])), str(record["Type"])
    if (target, kind) not in set(present):
        yield (
            f"Tried to create an alias that targets {target}, type {kind} in zone {zone}, but that target was not found"
        )
