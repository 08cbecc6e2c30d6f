"""Real parts for tests: a fleet file on disk and a running policy server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from securecart.execute.policy_server import PolicyServer
from tests.policies.examples import FLEET


@pytest.fixture(scope="session")
def fleet_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example fleet as a file; JSON is YAML."""
    path = tmp_path_factory.mktemp("fleet") / "fleet.yaml"
    path.write_text(json.dumps(FLEET.model_dump(mode="json"), default=str))
    return path


@pytest.fixture(scope="session")
def policy_server(fleet_file: Path) -> Iterator[PolicyServer]:
    """One server for every test that needs one."""
    with PolicyServer(fleet_file) as server:
        yield server
