"""Which stacks a change of the fleet file concerns: those whose programs' inputs it changes, and no others."""

import json
from collections.abc import Iterable, Mapping

import pytest
from ruamel.yaml import YAML

from securecart.config.model import Fleet
from stacks import kind_of, stack_specs
from tests.components.recording import Recording
from tests.stacks.changes import (
    ACCOUNTS,
    CHANGES,
    CONCERNING,
    EVERYTHING,
    OF_CONNECTIONS,
    OF_LOAD_BALANCERS,
    OF_NETWORKS,
    OF_SITES,
    Change,
)
from tests.stacks.conftest import FLEET_FILE, run_stack

Given = Mapping[str, str]
"""What each stack's program is given, as text in which order shows, by stack name."""


def edited(change: Change) -> Fleet:
    """Return the default fleet after an edit of its file, which the firm's rules need not allow."""
    file = YAML(typ="safe").load(FLEET_FILE.read_text(encoding="utf-8"))
    change.edit(file)
    return Fleet.model_validate(file)


def given(fleet: Fleet) -> Given:
    return {spec.name: json.dumps(kind_of(spec).bind(fleet, spec).given) for spec in stack_specs(fleet)}


def registered(recording: Recording) -> dict[str, Mapping[str, object]]:
    found = {item.urn: item.inputs for item in recording.resources}
    assert found
    return found


def _names(changes: Iterable[Change]) -> list[str]:
    return [change.name for change in changes]


def test_the_table_speaks_of_every_stack(specs):
    assert set(specs) == EVERYTHING
    told = (*ACCOUNTS, *OF_NETWORKS, *OF_CONNECTIONS, *OF_SITES, *OF_LOAD_BALANCERS)
    assert set().union(*(change.changed for change in told)) == EVERYTHING


@pytest.mark.parametrize("change", CHANGES, ids=_names(CHANGES))
def test_a_change_of_the_fleet_file_concerns_these_stacks_alone(change, fleet):
    before, after = given(fleet), given(edited(change))
    assert {name for name in before.keys() & after.keys() if before[name] != after[name]} == change.changed
    assert after.keys() - before.keys() == change.added
    assert before.keys() - after.keys() == change.removed


@pytest.mark.parametrize("change", CONCERNING, ids=_names(CONCERNING))
def test_a_stack_whose_inputs_change_registers_something_else(change, recordings):
    fleet = edited(change)
    specs = {spec.name: spec for spec in stack_specs(fleet)}
    same = {
        name for name in change.changed if registered(run_stack(fleet, specs[name])) == registered(recordings[name])
    }
    assert same == set(), "the program runs again for nothing"
