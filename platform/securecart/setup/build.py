"""The way that needs no release: Go builds the engine from the sources that engine/go.mod and go.sum pin."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from securecart.errors import EngineError
from securecart.setup import version
from securecart.setup.progress import run

_PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
_VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version"


def install(root: Path) -> None:
    """Build the proven version into `root`: about five minutes on two cores, once.

    Modules come from wherever the user's Go takes them (GOPROXY, GOFLAGS); go.sum holds their hashes.

    Args:
        root: Folder that gets `bin/pulumi`.

    Raises:
        EngineError: Go is missing, or the build failed; with Go's last lines.
    """
    go = shutil.which("go")
    if go is None:
        raise EngineError("there is no `go` on PATH")
    done = run(
        build_command(go, root / "bin" / "pulumi"),
        label=f"building Pulumi {version.PROVEN}",
        counter=counted,
        cwd=sources(),
    )
    if not done.ok:
        raise EngineError(f"the build failed after {done.seconds:.0f} s:\n{done.tail()}")


def sources() -> Path:
    """The folder of the committed go.mod."""
    return Path(__file__).resolve().parents[3] / "engine"


def build_command(go: str, binary: Path) -> tuple[str, ...]:
    """The command that builds the engine; stripped, and free of this machine's paths.

    The release sets its version by the linker, and so does this.
    """
    linker = f"-s -w -X {_VERSION_VARIABLE}=v{version.PROVEN}"
    flags = ("-mod=readonly", "-trimpath", "-buildvcs=false", "-v", "-ldflags", linker)
    return (go, "build", *flags, "-o", str(binary), _PACKAGE)


def counted(lines: Sequence[str]) -> str:
    """How far Go is, read from its output: it names each module it downloads and each package it compiles."""
    modules = sum(line.startswith("go: downloading ") for line in lines)
    packages = sum(not line.startswith(("go: ", "#")) for line in lines)
    return f"{modules} modules downloaded, {packages} packages compiled"
