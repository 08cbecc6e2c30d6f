"""What a record says of its routing."""

from hypothesis import given
from hypothesis import strategies as st

from securecart.components.record_routing import (
    Failover,
    Geolocation,
    Latency,
    Routing,
    Weighted,
    routing_argument,
    set_identifier,
)

PLACES = st.builds(Geolocation, country=st.sampled_from(["DE", "US"])) | st.builds(
    Geolocation, continent=st.sampled_from(["EU", "NA"])
)
CHOSEN = (
    st.builds(Latency, st.sampled_from(["us-east-1", "eu-west-1"]))
    | st.builds(Failover, st.sampled_from(["primary", "secondary"]))
    | PLACES
    | st.just(Geolocation())
)
ROUTINGS = CHOSEN | st.builds(Weighted, st.integers(0, 255))


def test_each_kind_of_routing_is_one_argument():
    assert routing_argument(Latency("us-east-1")) == ("latency_routing_policies", {"region": "us-east-1"})
    assert routing_argument(Failover("primary")) == ("failover_routing_policies", {"type": "PRIMARY"})
    assert routing_argument(Weighted(0)) == ("weighted_routing_policies", {"weight": 0})
    assert routing_argument(Geolocation(country="DE")) == ("geolocation_routing_policies", {"country": "DE"})
    assert routing_argument(Geolocation(continent="EU")) == ("geolocation_routing_policies", {"continent": "EU"})
    assert routing_argument(Geolocation()) == ("geolocation_routing_policies", {"country": "*"})


@given(CHOSEN, CHOSEN)
def test_records_that_answer_at_other_times_have_other_identifiers(one: Routing, other: Routing):
    assert (set_identifier("prod", one) == set_identifier("prod", other)) == (one == other)


@given(ROUTINGS)
def test_leading_elsewhere_changes_a_record_in_place_save_where_the_target_is_what_tells_it(routing: Routing):
    same = set_identifier("prod", routing) == set_identifier("prod-eu", routing)
    assert same == (not isinstance(routing, Weighted))


@given(st.integers(0, 255), st.integers(0, 255))
def test_another_weight_changes_a_record_in_place(one: int, other: int):
    assert set_identifier("prod", Weighted(one)) == set_identifier("prod", Weighted(other))
