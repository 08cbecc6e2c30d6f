"""The commands that the Makefile calls, run as it runs them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from securecart.setup.packages import Environment
from tests.setup.fakes import fake_engine

CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPT = CHECKOUT / "platform" / "securecart" / "setup" / "python.sh"
SHELL = shutil.which("sh") or "/bin/sh"


def choose(cwd: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, SCRIPT, *arguments], cwd=cwd, env=env, capture_output=True, text=True, timeout=30, check=False
    )


def python_called(name: str, folder: Path, real: str | None) -> None:
    """Put a Python on a PATH: the one that runs this test, or one that is too old."""
    folder.mkdir(exist_ok=True)
    script = folder / name
    script.write_text(f'#!/bin/sh\nexec "{real}" "$@"\n' if real else "#!/bin/sh\nexit 1\n")
    script.chmod(0o755)


def test_an_old_python3_is_passed_over_for_a_later_one(tmp_path: Path) -> None:
    path = tmp_path / "path"
    python_called("python3", path, None)
    python_called("python3.12", path, sys.executable)
    done = choose(tmp_path, "-c", "print('started')", PATH=str(path))
    assert done.stdout == "started\n"


def test_a_named_python_is_the_only_one_considered(tmp_path: Path) -> None:
    path = tmp_path / "path"
    python_called("python3", path, sys.executable)
    done = choose(tmp_path, "-c", "print('started')", PATH=str(path), PYTHON="python3.10")
    assert done.returncode == 1
    assert "no Python 3.11 or later found (looked for: python3.10" in done.stderr


def test_without_a_good_python_the_message_says_what_to_do(tmp_path: Path) -> None:
    done = choose(tmp_path, "-c", "print('started')", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (1, "")
    assert "make PYTHON=/path/to/python3.11 up" in done.stderr


def module(name: str, **env: str) -> subprocess.CompletedProcess[str]:
    variables = {"PYTHONPATH": str(CHECKOUT / "platform"), "PATH": "/nonexistent", **env}
    return subprocess.run(
        [sys.executable, "-m", name], env=variables, capture_output=True, text=True, timeout=60, check=False
    )


def test_the_engine_command_prints_the_path_and_nothing_else(tmp_path: Path) -> None:
    engine = fake_engine(tmp_path / "bin", "v3.260.0")
    done = module("securecart.setup.engine", HOME=str(tmp_path), SECURECART_PULUMI=str(engine))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{engine}\n", "")


def test_the_engine_command_ends_with_the_errors_own_code(tmp_path: Path) -> None:
    done = module("securecart.setup.engine", HOME=str(tmp_path), SECURECART_PULUMI="/nonexistent/pulumi")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not answer `pulumi version`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def copy(tmp_path: Path) -> Environment:
    """A checkout that holds set-up alone, with a lock that asks for nothing."""
    checkout = tmp_path / "checkout"
    shutil.copytree(CHECKOUT / "platform" / "securecart" / "setup", checkout / "platform" / "securecart" / "setup")
    (checkout / "platform" / "securecart" / "__init__.py").touch()
    for lock in ("requirements.lock", "requirements-dev.lock"):
        (checkout / lock).write_text("# nothing\n")
    return Environment(checkout)


def set_up(environment: Environment, engine: Path, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-S", "-m", "securecart.setup", "--dev"],
        cwd=environment.checkout,
        env={
            "PYTHONPATH": "platform",
            "PATH": "/nonexistent",
            "HOME": str(home),
            "SECURECART_PULUMI": str(engine),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_first_set_up_makes_the_environment_and_the_second_has_nothing_to_do(
    copy: Environment, tmp_path: Path
) -> None:
    engine = fake_engine(tmp_path / "bin", "v3.259.0")
    first = set_up(copy, engine, tmp_path / "home")
    assert first.returncode == 0, first.stderr
    assert "set-up: making .venv" in first.stderr
    assert copy.python.exists()
    made = copy.stamp.stat().st_mtime_ns

    started = time.monotonic()
    second = set_up(copy, engine, tmp_path / "home")
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert time.monotonic() - started < 2
    assert copy.stamp.stat().st_mtime_ns == made
