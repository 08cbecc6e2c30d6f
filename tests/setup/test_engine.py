from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from securecart.errors import EngineError
from securecart.setup import build, official
from securecart.setup.engine import WAYS, Way, ensure_engine
from tests.setup.fakes import fake_engine, installed


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """An empty home, and a PATH on which there is nothing."""
    return {"HOME": str(tmp_path / "home"), "PATH": str(tmp_path / "path")}


def failing(reason: str) -> Callable[[Path], None]:
    def install(root: Path) -> None:
        (root / "half").write_text("made")
        raise EngineError(reason)

    return install


def succeeding(answer: str = "v3.259.0") -> Callable[[Path], None]:
    def install(root: Path) -> None:
        fake_engine(root / "bin", answer)

    return install


def unreachable(root: Path) -> None:
    raise AssertionError("this way must not be tried")


def left_over(env: dict[str, str]) -> list[str]:
    return sorted(entry.name for entry in (Path(env["HOME"]) / ".pulumi" / "versions").iterdir())


def test_the_official_release_is_tried_before_a_build() -> None:
    assert [way.install for way in WAYS] == [official.install, build.install]


def test_an_engine_that_is_there_is_used_as_it_is(env: dict[str, str], tmp_path: Path) -> None:
    engine = installed(tmp_path / "home", "3.259.0")
    assert ensure_engine(env, [Way("never", unreachable)]) == engine


def test_the_first_way_that_works_installs_where_the_official_installer_would(
    env: dict[str, str], tmp_path: Path
) -> None:
    ways = [Way("broken", failing("no network")), Way("good", succeeding()), Way("never", unreachable)]
    engine = ensure_engine(env, ways)
    assert engine == tmp_path / "home" / ".pulumi" / "versions" / "3.259.0" / "bin" / "pulumi"
    assert engine.exists()


def test_nothing_half_made_stays_behind(env: dict[str, str]) -> None:
    ensure_engine(env, [Way("broken", failing("no network")), Way("good", succeeding())])
    assert left_over(env) == [".securecart.lock", "3.259.0"]


def test_a_second_call_installs_nothing(env: dict[str, str]) -> None:
    first = ensure_engine(env, [Way("good", succeeding())])
    assert ensure_engine(env, [Way("never", unreachable)]) == first


def test_an_incomplete_folder_of_the_proven_version_is_replaced(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "home" / ".pulumi" / "versions" / "3.259.0").mkdir(parents=True)
    assert ensure_engine(env, [Way("good", succeeding())]).exists()


@pytest.mark.parametrize(
    ("answer", "reason"), [("v3.1.0", "version 3.1.0 is older than 3.259.0"), ("", "does not answer")]
)
def test_an_installation_that_does_not_work_is_refused_and_removed(
    env: dict[str, str], answer: str, reason: str
) -> None:
    with pytest.raises(EngineError, match=reason):
        ensure_engine(env, [Way("bad", succeeding(answer))])
    assert left_over(env) == [".securecart.lock"]


def test_two_set_ups_at_once_install_one_engine(env: dict[str, str]) -> None:
    entered, may_go_on = threading.Event(), threading.Event()
    installations: list[Path] = []
    found: list[Path] = []

    def slow(root: Path) -> None:
        installations.append(root)
        entered.set()
        assert may_go_on.wait(30)
        succeeding()(root)

    def set_up() -> None:
        found.append(ensure_engine(env, [Way("slow", slow)]))

    threads = [threading.Thread(target=set_up) for _ in range(2)]
    threads[0].start()
    assert entered.wait(30)
    threads[1].start()
    may_go_on.set()
    for thread in threads:
        thread.join(30)
    assert len(installations) == 1
    assert len(found) == 2
    assert found[0] == found[1]


@pytest.fixture
def last_failure(env: dict[str, str], tmp_path: Path) -> str:
    """What the user reads when no way works."""
    fake_engine(tmp_path / "path", "v3.100.0")
    with pytest.raises(EngineError) as caught:
        ensure_engine(env, [Way("download it", failing("no network")), Way("build it", failing("no Go"))])
    return str(caught.value)


@pytest.mark.parametrize(
    "way_out",
    [
        "install Pulumi officially",
        "on PATH",
        "SECURECART_PULUMI=/path/to/pulumi",
        "install Go",
        "~/.pulumi/versions/3.259.0",
        "3.259.0 or later, below 4.0.0",
    ],
)
def test_the_last_failure_names_every_way_out(last_failure: str, way_out: str) -> None:
    assert way_out in last_failure


@pytest.mark.parametrize(
    "reason",
    ["download it: no network", "build it: no Go", "(on PATH): version 3.100.0 is older than 3.259.0"],
)
def test_the_last_failure_says_why_each_way_failed(last_failure: str, reason: str) -> None:
    assert reason in last_failure


def test_a_rejected_engine_is_told_to_the_user_with_the_reason(
    env: dict[str, str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = fake_engine(tmp_path / "path", "v3.100.0")
    ensure_engine(env, [Way("good", succeeding())])
    assert f"passing over {engine} (on PATH): version 3.100.0 is older than 3.259.0" in capfd.readouterr().err


def test_a_named_engine_that_cannot_be_used_ends_set_up(env: dict[str, str], tmp_path: Path) -> None:
    named = {**env, "SECURECART_PULUMI": str(tmp_path / "missing")}
    with pytest.raises(EngineError, match=r"named by SECURECART_PULUMI.*unset it"):
        ensure_engine(named, [Way("never", unreachable)])


def test_a_build_without_go_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="no `go` on PATH"):
        build.install(tmp_path)


def test_a_failed_build_shows_what_go_said_last(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    go = tmp_path / "go"
    go.write_text("#!/bin/sh\necho 'go: module lookup refused'\nexit 1\n")
    go.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EngineError, match="module lookup refused"):
        build.install(tmp_path)


def test_the_build_reads_only_pinned_sources_and_keeps_no_path_of_the_machine(tmp_path: Path) -> None:
    command = build.build_command("go", tmp_path / "pulumi")
    assert {"-mod=readonly", "-trimpath"} < set(command)
    assert any("version.Version=v3.259.0" in part for part in command)


def test_the_build_tells_modules_from_packages() -> None:
    lines = ["go: downloading example.com/a v1.0.0", "go: finding b", "internal/abi", "example.com/a/b"]
    assert build.counted(lines) == "1 modules downloaded, 2 packages compiled"


def test_a_download_that_cannot_reach_its_host_ends_soon_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with pytest.raises(EngineError, match="the download failed: URLError"):
        official.install(tmp_path / "root")
