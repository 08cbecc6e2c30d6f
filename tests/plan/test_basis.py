"""What differs between two bases, in words: nothing where they are equal, each part where it is not."""

import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from securecart.plan.basis import PARTS, UNKNOWN_OUTPUT, Basis, changed_paths, differences
from tests.plan.examples import PART_VALUES, a_basis, documents

BASES = st.builds(Basis, **PART_VALUES)
WORDS = {
    "program": "program file",
    "packages": "package",
    "inputs": "fleet file",
    "policies": "policy file",
    "facts": "fleet file, for the policies",
    "provider": "sandbox file",
    "target": "target",
    "engine": "engine",
    "settings": "stack settings changed",
    "upstream": "output",
    "memory": "the sandbox's memory is another one",
    "state": "the recorded state was changed by another run",
}


def turned(value: object) -> object:
    """Return a document with the keys of every mapping in the opposite order."""
    if isinstance(value, dict):
        return {key: turned(value[key]) for key in reversed(value)}
    return [turned(item) for item in value] if isinstance(value, list) else value


def test_every_field_of_a_basis_is_a_part_that_is_compared():
    assert set(PARTS) == set(Basis.model_fields) == set(PART_VALUES) == set(WORDS)


@given(BASES)
def test_equal_bases_do_not_differ(basis: Basis):
    assert differences(basis, basis) == ()
    assert differences(basis, Basis.model_validate_json(basis.model_dump_json())) == ()


@given(BASES, st.data())
def test_any_change_of_one_part_is_told_in_the_words_of_that_part(basis: Basis, data: st.DataObject):
    part = data.draw(st.sampled_from(PARTS))
    other = basis.model_copy(update={part: data.draw(PART_VALUES[part])})
    assume(json.dumps(getattr(basis, part)) != json.dumps(getattr(other, part)))
    told = differences(basis, other)
    assert told
    assert all(text.startswith(WORDS[part]) for text in told)
    assert differences(basis, other, [each for each in PARTS if each != part]) == ()


@given(documents, st.sampled_from(["inputs", "facts", "target"]))
def test_another_order_of_keys_is_told(document: dict, part: str):
    other = turned(document)
    assume(json.dumps(document) != json.dumps(other))
    (told,) = differences(a_basis(**{part: document}), a_basis(**{part: other}))
    assert told == f"{WORDS[part]}: the order of entries"


def test_a_changed_value_is_told_with_its_path_and_both_values():
    before = a_basis(inputs={"tiers": [{"name": "web", "cidr": "10.0.1.0/24"}]})
    after = a_basis(inputs={"tiers": [{"name": "web", "cidr": "10.0.2.0/24"}]})
    assert differences(before, after) == ('fleet file: tiers[0].cidr: "10.0.1.0/24" -> "10.0.2.0/24"',)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({}, {"a": "1"}, "program file a is new"),
        ({"a": "1"}, {}, "program file a is gone"),
        ({"a": "1"}, {"a": "2"}, "program file a changed"),
    ],
)
def test_files_come_go_and_change(before: dict, after: dict, told: str):
    assert differences(a_basis(program=before), a_basis(program=after)) == (told,)


def test_an_output_that_is_not_known_yet_is_told_as_such_and_digests_are_not_shown():
    before, unknown = a_basis(), a_basis(upstream={"hub-us-east-1.id": UNKNOWN_OUTPUT})
    assert differences(before, unknown) == ("output hub-us-east-1.id not known yet",)
    changed = differences(before, a_basis(upstream={"hub-us-east-1.id": "9" * 64}))
    assert changed == ("output hub-us-east-1.id changed",)


def test_an_engine_is_told_with_both_versions():
    assert differences(a_basis(), a_basis(engine="3.260.0")) == ("engine 3.259.0 -> 3.260.0",)


def test_many_differences_of_one_part_are_counted():
    before = a_basis(program={f"f{number}": "1" for number in range(10)})
    after = a_basis(program={f"f{number}": "2" for number in range(10)})
    told = differences(before, after)
    assert told[:4] == tuple(f"program file f{number} changed" for number in range(4))
    assert told[4:] == ("program file: 6 more differences",)


def test_long_values_are_cut():
    (told,) = changed_paths({"a": "x" * 500}, {"a": "y"})
    assert len(told) < 100
    assert told.endswith('... -> "y"')


@pytest.mark.parametrize(("before", "after"), [(True, 1), (1, 1.0), (None, False), ("1", 1), ([], {}), ([1], [1, 1])])
def test_values_that_python_takes_for_equal_are_told_apart(before: object, after: object):
    assert list(changed_paths({"a": before}, {"a": after})) == [f"a: {json.dumps(before)} -> {json.dumps(after)}"]


@given(documents, documents)
def test_two_documents_have_no_changed_paths_only_where_they_are_equal(one: dict, other: dict):
    assert (not list(changed_paths(one, other))) == (
        json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    )
