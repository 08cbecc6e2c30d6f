"""docs/fleet.md, the reference of the fleet file, is complete and its examples work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from securecart.config import model
from securecart.config.document import parse
from securecart.config.rules import RULES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "fleet.md"
SOURCES = Path(model.__file__).parent

MODELS = [
    value
    for value in vars(model).values()
    if isinstance(value, type) and issubclass(value, BaseModel) and value is not model.Model and value.model_fields
]


@pytest.fixture(scope="module")
def reference() -> str:
    return DOCS.read_text()


@pytest.mark.parametrize("kind", MODELS, ids=lambda kind: kind.__name__)
def test_every_key_is_in_the_reference(reference: str, kind: type[BaseModel]) -> None:
    missing = [key for key in kind.model_fields if f"`{key}`" not in reference]
    assert missing == []


def test_every_rule_between_objects_is_in_the_reference_with_its_statement(reference: str) -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| (.*) \|$", reference, flags=re.MULTILINE))
    for rule in RULES:
        assert rows[rule.id].lower() == rule.statement.rstrip(".").lower()


def test_every_rule_about_text_and_single_objects_is_in_the_reference(reference: str) -> None:
    named = set()
    for source in ("document.py", "loader.py", "shape.py", "words.py"):
        text = (SOURCES / source).read_text()
        named |= set(re.findall(r'(?:Problem|report)\(\s*"([a-z-]+-[a-z-]+|malformed)"', text))
        named |= set(re.findall(r'rule="([a-z-]+)"', text))
    assert {"yaml-syntax", "unknown-key", "file-unreadable", "malformed", "name-malformed"} <= named
    assert [rule for rule in sorted(named) if f"| `{rule}` |" not in reference] == []


def test_the_small_fleet_of_the_reference_has_no_findings(reference: str, judged) -> None:
    (example,) = re.findall(r"^## A small fleet\n+```yaml\n(.*?)^```", reference, flags=re.MULTILINE | re.DOTALL)
    checked = judged(example)
    assert checked.findings == ()
    assert checked.fleet is not None


def test_the_extra_rule_of_the_reference_fits_a_network(reference: str, judged, edited) -> None:
    (example,) = re.findall(r"```yaml\n    security_group_rules:\n(.*?)```", reference, flags=re.DOTALL)
    assert parse(example, "x").data
    assert judged(edited(("    security_group_rules:\n", f"    security_group_rules:\n{example}"))).findings == ()


def test_the_endpoints_of_the_reference_fit_a_network(reference: str, judged, edited) -> None:
    (example,) = re.findall(r"```yaml\n(    endpoints:\n.*?)```", reference, flags=re.DOTALL)
    checked = judged(edited(("    nat: single\n", f"    nat: single\n{example}")))
    assert checked.findings == ()
    assert checked.fleet.networks["dev"].endpoints.tables == ("shop-orders",)
