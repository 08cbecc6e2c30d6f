"""What each part of the platform is made of: a program, the policy pack, the sandbox."""

from __future__ import annotations

from typing import Final

from securecart.sources.closure import ImportGraph
from securecart.sources.digest import file_digests
from securecart.sources.tree import SourceTree

POLICY_FOLDER: Final = "policies"
"""Everything in it belongs to the policy pack."""
SANDBOX_FOLDER: Final = "platform/securecart/sandbox"
"""Everything in it belongs to the sandbox."""


class Sources:
    """The files of each part of one tree, by digest. Keep the object: each file is read and parsed once for it."""

    def __init__(self, tree: SourceTree) -> None:
        """Bind a tree; nothing is read yet."""
        self.tree = tree
        """The files."""
        self._graph = ImportGraph(tree)

    def has_program(self, module: str) -> bool:
        """Return whether the tree has a module; a commit from before a kind of stack was written has not."""
        return self._graph.modules.find(module) is not None

    def program(self, module: str) -> dict[str, str]:
        """Return the SHA-256 of every file that a program is made of, by path.

        Args:
            module: Dotted name of the program's module, for example ``stacks.network``.

        Raises:
            ProgramError: the module is not in the tree, or a file that belongs to it is not valid Python.
        """
        return file_digests(self.tree, self._graph.closure([module]))

    def policy_pack(self) -> dict[str, str]:
        """Return the SHA-256 of every file of the policy pack and of all it imports, by path."""
        return self._folder(POLICY_FOLDER)

    def sandbox(self) -> dict[str, str]:
        """Return the SHA-256 of every file of the sandbox and of all it imports, by path."""
        return self._folder(SANDBOX_FOLDER)

    def _folder(self, folder: str) -> dict[str, str]:
        imported = self._graph.closure(self._graph.modules.below(folder))
        return file_digests(self.tree, (*self.tree.files(folder), *imported))
