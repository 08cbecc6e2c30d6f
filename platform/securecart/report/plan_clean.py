"""Values of a plan made fit to be shown: no secret, no control characters, no endless line."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Final

from pydantic import JsonValue

from securecart.redaction import MARK, redact

LONGEST: Final = 160
"""Characters of one value that are shown."""

_STANDS_FOR: Final = frozenset({"[secret]", "[unknown]", MARK})
_NAME: Final = r"([^.\[\]]+)"
_BRACKETS: Final = r'\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]'
_STEP: Final = re.compile(f"{_BRACKETS}|{_NAME}")
_PATH: Final = re.compile(rf"(?:{_BRACKETS}|{_NAME})(?:{_BRACKETS}|\.{_NAME})*")


def clean(text: str, longest: int = LONGEST) -> str:
    """Return text on one line, without secrets and without characters that steer a terminal or turn the text round."""
    visible = "".join(map(_visible, redact(text)))
    line = redact(" ".join(visible.split()))  # once more: what went may have hidden a secret's shape
    return line if len(line) <= longest else f"{line[: longest - 3]}..."


def clean_value(value: JsonValue, key: str = "") -> JsonValue:
    """Return a document without secrets; the key in front of a value counts, as in ``password``."""
    if isinstance(value, dict):
        return {redact(name): clean_value(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [clean_value(inner, key) for inner in value]
    if value is None or isinstance(value, bool) or value in _STANDS_FOR:
        return value
    try:
        cleaned: JsonValue = json.loads(redact(json.dumps({key: value}))).get(key, MARK)
    except (ValueError, AttributeError):
        return MARK
    return cleaned


def shown_value(value: JsonValue, key: str) -> str:
    """Return a value as one line of text, strings without quotes."""
    cleaned = clean_value(value, key)
    return clean(cleaned if isinstance(cleaned, str) else json.dumps(cleaned))


def value_at(inputs: JsonValue, path: str) -> tuple[JsonValue, bool]:
    """Return the value at a property path, and whether there is one."""
    if not _PATH.fullmatch(path):
        return None, False
    value = inputs
    for quoted, index, name in _STEP.findall(path):
        key = quoted.replace('\\"', '"') or name
        if isinstance(value, dict) and (key or index) in value:
            value = value[key or index]
        elif isinstance(value, list) and index and int(index) < len(value):
            value = value[int(index)]
        else:
            return None, False
    return value, True


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs") else character
