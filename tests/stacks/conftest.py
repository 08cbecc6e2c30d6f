"""Every stack of the default fleet, run once on a mock engine."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from stacks import kind_of, stack_specs
from tests.components.recording import FakeUpstream, Recording, record

FLEET_FILE = Path(__file__).resolve().parents[2] / "stacks" / "fleet.yaml"


@pytest.fixture(scope="session")
def fleet() -> Fleet:
    return load_fleet(FLEET_FILE)


@pytest.fixture(scope="session")
def specs(fleet: Fleet) -> Mapping[str, StackSpec]:
    return {spec.name: spec for spec in stack_specs(fleet)}


def run_stack(fleet: Fleet, spec: StackSpec, *, unknown: bool = False) -> Recording:
    """Run one stack's program; with unknown upstream outputs, as before anything exists."""
    bound = kind_of(spec).bind(fleet, spec)
    return record(lambda: bound.run(FakeUpstream({}, unknown)), spec.name, preview=unknown)


@pytest.fixture(scope="session")
def recordings(fleet: Fleet, specs: Mapping[str, StackSpec]) -> Mapping[str, Recording]:
    """Return what each stack registered, by stack name."""
    return {name: run_stack(fleet, spec) for name, spec in specs.items()}
