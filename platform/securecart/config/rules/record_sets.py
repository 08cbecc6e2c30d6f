"""Names with a routing policy: each kind of routing refuses the sets that Route 53 would answer wrongly (row X6).

Source: Route 53 developer guide, "Choosing a routing policy" and "Values that you specify when you create or edit
records".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft, of_kind
from securecart.config.model import FailoverSet, GeolocationSet, LatencySet, Waf, WeightedSet
from securecart.config.record_sets import HEALTH_CHECKERS, GeolocationRecord
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.routed_names import network_of

NOT_LOCATED: Final = ("BV", "CX", "EH", "HM")
"""Countries for which Route 53 has no geolocation records, having no data about their addresses."""


def _load_balancers_twice(draft: Draft) -> Iterator[Breach]:
    """In a geolocation set one load balancer may serve several places."""
    for name, record_set in draft.record_sets.items():
        if isinstance(record_set, GeolocationSet):
            continue
        for first, again in repeated(record.load_balancer for record in record_set.records):
            path = ("record_sets", name, "records")
            message = f"load balancer {record_set.records[again].load_balancer!r} stands twice"
            yield Breach((*path, again, "load_balancer"), message, ((*path, first),))


def _regions_twice(draft: Draft) -> Iterator[Breach]:
    for name, latency in of_kind(draft.record_sets, LatencySet).items():
        regions: dict[str, tuple[int, str]] = {}
        for position, record in enumerate(latency.records):
            network = network_of(draft, record.load_balancer)
            if network is None:
                continue
            first, other = regions.setdefault(network.region, (position, record.load_balancer))
            if other != record.load_balancer:
                path = ("record_sets", name, "records")
                message = f"load balancer {record.load_balancer!r} is in {network.region}, as {other!r} already is"
                yield Breach((*path, position, "load_balancer"), message, ((*path, first),))


def _roles(draft: Draft) -> Iterator[Breach]:
    for name, failover in of_kind(draft.record_sets, FailoverSet).items():
        path = ("record_sets", name, "records")
        for first, again in repeated(record.role for record in failover.records):
            message = f"a second {failover.records[again].role} is listed"
            yield Breach((*path, again, "role"), message, ((*path, first),))
        present = {record.role for record in failover.records}
        for missing in sorted({"primary", "secondary"} - present):
            yield Breach(path, f"no {missing} is listed")


def _weightless(draft: Draft) -> Iterator[Breach]:
    for name, weighted in of_kind(draft.record_sets, WeightedSet).items():
        if not any(record.weight for record in weighted.records):
            yield Breach(("record_sets", name, "records"), "every weight is 0")


def place_of(record: GeolocationRecord) -> str | None:
    """Return where a record answers, in one word; None where it says so not exactly once."""
    default = "default" if record.default else None
    continent = f"continent {record.continent}" if record.continent else None
    country = f"country {record.country}" if record.country else None
    given = [place for place in (default, continent, country) if place]
    return given[0] if len(given) == 1 else None


def _places(draft: Draft) -> Iterator[Breach]:
    for name, geolocation in of_kind(draft.record_sets, GeolocationSet).items():
        for position, record in enumerate(geolocation.records):
            path = ("record_sets", name, "records", position)
            if place_of(record) is None:
                yield Breach(path, "the record does not say exactly once where it answers")
            elif record.country in NOT_LOCATED:
                message = f"Route 53 has no geolocation records for {record.country}"
                yield Breach((*path, "country"), message, remedy="leave it out: the default record answers there")


def _places_twice(draft: Draft) -> Iterator[Breach]:
    for name, geolocation in of_kind(draft.record_sets, GeolocationSet).items():
        places = [(position, place_of(record)) for position, record in enumerate(geolocation.records)]
        known = [(position, place) for position, place in places if place not in (None, "default")]
        for first, again in repeated(place for _, place in known):
            path = ("record_sets", name, "records")
            position, place = known[again]
            yield Breach((*path, position), f"{place} stands twice", ((*path, known[first][0]),))


def _defaults(draft: Draft) -> Iterator[Breach]:
    for name, geolocation in of_kind(draft.record_sets, GeolocationSet).items():
        path = ("record_sets", name, "records")
        found = [position for position, record in enumerate(geolocation.records) if record.default]
        if not found:
            yield Breach(path, "no record answers those who are nowhere else")
        for again in found[1:]:
            yield Breach((*path, again, "default"), "a second default is listed", ((*path, found[0]),))


def _checkers_blocked(draft: Draft) -> Iterator[Breach]:
    countries = (draft.waf or Waf()).countries
    blocked = sorted(set(HEALTH_CHECKERS.values()) - set(countries))
    if draft.record_sets and blocked:
        message = f"requests from {', '.join(blocked)} are blocked, and health checks come from there"
        yield Breach(("waf", "countries"), message, (("record_sets",),))


RECORD_SET_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "record-set-unique",
        "A name leads to a load balancer once, save by geolocation.",
        "merge the two records",
        _load_balancers_twice,
    ),
    Rule("latency-regions", "A latency set has one record for each region.", "keep one of the two", _regions_twice),
    Rule("failover-pair", "A failover set has one primary and one secondary.", "list one of each", _roles),
    Rule("weighted-some", "A weighted set has a weight above zero.", "give one of the records a weight", _weightless),
    Rule(
        "geolocation-place",
        "A geolocation record says where it answers: a country that Route 53 can locate, a continent, or default.",
        "write country, continent or default: true, and only one of them",
        _places,
    ),
    Rule("geolocation-unique", "A geolocation set has each place once.", "keep one of the two", _places_twice),
    Rule(
        "geolocation-default",
        "A geolocation set has one default record: Route 53 has no answer for who is nowhere else otherwise.",
        "mark one record with default: true",
        _defaults,
    ),
    Rule(
        "health-checkers-let-in",
        "Where names have a routing policy, web ACLs let in the countries that Route 53's health checks come from.",
        "add the countries to waf.countries",
        _checkers_blocked,
    ),
)
"""Rules about names with a routing policy."""
