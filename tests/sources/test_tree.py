from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import BadInputError
from securecart.sources.git_tree import GitTree
from securecart.sources.tree import SourceTree, WorkingTree
from tests.sources.checkouts import SMALL, Repository


@pytest.fixture(params=["on disk", "at a commit", "on disk, below the top", "at a commit, below the top"])
def tree(request: pytest.FixtureRequest, tmp_path: Path) -> SourceTree:
    """The small checkout, with a file beside it in the repository."""
    repository = Repository(tmp_path, "infra/network" if "below" in request.param else ".")
    (tmp_path / "outside.txt").write_text("not ours")
    repository.commit({**SMALL, "docs/naïve file.md": "x", "empty.txt": ""})
    return GitTree(repository.root, "HEAD") if "commit" in request.param else WorkingTree(repository.root)


def test_a_file_reads_as_its_bytes(tree: SourceTree) -> None:
    assert {path: tree.read(path) for path in SMALL} == {path: text.encode() for path, text in SMALL.items()}


def test_an_empty_file_is_there(tree: SourceTree) -> None:
    assert tree.read("empty.txt") == b""


def test_a_name_may_hold_spaces_and_letters_of_any_language(tree: SourceTree) -> None:
    assert tree.read("docs/naïve file.md") == b"x"
    assert tree.files("docs") == ("docs/naïve file.md",)


@pytest.mark.parametrize(
    "path", ["missing.txt", "stacks", "stacks/hub.py/more", "../outside.txt", "stacks/../empty.txt"]
)
def test_what_is_no_file_of_the_checkout_is_none(tree: SourceTree, path: str) -> None:
    assert tree.read(path) is None


def test_an_absolute_path_is_none(tree: SourceTree, tmp_path: Path) -> None:
    assert (tmp_path / "outside.txt").exists()
    assert tree.read(str(tmp_path / "outside.txt")) is None


def test_files_are_listed_below_a_folder_in_order(tree: SourceTree) -> None:
    assert tree.files("stacks") == ("stacks/__init__.py", "stacks/fleet.yaml", "stacks/hub.py", "stacks/network.py")
    assert "policies/warm/bin/analyzer" in tree.files("policies")
    assert set(SMALL) <= set(tree.files(""))


@pytest.mark.parametrize("folder", ["missing", "stacks/hub.py", "..", "/"])
def test_what_is_no_folder_of_the_checkout_has_no_files(tree: SourceTree, folder: str) -> None:
    assert tree.files(folder) == ()


LEFT_OUT = (
    "policies/__pycache__/a.cpython-311.pyc",
    "policies/.mypy_cache/a.json",
    "policies/.a.py.swp",
    "policies/a.py~",
)


@pytest.mark.parametrize("kind", ["on disk", "at a commit"])
def test_caches_are_left_out(tmp_path: Path, kind: str) -> None:
    repository = Repository(tmp_path)
    repository.commit({"policies/a.py": "", **dict.fromkeys(LEFT_OUT, "x")})
    tree = WorkingTree(tmp_path) if kind == "on disk" else GitTree(tmp_path, "HEAD")
    assert tree.read(LEFT_OUT[0]) == b"x"
    assert tree.files("policies") == ("policies/a.py",)


def test_a_file_on_disk_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("before")
    tree = WorkingTree(tmp_path)
    assert tree.read("a.py") == b"before"
    (tmp_path / "a.py").write_text("after")
    assert tree.read("a.py") == b"before"
    assert WorkingTree(tmp_path).read("a.py") == b"after"


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "loop.py").symlink_to("loop.py")
    with pytest.raises(BadInputError, match=r"loop\.py cannot be read"):
        WorkingTree(tmp_path).read("loop.py")
