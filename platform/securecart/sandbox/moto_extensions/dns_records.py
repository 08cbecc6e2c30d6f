"""Route 53 record sets: a batch of changes is judged as a whole, then made or refused.

moto lacks: refusal of most that Route 53 refuses (it finds a duplicate only where the whole change was sent before,
and takes two primaries or a weight beside a simple record); it deletes every record of a set identifier, whatever
its name, and leaves the first changes of a batch whose later one fails. AWS: rules in `dns_rules`; a batch is made
whole or not at all, and a deletion must name the values (Route 53 API, ChangeResourceRecordSets). Added: the
backend's method is replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from moto.route53.exceptions import NoSuchHealthCheck, Route53ClientError
from moto.route53.models import FakeZone, RecordSet, Route53Backend

from securecart.sandbox.moto_extensions import dns_rules
from securecart.sandbox.moto_extensions.dns_rules import Key
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    from moto.route53.models import Route53Backend as _Methods
else:
    _Methods = object

_MEMBERS = {
    "Name": "name",
    "Type": "type",
    "TTL": "ttl",
    "ResourceRecords": "records",
    "SetIdentifier": "set_identifier",
    "Weight": "weight",
    "Region": "region",
    "HealthCheckId": "health_check_id",
    "AliasTarget": "alias_target",
    "Failover": "failover",
    "GeoLocation": "geo_location",
    "GeoProximityLocation": "geo_proximity_location",
    "CidrRoutingConfig": "cidr_routing_config",
    "MultiValueAnswer": "multi_value_answer",
}
"""AWS's member to the attribute of moto's RecordSet."""
_Records = dict[Key, dict[str, object]]


def invalid_batch(messages: Iterable[str]) -> Route53ClientError:
    """The error of a batch that cannot be made."""
    return Route53ClientError("InvalidChangeBatch", f"[{', '.join(dict.fromkeys(messages))}]")


def changed(zone: FakeZone, records: _Records, changes: Sequence[Mapping[str, object]]) -> _Records:
    """Return what a zone's records would be after a batch.

    Raises:
        Route53ClientError: InvalidChangeBatch.
    """
    after, name = dict(records), dns_rules.canonical(zone.name)
    messages: list[str] = []
    for change in changes:
        record = _asked(zone, cast("Mapping[str, object]", change["ResourceRecordSet"]))
        key, action = dns_rules.key_of(record), change["Action"]
        if action == "DELETE":
            messages += _undeletable(record, after.get(key), name)
            after.pop(key, None)
        else:
            messages += dns_rules.alone(record, name)
            messages += [f"Tried to create resource record set {dns_rules.told(key)} but it already exists"] * (
                action == "CREATE" and key in after
            )
            after[key] = record
    messages += dns_rules.together(after.values(), name)
    if messages:
        raise invalid_batch(messages)
    return after


def _asked(zone: FakeZone, given: Mapping[str, object]) -> dict[str, object]:
    """A record set of a request, in canonical form."""
    record = {member: given[member] for member in _MEMBERS if given.get(member) not in (None, [])}
    values = cast("Sequence[Mapping[str, object]]", record.get("ResourceRecords") or ())
    if values:
        record["ResourceRecords"] = [value["Value"] for value in values]
    return {**record, "Name": dns_rules.canonical(str(given["Name"])), "HostedZoneId": zone.resource_id}


def records_of(zone: FakeZone) -> _Records:
    """A zone's records by key."""
    found: _Records = {}
    for one in zone.rrsets:
        values = {member: vars(one).get(attribute) for member, attribute in _MEMBERS.items()}
        record = {member: value for member, value in values.items() if value not in (None, [])}
        record |= {"Name": dns_rules.canonical(one.name), "HostedZoneId": zone.resource_id}
        found[dns_rules.key_of(record)] = record
    return found


def _undeletable(record: Mapping[str, object], found: Mapping[str, object] | None, zone: str) -> Iterator[str]:
    key = dns_rules.key_of(record)
    if found is None:
        yield f"Tried to delete resource record set {dns_rules.told(key)} but it was not found"
    elif _comparable(record) != _comparable(found):
        yield (
            f"Tried to delete resource record set {dns_rules.told(key)} but the values provided do not match the"
            " current values"
        )
    if key[0] == zone and key[1] in ("NS", "SOA"):
        yield f"A HostedZone must contain at least one {key[1]} record for the zone itself"


def _comparable(record: Mapping[str, object]) -> dict[str, object]:
    values = sorted(str(value) for value in cast("Sequence[object]", record.get("ResourceRecords") or ()))
    alias = cast("Mapping[str, object]", record.get("AliasTarget") or {})
    target = (dns_rules.canonical(str(alias["DNSName"])), alias["HostedZoneId"]) if alias else None
    kept = {member: str(value) for member, value in record.items() if member not in ("AliasTarget", "ResourceRecords")}
    return {**kept, "ResourceRecords": values, "AliasTarget": target}


def made(record: Mapping[str, object]) -> RecordSet:
    """Return moto's record set for a record, with an alias's target as Route 53 tells it."""
    members = {member: value for member, value in record.items() if member != "HostedZoneId"}
    one = RecordSet(members)  # type: ignore[abstract]  # moto makes it so, too
    for member in ("GeoProximityLocation", "CidrRoutingConfig"):
        vars(one)[_MEMBERS[member]] = record.get(member)
    if isinstance(one.alias_target, Mapping):
        one.alias_target = {**one.alias_target, "DNSName": dns_rules.canonical(one.alias_target["DNSName"])}
    return one


class _Records53(_Methods):
    def change_resource_record_sets(self, zoneid: str, change_list: list[dict[str, object]]) -> None:
        zone = self.get_hosted_zone(zoneid)
        before = records_of(zone)
        after = changed(zone, before, change_list)
        for record in after.values():
            check = record.get("HealthCheckId")
            if check is not None and check not in self.health_checks:
                raise NoSuchHealthCheck(str(check))
        kept = {key: one for key, one in zip(before, zone.rrsets, strict=True) if before[key] is after.get(key)}
        zone.rrsets = [kept[key] if key in kept else made(record) for key, record in after.items()]


def install() -> None:
    """Replace this method of moto's Route 53."""
    extend(Route53Backend, _Records53)
