"""What of a plan may be shown."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from securecart.redaction import MARK
from securecart.report.plan_clean import LONGEST, clean, clean_value, shown_value, value_at

KEY_ID = "AKIAIOSFODNN7EXAMPLE"
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_a_value_is_blanked_by_its_looks_and_by_its_key():
    value = {"user": KEY_ID, "password": "two words", "pin": {"token": 1234}, "list": [{"secret": "s"}, "plain"]}
    cleaned = clean_value(value)
    assert cleaned == {
        "user": MARK,
        "password": MARK,
        "pin": {"token": MARK},
        "list": [{"secret": MARK}, "plain"],
    }


def test_a_list_behind_a_key_of_secrets_is_blanked_item_by_item():
    assert clean_value({"password": ["one", "two"]}) == {"password": [MARK, MARK]}


def test_what_stands_for_a_value_stays_even_behind_a_key_of_secrets():
    assert clean_value({"password": "[unknown]", "token": "[secret]"}) == {"password": "[unknown]", "token": "[secret]"}


def test_a_long_value_is_cut():
    assert clean("a" * 500) == "a" * (LONGEST - 3) + "..."


def test_lines_are_joined_and_what_steers_a_terminal_goes():
    assert clean("a\nb\x1b[31m\u202ec") == "a b [31mc"


def test_an_invisible_character_does_not_hide_a_secret():
    assert clean(f"{KEY_ID[:6]}\u200b{KEY_ID[6:]}") == MARK


def test_values_are_shown_without_quotes_and_documents_as_json():
    assert shown_value("10.0.0.0/16", "cidrBlock") == "10.0.0.0/16"
    assert shown_value([1, {"a": None}], "x") == '[1, {"a": null}]'
    assert shown_value("hunter2", "password") == MARK


def test_values_are_found_by_property_path():
    inputs = {"ingress": [{"cidrBlocks": ["a", "b"]}], "tags": {"securecart:stack": "s", "a.b": "dotted", "N": "n"}}
    found = {
        "ingress[0].cidrBlocks[1]": "b",
        'tags["securecart:stack"]': "s",
        'tags["a.b"]': "dotted",
        "tags.N": "n",
    }
    assert {path: value_at(inputs, path) for path in found} == {path: (value, True) for path, value in found.items()}
    for path in (
        "gone",
        "ingress[7]",
        "tags.N.deeper",
        "ingress.name",
        "",
        "[",
        ".tags",
        "tags..N",
        "tags.[0]",
        "ingress[0",
    ):
        assert value_at(inputs, path) == (None, False)


@given(DOCUMENTS)
def test_cleaning_twice_changes_nothing_more_and_leaves_json(document):
    cleaned = clean_value(document)
    assert clean_value(cleaned) == cleaned
    assert json.loads(json.dumps(cleaned)) == cleaned


@given(st.text())
def test_clean_text_is_one_visible_line(text):
    line = clean(text)
    assert len(line) <= LONGEST
    assert not {unicodedata.category(character) for character in line} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert clean(line) == line
