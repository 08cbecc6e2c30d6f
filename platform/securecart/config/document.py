"""YAML text as plain data, with the line of every key and value. Pure; nothing here knows what a fleet is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode
from ruamel.yaml.reader import ReaderError

from securecart.config.problem import KeyPath, Problem

LARGEST_TEXT: Final = 512 * 1024
"""Characters of a fleet file; a fleet of a thousand networks has about 300,000."""

MOST_VALUES: Final = 50_000
"""Values after aliases are followed; a few lines of nested aliases would otherwise expand without bound."""

DEEPEST: Final = 24
"""Levels of nesting; a fleet has six. Also ends an alias that holds itself."""

MOST_BRACKETS: Final = 200
"""Brackets open at once, before the text is parsed."""

_TAG: Final = "tag:yaml.org,2002:"
_TRUE: Final = frozenset({"true", "yes", "on", "y"})


@dataclass(frozen=True)
class Place:
    """Where a value stands."""

    key_line: int
    """Line of its key, or of the value itself in a list; counted from 1."""
    line: int
    """Line of the value, counted from 1; the key's line for mappings and lists."""
    text: str
    """A scalar as it is written, without quotes; empty for mappings and lists."""


@dataclass(frozen=True)
class Document:
    """A parsed file."""

    file: str
    """Name of the file, for findings."""
    data: object = None
    """The content, made of dict, list, str, int, float, bool and None; None where it could not be read."""
    places: Mapping[KeyPath, Place] = field(default_factory=dict)
    """Where each value stands."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the text as YAML."""

    def line(self, path: KeyPath, at_key: bool = False) -> int:
        """Return the line of a value or its key, else of the nearest thing around it, else 1."""
        for length in range(len(path), 0, -1):
            place = self.places.get(path[:length])
            if place is not None:
                return place.key_line if at_key or length < len(path) else place.line
        return 1

    def text(self, path: KeyPath) -> str:
        """Return a scalar as it is written; empty where there is none."""
        place = self.places.get(path)
        return place.text if place else ""


class _TooMuchError(Exception):
    """The document grows beyond the bounds; ends the walk."""

    def __init__(self, line: int, message: str) -> None:
        self.line, self.message = line, message
        super().__init__(message)


def parse(text: str, file: str) -> Document:
    """Parse YAML 1.2 text; what is wrong with it is in the document's ``problems``.

    Args:
        text: Content of the file.
        file: Its name, for findings.
    """
    walk = _Walk()
    try:
        data = _read(text, walk)
    except _TooMuchError as error:
        walk.report("yaml-bounds", (), error.line, error.message, "write a smaller file, without nested aliases")
    except RecursionError:
        walk.report("yaml-bounds", (), 1, f"nested deeper than {DEEPEST} levels", "flatten the file")
    except MarkedYAMLError as error:
        walk.report("yaml-syntax", (), _error_line(error), _error_words(error), "correct the YAML there")
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        walk.report("yaml-syntax", (), line, "a character that YAML does not allow", "remove it")
    except (YAMLError, ValueError) as error:
        walk.report("yaml-syntax", (), 1, f"not readable as YAML: {error}", "correct the YAML")
    else:
        return Document(file, data, walk.places, tuple(walk.problems))
    return Document(file, None, {}, tuple(walk.problems))


def _read(text: str, walk: _Walk) -> object:
    """Compose and walk the text; None where it holds nothing."""
    if len(text) > LARGEST_TEXT:
        raise _TooMuchError(1, f"the file has {len(text)} characters, more than {LARGEST_TEXT}")
    _bound_brackets(text)
    yaml = YAML(typ="rt", pure=True)
    # A second anchor of the same name is legal YAML; the library would warn on stderr.
    yaml.composer.warn_double_anchors = False
    node: Node | None = yaml.compose(text)
    if node is None or node.tag == f"{_TAG}null":
        walk.report("yaml-empty", (), 1, "the file holds no fleet", "start from stacks/fleet.yaml")
        return None
    return walk.value(node, (), node.start_mark.line + 1)


