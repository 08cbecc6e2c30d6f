"""The files of a checkout, behind one small interface: as they lie on disk, or as a commit holds them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final, Protocol

from securecart.errors import BadInputError

CACHE_FOLDERS: Final = frozenset({"__pycache__", "node_modules"})
"""Names of folders that tools fill; what is in them is never part of the sources."""
CACHE_SUFFIXES: Final = (".pyc", ".pyo", ".pyd", "~")
"""Ends of file names that tools write beside the sources."""


class SourceTree(Protocol):
    """The files of one checkout at one moment; paths are relative to the checkout's root."""

    @property
    def label(self) -> str:
        """Where the files come from, for messages: ``the working tree`` or ``commit 1234567``."""
        ...

    def read(self, path: PurePosixPath | str) -> bytes | None:
        """Return a file's content; None where there is no such file, or the path leads out of the checkout."""
        ...

    def files(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """Return the paths of all files below a folder, sorted; without caches and hidden files."""
        ...


class WorkingTree:
    """The files as they lie on disk. Each is read once: what was read stays the same for the object's life."""

    def __init__(self, root: Path) -> None:
        """Take the checkout's root."""
        self._root = root
        self._contents: dict[str, bytes | None] = {}

    @property
    def label(self) -> str:
        """Where the files come from."""
        return "the working tree"

    def read(self, path: PurePosixPath | str) -> bytes | None:
        """Return a file's content, or None where there is none.

        Raises:
            BadInputError: the file is there but cannot be read.
        """
        name = inside(path)
        if name is None:
            return None
        if name not in self._contents:
            self._contents[name] = self._load(name)
        return self._contents[name]

    def files(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        """Return the paths of all files below a folder, sorted; without caches and hidden files."""
        name = inside(folder)
        return () if name is None else tuple(sorted(self._walk(name)))

    def _load(self, name: str) -> bytes | None:
        try:
            return (self._root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise BadInputError(
                f"{name} cannot be read: {error.strerror}", remedy="make it readable, or remove it"
            ) from error

    def _walk(self, name: str) -> Iterable[str]:
        for place, folders, files in os.walk(self._root / name):
            folders[:] = [each for each in folders if is_source(each)]
            below = Path(place).relative_to(self._root)
            yield from ((below / each).as_posix() for each in files if is_source(each))


def inside(path: PurePosixPath | str) -> str | None:
    """Return a path in its plain form, or None for one that leads out of the checkout."""
    plain = PurePosixPath(path)
    return None if plain.is_absolute() or ".." in plain.parts else str(plain)


def is_source(name: str) -> bool:
    """Return whether a file or folder of this name belongs to the sources: not hidden, and no tool's cache.

    By name alone, so that a checkout without git and a commit give the same answer.
    """
    return not name.startswith(".") and name not in CACHE_FOLDERS and not name.endswith(CACHE_SUFFIXES)
