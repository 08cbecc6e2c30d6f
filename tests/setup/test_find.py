from __future__ import annotations

from pathlib import Path

import pytest

from securecart.setup.find import (
    LOOKUPS,
    ask_version,
    candidates,
    find_engine,
)
from tests.setup.fakes import fake_engine, installed, starts


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An empty home, and a PATH on which there is nothing."""
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "path")}


def test_the_places_are_looked_at_in_the_documented_order() -> None:
    assert [place.__name__ for place in LOOKUPS] == ["named_by_variable", "on_path", "in_versions_folder"]


def test_an_empty_machine_has_no_engine(env: dict[str, str]) -> None:
    assert find_engine(env) is None


def test_the_engine_on_path_wins_over_installed_ones(env: dict[str, str], tmp_path: Path) -> None:
    engine = fake_engine(tmp_path / "path", "v3.260.0")
    installed(tmp_path / "home", "3.259.0")
    assert find_engine(env) == engine


@pytest.mark.parametrize(("answer", "exit_code"), [("v3.100.0", 0), ("v4.1.0", 0), ("hello", 0), ("v3.260.0", 1)])
def test_an_unsuitable_engine_on_path_is_passed_over(
    env: dict[str, str], tmp_path: Path, answer: str, exit_code: int
) -> None:
    unsuitable = fake_engine(tmp_path / "path", answer, exit_code=exit_code)
    engine = installed(tmp_path / "home", "3.259.0")
    assert find_engine(env) == engine
    assert starts(unsuitable) == 1


def test_the_proven_version_wins_over_newer_installed_ones(env: dict[str, str], tmp_path: Path) -> None:
    installed(tmp_path / "home", "3.300.0")
    engine = installed(tmp_path / "home", "3.259.0")
    assert find_engine(env) == engine


def test_without_the_proven_version_the_newest_good_one_wins(env: dict[str, str], tmp_path: Path) -> None:
    for number in ("3.99.0", "3.261.0", "4.0.0"):
        installed(tmp_path / "home", number)
    engine = installed(tmp_path / "home", "3.1000.0")
    assert find_engine(env) == engine


def test_an_installed_engine_is_not_started_to_be_found(env: dict[str, str], tmp_path: Path) -> None:
    engine = installed(tmp_path / "home", "3.259.0")
    assert find_engine(env) == engine
    assert starts(engine) == 0


def test_an_installation_in_progress_is_not_found(env: dict[str, str], tmp_path: Path) -> None:
    versions = tmp_path / "home" / ".pulumi" / "versions"
    fake_engine(versions / ".3.259.0-abc" / "bin", "v3.259.0")
    (versions / "3.260.0" / "bin").mkdir(parents=True)
    assert [c.problem for c in candidates(env)] == ["no executable file there"]
    assert find_engine(env) is None


def test_a_named_engine_wins_over_every_other(env: dict[str, str], tmp_path: Path) -> None:
    fake_engine(tmp_path / "path", "v3.260.0")
    engine = fake_engine(tmp_path / "elsewhere", "v3.261.0")
    assert find_engine({**env, "SECURECART_PULUMI": str(engine)}) == engine


def test_a_named_engine_that_is_missing_is_not_replaced_by_another(env: dict[str, str], tmp_path: Path) -> None:
    fake_engine(tmp_path / "path", "v3.260.0")
    assert find_engine(env) is not None
    assert find_engine({**env, "SECURECART_PULUMI": str(tmp_path / "missing")}) is None


def test_a_file_that_is_no_program_tells_no_version(tmp_path: Path) -> None:
    broken = tmp_path / "pulumi"
    broken.write_bytes(b"\x00\x01")
    broken.chmod(0o755)
    assert ask_version(broken) == ""
