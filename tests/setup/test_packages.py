from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from securecart.setup import packages
from securecart.setup.packages import (
    DEV_LOCK,
    RUNTIME_LOCK,
    Environment,
    counted,
    digest,
    identity,
    is_current,
)

CHECKOUT = Path(__file__).resolve().parents[2]
PINS = {"pulumi": "3.272.0", "pulumi-aws": "7.51.1", "pulumi-policy": "1.21.0", "moto": "5.2.5"}


def pinned(lock: str) -> dict[str, str]:
    text = (CHECKOUT / lock).read_text()
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK])
def test_every_locked_package_has_a_hash(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (CHECKOUT / lock).read_text().strip())
    assert len(entries) > 50
    assert [entry.split(" ")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK])
def test_no_lock_names_an_index_or_a_place_on_a_machine(lock: str) -> None:
    text = (CHECKOUT / lock).read_text()
    assert "pulumi==" in text
    assert re.search(r"://|index-url|find-links|trusted-host|file:| @ ", text) is None


@pytest.mark.parametrize("lock", [RUNTIME_LOCK, DEV_LOCK])
def test_the_set_proven_together_is_pinned(lock: str) -> None:
    assert PINS.items() <= pinned(lock).items()


def test_the_development_lock_contains_the_runtime_lock() -> None:
    assert pinned(RUNTIME_LOCK).items() < pinned(DEV_LOCK).items()


@pytest.fixture
def made(tmp_path: Path) -> Environment:
    """An environment as set-up leaves it, with a lock file of one line."""
    environment = Environment(tmp_path)
    (environment.folder / "bin").mkdir(parents=True)
    environment.python.write_text("#!/bin/sh\n")
    environment.python.chmod(0o755)
    lock = tmp_path / RUNTIME_LOCK
    lock.write_text("a==1\n")
    environment.stamp.write_text(json.dumps({"identity": identity(environment), RUNTIME_LOCK: digest(lock)}))
    return environment


def test_an_environment_made_from_the_lock_is_current(made: Environment) -> None:
    assert is_current(made, RUNTIME_LOCK)
    assert packages.ensure(made, RUNTIME_LOCK) is None


def test_a_changed_lock_makes_it_outdated(made: Environment) -> None:
    (made.checkout / RUNTIME_LOCK).write_text("a==2\n")
    assert not is_current(made, RUNTIME_LOCK)


def test_another_python_makes_it_outdated(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.version_info", (3, 99, 0))
    assert not is_current(made, RUNTIME_LOCK)


def test_a_moved_checkout_makes_it_outdated(made: Environment, tmp_path: Path) -> None:
    moved = tmp_path / "moved"
    shutil.copytree(made.folder, moved / ".venv")
    shutil.copy(made.checkout / RUNTIME_LOCK, moved)
    assert not is_current(Environment(moved), RUNTIME_LOCK)


def test_an_interpreter_that_is_gone_makes_it_outdated(made: Environment) -> None:
    made.python.unlink()
    assert not is_current(made, RUNTIME_LOCK)


@pytest.mark.parametrize("content", ["", "not json", "[]"])
def test_an_unreadable_stamp_makes_it_outdated(made: Environment, content: str) -> None:
    made.stamp.write_text(content)
    assert not is_current(made, RUNTIME_LOCK)


def test_a_lock_that_pip_refuses_is_reported_with_what_to_do_and_not_stamped(tmp_path: Path) -> None:
    environment = Environment(tmp_path)
    (tmp_path / RUNTIME_LOCK).write_text("no-hash-here==1\n")
    problem = packages.ensure(environment, RUNTIME_LOCK)
    assert problem is not None
    assert "hash" in problem.lower()
    assert "repeat the same make command" in problem
    assert not is_current(environment, RUNTIME_LOCK)


def test_pip_is_not_led_out_of_the_environment(made: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_TARGET", "elsewhere")
    monkeypatch.setenv("PIP_DEFAULT_TIMEOUT", "180")
    variables = packages.pip_variables()
    assert "PIP_TARGET" not in variables
    assert variables["PIP_DEFAULT_TIMEOUT"] == "180"


def test_progress_is_counted_from_what_pip_prints() -> None:
    lines = ["Collecting a==1", "  Using cached a", "Collecting b==2"]
    assert counted(lines) == "2 packages looked up"
    assert counted([*lines, "Installing collected packages: a, b"]) == "unpacking"
