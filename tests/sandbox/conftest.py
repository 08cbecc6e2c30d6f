from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from securecart.sandbox import lifecycle
from securecart.sandbox.record import SandboxInfo
from tests.sandbox.accounts import Accounts


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """A sandbox's home; whatever server the test leaves in it is stopped."""
    yield tmp_path / "sandbox"
    lifecycle.stop(tmp_path / "sandbox")


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxInfo]:
    """One running server for every test that leaves it running; each test makes parts of its own."""
    directory = tmp_path_factory.mktemp("sandbox")
    yield lifecycle.start(directory, on_progress=print)
    lifecycle.stop(directory)


@pytest.fixture(scope="session")
def accounts(sandbox: SandboxInfo) -> Accounts:
    return Accounts(sandbox.endpoint)
