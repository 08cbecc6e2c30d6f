"""The default fleet, and a mock engine for one component at a time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.run import StackRun
from securecart.program.scope import Scope
from tests.components.recording import FakeUpstream, Recording, record

FLEET_FILE = Path(__file__).resolve().parents[2] / "stacks" / "fleet.yaml"

ScopeOf = Callable[[str, str], Scope]
Deploy = Callable[[Callable[[ScopeOf], object]], Recording]


@pytest.fixture(scope="session")
def fleet() -> Fleet:
    return load_fleet(FLEET_FILE)


@pytest.fixture
def deploy(fleet: Fleet) -> Deploy:
    """Return a function that builds components in the scopes of one stack, and records what they register."""
    spec = StackSpec("test", "test", "test", "prod", "us-east-1", environment="prod")

    def run(build: Callable[[ScopeOf], object]) -> Recording:
        def program() -> None:
            build(StackRun(fleet.name, spec, fleet.accounts, None, FakeUpstream({})).scope)

        return record(program)

    return run
