"""Which engine to use, and its version: remembered, so that a run that needs no engine starts none to ask."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from securecart.errors import EngineError
from securecart.execute.engine.command import version_of
from securecart.execute.home import write_atomically
from securecart.setup.find import NAMED_BY, find_engine, versions_folder


class FoundEngine(BaseModel):
    """An engine, and by what to see that it is still the same one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: Path
    """The executable."""
    version: str
    """Its version, for example 3.259.0."""
    modified_ns: int
    """When the file was last written, nanoseconds since 1970."""
    size: int
    """Bytes of the file."""
    places: tuple[str, ...]
    """What the places to look in held: an engine that is installed later may come first."""


def locate_engine(memory: Path, environment: Mapping[str, str]) -> FoundEngine:
    """Return the engine to use.

    Args:
        memory: File that remembers the answer.
        environment: Where to look: SECURECART_PULUMI, PATH and HOME.

    Raises:
        EngineError: there is none.
    """
    places = _places(environment)
    known = _remembered(memory)
    if known is not None and known.places == places and _stamp(known.path) == (known.modified_ns, known.size):
        return known
    executable = find_engine(environment)
    if executable is None:
        raise EngineError(
            "no Pulumi engine was found",
            rule="the engine comes from SECURECART_PULUMI, PATH or ~/.pulumi/versions",
            remedy="run `make setup`, which installs or builds one",
        )
    modified, size = _stamp(executable)
    found = FoundEngine(path=executable, version=version_of(executable), modified_ns=modified, size=size, places=places)
    write_atomically(memory, found.model_dump_json())
    return found


def _places(environment: Mapping[str, str]) -> tuple[str, ...]:
    folder = versions_folder(environment)
    installed = sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []
    on_path = shutil.which("pulumi", path=environment.get("PATH", "")) or ""
    return (environment.get(NAMED_BY, ""), on_path, str(folder), *installed)


def _remembered(memory: Path) -> FoundEngine | None:
    try:
        return FoundEngine.model_validate_json(memory.read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
