"""The fleet that measurements are made with is a sound one, of exactly the size that is asked for."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.synthetic_fleet import AREA_STACKS, FEWEST_STACKS, synthetic_fleet
from securecart.config.document import parse
from securecart.config.loader import judge
from securecart.config.model import Environment, Fleet
from securecart.errors import BadInputError
from securecart.plan.graph import build_graph
from stacks import KINDS, stack_specs
from stacks.topology import attachments

SIZES = [FEWEST_STACKS, FEWEST_STACKS + 1, 20, AREA_STACKS, 2 * AREA_STACKS - 1, 2 * AREA_STACKS, 200, 201]


def fleet_of(stacks: int) -> Fleet:
    return Fleet.model_validate(synthetic_fleet(stacks))


@pytest.mark.parametrize("stacks", SIZES)
def test_it_breaks_no_rule_and_calls_for_no_warning(stacks: int) -> None:
    # JSON is YAML, too: the document goes the way of a fleet file.
    checked = judge(parse(json.dumps(synthetic_fleet(stacks)), "synthetic.yaml"))
    assert checked.fleet == fleet_of(stacks)
    assert list(checked.findings) == []


@given(stacks=st.integers(FEWEST_STACKS, 500))
def test_it_has_exactly_as_many_stacks_as_asked_for(stacks: int) -> None:
    assert len(build_graph(stack_specs(fleet_of(stacks))).stacks) == stacks


@pytest.mark.parametrize("stacks", SIZES)
def test_every_kind_of_stack_is_there_but_links_to_other_sites_and_the_edge(stacks: int) -> None:
    links = {"vpn", "direct-connect", "endpoint-service", "partner-endpoint"}
    edge = {"dns", "certificate", "load-balancer", "distribution", "accelerator", "records", "shield"}
    found = {spec.kind for spec in stack_specs(fleet_of(stacks))}
    assert found == {kind.name for kind in KINDS} - links - edge


def test_it_is_the_same_each_time() -> None:
    assert json.dumps(synthetic_fleet(200)) == json.dumps(synthetic_fleet(200))


def test_every_environment_of_the_firm_is_there() -> None:
    assert {network.environment for network in fleet_of(20).networks.values()} == set(Environment)


def test_hubs_of_a_large_fleet_have_alike_many_attachments() -> None:
    fleet = fleet_of(200)
    counts = Counter(attachment.hub for attachment in attachments(fleet).values())
    assert set(counts) == set(fleet.hubs)
    assert max(counts.values()) - min(counts.values()) <= 1


def test_fewer_stacks_than_there_are_kinds_on_both_hubs_are_refused() -> None:
    with pytest.raises(BadInputError, match=f"{FEWEST_STACKS} stacks at least"):
        synthetic_fleet(FEWEST_STACKS - 1)
