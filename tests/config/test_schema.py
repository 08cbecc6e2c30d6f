"""The JSON Schema that editors complete the fleet file by."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from securecart.config.document import parse
from securecart.config.kinds import is_section
from securecart.config.model import Fleet
from securecart.config.schema import CIDR_PATTERN, SCHEMA_FILE, main, schema_text
from securecart.config.words import NAME_PATTERN


def objects(node: object) -> Iterator[dict[str, object]]:
    """Every JSON object inside a schema."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from objects(value)
    if isinstance(node, list):
        for value in node:
            yield from objects(value)


@pytest.fixture(scope="module")
def schema() -> dict[str, object]:
    return json.loads(SCHEMA_FILE.read_text())


def test_the_committed_schema_is_up_to_date() -> None:
    assert SCHEMA_FILE.read_text() == schema_text()


def test_the_default_fleet_points_its_editor_to_the_schema(default_fleet: Path) -> None:
    (relative,) = re.findall(r"yaml-language-server: \$schema=(\S+)", default_fleet.read_text())
    assert (default_fleet.parent / relative).resolve() == SCHEMA_FILE


def test_the_command_writes_the_schema_and_checks_it(tmp_path: Path, capsys) -> None:
    target = tmp_path / "docs" / "fleet.schema.json"
    assert main(["--check"], target) == 1
    assert "out of date" in capsys.readouterr().err
    assert main([], target) == 0
    assert target.read_text() == schema_text()
    assert main(["--check"], target) == 0
    target.write_text("{}")
    assert main(["--check"], target) == 1


def test_the_command_refuses_other_arguments(tmp_path: Path, capsys) -> None:
    assert main(["--force"], tmp_path / "x") == 2
    assert "--force" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_the_module_runs_as_a_command() -> None:
    command = [sys.executable, "-m", "securecart.config.schema", "--check"]
    platform = SCHEMA_FILE.parents[2] / "platform"
    assert subprocess.run(command, cwd=platform, timeout=60, check=False).returncode == 0


def test_every_key_is_described(schema) -> None:
    described = [
        (key, value)
        for node in objects(schema)
        if isinstance(node.get("properties"), dict)
        for key, value in node["properties"].items()
    ]
    assert len(described) > 40
    assert [key for key, value in described if not value.get("description")] == []


def test_unknown_keys_and_malformed_names_are_refused(schema) -> None:
    closed = [node for node in objects(schema) if "properties" in node or "patternProperties" in node]
    assert len(closed) >= 15
    assert all(node["additionalProperties"] is False for node in closed if node.get("type") == "object")
    sections = [node for node in objects(schema) if "patternProperties" in node]
    keys = {key for node in objects(schema) for key in node.get("properties", {})}
    assert {"accounts", "networks", "record_sets"} <= keys
    within = 1  # load_balancers of an accelerator
    assert len(sections) == sum(is_section(info) for info in Fleet.model_fields.values()) + within
    assert all(list(node["patternProperties"]) == [NAME_PATTERN] for node in sections)


def test_choices_and_blocks_are_spelt_out(schema) -> None:
    definitions = schema["$defs"]
    assert definitions["Nat"]["enum"] == ["none", "single", "per-az"]
    assert definitions["Network"]["properties"]["cidr"]["pattern"] == CIDR_PATTERN
    assert re.fullmatch(CIDR_PATTERN, "10.30.0.0/16")
    assert not re.fullmatch(CIDR_PATTERN, "10.30.0.0")


def test_the_keys_of_the_default_fleet_are_in_the_schema(schema, default_fleet: Path) -> None:
    document = parse(default_fleet.read_text(), "fleet.yaml").data
    assert isinstance(document, dict)
    assert set(document) <= set(schema["properties"])
    networks = {key for network in document["networks"].values() for key in network}
    assert networks <= set(schema["$defs"]["Network"]["properties"])
