"""Puts an engine in its place in one step: made beside it, tried, renamed. A half-made one is never found."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from securecart.errors import EngineError
from securecart.setup import find, version


@contextmanager
def staged(destination: Path) -> Iterator[Path]:
    """Yield an empty folder to install into; on success it becomes `destination`, on failure it goes.

    Raises:
        EngineError: The folder's `bin/pulumi` does not answer as an engine of a good version.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{destination.name}-", dir=destination.parent))
    try:
        yield folder
        _try_out(folder / "bin" / "pulumi")
        folder.chmod(0o755)
        if destination.exists():
            shutil.rmtree(destination)
        os.replace(folder, destination)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _try_out(engine: Path) -> None:
    answer = find.ask_version(engine)
    if not answer:
        raise EngineError("the freshly installed engine does not answer `pulumi version`", value=str(engine))
    if problem := version.why_rejected(answer):
        raise EngineError(f"the freshly installed engine cannot be used: {problem}")
