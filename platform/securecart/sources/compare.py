"""Which two trees a word such as ``main``, ``v1..v2`` or ``main...HEAD`` compares."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from securecart.errors import BadInputError
from securecart.sources.git import merge_base
from securecart.sources.git_tree import GitTree
from securecart.sources.tree import SourceTree, WorkingTree


class Comparison(NamedTuple):
    """Two trees of one checkout."""

    before: SourceTree
    """What is compared with."""
    after: SourceTree
    """What is looked at."""


def compared(root: Path, term: str) -> Comparison:
    """Return the two trees that a term names.

    ``REF`` compares a commit with the working tree, ``A..B`` two commits, ``A...B`` the commit where B left A with B.
    As in git, a side that is left out is HEAD.

    Raises:
        BadInputError: the term names no commits, or there is no git.
    """
    one, dots, other = _parts(term)
    if not dots:
        return Comparison(GitTree(root, term), WorkingTree(root))
    if not one and not other:
        raise BadInputError(f"{term!r} names no commit", remedy="name one on either side, as in main...HEAD")
    one, other = one or "HEAD", other or "HEAD"
    before = merge_base(root, one, other) if dots == "..." else one
    return Comparison(GitTree(root, before), GitTree(root, other))


def _parts(term: str) -> tuple[str, str, str]:
    dots = "..." if "..." in term else ".."
    return term.partition(dots)
