"""The virtual environment `.venv`: made once, filled from a lock file with hashes.

It is not touched again until the lock file, the Python or the checkout's place changes. Which index
the packages come from is the user's affair (pip's own configuration and environment variables).
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from securecart.setup.locking import exclusive
from securecart.setup.progress import Outcome, run, say

RUNTIME_LOCK = "requirements.lock"
"""What deploying needs."""

DEV_LOCK = "requirements-dev.lock"
"""The same and what testing needs."""


_INSTALL = (
    *("-m", "pip", "install", "--require-hashes", "--no-compile"),
    *("--no-input", "--disable-pip-version-check", "--progress-bar=off"),
)
_COMPILE = ("-m", "compileall", "-q", "-j", "0")


class Environment(NamedTuple):
    """A checkout's virtual environment."""

    checkout: Path
    """The checkout's root, absolute."""

    @property
    def folder(self) -> Path:
        """The environment itself."""
        return self.checkout / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        """Records what the environment was made from."""
        return self.folder / "setup.json"


def base_interpreter() -> str:
    """The interpreter that an environment is made with, also when this process runs in one."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def identity(environment: Environment) -> str:
    """What an environment cannot survive a change of: Python's version and place, and its own place."""
    number = ".".join(map(str, sys.version_info[:3]))
    return f"Python {number} of {sys.base_prefix} in {environment.folder}"


def digest(lock: Path) -> str:
    """The SHA-256 of a lock file, in hexadecimal."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def is_current(environment: Environment, lock: str) -> bool:
    """Whether the environment holds what `lock` says now; a few milliseconds."""
    stamp = _read_stamp(environment)
    return _is_usable(environment, stamp) and stamp.get(lock) == digest(environment.checkout / lock)


def ensure(environment: Environment, lock: str) -> str | None:
    """Make the environment hold what `lock` says.

    Returns:
        None when it does; otherwise what went wrong and what to do, for the user.
    """
    if is_current(environment, lock):
        return None
    with exclusive(environment.checkout / ".venv.lock", "filling .venv"):
        if is_current(environment, lock):
            return None
        return _create(environment) or _fill(environment, lock)


def counted(lines: Sequence[str]) -> str:
    """How far pip is, read from its output."""
    if any(line.startswith("Installing collected") for line in lines):
        return "unpacking"
    return f"{sum(line.startswith('Collecting ') for line in lines)} packages looked up"


def _create(environment: Environment) -> str | None:
    if _is_usable(environment, _read_stamp(environment)):
        return None
    say(f"making .venv with Python {sys.version.split()[0]}")
    done = run([base_interpreter(), "-m", "venv", "--clear", environment.folder], label=".venv", env=pip_variables())
    if not done.ok:
        remedy = "if the venv module is missing, install it (python3-venv on Debian), or name another PYTHON="
        return f".venv could not be made with {base_interpreter()}:\n{done.tail()}\n{remedy}"
    _write_stamp(environment, {"identity": identity(environment)})
    return None


def _fill(environment: Environment, lock: str) -> str | None:
    say(f"installing the packages of {lock}; the first time may take some minutes")
    done = _pip_install(environment, lock)
    if not done.ok:
        remedy = (
            "pip takes the index from your own configuration (PIP_INDEX_URL, pip.conf); correct it, or the"
            " network, and repeat the same make command: what was downloaded is kept."
        )
        return f"pip could not install {lock}:\n{done.tail()}\n{remedy}"
    say(f"packages installed in {done.seconds:.0f} s; compiling them, so that no later start has to")
    compiled = run([environment.python, *_COMPILE, environment.folder], label="compiling")
    say(f"compiled in {compiled.seconds:.0f} s")
    _write_stamp(environment, {**_read_stamp(environment), **_satisfied(environment, lock)})
    return None


def _pip_install(environment: Environment, lock: str) -> Outcome:
    return run(
        [environment.python, *_INSTALL, "-r", lock],
        label="packages",
        counter=counted,
        cwd=environment.checkout,
        env=pip_variables(),
    )


def pip_variables() -> dict[str, str]:
    """The user's environment without what would send packages elsewhere than into `.venv`."""
    misleading = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    return {name: value for name, value in os.environ.items() if name not in misleading}


def _satisfied(environment: Environment, lock: str) -> dict[str, str]:
    """The locks that the environment fulfils after `lock` went in: the larger one contains the smaller."""
    locks = (RUNTIME_LOCK, DEV_LOCK) if lock == DEV_LOCK else (lock,)
    return {name: digest(environment.checkout / name) for name in locks}


def _is_usable(environment: Environment, stamp: Mapping[str, str]) -> bool:
    return stamp.get("identity") == identity(environment) and shutil.which(environment.python) is not None


def _read_stamp(environment: Environment) -> dict[str, str]:
    try:
        read = json.loads(environment.stamp.read_text())
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in read.items()} if isinstance(read, dict) else {}


def _write_stamp(environment: Environment, stamp: Mapping[str, str]) -> None:
    fresh = environment.stamp.with_suffix(".new")
    fresh.write_text(json.dumps(stamp, indent=2) + "\n")
    fresh.replace(environment.stamp)
