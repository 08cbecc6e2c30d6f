"""Both sources of properties, the SDK's proxy and the wire, give the same data with UNKNOWN in place."""

from __future__ import annotations

from google.protobuf import json_format, struct_pb2
from hypothesis import given
from hypothesis import strategies as st
from pulumi_policy.deserialize import deserialize_properties
from pulumi_policy.proxy import UNKNOWN_ARRAY_VALUE, UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies.values import UNKNOWN, Props, flag, from_json, from_proxy, from_struct, items, nested, number, text

SECRET_KEY = "4dabf18193072939515e22adb298388d"
SECRET = "1b47061264138c4ac30d75fd1eb44270"
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-70000, 70000),
    st.text(max_size=5),
    st.sampled_from([UNKNOWN_STRING_VALUE, UNKNOWN_ARRAY_VALUE]),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=4), inner, max_size=3),
        inner.map(lambda value: {SECRET_KEY: SECRET, "value": value}),
    ),
    max_leaves=12,
)


def struct(props: dict[str, object]) -> struct_pb2.Struct:
    message = struct_pb2.Struct()
    json_format.ParseDict(props, message)
    return message


def by_sdk(message: struct_pb2.Struct) -> object:
    return from_proxy(unknown_checking_proxy(deserialize_properties(json_format.MessageToDict(message))))


@given(st.dictionaries(st.text(min_size=1, max_size=4), JSON, max_size=4))
def test_proxy_and_wire_agree(props: dict[str, object]) -> None:
    message = struct(props)
    assert from_struct(message) == by_sdk(message)


def test_an_unknown_is_marked_where_it_stands_and_its_neighbours_are_read() -> None:
    message = struct({"cidr": UNKNOWN_STRING_VALUE, "ports": [22, UNKNOWN_STRING_VALUE], "rule": {"from": 22}})
    expected = {"cidr": UNKNOWN, "ports": [22, UNKNOWN], "rule": {"from": 22}}
    assert from_struct(message) == expected
    assert by_sdk(message) == expected


def test_a_secret_is_judged_by_its_value() -> None:
    message = struct({"cidr": {SECRET_KEY: SECRET, "value": "0.0.0.0/0"}})
    assert from_struct(message) == {"cidr": "0.0.0.0/0"}


def test_readers_take_the_spellings_that_providers_use() -> None:
    props: Props = {"port": "443", "number": 443, "flag": "True", "list": "one", "unknown": UNKNOWN, "word": "x"}
    assert number(props, "port") == number(props, "number") == 443
    assert number(props, "word") is None
    assert text(props, "number") == "443"
    assert flag(props, "flag", default=False) is True
    assert flag(props, "absent", default=True) is True
    assert items(props, "list") == ("one",)
    assert items(props, "absent") == ()
    assert nested("text") == {}
    assert text(props, "unknown") is number(props, "unknown") is items(props, "unknown") is UNKNOWN
    assert flag(props, "unknown", default=False) is UNKNOWN


def test_json_text_is_read_and_other_text_is_no_object() -> None:
    assert from_json('{"a": [1, true]}') == {"a": [1, True]}
    assert from_json(f'["{UNKNOWN_STRING_VALUE}"]') == [UNKNOWN]
    assert from_json("no json") is None
