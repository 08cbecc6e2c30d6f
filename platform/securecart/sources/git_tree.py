"""The files of a checkout as a commit holds them."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from securecart.errors import BadInputError
from securecart.sources.git import commit_of, run_git
from securecart.sources.tree import inside, is_source

_LINK: Final = b"120000"
_MOST_LINKS: Final = 8


@dataclass(frozen=True)
class _Entry:
    """A file of a commit."""

    oid: str
    """Id of its content."""
    is_link: bool
    """Whether the content is the path that a symbolic link leads to."""


class GitTree:
    """The files of one commit. Contents are fetched a top-level folder at a time, when first asked for."""

    def __init__(self, root: Path, rev: str) -> None:
        """Resolve the revision, once.

        Args:
            root: The checkout's root; may be a folder below the repository's top level.
            rev: Branch, tag or commit id.

        Raises:
            BadInputError: there is no git, no repository, or no such commit.
        """
        self.commit = commit_of(root, rev)
        """Full id of the commit."""
        self._root = root
        self._entries = _listing(root, self.commit)
        self._contents: dict[str, bytes] = {}

    @property
    def label(self) -> str:
        """Where the files come from."""
        return f"commit {self.commit[:12]}"

    def read(self, path: PurePosixPath | str) -> bytes | None:
        """Return a file's content, that of its target for a symbolic link; None where there is none."""
        name = inside(path)
        for _ in range(_MOST_LINKS):
            if name is None or name not in self._entries:
                return None
            content = self._content(name)
            if not self._entries[name].is_link:
                return content
            name = inside(posixpath.normpath(posixpath.join(posixpath.dirname(name), os.fsdecode(content))))
        return None

    def files(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """Return the paths of all files below a folder, sorted; without caches and hidden files."""
        name = inside(folder)
        if name is None:
            return ()
        start = "" if name == "." else f"{name}/"
        below = (path for path in self._entries if path.startswith(start))
        return tuple(sorted(path for path in below if all(map(is_source, path[len(start) :].split("/")))))

    def _content(self, name: str) -> bytes:
        if name not in self._contents:
            group = _top(name)
            names = [path for path in self._entries if _top(path) == group]
            oids = [self._entries[path].oid for path in names]
            self._contents.update(zip(names, _blobs(self._root, oids), strict=True))
        return self._contents[name]


def _top(path: str) -> str:
    folder, slash, _ = path.partition("/")
    return folder if slash else ""


def _listing(root: Path, commit: str) -> Mapping[str, _Entry]:
    """Return the commit's files below the root; git prints paths relative to the folder it is started in."""
    entries: dict[str, _Entry] = {}
    for line in run_git(root, "ls-tree", "-r", "-z", commit).split(b"\0"):
        facts, _, path = line.partition(b"\t")
        mode, _, rest = facts.partition(b" ")
        kind, _, oid = rest.partition(b" ")
        if kind == b"blob":
            entries[os.fsdecode(path)] = _Entry(oid.decode("ascii"), mode == _LINK)
    return entries


def _blobs(root: Path, oids: Sequence[str]) -> Iterator[bytes]:
    """Yield contents in the order asked for, from one git process.

    Raises:
        BadInputError: the clone lacks an object.
    """
    answer = run_git(root, "cat-file", "--batch", stdin="".join(f"{oid}\n" for oid in oids).encode("ascii"))
    start = 0
    for oid in oids:
        end = answer.index(b"\n", start)
        facts = answer[start:end].split(b" ")
        if facts[1] != b"blob":
            raise BadInputError(f"the clone lacks the object {oid}", remedy="fetch it: `git fetch --refetch`")
        size = int(facts[2])
        yield answer[end + 1 : end + 1 + size]
        start = end + 1 + size + 1
