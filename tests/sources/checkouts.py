"""Checkouts to look at: in memory, and as git repositories made for a test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from securecart.sources.tree import WorkingTree

ROOT = Path(__file__).resolve().parents[2]
"""Root of the checkout that the tests run in."""

SMALL: Mapping[str, str] = {
    "platform/securecart/__init__.py": "",
    "platform/securecart/components/__init__.py": "",
    "platform/securecart/components/gateway.py": "from securecart.config.model import Fleet\n",
    "platform/securecart/components/vpc.py": "from securecart.config.model import Fleet\n",
    "platform/securecart/config/__init__.py": "",
    "platform/securecart/config/model.py": "import pydantic\nclass Fleet: ...\n",
    "platform/securecart/sandbox/__init__.py": "",
    "platform/securecart/sandbox/server.py": "import platform\nfrom securecart.sandbox.types import ec2\n",
    "platform/securecart/sandbox/types/__init__.py": "from securecart.sandbox.types import ec2\n",
    "platform/securecart/sandbox/types/ec2.py": "from securecart.config.model import Fleet\n",
    "policies/PulumiPolicy.yaml": "runtime: securecart\n",
    "policies/__init__.py": "",
    "policies/server.py": "from securecart.config.model import Fleet\n",
    "policies/warm/bin/analyzer": "#!/bin/sh\n",
    "stacks/__init__.py": "from stacks import hub, network\nKINDS = (hub, network)\n",
    "stacks/fleet.yaml": "name: shop\n",
    "stacks/hub.py": "from securecart.components.gateway import Fleet\n",
    "stacks/network.py": "from securecart.components.vpc import Fleet\n",
}
"""A checkout with two programs, a policy pack and a sandbox."""


class MemoryTree:
    """A tree held in memory."""

    label = "memory"

    def __init__(self, files: Mapping[str, str | bytes]) -> None:
        self.contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}

    def read(self, path: PurePosixPath | str) -> bytes | None:
        return self.contents.get(str(path))

    def files(self, folder: PurePosixPath | str) -> tuple[str, ...]:
        return tuple(sorted(path for path in self.contents if path.startswith(f"{folder}/")))

    def with_changes(self, changes: Mapping[str, str | bytes]) -> MemoryTree:
        return MemoryTree({**self.contents, **changes})

    def without(self, path: str) -> MemoryTree:
        return MemoryTree({name: content for name, content in self.contents.items() if name != path})


def real_tree() -> MemoryTree:
    """The sources of the checkout that the tests run in, as they are now."""
    tree = WorkingTree(ROOT)
    paths = (path for folder in ("stacks", "policies", "platform") for path in tree.files(folder))
    return MemoryTree({path: tree.read(path) or b"" for path in paths})


class Repository:
    """A git repository, with a checkout at its top level or in a folder below."""

    def __init__(self, top: Path, checkout: str = ".") -> None:
        self.top, self.root = top, top / checkout
        self.root.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = {
            f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
        }
        apart = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        done = subprocess.run(
            ["git", "-C", str(self.top), *arguments],
            env={**os.environ, **identity, **apart},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    def write(self, files: Mapping[str, str | bytes]) -> None:
        for path, text in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: Mapping[str, str | bytes] | None = None) -> str:
        self.write(files or {})
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", "a change")
        return self.git("rev-parse", "HEAD")
