from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import BadInputError
from securecart.sources.compare import compared
from tests.sources.checkouts import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Branch ``work`` left ``main`` at ``fork``; both went on, and the working tree after ``work``."""
    made = Repository(tmp_path)
    made.commit({"a.py": "fork"})
    made.git("tag", "fork")
    made.commit({"a.py": "main"})
    made.git("switch", "--quiet", "--create", "work", "fork")
    made.commit({"a.py": "work"})
    made.write({"a.py": "disk"})
    return made


@pytest.mark.parametrize(
    ("term", "before", "after"),
    [
        ("main", b"main", b"disk"),
        ("HEAD", b"work", b"disk"),
        ("main..work", b"main", b"work"),
        ("work..main", b"work", b"main"),
        ("main...work", b"fork", b"work"),
        ("work...main", b"fork", b"main"),
        ("main..", b"main", b"work"),
        ("..main", b"work", b"main"),
        ("main...", b"fork", b"work"),
        ("fork...fork", b"fork", b"fork"),
    ],
)
def test_a_term_names_two_trees(repository: Repository, term: str, before: bytes, after: bytes) -> None:
    found = compared(repository.root, term)
    assert (found.before.read("a.py"), found.after.read("a.py")) == (before, after)


@pytest.mark.parametrize(
    "term",
    [
        *("", "..", "...", "missing", "a..b..c", "main....work"),
        *("missing..main", "main..missing", "main...missing", "missing...main"),
        *("--all", "--all..main", "main..--all", "main...--all", "-p...main"),
    ],
)
def test_a_term_that_names_no_commits_is_refused(repository: Repository, term: str) -> None:
    with pytest.raises(BadInputError, match="no commit") as caught:
        compared(repository.root, term)
    assert caught.value.remedy


def test_histories_with_nothing_in_common_have_no_merge_base(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--force", "--orphan", "apart")
    repository.commit({"a.py": "apart"})
    assert compared(repository.root, "main..apart").after.read("a.py") == b"apart"
    with pytest.raises(BadInputError, match="have no commit in common"):
        compared(repository.root, "main...apart")
