"""The few questions asked of the ``git`` executable. Every answer is about the repository that a folder lies in."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Final

from securecart.errors import BadInputError

_COMMIT: Final = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

# Inside a git hook these point at the hook's repository, and make the folder asked about its top level.
_OF_HOOKS: Final = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})


def commit_of(folder: Path, rev: str) -> str:
    """Return the full id of the commit that a revision names.

    Raises:
        BadInputError: there is no git, no repository, or no such commit.
    """
    if not rev or rev.startswith("-") or "\0" in rev:
        raise _unknown(rev, "a revision is a branch, a tag or a commit id, and begins with no dash")
    answer, errors = _ask(folder, "rev-parse", "--verify", "--quiet", f"{rev}^{{commit}}")
    if answer is None:
        _require_repository(folder)
        raise _unknown(rev, errors)
    commit = answer.decode("ascii", "replace").strip()
    if not _COMMIT.fullmatch(commit):
        raise _unknown(rev, "a revision names one commit")
    return commit


def merge_base(folder: Path, one: str, other: str) -> str:
    """Return the commit that two histories have last in common.

    Raises:
        BadInputError: one of them is unknown, or they have nothing in common.
    """
    answer, _ = _ask(folder, "merge-base", commit_of(folder, one), commit_of(folder, other))
    if answer is None:
        raise BadInputError(
            f"{one!r} and {other!r} have no commit in common",
            rule="A...B compares B with the commit where it left A",
            remedy="compare their files with A..B; a shallow clone has to fetch more history first",
        )
    return answer.decode("ascii").strip()


def run_git(folder: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    """Return what a git command prints, started in a folder.

    Raises:
        BadInputError: there is no git, or the command failed; in git's own words.
    """
    answer, errors = _ask(folder, *arguments, stdin=stdin)
    if answer is None:
        raise BadInputError(f"git {arguments[0]} failed: {errors}", remedy="check the repository with `git fsck`")
    return answer


def _ask(folder: Path, *arguments: str, stdin: bytes = b"") -> tuple[bytes | None, str]:
    """Return what a command prints, None where it fails, and what it says on standard error."""
    variables = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], input=stdin, env=variables, capture_output=True, check=False
        )
    except OSError as error:
        raise BadInputError(
            f"git cannot be started: {error.strerror}",
            rule="comparing with a commit takes the git executable",
            remedy="install git, or name the stacks with --select",
        ) from error
    return done.stdout if done.returncode == 0 else None, done.stderr.decode("utf-8", "replace").strip()


def _require_repository(folder: Path) -> None:
    answer, errors = _ask(folder, "rev-parse", "--is-inside-work-tree")
    if answer is None or answer.strip() != b"true":
        raise BadInputError(
            f"{folder.name} is not in a git repository that can be read",
            rule=errors or "the checkout lies in a repository's working tree",
            remedy="work in a clone of the repository, or name the stacks with --select",
        )


def _unknown(rev: str, why: str) -> BadInputError:
    return BadInputError(
        f"git knows no commit {rev!r}",
        rule=why or "a revision names a commit of this clone",
        remedy="name one that `git log` shows; a shallow clone has to `git fetch` the commit or branch first",
    )


def head(folder: Path) -> tuple[str, bool]:
    """Return the commit that a checkout is at, and whether it has changes beyond it; an empty id outside git."""
    try:
        commit = commit_of(folder, "HEAD")
        return commit, bool(run_git(folder, "status", "--porcelain", "--", ".").strip())
    except BadInputError:
        return "", False
