"""Moto and the provider, once for a session; accounts of its own for each test."""

from __future__ import annotations

import pytest

from tests.sandbox.provider.harness import World, start_sandbox


@pytest.fixture(scope="session")
def sandbox():
    running = start_sandbox()
    yield running
    running.stop()


@pytest.fixture
def world(sandbox):
    accounts = World(sandbox)
    yield accounts
    accounts.close()
