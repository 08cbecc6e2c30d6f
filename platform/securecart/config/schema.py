"""The JSON Schema of the fleet file, made from the models, so that editors complete it.

``python -m securecart.config.schema`` writes it; with ``--check`` it says whether the file is up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from securecart.config.model import Fleet

SCHEMA_FILE: Final = Path(__file__).resolve().parents[3] / "docs" / "schema" / "fleet.schema.json"
"""Where the schema is kept."""


CIDR_PATTERN: Final = r"^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$"
"""An IPv4 CIDR block as far as a pattern can tell; JSON Schema has no format for it."""


def schema_text() -> str:
    """Return the schema as JSON; the same for the same models."""
    refined = _refined(Fleet.model_json_schema())
    schema: dict[str, object] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema |= refined if isinstance(refined, dict) else {}
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _refined(node: object) -> object:
    """Say in JSON Schema's own words what pydantic leaves out or says in words of its own."""
    if isinstance(node, list):
        return [_refined(item) for item in node]
    if not isinstance(node, dict):
        return node
    refined = {key: _refined(value) for key, value in node.items() if not _is_noise(key, value)}
    if "patternProperties" in refined:
        refined["additionalProperties"] = False
    if refined.get("format") == "ipv4network":
        del refined["format"]
        refined["pattern"] = CIDR_PATTERN
    return refined


def _is_noise(key: str, value: object) -> bool:
    """Titles only repeat the keys; ``discriminator`` is OpenAPI's, and each kind is a constant anyway."""
    return (key == "title" and isinstance(value, str)) or (key == "discriminator" and isinstance(value, dict))


def main(arguments: Sequence[str], target: Path = SCHEMA_FILE) -> int:
    """Write the schema, or check it.

    Args:
        arguments: ``--check``, or none.
        target: File that holds the schema.

    Returns:
        0 when done or up to date, 1 when the file is out of date, 2 for other arguments.
    """
    if any(argument != "--check" for argument in arguments):
        sys.stderr.write(f"usage: python -m securecart.config.schema [--check]; not: {' '.join(arguments)}\n")
        return 2
    text = schema_text()
    if not arguments:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return 0
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write(f"{target} is out of date; run python -m securecart.config.schema\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
