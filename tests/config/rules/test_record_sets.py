"""Sets that Route 53 would answer wrongly are refused before anything is previewed, each kind of routing its own.

Each case: name, the records, rule, key path below the set. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.config.draft import Draft
from securecart.config.model import FailoverSet, GeolocationSet, WeightedSet
from securecart.config.record_sets import HEALTH_CHECKERS
from securecart.config.rules.record_sets import RECORD_SET_RULES
from tests.config.rules.routed import with_edge

RULES = {rule.id: rule for rule in RECORD_SET_RULES}


def record_set(kind: str, *records: str, name: str = "shop.example") -> str:
    lines = "".join(f"      - {record}\n" for record in records)
    marker = " # HERE" if not any("# HERE" in record for record in records) and "# HERE" not in name else ""
    return f"record_sets:\n  it:\n    kind: {kind}\n    name: {name}\n    records:{marker}\n{lines}"


US, EU = "{load_balancer: us}", "{load_balancer: eu}"
PRIMARY, SECONDARY = "{load_balancer: us, role: primary}", "{load_balancer: eu, role: secondary}"
GERMANY, DEFAULT = "{load_balancer: eu, country: DE}", "{load_balancer: us, default: true}"

CASES: list[tuple[str, str, str, str]] = [
    (
        "unknown load balancer",
        record_set("latency", US, "{load_balancer: asia} # HERE"),
        "routed-load-balancer-exists",
        "records[1].load_balancer",
    ),
    ("outside the zone", record_set("latency", US, name="shop.test # HERE"), "routed-name-in-zone", "name"),
    (
        "not in the certificate",
        record_set("latency", US, name="x.shop.example # HERE"),
        "routed-name-certified",
        "name",
    ),
    (
        "latency: one load balancer twice",
        record_set("latency", US, "{load_balancer: us} # HERE"),
        "record-set-unique",
        "records[1].load_balancer",
    ),
    (
        "weighted: one load balancer twice",
        record_set("weighted", "{load_balancer: us, weight: 1}", "{load_balancer: us, weight: 2} # HERE"),
        "record-set-unique",
        "records[1].load_balancer",
    ),
    (
        "failover: one load balancer as both",
        record_set("failover", PRIMARY, "{load_balancer: us, role: secondary} # HERE"),
        "record-set-unique",
        "records[1].load_balancer",
    ),
    (
        "latency: two of one region",
        record_set("latency", US, "{load_balancer: dev} # HERE"),
        "latency-regions",
        "records[1].load_balancer",
    ),
    (
        "failover: two primaries",
        record_set("failover", PRIMARY, "{load_balancer: eu, role: primary} # HERE"),
        "failover-pair",
        "records[1].role",
    ),
    (
        "failover: two secondaries",
        record_set("failover", PRIMARY, SECONDARY, "{load_balancer: dev, role: secondary} # HERE"),
        "failover-pair",
        "records[2].role",
    ),
    ("failover: no secondary", record_set("failover", PRIMARY), "failover-pair", "records"),
    ("failover: no primary", record_set("failover", SECONDARY), "failover-pair", "records"),
    (
        "weighted: all zero",
        record_set("weighted", "{load_balancer: us, weight: 0}", "{load_balancer: eu, weight: 0}"),
        "weighted-some",
        "records",
    ),
    ("geolocation: no default", record_set("geolocation", GERMANY), "geolocation-default", "records"),
    (
        "geolocation: two defaults",
        record_set("geolocation", DEFAULT, "{load_balancer: eu, default: true} # HERE"),
        "geolocation-default",
        "records[1].default",
    ),
    (
        "geolocation: a country twice",
        record_set("geolocation", GERMANY, DEFAULT, "{load_balancer: us, country: DE} # HERE"),
        "geolocation-unique",
        "records[2]",
    ),
    (
        "geolocation: a continent twice",
        record_set(
            "geolocation", "{load_balancer: eu, continent: EU}", DEFAULT, "{load_balancer: us, continent: EU} # HERE"
        ),
        "geolocation-unique",
        "records[2]",
    ),
    (
        "geolocation: nowhere",
        record_set("geolocation", DEFAULT, "{load_balancer: eu} # HERE"),
        "geolocation-place",
        "records[1]",
    ),
    (
        "geolocation: in two places at once",
        record_set("geolocation", DEFAULT, "{load_balancer: eu, country: DE, continent: EU} # HERE"),
        "geolocation-place",
        "records[1]",
    ),
    (
        "geolocation: a country that Route 53 cannot locate",
        record_set("geolocation", DEFAULT, "{load_balancer: eu, country: BV} # HERE"),
        "geolocation-place",
        "records[1].country",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_a_wrong_set_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, text, rule, below = case
    refused(with_edge(text), rule, f"record_sets.it.{below}")


SOUND_SETS = {
    "latency": (US, EU),
    "failover": (PRIMARY, SECONDARY),
    "weighted": ("{load_balancer: us, weight: 90}", "{load_balancer: eu, weight: 0}"),
    "geolocation": (GERMANY, "{load_balancer: eu, continent: EU}", DEFAULT),
}


@pytest.mark.parametrize("kind", SOUND_SETS)
def test_a_sound_set_of_each_kind_has_no_findings(judged, edited, kind) -> None:
    checked = judged(edited(*with_edge(record_set(kind, *SOUND_SETS[kind]))))
    assert checked.findings == ()
    assert checked.fleet.record_sets["it"].kind == kind


def test_countries_of_the_health_checks_must_be_let_in(refused) -> None:
    waf = "waf:\n  countries: [DE, IE] # HERE\n"
    found = refused(
        with_edge(record_set("latency", US, EU).replace(" # HERE", ""), waf), "health-checkers-let-in", "waf.countries"
    )
    assert "US" in found.message


def test_without_routed_names_any_country_may_be_left_out(judged, edited) -> None:
    checked = judged(edited(*with_edge("waf: {countries: [DE]}\n")))
    assert checked.findings == ()


def test_there_are_as_many_checking_regions_as_route_53_asks_for() -> None:
    assert len(HEALTH_CHECKERS) >= 3


def broken(rule: str, **sets: object) -> bool:
    return bool(list(RULES[rule].find(Draft(record_sets=sets))))


@given(st.lists(st.sampled_from(["primary", "secondary"]), min_size=1, max_size=4))
def test_a_failover_set_is_sound_with_one_of_each_role_and_only_so(roles: list[str]) -> None:
    records = [{"load_balancer": f"lb-{position}", "role": role} for position, role in enumerate(roles)]
    made = FailoverSet.model_validate({"kind": "failover", "name": "a.example", "records": records}, strict=False)
    assert broken("failover-pair", it=made) == (sorted(roles) != ["primary", "secondary"])


@given(st.lists(st.integers(0, 255), min_size=1, max_size=5))
def test_a_weighted_set_is_sound_with_some_weight_and_only_so(weights: list[int]) -> None:
    records = [{"load_balancer": f"lb-{position}", "weight": weight} for position, weight in enumerate(weights)]
    made = WeightedSet.model_validate({"kind": "weighted", "name": "a.example", "records": records})
    assert broken("weighted-some", it=made) == (sum(weights) == 0)


PLACES = [{"default": True}, {"continent": "EU"}, {"continent": "NA"}, {"country": "DE"}, {"country": "US"}]


@given(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5))
def test_a_geolocation_set_is_sound_with_each_place_once_and_a_default_and_only_so(places: list[dict]) -> None:
    records = [{"load_balancer": "lb", **place} for place in places]
    made = GeolocationSet.model_validate({"kind": "geolocation", "name": "a.example", "records": records})
    found = any(broken(rule, it=made) for rule in ("geolocation-unique", "geolocation-default", "geolocation-place"))
    sound = places.count({"default": True}) == 1 and all(places.count(place) == 1 for place in places)
    assert found == (not sound)
