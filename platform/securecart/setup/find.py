"""Looks for a Pulumi engine that is already on this machine. Installs nothing, raises nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from securecart.setup import version

NAMED_BY = "SECURECART_PULUMI"
"""Environment variable that names the engine to use, before any other place is looked at."""

_ANSWER_SECONDS = 20.0
"""How long an engine may take to tell its version; 0.15 s is usual."""


class Candidate(NamedTuple):
    """A file that may be a good engine."""

    place: str
    """Where it was found, in words."""
    path: Path
    """The executable."""
    problem: str | None
    """Why it cannot be used; None if it can."""


def versions_folder(env: Mapping[str, str]) -> Path:
    """Where the Automation API's installer keeps engines: one folder a version, below the home directory."""
    home = env.get("HOME")
    return (Path(home) if home else Path.home()) / ".pulumi" / "versions"


def named_by_variable(env: Mapping[str, str]) -> Iterator[Candidate]:
    """The engine that the user names."""
    if named := env.get(NAMED_BY):
        path = Path(named).expanduser().absolute()
        yield Candidate(f"named by {NAMED_BY}", path, _problem_when_asked(path))


def on_path(env: Mapping[str, str]) -> Iterator[Candidate]:
    """The engine that the shell would start."""
    if found := shutil.which("pulumi", path=env.get("PATH", "")):
        path = Path(found).absolute()
        yield Candidate("on PATH", path, _problem_when_asked(path))


def in_versions_folder(env: Mapping[str, str]) -> Iterator[Candidate]:
    """Engines installed for the Automation API: the proven version first, then the newest.

    A folder gets its name only when its engine is complete, so the name is trusted and no process is started.
    """
    folder = versions_folder(env)
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    known = {parsed: name for name in names if (parsed := version.parse(name))}
    for number in sorted(known, key=lambda v: (v == version.PROVEN, v), reverse=True):
        path = folder / known[number] / "bin" / "pulumi"
        problem = None if os.access(path, os.X_OK) else "no executable file there"
        yield Candidate("installed for the Automation API", path, problem or version.why_rejected(str(number)))


Lookup = Callable[[Mapping[str, str]], Iterator[Candidate]]
"""A place to look in: takes the environment's variables, yields what is there, best first."""

LOOKUPS: tuple[Lookup, ...] = (named_by_variable, on_path, in_versions_folder)
"""The places, in the order in which they win."""


def candidates(env: Mapping[str, str]) -> Iterator[Candidate]:
    """Everything found, in the order of preference; looks no further than the caller asks.

    A variable that names an engine closes the list: it is used or reported, never passed over in silence.
    """
    for lookup in (named_by_variable,) if env.get(NAMED_BY) else LOOKUPS:
        yield from lookup(env)


def find_engine(env: Mapping[str, str] | None = None) -> Path | None:
    """The engine to use, or None if there is no good one; costs one process start at most for each place.

    Args:
        env: Environment variables (HOME, PATH, SECURECART_PULUMI); this process's own by default.
    """
    found = candidates(os.environ if env is None else env)
    return next((candidate.path for candidate in found if candidate.problem is None), None)


def ask_version(path: Path) -> str:
    """What `pulumi version` prints; empty if the file does not answer as an engine would."""
    try:
        done = subprocess.run(
            [path, "version"],
            env={**os.environ, "PULUMI_SKIP_UPDATE_CHECK": "true"},
            capture_output=True,
            text=True,
            timeout=_ANSWER_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _problem_when_asked(path: Path) -> str | None:
    answer = ask_version(path)
    return version.why_rejected(answer) if answer else "it does not answer `pulumi version`"
