"""Executables that answer like an engine, for the tests of finding and installing one."""

from __future__ import annotations

from pathlib import Path


def fake_engine(folder: Path, answer: str, *, exit_code: int = 0) -> Path:
    """Write `folder/pulumi`, a script that prints `answer` and counts its starts in `folder/starts`."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = folder / "pulumi"
    engine.write_text(f'#!/bin/sh\necho x >> "{folder}/starts"\necho "{answer}"\nexit {exit_code}\n')
    engine.chmod(0o755)
    return engine


def starts(engine: Path) -> int:
    """How often a fake engine was started."""
    log = engine.parent / "starts"
    return len(log.read_text().splitlines()) if log.exists() else 0


def installed(home: Path, number: str) -> Path:
    """Put a fake engine where the Automation API's installer would."""
    return fake_engine(home / ".pulumi" / "versions" / number / "bin", f"v{number}")
