"""The Pulumi engine: found where there is one, otherwise installed, by the first way that works.

`python -m securecart.setup.engine` makes sure of it and prints its path.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from securecart.errors import EngineError
from securecart.setup import build, find, official, version
from securecart.setup.find import find_engine
from securecart.setup.locking import exclusive
from securecart.setup.progress import say, stoppable
from securecart.setup.staging import staged

__all__ = ["WAYS", "Way", "ensure_engine", "find_engine"]


class Way(NamedTuple):
    """One way to install an engine."""

    name: str
    """What it does, as the user is told."""
    install: Callable[[Path], None]
    """Installs into a folder (`bin/pulumi` in it); raises EngineError."""


WAYS: tuple[Way, ...] = (
    Way(f"download the official release {version.PROVEN}", official.install),
    Way(f"build {version.PROVEN} from source with Go (about five minutes, once)", build.install),
)
"""The ways, in the order in which they are tried."""


def ensure_engine(env: Mapping[str, str], ways: Sequence[Way] = WAYS) -> Path:
    """The engine to use, installed if there was none.

    Args:
        env: Environment variables (HOME, PATH, SECURECART_PULUMI).
        ways: The ways to install one, in order.

    Raises:
        EngineError: No way worked; the message names each, why it failed, and what the user can do.
    """
    if engine := find_engine(env):
        return engine
    folder = find.versions_folder(env)
    with exclusive(folder / ".securecart.lock", "installing the Pulumi engine"):
        if engine := find_engine(env):
            return engine
        rejected = _tell_rejected(env)
        return _install(folder / str(version.PROVEN), ways, rejected)


def _tell_rejected(env: Mapping[str, str]) -> list[str]:
    """Say why each engine that is there cannot be used.

    Raises:
        EngineError: The user named an engine that cannot be used; installing another would go against that.
    """
    rejected = [f"{c.path} ({c.place}): {c.problem}" for c in find.candidates(env)]
    if env.get(find.NAMED_BY):
        remedy = f"correct {find.NAMED_BY}, or unset it to let set-up find or install an engine"
        raise EngineError(f"the Pulumi engine cannot be used: {rejected[0]}", remedy=remedy)
    for line in rejected:
        say(f"passing over {line}")
    return rejected


def _install(destination: Path, ways: Sequence[Way], rejected: Sequence[str]) -> Path:
    failures = list(rejected)
    for number, way in enumerate(ways, start=1):
        say(f"no Pulumi engine yet; way {number} of {len(ways)}: {way.name}")
        try:
            with staged(destination) as folder:
                way.install(folder)
        except (EngineError, OSError) as error:
            say(f"that did not work: {error}")
            failures.append(f"{way.name}: {error}")
            continue
        say(f"Pulumi engine installed in {destination}")
        return destination / "bin" / "pulumi"
    raise EngineError(f"there is no Pulumi engine, and none could be installed:\n{_ways_out(failures)}")


def _ways_out(failures: Sequence[str]) -> str:
    good = f"{version.OLDEST} or later, below {version.TOO_NEW}"
    tried = "".join(f"  - {failure}\n" for failure in failures)
    return f"""{tried}Any one of these helps; then repeat the command:
  1. install Pulumi officially (version {good}) and open a new shell, so that `pulumi` is on PATH;
  2. put the folder of an engine that you have on PATH (version {good});
  3. name its executable: {find.NAMED_BY}=/path/to/pulumi;
  4. install Go (the version that engine/go.mod names, or later), with a module proxy that it can reach,
     and set-up builds the engine;
  5. run `make setup` where the network allows the download, and copy
     ~/.pulumi/versions/{version.PROVEN} from there to here."""


def main() -> int:
    """Make sure of an engine and print its path; the exit code."""
    try:
        print(ensure_engine(os.environ))
    except EngineError as error:
        say(str(error))
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(stoppable(main))
