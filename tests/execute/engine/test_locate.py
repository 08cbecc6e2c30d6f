"""Which engine is used: remembered while nothing has changed, looked for again once anything has."""

from __future__ import annotations

from pathlib import Path

import pytest

from securecart.errors import EngineError
from securecart.execute.engine.locate import FoundEngine, locate_engine
from securecart.setup.version import PROVEN
from tests.setup.fakes import fake_engine, installed, starts

VERSION = str(PROVEN)


class Machine:
    """A machine with an engine on PATH and a home folder of its own."""

    def __init__(self, root: Path) -> None:
        self.user, self.memory = root / "user", root / "engine.json"
        self.engine = fake_engine(root / "bin", f"v{VERSION}")
        self.environment = {"HOME": str(self.user), "PATH": f"{root / 'bin'}:/usr/bin:/bin"}

    def locate(self) -> FoundEngine:
        return locate_engine(self.memory, self.environment)


@pytest.fixture(name="machine")
def _machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_an_engine_is_found_with_its_version(machine: Machine):
    found = machine.locate()
    assert (found.path, found.version) == (machine.engine, VERSION)
    assert found.size == machine.engine.stat().st_size


def test_an_engine_that_is_still_there_is_not_asked_again(machine: Machine):
    first = machine.locate()
    asked = starts(machine.engine)
    assert asked > 0
    assert machine.locate() == first
    assert starts(machine.engine) == asked


def test_an_engine_that_was_replaced_in_its_place_is_asked_again(machine: Machine):
    machine.locate()
    newer = f"{PROVEN.major}.{PROVEN.minor}.{PROVEN.patch + 1}"
    fake_engine(machine.engine.parent, f"v{newer}")
    assert machine.locate().version == newer


def test_an_engine_that_is_named_comes_first_also_where_another_one_is_remembered(machine: Machine, tmp_path: Path):
    assert machine.locate().path == machine.engine
    named = fake_engine(tmp_path / "named", f"v{VERSION}")
    machine.environment["SECURECART_PULUMI"] = str(named)
    assert machine.locate().path == named
    del machine.environment["SECURECART_PULUMI"]
    assert machine.locate().path == machine.engine


def test_an_engine_that_is_installed_later_comes_to_light(machine: Machine):
    machine.environment["PATH"] = "/nowhere"
    with pytest.raises(EngineError, match="no Pulumi engine was found"):
        machine.locate()
    later = installed(machine.user, VERSION)
    assert machine.locate().path == later
    assert starts(later) == 0


def test_an_engine_that_is_gone_is_looked_for_elsewhere(machine: Machine):
    machine.locate()
    other = installed(machine.user, VERSION)
    machine.engine.unlink()
    assert machine.locate().path == other


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"path": "/bin/true"}'])
def test_a_memory_that_cannot_be_read_is_written_anew(machine: Machine, content: bytes):
    machine.memory.write_bytes(content)
    found = machine.locate()
    assert found.path == machine.engine
    assert FoundEngine.model_validate_json(machine.memory.read_bytes()) == found
