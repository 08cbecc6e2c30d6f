"""The run record's JSON Schema, for tools that read `--json`: `python -m securecart.report.schema [--check]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from securecart.report.record import RunRecord

PATH = Path(__file__).resolve().parents[3] / "docs" / "schema" / "run.schema.json"
"""Where the schema is published."""


def run_schema() -> str:
    """Return the schema as the text that is published; the same for the same models."""
    schema = RunRecord.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the schema, or with ``--check`` tell whether the published one is up to date (exit code 1 if not)."""
    if "--check" not in arguments:
        PATH.write_text(run_schema(), encoding="utf-8")
        return 0
    if PATH.exists() and PATH.read_text(encoding="utf-8") == run_schema():
        return 0
    print(f"{PATH.name} is out of date: run `python -m securecart.report.schema`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
