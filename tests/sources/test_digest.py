from __future__ import annotations

import hashlib
import json
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.errors import ProgramError
from securecart.sources.digest import ABSENT, digest_of, file_digests
from tests.sources.checkouts import MemoryTree

LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
DOCUMENTS = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)


def test_the_form_is_fixed_since_digests_are_kept_between_runs() -> None:
    expected = hashlib.sha256(b'{"b":[1,"\\u00e9",null],"a":true}').hexdigest()
    assert digest_of({"b": (1, "é", None), "a": True}) == expected


@given(DOCUMENTS)
def test_a_document_that_went_through_json_has_the_same_digest(document: object) -> None:
    assert digest_of(document) == digest_of(json.loads(json.dumps(document)))


@given(DOCUMENTS, DOCUMENTS)
def test_documents_that_read_differently_differ(one: object, other: object) -> None:
    assert (digest_of(one) == digest_of(other)) == (json.dumps(one) == json.dumps(other))


def test_the_order_of_a_mapping_counts() -> None:
    assert digest_of({"a": 1, "b": 2}) != digest_of({"b": 2, "a": 1})


def test_a_read_only_mapping_is_a_mapping() -> None:
    assert digest_of({"a": MappingProxyType({"b": 1})}) == digest_of({"a": {"b": 1}})


def test_a_lone_surrogate_has_a_digest() -> None:
    assert digest_of("\udcff") != digest_of("?")


@pytest.mark.parametrize("document", [{1, 2}, object(), float("nan"), float("inf"), b"x", {"a": [object()]}, {(): 1}])
def test_what_json_has_no_form_for_is_refused(document: object) -> None:
    with pytest.raises(ProgramError, match="cannot be written as JSON"):
        digest_of(document)


def test_a_file_that_is_not_there_is_absent() -> None:
    found = file_digests(MemoryTree({"b": "x", "a": ""}), ["b", "missing", "a", "b"])
    empty, x = hashlib.sha256(b"").hexdigest(), hashlib.sha256(b"x").hexdigest()
    assert list(found.items()) == [("a", empty), ("b", x), ("missing", ABSENT)]
