"""The official way: the Automation API downloads Pulumi's release."""

from __future__ import annotations

import sys
from pathlib import Path

from securecart.errors import EngineError
from securecart.setup import version
from securecart.setup.progress import run

_NO_ANSWER_SECONDS = 10
_WHOLE_SECONDS = 900.0

_INSTALL = """
import socket, sys
from pathlib import Path
socket.setdefaulttimeout(float(sys.argv[3]))
from pulumi.automation import PulumiCommand
from semver import VersionInfo
try:
    PulumiCommand.install(root=sys.argv[1], version=VersionInfo.parse(sys.argv[2]))
except Exception as error:
    if isinstance(output := getattr(error, "output", None), bytes):
        print(output.decode(errors="replace"))
    print(f"{type(error).__name__}: {error}")
    sys.exit(1)
"""
"""Runs in a process of its own, to be stoppable. Arguments: root, version, seconds without an answer."""


def install(root: Path) -> None:
    """Download the proven release into `root`; gives up soon where there is no answer.

    Args:
        root: Folder that gets `bin/pulumi` and the language hosts beside it.

    Raises:
        EngineError: With what the installer said last.
    """
    arguments = [str(root), str(version.PROVEN), str(_NO_ANSWER_SECONDS)]
    done = run(
        [sys.executable, "-c", _INSTALL, *arguments],
        label=f"downloading Pulumi {version.PROVEN}",
        timeout=_WHOLE_SECONDS,
    )
    if not done.ok:
        raise EngineError(f"the download failed: {next(reversed(done.output), 'no reason given')}")
