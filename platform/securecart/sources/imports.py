"""What one Python file imports, read from its text without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from securecart.errors import ProgramError

LOADERS: Final = frozenset({"import_module", "__import__"})
"""Functions that import the module whose name they are given."""
OTHER_LOADERS: Final = frozenset(
    {"run_module", "run_path", "spec_from_file_location", "SourceFileLoader", "exec_module", "resolve_name"}
)
"""Names of the standard library that load code in ways not followed here."""
RUNNERS: Final = frozenset({"exec", "eval"})
"""Builtins that run text, which may import anything."""

_WORDS: Final = re.compile(rb"\b(?:" + "|".join(sorted(LOADERS | OTHER_LOADERS | RUNNERS)).encode() + rb")\b")
_BLOCKS: Final = ("body", "orelse", "finalbody", "handlers", "cases")


@dataclass(frozen=True)
class Import:
    """One import statement, with the absolute name of the module that it is about."""

    module: str
    """``a.b`` of ``import a.b`` and of ``from a.b import c``."""
    names: tuple[str, ...] = ()
    """What ``from`` takes out of the module; empty for ``import``."""
    binds_top: bool = False
    """Whether ``a`` becomes usable too: so it is with ``import a.b``, and not with ``import a.b as c``."""


@dataclass(frozen=True)
class Imports:
    """Every import of a file, wherever it stands: in functions and under ``if TYPE_CHECKING`` too."""

    statements: tuple[Import, ...]
    """Import statements, and dynamic imports whose module is spelled out."""
    packages: tuple[str, ...]
    """Top-level packages that dynamic imports take modules of, as in ``import_module(f"package.{name}")``."""
    is_open: bool
    """Whether the file loads code in a way whose target cannot be read from the text."""


def read_imports(source: bytes, path: str, package: str, origin: str) -> Imports:
    """Return what a file imports.

    Args:
        source: The file's content.
        path: Its path, for messages.
        package: Dotted name of the package that relative imports start from.
        origin: Where the file comes from, for messages.

    Raises:
        ProgramError: the file is not valid Python.
    """
    try:
        tree = ast.parse(source, path)
    except (SyntaxError, ValueError) as error:
        line = f":{error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise ProgramError(
            f"{path}{line} of {origin} is not valid Python: {error.msg if isinstance(error, SyntaxError) else error}",
            rule="what a program is made of is read from its imports",
            remedy="correct the file, or remove it",
        ) from error
    found = [each for node in _import_nodes(tree) for each in _imports(node, package)]
    if not _WORDS.search(source):
        return Imports(tuple(found), (), is_open=False)
    known, packages, is_open = _dynamic(tree)
    return Imports((*found, *known), packages, is_open)


def _import_nodes(tree: ast.Module) -> Iterator[ast.Import | ast.ImportFrom]:
    """Yield import statements. Only statements are looked at: an expression cannot hold one."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        for block in _BLOCKS:
            waiting.extend(each for each in getattr(node, block, ()) if isinstance(each, ast.AST))


def _imports(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(each.name, binds_top=each.asname is None) for each in node.names)
        return
    names = tuple(each.name for each in node.names)
    if not node.level:
        yield Import(node.module or "", names)
        return
    parents = package.split(".") if package else []
    if node.level <= len(parents):
        start = parents[: len(parents) - node.level + 1]
        yield Import(".".join((*start, *([node.module] if node.module else []))), names)


def _dynamic(tree: ast.Module) -> tuple[tuple[Import, ...], tuple[str, ...], bool]:
    """Return dynamic imports that are spelled out, top-level packages of those that are half, and if any is neither."""
    known: list[Import] = []
    packages: list[str] = []
    read: set[ast.AST] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or _name(node.func) not in LOADERS or len(node.args) != 1 or node.keywords:
            continue
        match node.args[0]:
            case ast.Constant(value=str(module)) if not module.startswith("."):
                known.append(Import(module, binds_top=True))
                read.add(node.func)
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if "." in start.lstrip("."):
                packages.append(start.partition(".")[0])
                read.add(node.func)
    is_open = any(_loads(node) for node in ast.walk(tree) if node not in read)
    return tuple(known), tuple(packages), is_open


def _loads(node: ast.AST) -> bool:
    """Return whether a node mentions something that loads code, under its own name or another one."""
    if isinstance(node, ast.ImportFrom):
        return any(each.name in LOADERS | OTHER_LOADERS and each.asname is not None for each in node.names)
    return _name(node) in LOADERS | OTHER_LOADERS or (isinstance(node, ast.Name) and node.id in RUNNERS)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
