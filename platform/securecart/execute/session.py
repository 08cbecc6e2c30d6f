"""Everything a run needs, opened in order and closed in reverse: lock, sandbox and, once a stack runs, the engine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from securecart.config.model import Fleet, Target
from securecart.execute.engine.capture import Program
from securecart.execute.engine.engine import Engine
from securecart.execute.engine.locate import FoundEngine, locate_engine
from securecart.execute.engine_room import EngineRoom, PolicyStarter, RoomSettings
from securecart.execute.environment import aws_environment, sandbox_environment
from securecart.execute.freshness import Facts, Freshness, Surroundings
from securecart.execute.home import Home
from securecart.execute.ledger import Ledger
from securecart.execute.lock import run_lock
from securecart.execute.outputs import OutputStore, PassedOutputs
from securecart.execute.policy_server import PolicyServer
from securecart.execute.progress import Reporter
from securecart.execute.stack_settings import StackCreator
from securecart.execute.state_version import StateVersions, state_versions
from securecart.execute.stop import StopSignal, interrupts
from securecart.plan.graph import StackGraph
from securecart.program.kind import StackKind
from securecart.sandbox import lifecycle
from securecart.sandbox.record import SandboxInfo
from securecart.sources.parts import Sources
from securecart.sources.tree import WorkingTree

ROOT = Path(__file__).resolve().parents[3]
"""The checkout: programs, policies and platform are read from it."""


@dataclass(frozen=True)
class Settings:
    """What a caller decides about a run."""

    fleet_path: Path
    """The fleet file."""
    fleet: Fleet
    """The fleet that it describes."""
    graph: StackGraph
    """Its stacks."""
    kinds: Mapping[str, StackKind]
    """Programs by kind."""
    home: Home
    """Local state."""
    target_name: str
    """Name of the target in the fleet file."""
    parallel: int
    """Bound on stacks at once."""
    reporter: Reporter
    """Where progress goes."""
    facts: Facts
    """What the policies read of the fleet about a stack."""
    seal_key: Path
    """File with the key of plans' seals."""
    policies: bool = True
    """Whether the policy pack judges; only calls that deploy nothing may do without."""
    run_all: bool = False
    """Whether stacks run also where nothing that they stand on has changed."""
    refresh: bool = False
    """Whether previews and deployments compare with the accounts first; implies ``run_all``."""

    @property
    def target(self) -> Target:
        """The target itself."""
        return self.fleet.targets[self.target_name]


@dataclass
class Session:
    """An open run."""

    settings: Settings
    """What the caller decided."""
    run_id: str
    """Names the run's folder."""
    room: EngineRoom
    """The engine and what belongs to it, started when first used."""
    states: StateVersions
    """Versions of the recorded states."""
    freshness: Freshness
    """Which stacks need not run."""
    sandbox: SandboxInfo | None
    """The sandbox, where it is the target."""
    stop: StopSignal
    """Whether the user wants it to stop."""
    notes: list[str] = field(default_factory=list)
    """What the run did that was not asked for."""

    @property
    def engine(self) -> Engine:
        """The engine."""
        return self.room.engine

    @property
    def creator(self) -> StackCreator:
        """What creates stacks in the backend."""
        return self.room.creator

    def note(self, text: str) -> None:
        """Tell the user, and keep it for the record."""
        self.notes.append(text)
        self.settings.reporter.note(text)

    def stale(self, name: str) -> bool:
        """Whether a stack's state speaks of a sandbox memory that is gone."""
        if self.sandbox is None or self.settings.home.generation_of(name) == self.sandbox.generation:
            return False
        return self.states.of(name) is not None and self.creator.deployed(name)

    def why_run(self, name: str, store: OutputStore) -> tuple[str, ...]:
        """Return why a stack must run; empty where nothing that it stands on has changed."""
        why = self.freshness.why(self.settings.graph.stacks[name], store)
        if self.settings.refresh or self.settings.run_all:
            return ("--refresh was given" if self.settings.refresh else "--all was given",)
        return why

    def bind(self, name: str, store: OutputStore, *, unknown_allowed: bool) -> Program:
        """Return a stack's program with its inputs bound."""
        spec = self.settings.graph.stacks[name]
        program = self.settings.kinds[spec.kind].bind(self.settings.fleet, spec)
        return partial(program.run, PassedOutputs(store, unknown_allowed=unknown_allowed))


@contextmanager
def open_session(settings: Settings, command: str, names: Sequence[str] = ()) -> Iterator[Session]:
    """Open everything a run needs.

    Args:
        settings: What the caller decided.
        command: What is told to others who find the lock taken.
        names: Stacks that may run: where one of them never ran, the policy server starts at once.

    Raises:
        LockedError: another run works on this home.
        EngineError, SandboxError: one of them is missing or does not answer.
    """
    home = settings.home
    home.prepare()
    run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    with ExitStack() as closing:
        closing.enter_context(run_lock(home.root, command))
        found = locate_engine(home.engine_memory, os.environ)
        policies = PolicyStarter(lambda: PolicyServer(settings.fleet_path) if settings.policies else None, closing)
        if settings.run_all or settings.refresh or not all(Ledger(home.ledger).has(name) for name in names):
            policies.warm_up()
        sandbox, environment = _target_environment(settings)
        states = state_versions(home, environment)
        room = EngineRoom(
            RoomSettings(
                home=home,
                found=found,
                environment=environment,
                logs=home.runs / run_id,
                secrets_provider=settings.target.secrets_provider or "passphrase",
                local_backend=sandbox is not None,
                note=settings.reporter.note,
            ),
            policies,
        )
        around = _surroundings(settings, found, sandbox)
        freshness = Freshness(around, home, Sources(WorkingTree(ROOT)), states, settings.seal_key)
        stop = StopSignal(settings.reporter.note, room.cancel)
        closing.enter_context(interrupts(stop))
        yield Session(settings, run_id, room, states, freshness, sandbox, stop)


def _surroundings(settings: Settings, found: FoundEngine, sandbox: SandboxInfo | None) -> Surroundings:
    return Surroundings(
        fleet_path=settings.fleet_path,
        fleet=settings.fleet,
        kinds=settings.kinds,
        facts=settings.facts,
        target=settings.target,
        engine=found.version,
        memory=sandbox.generation if sandbox is not None else "",
    )


def _target_environment(settings: Settings) -> tuple[SandboxInfo | None, dict[str, str]]:
    if settings.target.kind == "aws":
        return None, aws_environment(os.environ, settings.target)
    sandbox = lifecycle.start(settings.home.root, on_progress=settings.reporter.note)
    return sandbox, sandbox_environment(os.environ, settings.home, sandbox)
