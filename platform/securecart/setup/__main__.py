"""`python -m securecart.setup [--dev]`: what `make up` needs; with --dev, what `make test` needs too.

Returns at once when there is nothing to do. Runs with any Python of at least 3.11, before anything is
installed; the engine's installation runs in the virtual environment, whose Pulumi SDK it needs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from securecart.setup import packages
from securecart.setup.find import find_engine
from securecart.setup.progress import say, stoppable


def main(arguments: Sequence[str]) -> int:
    """Set up; the exit code."""
    checkout = Path(__file__).resolve().parents[3]
    environment = packages.Environment(checkout)
    lock = packages.DEV_LOCK if "--dev" in arguments else packages.RUNTIME_LOCK
    if problem := packages.ensure(environment, lock):
        say(problem)
        return 1
    if find_engine():
        return 0
    return _install_engine(environment)


def _install_engine(environment: packages.Environment) -> int:
    variables = {**os.environ, "PYTHONPATH": str(environment.checkout / "platform")}
    command = [str(environment.python), "-m", "securecart.setup.engine"]
    return subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(stoppable(lambda: main(sys.argv[1:])))
