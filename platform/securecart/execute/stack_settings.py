"""Creating stacks in the backend with as little work as can be: one encryption salt serves every stack of a home."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Mapping
from pathlib import Path

from securecart.execute.engine.engine import Engine
from securecart.execute.home import Home


class StackCreator:
    """Creates stacks that the backend does not hold yet; safe to call from several threads.

    Deriving a key from the passphrase costs 0.2 s of CPU for each new salt, and a salt need not differ between
    stacks that share a passphrase: the first stack's settings are copied for the others.
    """

    def __init__(self, home: Home, engine: Engine, resources: Mapping[str, int]) -> None:
        """Take the stacks that exist, with their numbers of resources."""
        self._home, self._engine = home, engine
        self._existing, self._resources = set(resources), dict(resources)
        self._lock = threading.Lock()

    def exists(self, name: str) -> bool:
        """Whether the backend holds the stack."""
        return name in self._existing

    def names(self) -> frozenset[str]:
        """Return the stacks that the backend holds."""
        return frozenset(self._existing)

    def deployed(self, name: str) -> bool:
        """Whether the stack had resources when the run began."""
        return self._resources.get(name, 0) > 0

    def resources(self, name: str) -> int:
        """Return how many resources the stack had when the run began."""
        return self._resources.get(name, 0)

    def ensure(self, name: str) -> None:
        """Create the stack if the backend does not hold it.

        A settings file without its stack belongs to another backend, whose passphrase may differ: it is replaced.
        """
        if name in self._existing:
            return
        settings = self._home.settings_file(name)
        with self._lock:
            template = next(filter(Path.exists, map(self._home.settings_file, sorted(self._existing))), None)
            if template is None:
                settings.unlink(missing_ok=True)
                self._engine.create_stack(name)
                self._existing.add(name)
                return
        shutil.copyfile(template, settings)
        self._engine.create_stack(name)
        with self._lock:
            self._existing.add(name)

    def forget(self, name: str) -> None:
        """Remove a stack without resources from the backend, with its settings."""
        self._engine.remove_stack(name)
        with self._lock:
            self._existing.discard(name)
