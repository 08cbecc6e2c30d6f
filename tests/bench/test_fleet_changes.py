"""What bench changes in a fleet file is a change, leaves a sound fleet, and touches few or many stacks as meant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.fleet_changes import EXTRA_SEGMENT, Changes, changed, choose_hub, choose_leaf
from bench.synthetic_fleet import Document, synthetic_fleet
from securecart.config.document import parse
from securecart.config.loader import judge
from securecart.config.model import Fleet
from stacks import kind_of, stack_specs
from stacks.topology import attachments

FLEET_FILE = Path(__file__).resolve().parents[2] / "stacks" / "fleet.yaml"
UNTOUCHED = Changes(leaf_moved=False, segment_added=False)


def default_fleet() -> Document:
    data = parse(FLEET_FILE.read_text(encoding="utf-8"), "fleet.yaml").data
    assert isinstance(data, dict)
    return data


def sound(document: Document) -> Fleet:
    checked = judge(parse(json.dumps(document), "fleet.yaml"))
    assert checked.fleet is not None, checked.findings
    return checked.fleet


def differing(before: Fleet, after: Fleet) -> set[str]:
    """Return the stacks whose inputs from the fleet file differ."""
    given = [
        {spec.name: kind_of(spec).bind(fleet, spec).given for spec in stack_specs(fleet)} for fleet in (before, after)
    ]
    return {name for name in given[0] if given[0][name] != given[1][name]}


@pytest.fixture(params=["default", "synthetic"])
def base(request: pytest.FixtureRequest) -> Document:
    return default_fleet() if request.param == "default" else synthetic_fleet(60)


def apply(base: Document, changes: Changes) -> Fleet:
    fleet = sound(base)
    return sound(changed(base, fleet, choose_leaf(fleet), choose_hub(fleet), changes))


def test_nothing_changed_is_the_same_fleet(base: Document) -> None:
    assert apply(base, UNTOUCHED) == sound(base)


def test_a_moved_leaf_changes_the_inputs_of_its_network_alone(base: Document) -> None:
    fleet = sound(base)
    leaf = choose_leaf(fleet)
    assert leaf in {attachment.network for attachment in attachments(fleet).values()}
    assert differing(fleet, apply(base, replace(UNTOUCHED, leaf_moved=True))) == {f"network-{leaf}"}


def test_a_further_segment_changes_one_hub_alone(base: Document) -> None:
    fleet = sound(base)
    after = apply(base, replace(UNTOUCHED, segment_added=True))
    assert EXTRA_SEGMENT in after.hubs[choose_hub(fleet)].segments
    assert differing(fleet, after) == {f"hub-{choose_hub(fleet)}"}


def test_changes_leave_the_document_they_start_from_as_it_was(base: Document) -> None:
    before = json.dumps(base)
    apply(base, Changes(leaf_moved=True, segment_added=True))
    assert json.dumps(base) == before
