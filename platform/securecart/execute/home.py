"""The folder that holds a fleet's local state: backend, passphrase, settings, logs, records, lock."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT = "securecart"
"""Name of the Pulumi project."""


@dataclass(frozen=True)
class Home:
    """Paths below one folder; nothing is created before ``prepare``."""

    root: Path
    """The folder, absolute; ``.securecart`` in the checkout by default."""
    target: str = "sandbox"
    """Target of the runs: settings files of different targets never mix, since their secrets providers differ."""

    @property
    def backend(self) -> Path:
        """Pulumi's file backend."""
        return self.root / "backend"

    @property
    def passphrase(self) -> Path:
        """Passphrase that encrypts secrets in state; readable by its owner alone."""
        return self.root / "passphrase"

    @property
    def workspace(self) -> Path:
        """Pulumi.yaml and the stacks' settings files."""
        return self.root / "workspace" / self.target

    @property
    def pulumi_home(self) -> Path:
        """PULUMI_HOME of sandbox runs, so that they never meet a user's login or plugins."""
        return self.root / "pulumi"

    @property
    def runs(self) -> Path:
        """One folder per run: its record and a log per stack."""
        return self.root / "runs"

    @property
    def ledger(self) -> Path:
        """What each stack's last successful run stood on."""
        return self.root / "ledger" / self.target

    @property
    def engine_memory(self) -> Path:
        """Which engine was found last, and its version."""
        return self.root / "engine.json"

    @property
    def seal_key(self) -> Path:
        """Key of the seals on saved plans and of the digests of outputs; readable by its owner alone."""
        return self.root / "seal.key"

    @property
    def generations(self) -> Path:
        """Which sandbox memory each stack was last deployed to."""
        return self.root / "generations"

    def prepare(self) -> None:
        """Create what is missing; safe to repeat."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in (self.backend, self.workspace, self.pulumi_home, self.runs, self.generations):
            folder.mkdir(exist_ok=True, parents=True)
        if not self.passphrase.exists():
            write_private(self.passphrase, secrets.token_urlsafe(32))
        if not self.seal_key.exists():
            write_private(self.seal_key, secrets.token_hex(32))
        project = {
            "name": PROJECT,
            "runtime": "python",
            "description": "Generated: stacks of the fleet, inline programs.",
        }
        write_atomically(self.workspace / "Pulumi.yaml", yaml.safe_dump(project, sort_keys=False))

    def settings_file(self, stack: str) -> Path:
        """Return the settings file of a stack."""
        return self.workspace / f"Pulumi.{stack}.yaml"

    def generation_of(self, stack: str) -> str | None:
        """Return the sandbox generation that a stack was last deployed to, or None."""
        path = self.generations / f"{stack}.json"
        if not path.exists():
            return None
        return str(json.loads(path.read_text(encoding="utf-8"))["generation"])

    def set_generation(self, stack: str, generation: str) -> None:
        """Remember the sandbox generation that a stack is about to be deployed to."""
        write_atomically(self.generations / f"{stack}.json", json.dumps({"generation": generation}))

    def forget_generation(self, stack: str) -> None:
        """Forget it, once the stack is destroyed."""
        (self.generations / f"{stack}.json").unlink(missing_ok=True)


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that a reader, or a crash, sees the old text or the new one, never a part."""
    if path.exists() and path.read_bytes() == text.encode():
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(temporary).replace(path)


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read (mkstemp creates with mode 0600)."""
    write_atomically(path, text)
    path.chmod(0o600)
