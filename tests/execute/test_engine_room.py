"""What runs stacks is started when it is first used, once, and closed with the run."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import pytest

from securecart.errors import EngineError
from securecart.execute.engine.locate import FoundEngine
from securecart.execute.engine_room import EngineRoom, PolicyStarter, RoomSettings
from securecart.execute.home import Home
from securecart.execute.policy_server import PolicyServer
from tests.setup.fakes import fake_engine, starts

STACKS = [{"name": "organization/securecart/network-dev", "resourceCount": 3}, {"name": "network-empty"}]


class Server:
    """Stands for a policy server; takes a while to start."""

    pack_dir = Path("/packs/securecart")

    def __init__(self) -> None:
        threading.Event().wait(0.05)
        self.closed = False

    def env(self) -> dict[str, str]:
        return {"POLICY_PORT": "4711"}

    def close(self) -> None:
        self.closed = True


class Place:
    """A room over an engine that answers as `pulumi stack ls --json` does."""

    def __init__(self, root: Path) -> None:
        self.home = Home(root / "home")
        self.home.prepare()
        self.executable = fake_engine(root / "bin", json.dumps(STACKS).replace('"', '\\"'))
        self.notes: list[str] = []
        self.servers: list[Server] = []

    def start(self) -> PolicyServer:
        self.servers.append(Server())
        return cast(PolicyServer, self.servers[-1])

    def room(self, policies: PolicyStarter, *, local_backend: bool = False) -> EngineRoom:
        found = FoundEngine(path=self.executable, version="3.259.0", modified_ns=0, size=0, places=())
        settings = RoomSettings(
            self.home, found, {"HOME": "/h"}, self.home.runs / "x", "passphrase", local_backend, self.notes.append
        )
        return EngineRoom(settings, policies)


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def all_at_once(ask: Callable[[], object]) -> set[int]:
    """Ask from several threads; return the ids of what they got."""
    with ThreadPoolExecutor(max_workers=8) as pool:
        got = [future.result() for future in [pool.submit(ask) for _ in range(8)]]
    return {id(each) for each in got}


def test_a_run_that_needs_no_engine_starts_neither_engine_nor_policy_server(place: Place):
    with ExitStack() as closing:
        room = place.room(PolicyStarter(place.start, closing))
        assert room.started == 0
        assert room.cancel() == 0
    assert place.servers == []
    assert starts(place.executable) == 0


def test_the_engine_is_judged_by_the_policy_server_that_was_started_for_it(place: Place):
    with ExitStack() as closing:
        engine = place.room(PolicyStarter(place.start, closing)).engine
        assert engine.settings.environment == {"HOME": "/h", "POLICY_PORT": "4711"}
        assert engine.settings.policy_packs == ("/packs/securecart",)
        assert not place.servers[0].closed
    assert place.servers[0].closed


def test_without_a_policy_server_nothing_judges(place: Place):
    with ExitStack() as closing:
        engine = place.room(PolicyStarter(lambda: None, closing)).engine
        assert engine.settings.policy_packs == ()
        assert engine.settings.environment == {"HOME": "/h"}


def test_several_threads_share_one_engine_one_policy_server_and_one_list_of_stacks(place: Place):
    with ExitStack() as closing:
        room = place.room(PolicyStarter(place.start, closing))
        assert len(all_at_once(lambda: room.engine)) == 1
        assert len(all_at_once(lambda: room.creator)) == 1
        assert len(place.servers) == 1
        assert room.started == starts(place.executable) == 1
        assert room.creator.names() == {"network-dev", "network-empty"}
        assert room.creator.deployed("network-dev")
        assert not room.creator.deployed("network-empty")


def test_a_policy_server_that_was_warmed_up_is_the_one_that_is_used(place: Place):
    with ExitStack() as closing:
        policies = PolicyStarter(place.start, closing)
        policies.warm_up()
        policies.warm_up()
        assert policies.result() is policies.result()
        assert len(place.servers) == 1


def test_a_policy_server_that_was_warmed_up_and_never_used_is_closed(place: Place):
    with ExitStack() as closing:
        PolicyStarter(place.start, closing).warm_up()
    assert [server.closed for server in place.servers] == [True]


def test_a_policy_server_that_does_not_start_is_told_to_each_who_needs_the_engine(place: Place):
    def broken() -> PolicyServer:
        raise EngineError("the policy server did not start")

    with ExitStack() as closing:
        room = place.room(PolicyStarter(broken, closing))
        for _ in range(2):
            with pytest.raises(EngineError, match="did not start"):
                _ = room.engine
        assert room.started == 0


def dead_lock(home: Home) -> None:
    """Leave the lock of an engine that is gone."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    folder = home.backend / ".pulumi" / "locks" / "organization" / "securecart" / "network-dev"
    folder.mkdir(parents=True)
    text = json.dumps({"pid": process.pid, "username": "u", "hostname": socket.gethostname()})
    (folder / "1.json").write_text(text)


@pytest.mark.parametrize("local_backend", [True, False])
def test_locks_of_dead_engines_are_removed_where_the_backend_is_ours(place: Place, local_backend: bool):
    dead_lock(place.home)
    with ExitStack() as closing:
        room = place.room(PolicyStarter(lambda: None, closing), local_backend=local_backend)
        assert place.notes == []
        _ = room.engine
        assert bool(place.notes) is local_backend
        assert room.started == int(local_backend)
