"""The installed packages that a lock file names."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from importlib import metadata
from typing import Final

from securecart.errors import BadInputError
from securecart.sources.digest import ABSENT
from securecart.sources.tree import SourceTree

RUNTIME_LOCK: Final = "requirements.lock"
"""The lock file of what deploying needs."""

_PIN: Final = re.compile(r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)(?:\[[^]]*\])?\s*==")
_LEFT_OUT: Final = ("#", "--")
_BY_INSTALLER: Final = frozenset({"INSTALLER", "RECORD", "REQUESTED", "direct_url.json"})


def locked_names(tree: SourceTree, lock: str = RUNTIME_LOCK) -> tuple[str, ...]:
    """Return the names that a lock file pins, in the form that package indexes compare, sorted.

    Raises:
        BadInputError: there is no such file, or a line of it is no pin.
    """
    content = tree.read(lock)
    if content is None:
        raise BadInputError(f"{tree.label} has no {lock}", remedy="restore the file")
    lines = enumerate(content.decode("utf-8", "replace").splitlines(), start=1)
    return tuple(sorted({_name(lock, number, line) for number, line in lines if _begins_pin(line)}))


def installed(names: Iterable[str]) -> dict[str, str]:
    """Return what is installed of each package: ``VERSION:SHA256``, or ``absent``.

    The SHA-256 is of what the package's RECORD lists: the digests of its files as they were installed. So another
    build of the same version shows, while the same build is the same on every machine. A file that was edited where
    it lies does not show.
    """
    return {name: _installed(name) for name in names}


def _begins_pin(line: str) -> bool:
    """Return whether a line is the first of a pin: its hashes follow on indented lines."""
    return bool(line.strip()) and not line[0].isspace() and not line.startswith(_LEFT_OUT)


def _name(lock: str, number: int, line: str) -> str:
    found = _PIN.match(line)
    if found is None:
        raise BadInputError(
            f"{lock}:{number} pins no version: {line.strip()!r}",
            rule="each package of a lock file is pinned with ==",
            remedy="write the lock file anew from its .in file",
        )
    return re.sub(r"[-_.]+", "-", found["name"]).lower()


def _installed(name: str) -> str:
    try:
        package = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ABSENT
    record = package.read_text("RECORD")
    return f"{package.version}:{ABSENT if record is None else _digest(record)}"


def _digest(record: str) -> str:
    shipped = sorted(line for line in record.splitlines() if _is_shipped(line.partition(",")[0]))
    return hashlib.sha256("\n".join(shipped).encode()).hexdigest()


def _is_shipped(path: str) -> bool:
    """Return whether a file came with the package; the rest depends on where and by what it was installed."""
    return (
        not path.startswith(("../", "/"))
        and not path.endswith(".pyc")
        and posixpath.basename(path) not in _BY_INSTALLER
    )
