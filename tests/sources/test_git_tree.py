from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import BadInputError
from securecart.sources.git_tree import GitTree
from tests.sources.checkouts import Repository


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with one commit, tagged v1."""
    made = Repository(tmp_path / "repository")
    made.commit({"a.py": "first\n"})
    made.git("tag", "--annotate", "--message", "one", "v1")
    return made


@pytest.mark.parametrize("rev", ["v1", "HEAD~1", "main~1", "main^"])
def test_a_commit_holds_what_was_committed_then(repository: Repository, rev: str) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.commit({"a.py": "second\n"})
    repository.write({"a.py": "third\n"})
    tree = GitTree(repository.root, rev)
    assert tree.read("a.py") == b"first\n"
    assert tree.commit == first
    assert tree.label == f"commit {first[:12]}"


def test_the_revision_is_resolved_once(repository: Repository) -> None:
    tree = GitTree(repository.root, "main")
    repository.commit({"a.py": "second\n", "b.py": "new\n"})
    assert tree.read("a.py") == b"first\n"
    assert tree.read("b.py") is None
    assert GitTree(repository.root, "main").read("b.py") == b"new\n"


def test_contents_are_not_confused_whatever_bytes_they_hold(repository: Repository) -> None:
    contents = {f"data/{number}": bytes(range(256)) * number + b"\n" * number for number in range(20)}
    repository.commit(contents)
    tree = GitTree(repository.root, "HEAD")
    assert {path: tree.read(path) for path in contents} == contents


def test_a_link_reads_as_what_it_leads_to(repository: Repository) -> None:
    (repository.root / "deep").mkdir()
    (repository.root / "deep" / "link.py").symlink_to("../a.py")
    (repository.root / "loop.py").symlink_to("loop.py")
    (repository.root / "out.py").symlink_to("../../a.py")
    repository.commit()
    tree = GitTree(repository.root, "HEAD")
    assert tree.read("deep/link.py") == b"first\n"
    assert tree.read("loop.py") is None
    assert tree.read("out.py") is None


def test_a_commit_from_before_the_checkouts_folder_is_empty(tmp_path: Path) -> None:
    repository = Repository(tmp_path, "infra")
    before = repository.commit()
    repository.commit({"a.py": "first\n"})
    assert GitTree(repository.root, "HEAD").files("") == ("a.py",)
    assert GitTree(repository.root, before).files("") == ()


BAD_REVS = (
    "missing",
    "",
    "--all",
    "-h",
    "^HEAD",
    "HEAD:a.py",
    "HEAD^{tree}",
    "0" * 40,
    "a\0b",
    "--output=pwned",
    "HEAD HEAD",
)


@pytest.mark.parametrize("rev", BAD_REVS)
def test_what_names_no_commit_is_refused_with_a_remedy(repository: Repository, rev: str) -> None:
    with pytest.raises(BadInputError, match="git knows no commit") as caught:
        GitTree(repository.root, rev)
    assert repr(rev) in str(caught.value)
    assert "git fetch" in caught.value.remedy
    assert sorted(path.name for path in repository.root.iterdir()) == [".git", "a.py"]


def test_an_option_never_reaches_git(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInputError, match="git knows no commit"):
        GitTree(repository.root, "--exec=x")


def test_a_folder_without_a_repository_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(BadInputError, match="is not in a git repository") as caught:
        GitTree(tmp_path, "HEAD")
    assert "not a git repository" in caught.value.rule


def test_a_repository_without_commits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="git knows no commit 'HEAD'"):
        GitTree(Repository(tmp_path).root, "HEAD")


def test_a_machine_without_git_is_told_to_install_it(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(BadInputError, match="git cannot be started") as caught:
        GitTree(repository.root, "HEAD")
    assert "install git" in caught.value.remedy


def test_an_object_that_the_clone_lacks_is_named(repository: Repository) -> None:
    oid = repository.git("rev-parse", "HEAD:a.py")
    tree = GitTree(repository.root, "HEAD")
    (repository.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    with pytest.raises(BadInputError, match=f"lacks the object {oid}"):
        tree.read("a.py")


def test_a_broken_repository_is_told_in_gits_own_words(repository: Repository) -> None:
    oid = repository.git("rev-parse", "HEAD^{tree}")
    (repository.root / ".git" / "objects" / oid[:2] / oid[2:]).unlink()
    with pytest.raises(BadInputError, match=r"git ls-tree failed: .*not a tree object") as caught:
        GitTree(repository.root, "HEAD")
    assert "git fsck" in caught.value.remedy


def test_a_git_hooks_variables_do_not_mislead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(tmp_path, "infra")
    (tmp_path / "top.txt").write_text("not ours")
    repository.commit({"a.py": "first\n"})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / ".git"))
    assert GitTree(repository.root, "HEAD").files("") == ("a.py",)
