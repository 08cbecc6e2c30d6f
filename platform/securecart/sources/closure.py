"""Which files of a checkout a module is made of: itself and all it imports, directly or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from securecart.sources.imports import Import, Imports, read_imports
from securecart.sources.modules import SOURCE_ROOTS, Modules, parents
from securecart.sources.tree import SourceTree

FIRST_PARTY: Final = ("stacks", "policies", "securecart")
"""Packages of the checkout that are all taken where it cannot be told which module is loaded."""


class ImportGraph:
    """The imports between the modules of a tree. Each file is looked up and parsed once.

    A module depends on the file of every package that it lies in, since Python runs ``__init__.py`` first. What such
    an ``__init__.py`` imports counts only where the package itself is imported by name: ``import stacks``, or
    ``from stacks import KINDS`` where KINDS is no submodule. So ``stacks.network`` does not depend on
    ``stacks.peering`` although ``stacks/__init__.py`` imports every kind, which changes nothing in what it does.

    Where a module of the closure loads code by a name that is only known when it runs, every first-party module
    belongs to the closure: rather one run too many than one too few. A name whose package is spelled out, as in
    ``import_module(f"package.{name}")``, stands for all modules of that package.
    """

    def __init__(self, tree: SourceTree, roots: tuple[str, ...] = SOURCE_ROOTS) -> None:
        """Bind a tree; nothing is read yet."""
        self._tree = tree
        self.modules = Modules(tree, roots)
        """Where the tree's modules lie."""
        self._imports: dict[str, Imports] = {}
        self._direct: dict[str, tuple[str, ...]] = {}

    def closure(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the paths of all files that some modules are made of, sorted.

        Raises:
            ProgramError: a module is not in the tree, or a file that belongs to it is not valid Python.
        """
        reached = self._reach(names)
        if any(self._read(name).is_open for name in reached):
            packages = {*FIRST_PARTY, *(name.partition(".")[0] for name in reached)}
            reached |= self._reach(name for package in sorted(packages) for name in self.modules.in_package(package))
        return tuple(sorted({path for name in reached for path in self.modules.files(name)}))

    def _reach(self, names: Iterable[str]) -> frozenset[str]:
        """Return the modules and all that they import, directly or not."""
        waiting, reached = list(names), set[str]()
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(self._imported(name))
        return frozenset(reached)

    def _imported(self, name: str) -> tuple[str, ...]:
        """Return the modules of the tree that one of them imports."""
        if name not in self._direct:
            targets = dict.fromkeys(self._targets(self._read(name)))
            self._direct[name] = tuple(each for each in targets if self.modules.find(each))
        return self._direct[name]

    def _targets(self, imports: Imports) -> Iterator[str]:
        """Yield the modules that a file uses, whether the tree has them or not."""
        for statement in imports.statements:
            if statement.names:
                yield from (target for name in statement.names for target in self._taken(statement.module, name))
            else:
                yield from _named(statement)
        for package in imports.packages:
            yield from self.modules.in_package(package)

    def _taken(self, module: str, name: str) -> Iterator[str]:
        """Yield what ``from module import name`` uses: a submodule, or what the module itself holds."""
        if name == "*":
            # Which submodules a star takes is up to the package's __all__.
            yield module
            depth = module.count(".") + 1
            yield from (each for each in self.modules.in_package(module) if each.count(".") == depth)
        else:
            submodule = f"{module}.{name}"
            yield submodule if self.modules.find(submodule) else module

    def _read(self, name: str) -> Imports:
        if name not in self._imports:
            module = self.modules.require(name)
            content = self._tree.read(module.path) or b""
            self._imports[name] = read_imports(content, module.path, module.package, self._tree.label)
        return self._imports[name]


def _named(statement: Import) -> Iterator[str]:
    """Yield what ``import a.b`` makes usable."""
    yield statement.module
    if statement.binds_top:
        yield from parents(statement.module)
