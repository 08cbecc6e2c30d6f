"""docs/policies.md says what the code says."""

from __future__ import annotations

from pathlib import Path

from policies.document import render
from policies.rules import ALL_RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "policies.md"


def test_page_is_what_the_rules_render() -> None:
    assert PAGE.read_text() == render(), "make it again: PYTHONPATH=.:platform python -m policies.document"


def test_page_names_every_rule() -> None:
    lines = PAGE.read_text().splitlines()
    assert all(sum(line.startswith(f"| `{rule.id}` |") for line in lines) == 1 for rule in ALL_RULES)
