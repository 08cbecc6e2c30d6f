"""Local state: private where it must be, and never half written."""

import stat
from pathlib import Path

import yaml

from securecart.execute.home import Home, write_atomically


def test_the_passphrase_is_made_once_and_only_its_owner_reads_it(tmp_path: Path):
    home = Home(tmp_path / "home")
    home.prepare()
    first = home.passphrase.read_text()
    home.prepare()
    assert home.passphrase.read_text() == first
    assert len(first) >= 32
    assert stat.S_IMODE(home.passphrase.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700


def test_the_workspace_is_a_pulumi_project(tmp_path: Path):
    home = Home(tmp_path)
    home.prepare()
    assert yaml.safe_load((home.workspace / "Pulumi.yaml").read_text())["name"] == "securecart"


def test_a_generation_is_remembered_until_forgotten(tmp_path: Path):
    home = Home(tmp_path)
    home.prepare()
    assert home.generation_of("network-dev") is None
    home.set_generation("network-dev", "one")
    home.set_generation("network-dev", "two")
    assert home.generation_of("network-dev") == "two"
    home.forget_generation("network-dev")
    assert home.generation_of("network-dev") is None


def test_writing_leaves_no_temporary_file_behind(tmp_path: Path):
    write_atomically(tmp_path / "a.json", "one")
    write_atomically(tmp_path / "a.json", "two")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "two"
