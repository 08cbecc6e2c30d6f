"""JSON Schemas of what `--json` prints, for tools that read it: `python -m securecart.report.schema [--check]`."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from securecart.report.plan_json import PlanDocument
from securecart.report.record import RunRecord

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "schema"
"""Where the schemas are published."""
PUBLISHED: Mapping[str, type[BaseModel]] = {"run.schema.json": RunRecord, "plan.schema.json": PlanDocument}
"""Each schema's file, and the model that it describes."""


def schema_text(model: type[BaseModel]) -> str:
    """Return a model's schema as the text that is published; the same for the same models."""
    schema = model.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2) + "\n"


def main(arguments: Sequence[str], folder: Path = FOLDER) -> int:
    """Write the schemas, or with ``--check`` tell which published ones are out of date (exit code 1 if any is)."""
    outdated = [name for name, model in PUBLISHED.items() if _published(folder / name) != schema_text(model)]
    if "--check" not in arguments:
        for name in outdated:
            (folder / name).write_text(schema_text(PUBLISHED[name]), encoding="utf-8")
        return 0
    for name in outdated:
        print(f"{name} is out of date: run `python -m securecart.report.schema`", file=sys.stderr)
    return 1 if outdated else 0


def _published(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
