"""Values survive the way over the wire, unknowns and integers among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.provider.values import UNKNOWN, from_struct, has_unknown, secret_names, to_struct

_scalars = st.one_of(
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.text(max_size=20),
    st.just(UNKNOWN),
)
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)


@given(st.dictionaries(st.text(max_size=8), _values, max_size=4))
def test_values_come_back_as_they_were(members):
    back = from_struct(to_struct(members))
    assert back == members
    assert has_unknown(back) == has_unknown(members)


def test_integers_stay_integers():
    back = from_struct(to_struct({"port": 443, "share": 0.5}))
    assert type(back["port"]) is int
    assert back["share"] == 0.5


def test_nothing_is_left_out():
    assert from_struct(to_struct({"a": None, "b": 1})) == {"b": 1}


def test_an_unknown_is_found_at_any_depth():
    assert has_unknown({"a": [{"b": UNKNOWN}]})
    assert not has_unknown({"a": [{"b": "UNKNOWN"}]})


def test_secrets_are_unwrapped_and_named():
    struct = to_struct({"key": "hidden", "tags": {"Name": "hidden"}, "open": 1}, secret={"key", "tags"})
    assert from_struct(struct) == {"key": "hidden", "tags": {"Name": "hidden"}, "open": 1}
    assert secret_names(struct) == {"key", "tags", "tagsAll"}
    assert secret_names(to_struct({"open": 1})) == frozenset()


def test_a_secret_deep_in_a_property_makes_it_secret():
    rules = to_struct({"inner": "hidden"}, secret={"inner"})
    outer = to_struct({"rules": [1]})
    outer.fields["rules"].list_value.values.add().struct_value.CopyFrom(rules)
    assert secret_names(outer) == {"rules"}
    assert from_struct(outer) == {"rules": [1, {"inner": "hidden"}]}
