"""Digests of documents and of files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final

from securecart.errors import ProgramError
from securecart.sources.tree import SourceTree

ABSENT: Final = "absent"
"""Stands in place of a digest for what is not there, so that its coming and going shows."""


def digest_of(document: object) -> str:
    """Return the SHA-256, in hexadecimal, of a document as compact JSON.

    The order of mappings counts. Keys are strings; lists and tuples are the same.

    Raises:
        ProgramError: the document holds something that JSON has no form for.
    """
    try:
        text = json.dumps(document, separators=(",", ":"), allow_nan=False, default=_plain)
    except (TypeError, ValueError) as error:
        raise ProgramError(
            f"the document cannot be written as JSON: {error}",
            rule="digests are taken of mappings, sequences, strings, finite numbers, booleans and None",
            remedy="turn the value into one of these first",
        ) from error
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def file_digests(tree: SourceTree, paths: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each file's content by path, in the order of paths; ``absent`` where there is no file."""
    contents = ((path, tree.read(path)) for path in sorted(set(paths)))
    return {path: ABSENT if content is None else hashlib.sha256(content).hexdigest() for path, content in contents}


def _plain(value: object) -> object:
    """Return a read-only mapping as one that JSON's writer knows."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")
