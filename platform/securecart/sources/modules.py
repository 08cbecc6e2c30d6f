"""Where the modules of a checkout lie: dotted names to files, and back."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from securecart.errors import ProgramError
from securecart.sources.tree import SourceTree

SOURCE_ROOTS: Final = ("", "platform")
"""Folders that are on Python's path, in its order; relative to the checkout."""


@dataclass(frozen=True)
class Module:
    """A module of the checkout."""

    name: str
    """Dotted name."""
    path: str
    """Its file, relative to the checkout."""
    is_package: bool
    """Whether the file is a package's ``__init__.py``."""

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


class Modules:
    """The modules of a tree; each name is looked up once."""

    def __init__(self, tree: SourceTree, roots: tuple[str, ...] = SOURCE_ROOTS) -> None:
        """Bind a tree; nothing is read yet."""
        self._tree, self._roots = tree, roots
        self._known: dict[str, Module | None] = {}

    def find(self, name: str) -> Module | None:
        """Return the module of a name; None where the tree has none."""
        if name not in self._known:
            self._known[name] = next(self._candidates(name), None)
        return self._known[name]

    def require(self, name: str) -> Module:
        """Return the module of a name.

        Raises:
            ProgramError: the tree has no file for it.
        """
        module = self.find(name)
        if module is None:
            raise ProgramError(
                f"{self._tree.label} has no file for the module",
                value=name,
                rule="a program is a module below one of the checkout's source roots",
                remedy="move the program into a package of the checkout, for example stacks/",
            )
        return module

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the dotted names of all modules below a folder."""
        paths = (path for path in self._tree.files(folder) if path.endswith(".py"))
        return tuple(name for path in paths if self.find(name := self._name(path)))

    def in_package(self, name: str) -> tuple[str, ...]:
        """Return the dotted names of all modules of a package, whether or not it has an ``__init__.py``."""
        return tuple(each for root in self._roots for each in self.below(posixpath.join(root, *name.split("."))))

    def files(self, name: str) -> Iterator[str]:
        """Yield the paths of a module and of the packages that it lies in."""
        yield self.require(name).path
        yield from (package.path for each in parents(name) if (package := self.find(each)))

    def _candidates(self, name: str) -> Iterator[Module]:
        """Yield where Python looks: a package comes before a file of the same name."""
        for root in self._roots:
            place = posixpath.join(root, *name.split("."))
            for path, is_package in ((f"{place}/__init__.py", True), (f"{place}.py", False)):
                if self._tree.read(path) is not None:
                    yield Module(name, path, is_package)

    def _name(self, path: str) -> str:
        """Return the dotted name of a file, by the innermost source root that it lies below."""
        starts = (f"{root}/" if root else "" for root in self._roots)
        start = max((each for each in starts if path.startswith(each)), key=len, default="")
        return path.removeprefix(start).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def parents(name: str) -> Iterator[str]:
    """Yield the packages that a module lies in, innermost first."""
    while "." in name:
        name = name.rpartition(".")[0]
        yield name
