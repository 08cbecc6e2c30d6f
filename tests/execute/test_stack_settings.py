"""Creating stacks with one salt for all of a home."""

from pathlib import Path

import pytest

from securecart.execute.home import Home
from securecart.execute.stack_settings import StackCreator


class Engine:
    """Creates stacks as the real engine does: with a new salt, unless the settings file has one."""

    def __init__(self, home: Home) -> None:
        self.home, self.created = home, []

    def create_stack(self, name: str) -> None:
        self.created.append(name)
        settings = self.home.settings_file(name)
        if not settings.exists():
            settings.write_text(f"encryptionsalt: made-for-{name}\n")


@pytest.fixture(name="home")
def _home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    return home


def test_the_first_stacks_salt_serves_the_others(home: Home):
    engine = Engine(home)
    creator = StackCreator(home, engine, {})
    for name in ("hub", "network", "hub"):
        creator.ensure(name)
    assert engine.created == ["hub", "network"]
    assert home.settings_file("network").read_text() == home.settings_file("hub").read_text()


def test_a_settings_file_of_another_backend_is_neither_copied_nor_kept(home: Home):
    home.settings_file("aaa").write_text("encryptionsalt: foreign\n")
    home.settings_file("network").write_text("encryptionsalt: foreign\n")
    creator = StackCreator(home, Engine(home), {})
    creator.ensure("network")
    creator.ensure("aaa")
    assert home.settings_file("network").read_text() == "encryptionsalt: made-for-network\n"
    assert home.settings_file("aaa").read_text() == "encryptionsalt: made-for-network\n"


def test_a_stack_with_resources_counts_as_deployed_and_an_empty_one_only_as_existing(home: Home):
    creator = StackCreator(home, Engine(home), {"hub": 7, "network": 0})
    assert creator.deployed("hub")
    assert creator.exists("network")
    assert not creator.deployed("network")
    assert not creator.exists("attach")
