"""What every test shares: Hypothesis without deadlines, and which tests stay on one worker."""

from __future__ import annotations

import pytest
from hypothesis import settings

# Machines differ, and so does their load; what is slow is told by bench/, not by a test.
settings.register_profile("securecart", deadline=None)
settings.load_profile("securecart")

SPREAD = "tests/e2e/test_runs.py"
"""Its tests each deploy a fleet of their own, so they are better spread; all other files stay whole."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep the tests of a file on one worker, so that its fixtures are made once."""
    if item.get_closest_marker("xdist_group") is None and SPREAD not in item.nodeid:
        item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))
