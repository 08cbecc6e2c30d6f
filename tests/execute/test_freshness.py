"""A stack must run where anything that it stands on has changed, and only there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from securecart.config.loader import load_fleet
from securecart.config.model import Target
from securecart.execute.freshness import NEVER_RAN, NO_VERSIONS, Freshness, Surroundings
from securecart.execute.home import Home
from securecart.execute.ledger import LedgerEntry
from securecart.execute.outputs import OutputStore, StackOutput
from securecart.execute.state_version import NoVersions
from securecart.plan.basis import UNKNOWN_OUTPUT
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import BoundProgram, StackKind
from securecart.sources.parts import Sources
from tests.sources.checkouts import SMALL, MemoryTree

ROOT = Path(__file__).resolve().parents[2]
FLEET = load_fleet(ROOT / "stacks" / "fleet.yaml")
SPEC = StackSpec("network-dev", "network", "dev", "dev", "us-east-1", asks=(Ask("hub", "hub", ("id", "ids")),))
UPSTREAM = {"id": StackOutput("tgw-1"), "ids": StackOutput({"a": 1}), "other": StackOutput("x")}


class States:
    """A backend that tells versions."""

    def __init__(self) -> None:
        self.versions: dict[str, str] = {"network-dev": "v1"}

    def all(self) -> Mapping[str, str]:
        return self.versions

    def of(self, stack: str) -> str | None:
        return self.versions.get(stack)


@dataclass
class World:
    """Everything that a stack stands on, to be changed in one place."""

    home: Home
    tree: MemoryTree = field(default_factory=lambda: MemoryTree({**SMALL, "requirements.lock": "pydantic==2.0\n"}))
    given: Mapping[str, object] = field(default_factory=lambda: {"cidr": "10.0.0.0/16", "tiers": ["web"]})
    facts: Mapping[str, object] = field(default_factory=lambda: {"name": "network-dev"})
    target: Target = field(default_factory=lambda: Target(kind="sandbox"))
    engine: str = "3.259.0"
    memory: str = "generation-1"
    states: object = field(default_factory=States)
    upstream: dict[str, StackOutput] = field(default_factory=lambda: dict(UPSTREAM))

    def freshness(self) -> Freshness:
        bound = BoundProgram(self.given, lambda source: {})
        kinds = {
            name: StackKind(name, f"stacks.{name}", lambda fleet: [], lambda fleet, spec: bound)
            for name in ("hub", "network")
        }
        around = Surroundings(
            fleet_path=ROOT / "stacks" / "fleet.yaml",
            fleet=FLEET,
            kinds=kinds,
            facts=lambda fleet, stack: self.facts,
            target=self.target,
            engine=self.engine,
            memory=self.memory,
        )
        return Freshness(around, self.home, Sources(self.tree), self.states, self.home.seal_key)

    def store(self) -> OutputStore:
        store = OutputStore()
        store.put("hub", self.upstream)
        return store

    def why(self) -> tuple[str, ...]:
        return self.freshness().why(SPEC, self.store())

    def ran(self, outputs: Mapping[str, StackOutput] | None = None) -> None:
        """Keep a successful run of the stack as it stands now."""
        fresh = self.freshness()
        basis = fresh.basis(SPEC, self.store())
        fresh.ledger.put("network-dev", LedgerEntry.of("run-1", SPEC, basis, outputs or {}, 3, (), fresh.digest))

    def edit(self, path: str, text: str | None = None) -> None:
        """Change a file: a comment more, unless told otherwise."""
        before = self.tree.contents.get(path, b"").decode()
        self.tree = self.tree.with_changes({path: f"{before}# edited\n" if text is None else text})


@pytest.fixture(name="world")
def _world(tmp_path: Path) -> World:
    home = Home(tmp_path / "home")
    home.prepare()
    home.settings_file("network-dev").write_text("encryptionsalt: one\n")
    return World(home)


def test_a_stack_that_never_ran_must_run(world: World):
    assert world.why() == (NEVER_RAN,)


def test_a_stack_for_which_nothing_has_changed_need_not_run(world: World):
    world.ran()
    assert world.why() == ()


def _target(world: World) -> None:
    world.target = Target(kind="sandbox", backend="file:///elsewhere")


CHANGES: Mapping[str, tuple[Callable[[World], object], str]] = {
    "its program": (lambda w: w.edit("stacks/network.py"), "program file stacks/network.py changed"),
    "a component": (
        lambda w: w.edit("platform/securecart/components/vpc.py"),
        "program file platform/securecart/components/vpc.py changed",
    ),
    "a policy": (lambda w: w.edit("policies/server.py"), "policy file policies/server.py changed"),
    "a new policy": (lambda w: w.edit("policies/more.py"), "policy file policies/more.py is new"),
    "the sandbox": (
        lambda w: w.edit("platform/securecart/sandbox/server.py"),
        "sandbox file platform/securecart/sandbox/server.py changed",
    ),
    "a package more": (lambda w: w.edit("requirements.lock", "pydantic==2.0\nmoto==5.0\n"), "package moto is new"),
    "its inputs": (
        lambda w: setattr(w, "given", {**w.given, "cidr": "10.1.0.0/16"}),
        'fleet file: cidr: "10.0.0.0/16" -> "10.1.0.0/16"',
    ),
    "the order of its inputs": (
        lambda w: setattr(w, "given", dict(reversed(w.given.items()))),
        "fleet file: the order of entries",
    ),
    "what policies read": (
        lambda w: setattr(w, "facts", {"name": "other"}),
        'fleet file, for the policies: name: "network-dev" -> "other"',
    ),
    "the target": (_target, 'target: backend: null -> "file:///elsewhere"'),
    "the engine": (lambda w: setattr(w, "engine", "3.260.0"), "engine 3.259.0 -> 3.260.0"),
    "its settings": (
        lambda w: w.home.settings_file("network-dev").write_text("encryptionsalt: two\n"),
        "stack settings changed",
    ),
    "no settings": (lambda w: w.home.settings_file("network-dev").unlink(), "stack settings changed"),
    "an output": (lambda w: w.upstream.update(id=StackOutput("tgw-2")), "output hub.id changed"),
    "an output within": (lambda w: w.upstream.update(ids=StackOutput({"a": 2})), "output hub.ids changed"),
    "an output that became secret": (
        lambda w: w.upstream.update(id=StackOutput("tgw-1", secret=True)),
        "output hub.id changed",
    ),
    "an output that is gone": (lambda w: w.upstream.pop("id"), f"output hub.id {UNKNOWN_OUTPUT}"),
    "the sandbox's memory": (lambda w: setattr(w, "memory", "generation-2"), "the sandbox's memory is another one"),
    "the recorded state": (
        lambda w: w.states.versions.update({"network-dev": "v2"}),
        "the recorded state was changed by another run",
    ),
    "no recorded state": (lambda w: w.states.versions.clear(), "its recorded state is gone"),
}


@pytest.mark.parametrize(("change", "reason"), CHANGES.values(), ids=CHANGES.keys())
def test_each_change_makes_the_stack_run_and_is_the_only_reason(
    world: World, change: Callable[[World], object], reason: str
):
    world.ran()
    assert world.why() == ()
    change(world)
    assert world.why() == (reason,)


def test_a_module_that_several_parts_import_is_told_for_each(world: World):
    world.ran()
    world.edit("platform/securecart/config/model.py")
    parts = ("program", "policy", "sandbox")
    assert world.why() == tuple(f"{part} file platform/securecart/config/model.py changed" for part in parts)


UNCONCERNED: Mapping[str, Callable[[World], object]] = {
    "another program": lambda w: w.edit("stacks/hub.py"),
    "another component": lambda w: w.edit("platform/securecart/components/gateway.py"),
    "a document": lambda w: w.edit("docs/architecture.md"),
    "an output that is not asked for": lambda w: w.upstream.update(other=StackOutput("y")),
    "another stack's state": lambda w: w.states.versions.update(hub="v9"),
    "another stack's settings": lambda w: w.home.settings_file("hub").write_text("x: y\n"),
}


@pytest.mark.parametrize("change", UNCONCERNED.values(), ids=UNCONCERNED.keys())
def test_what_does_not_concern_a_stack_does_not_make_it_run(world: World, change: Callable[[World], object]):
    world.ran()
    change(world)
    assert world.why() == ()


def test_the_sandboxs_files_do_not_concern_another_target(world: World):
    world.target = Target(kind="aws", backend="s3://state")
    world.ran()
    world.edit("platform/securecart/sandbox/server.py")
    assert world.why() == ()


def test_a_backend_without_versions_makes_every_stack_run(world: World):
    world.states = NoVersions()
    world.ran()
    assert world.why() == (NO_VERSIONS,)


def test_what_ran_is_what_was_read_before_the_run_and_not_what_was_edited_meanwhile(world: World):
    fresh = world.freshness()
    assert fresh.why(SPEC, world.store()) == (NEVER_RAN,)
    during = world.tree.contents["stacks/network.py"]
    world.tree.contents["stacks/network.py"] = during + b"# edited while the stack was deployed\n"
    entry = LedgerEntry.of("run-1", SPEC, fresh.basis(SPEC, world.store()), {}, 3, (), fresh.digest)
    fresh.ledger.put("network-dev", entry)
    assert world.why() == ("program file stacks/network.py changed",)
    world.tree.contents["stacks/network.py"] = during
    assert world.why() == ()


def test_digests_of_outputs_tell_nothing_without_the_homes_key(world: World, tmp_path: Path):
    world.upstream["id"] = StackOutput("hunter2", secret=True)
    basis = world.freshness().basis(SPEC, world.store())
    assert "hunter2" not in basis.model_dump_json()
    other = Home(tmp_path / "other")
    other.prepare()
    elsewhere = replace(world, home=other).freshness().basis(SPEC, world.store())
    assert elsewhere.upstream.keys() == basis.upstream.keys() == {"hub.id", "hub.ids"}
    assert elsewhere.upstream["hub.id"] != basis.upstream["hub.id"]
    assert world.freshness().basis(SPEC, world.store()).upstream == basis.upstream


def test_a_stack_that_asks_a_secret_is_compared_without_reading_it(world: World):
    secret = StackOutput("hunter2", secret=True)
    world.upstream["id"] = secret
    fresh = world.freshness()
    known = fresh.basis(SPEC, world.store()).upstream

    def never() -> Mapping[str, StackOutput]:
        raise AssertionError("the engine was asked")

    store, unread = OutputStore(), StackOutput(None, secret=True, digests={"": fresh.digest(secret)})
    store.put_later("hub", never, {**world.upstream, "id": unread})
    assert fresh.basis(SPEC, store).upstream == known
    changed = StackOutput(None, secret=True, digests={"": fresh.digest(StackOutput("other", secret=True))})
    store.put_later("hub", never, {**world.upstream, "id": changed})
    assert fresh.basis(SPEC, store).upstream != known


def test_a_recorded_run_counts_only_while_the_state_is_the_one_that_it_left(world: World):
    assert world.freshness().recorded("network-dev") is None
    world.ran({"vpc": StackOutput("vpc-1")})
    found = world.freshness().recorded("network-dev")
    assert found is not None
    assert found.plain_outputs() == {"vpc": StackOutput("vpc-1")}
    world.states.versions["network-dev"] = "v2"
    assert world.freshness().recorded("network-dev") is None


def test_what_a_plan_stands_on_as_a_whole_covers_every_program(world: World):
    common = world.freshness().common()
    assert {"stacks/hub.py", "stacks/network.py", "platform/securecart/components/gateway.py"} <= common.programs.keys()
    assert list(common.programs) == sorted(common.programs)
    assert "policies/server.py" in common.policies
    assert common.engine == "3.259.0"
    world.edit("requirements.lock", "pydantic==2.1\n")
    assert world.freshness().common().lock != common.lock