def _bound_brackets(text: str) -> None:
    """Refuse brackets nested so deep that the parser's look-ahead would take minutes.

    Brackets in quotes and comments count as well; a fleet never leaves so many open.
    """
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > MOST_BRACKETS:
            line = text.count("\n", 0, bracket.start()) + 1
            raise _TooMuchError(line, f"more than {MOST_BRACKETS} brackets left open")


def _error_line(error: MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return int(mark.line) + 1 if mark else 1


def _error_words(error: MarkedYAMLError) -> str:
    parts = [str(part).strip() for part in (error.context, error.problem) if part]
    return "not YAML: " + ", ".join(parts or ["unreadable"])


class _Walk:
    """Turns nodes into data, noting places and problems on the way."""

    def __init__(self) -> None:
        self.places: dict[KeyPath, Place] = {}
        self.problems: list[Problem] = []
        self._values = 0

    def report(self, rule: str, path: KeyPath, line: int, message: str, remedy: str) -> None:
        """Note a problem whose line is known."""
        self.problems.append(Problem(rule, path, message, remedy, line=line))

    def value(self, node: Node, path: KeyPath, key_line: int) -> object:
        """Convert one node and what is below it."""
        line = node.start_mark.line + 1
        self._values += 1
        if self._values > MOST_VALUES:
            raise _TooMuchError(line, f"more than {MOST_VALUES} values once aliases are followed")
        if len(path) > DEEPEST:
            raise _TooMuchError(line, f"nested deeper than {DEEPEST} levels, or an alias that holds itself")
        if isinstance(node, ScalarNode):
            self.places[path] = Place(key_line, line, str(node.value))
            return self._scalar(node, path, line)
        self.places[path] = Place(key_line, key_line, "")
        self._refuse_tag(node, path, line, ("map", "seq"))
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        return [
            self.value(item, (*path, position), item.start_mark.line + 1) for position, item in enumerate(node.value)
        ]

    def _mapping(self, node: MappingNode, path: KeyPath) -> dict[str, object]:
        data: dict[str, object] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self._key(key_node, path, line)
            if key is None:
                continue
            if key in lines:
                message = f"key {key!r} stands twice, on lines {lines[key]} and {line}"
                self.report("duplicate-key", (*path, key), line, message, "remove or rename one of them")
                continue
            lines[key] = line
            data[key] = self.value(value_node, (*path, key), line)
        return data

    def _key(self, node: Node, path: KeyPath, line: int) -> str | None:
        if not isinstance(node, ScalarNode):
            self.report("yaml-feature", path, line, "a list or mapping as a key", "use a plain name")
            return None
        if str(node.tag) == f"{_TAG}merge":
            message = "the merge key << is not part of YAML 1.2"
            self.report("yaml-feature", path, line, message, "write the keys out")
            return None
        return str(node.value)

    def _scalar(self, node: ScalarNode, path: KeyPath, line: int) -> object:
        text = str(node.value)
        known = ("str", "int", "float", "bool", "null", "timestamp", "merge")
        if not self._refuse_tag(node, path, line, known):
            return text
        return _plain(str(node.tag).removeprefix(_TAG), text)

    def _refuse_tag(self, node: Node, path: KeyPath, line: int, known: tuple[str, ...]) -> bool:
        tag = str(node.tag)
        if tag.removeprefix(_TAG) in known:
            return True
        self.report("yaml-feature", path, line, f"the tag {tag} is not supported", "remove the tag")
        return False


def _plain(kind: str, text: str) -> object:
    """A scalar as data, by the kind that YAML 1.2 gives it; text where it is none of ours."""
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() in _TRUE
    try:
        if kind == "int":
            return _integer(text)
        if kind == "float":
            return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
    except ValueError:
        return text
    return text


def _integer(text: str) -> int:
    """Decimal, 0o octal, 0x hexadecimal or 0b binary, as in YAML 1.2: a leading zero alone means nothing."""
    digits = text.replace("_", "")
    bare = digits.lstrip("+-")
    prefixed = bare[:2].lower() in ("0x", "0o", "0b")
    return int(digits, 0) if prefixed else int(digits, 10)


def lookup(data: object, path: KeyPath) -> object:
    """Return the value at a path; None where the path leads nowhere."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and 0 <= step < len(data):
            data = data[step]
        else:
            return None
    return data
