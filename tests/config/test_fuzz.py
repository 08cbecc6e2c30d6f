"""Whatever is done to a fleet file, the outcome is a fleet or findings, never another error."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from securecart.config.document import Document, lookup, parse
from securecart.config.loader import FleetCheck, judge
from securecart.config.model import Fleet


@pytest.fixture(scope="module")
def default_document(default_fleet) -> Callable[[], Document]:
    """Return what gives the default fleet file, parsed once: Hypothesis spells arguments out, and the file is long."""
    document = parse(default_fleet.read_text(), "fleet.yaml")
    return lambda: document


ODD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["10.0.0.0/8", "10.30.0.0/16", "0.0.0.0/0", "::/0", "us-east-1z", "prod", "dev", "none", "-1"]),
    st.lists(st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
    st.dictionaries(st.text(max_size=8), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=3),
)


def places(data: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of a document below the top."""
    steps: list[str | int] = []
    if isinstance(data, dict):
        steps = list(data)
    if isinstance(data, list):
        steps = list(range(len(data)))
    found = []
    for step in steps:
        found += [(*path, step), *places(lookup(data, (step,)), (*path, step))]
    return found


def sound(checked: FleetCheck) -> bool:
    """Whether the outcome is one of the two that a caller is prepared for; says which by the way."""
    broken = [finding for finding in checked.findings if finding.mandatory]
    if checked.fleet is None:
        return bool(broken) and all(finding.line >= 1 and finding.message for finding in broken)
    return isinstance(checked.fleet, Fleet) and not broken


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_value_dropped_or_changed_gives_a_fleet_or_findings(default_document, data) -> None:
    changed = copy.deepcopy(default_document().data)
    for _ in range(data.draw(st.integers(1, 3), label="changes")):
        path = data.draw(st.sampled_from(places(changed)), label="place")
        holder = lookup(changed, path[:-1])
        assert isinstance(holder, dict | list)
        if data.draw(st.booleans(), label="drop"):
            del holder[path[-1]]
        else:
            holder[path[-1]] = data.draw(ODD_VALUES, label="value")
        if not places(changed):
            break
    assert sound(judge(Document("fleet.yaml", changed, default_document().places)))


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_any_text_cut_or_inserted_gives_a_fleet_or_findings(default_fleet, data) -> None:
    text = default_fleet.read_text()
    start = data.draw(st.integers(0, len(text)), label="start")
    length = data.draw(st.integers(0, 12), label="length")
    inserted = data.draw(st.text(alphabet="\n\t -:[]{}&*!|>'\"#%@`a1.~?,\\", max_size=6), label="inserted")
    assert sound(judge(parse(text[:start] + inserted + text[start + length :], "fleet.yaml")))


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200))
def test_any_text_at_all_gives_findings(text) -> None:
    assert judge(parse(text, "fleet.yaml")).fleet is None
    assert sound(judge(parse(text, "fleet.yaml")))


def test_a_document_that_is_changed_in_no_way_is_a_fleet(default_document) -> None:
    document = default_document()
    assert len(places(document.data)) > 100
    assert judge(document).fleet is not None
    assert judge(parse(json.dumps(document.data), "fleet.yaml")).fleet is not None
