"""Versions of the Pulumi engine: which are good, and why the others are not."""

from __future__ import annotations

import re
from typing import NamedTuple


class Version(NamedTuple):
    """A release number; compares as numbers, field by field."""

    major: int
    """Changes when Pulumi breaks compatibility."""
    minor: int
    """Changes with each release."""
    patch: int
    """Changes with a correction of a release."""

    def __str__(self) -> str:
        """The number as Pulumi's folders name it, without a leading v."""
        return f"{self.major}.{self.minor}.{self.patch}"


PROVEN = Version(3, 259, 0)
"""The engine that this project is tested with, and that set-up installs; engine/go.mod pins the same."""

OLDEST = PROVEN
"""The oldest engine accepted."""

TOO_NEW = Version(4, 0, 0)
"""The first engine that the SDK of major version 3 refuses."""

_RELEASE = re.compile(r"v?(\d+)\.(\d+)\.(\d+)(?P<prerelease>-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def parse(text: str) -> Version | None:
    """Read a release number such as `v3.259.0`; None for anything else, pre-releases included."""
    match = _RELEASE.fullmatch(text.strip())
    if match is None or match["prerelease"]:
        return None
    return Version(int(match[1]), int(match[2]), int(match[3]))


def why_rejected(text: str) -> str | None:
    """Say why the engine that calls itself `text` cannot be used; None if it can."""
    version = parse(text)
    if version is None:
        return f"its version {text.strip()!r} is not that of a release"
    if version < OLDEST:
        return f"version {version} is older than {OLDEST}"
    if version >= TOO_NEW:
        return f"version {version} is not below {TOO_NEW}, which the pinned SDK cannot drive"
    return None
