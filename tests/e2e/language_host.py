"""The Python language host, which lets the ordinary pulumi command run a Python program.

An official installation has it beside the engine. The engine that set-up builds has none, and the newest host that
Go modules hold is older than the engine: it runs programs but no policy packs, and with any host on PATH the engine
starts packs through it. So it lives in a folder of its own, which only the test of the ordinary command uses.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from securecart.errors import EngineError
from securecart.setup.locking import exclusive
from securecart.setup.progress import run

SOURCES = Path(__file__).with_name("language_host")
"""The folder of the go.mod that pins the host."""
HOST = "pulumi-language-python"
EXECUTOR = "pulumi-language-python-exec"
"""The script that the host starts with Python, found beside it."""
_MODULE = "github.com/pulumi/pulumi/sdk/v3"
_BUILD_SECONDS = 900.0


def language_host(engine: Path, env: Mapping[str, str]) -> Path:
    """Return a folder with a language host: the engine's own, one on PATH, or one built with Go, once.

    Raises:
        EngineError: there is none, and it cannot be built.
    """
    return official(engine, env) or built(cache_folder(env))


def official(engine: Path, env: Mapping[str, str]) -> Path | None:
    """Return the folder of an installed host, or None."""
    on_path = shutil.which(HOST, path=env.get("PATH", ""))
    folders = [engine.resolve().parent, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in folders if complete(folder)), None)


def complete(folder: Path) -> bool:
    """Whether a folder has both parts of a host."""
    return all(os.access(folder / name, os.X_OK) for name in (HOST, EXECUTOR))


def cache_folder(env: Mapping[str, str]) -> Path:
    """Return where the pinned version is kept once it is built."""
    home = Path(env.get("HOME") or Path.home())
    cache = Path(env.get("XDG_CACHE_HOME") or home / ".cache")
    return cache / "securecart" / HOST / pinned_version()


def pinned_version() -> str:
    """Return the version that go.mod requires, for example v3.78.0."""
    found = re.search(rf"^require {re.escape(_MODULE)} (\S+)$", (SOURCES / "go.mod").read_text(), re.MULTILINE)
    assert found, "go.mod requires the module of the language host on a line of its own"
    return found[1]


def built(folder: Path) -> Path:
    """Return the folder, with a host in it; it appears complete or not at all."""
    with exclusive(folder.with_name(f"{folder.name}.lock"), "building the language host"):
        if not complete(folder):
            shutil.rmtree(folder, ignore_errors=True)
            with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as staging:
                _build(Path(staging) / "bin")
                (Path(staging) / "bin").rename(folder)
    return folder


def _build(folder: Path) -> None:
    folder.mkdir()
    package = f"{_MODULE}/python/cmd/{HOST}"
    _go("build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", str(folder / HOST), package)
    module = _go("list", "-mod=readonly", "-f", "{{.Module.Dir}}", package)
    executor = shutil.copyfile(Path(module) / "python" / "cmd" / EXECUTOR, folder / EXECUTOR)
    executor.chmod(0o755)


def _go(*arguments: str) -> str:
    """Run go in the folder of the go.mod; return the last line that it printed."""
    go = shutil.which("go")
    if go is None:
        raise EngineError(
            "there is no Python language host, and no `go` on PATH to build one",
            remedy=f"install Pulumi officially, so that {HOST} is on PATH, or install Go",
        )
    done = run([go, *arguments], label=f"building {HOST} {pinned_version()}", cwd=SOURCES, timeout=_BUILD_SECONDS)
    if not done.ok:
        raise EngineError(
            f"the Python language host cannot be built: `go {arguments[0]}` failed after {done.seconds:.0f} s:\n"
            f"{done.tail()}",
            remedy=f"install Pulumi officially, so that {HOST} is on PATH, or give Go a module proxy that it can reach",
        )
    return done.output[-1] if done.output else ""
