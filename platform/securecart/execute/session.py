"""Everything a run needs, opened in order and closed in reverse: lock, sandbox, policy server, engine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from securecart.config.model import Fleet, Target
from securecart.errors import EngineError
from securecart.execute.engine.command import version_of
from securecart.execute.engine.engine import Engine, EngineSettings
from securecart.execute.environment import aws_environment, sandbox_environment
from securecart.execute.home import Home
from securecart.execute.lock import run_lock
from securecart.execute.outputs import OutputStore, PassedOutputs
from securecart.execute.policy_server import PolicyServer
from securecart.execute.progress import Reporter
from securecart.execute.recovery import recover_locks
from securecart.execute.stack_settings import StackCreator
from securecart.execute.stop import StopSignal, interrupts
from securecart.plan.graph import StackGraph
from securecart.program.run import Outputs, StackKind, StackRun
from securecart.sandbox import lifecycle
from securecart.sandbox.record import SandboxInfo
from securecart.setup.find import find_engine


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
    policies: bool = True
    """Whether the policy pack judges; only calls that deploy nothing may do without."""

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
    engine: Engine
    """The engine."""
    creator: StackCreator
    """Creates stacks in the backend."""
    sandbox: SandboxInfo | None
    """The sandbox, where it is the target."""
    stop: StopSignal
    """Whether the user wants it to stop."""
    notes: list[str] = field(default_factory=list)
    """What the run did that was not asked for."""

    def note(self, text: str) -> None:
        """Tell the user, and keep it for the record."""
        self.notes.append(text)
        self.settings.reporter.note(text)

    def stale(self, name: str) -> bool:
        """Whether a stack's state speaks of a sandbox memory that is gone."""
        if self.sandbox is None or not self.creator.deployed(name):
            return False
        return self.settings.home.generation_of(name) != self.sandbox.generation

    def bind(self, name: str, store: OutputStore, *, unknown_allowed: bool) -> BoundProgram:
        """Return a stack's program with its inputs bound."""
        spec = self.settings.graph.stacks[name]
        source = PassedOutputs(store, unknown_allowed=unknown_allowed)
        return BoundProgram(self.settings.kinds[spec.kind], StackRun(self.settings.fleet, spec, source))


@dataclass(frozen=True)
class BoundProgram:
    """A stack program and its run; called by the engine."""

    kind: StackKind
    """The kind whose program it is."""
    run: StackRun
    """What the program is given."""

    def __call__(self) -> Outputs:
        """Run the program; returns the stack's outputs."""
        return self.kind.program(self.run)


@contextmanager
def open_session(settings: Settings, command: str) -> Iterator[Session]:
    """Open everything a run needs.

    Raises:
        LockedError: another run works on this home.
        EngineError, SandboxError: one of them is missing or does not answer.
    """
    settings.home.prepare()
    run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    with ExitStack() as stack:
        stack.enter_context(run_lock(settings.home.root, command))
        executable = _engine_executable()
        policy, (sandbox, environment) = _start_helpers(settings, stack)
        engine = Engine(
            EngineSettings(
                executable=executable,
                version=version_of(executable),
                workspace=settings.home.workspace,
                environment={**environment, **(policy.env() if policy else {})},
                logs=settings.home.runs / run_id,
                policy_packs=(str(policy.pack_dir),) if policy else (),
                secrets_provider=settings.target.secrets_provider or "passphrase",
            )
        )
        if sandbox is not None:
            recover_locks(settings.home.backend, engine, settings.reporter.note)
        creator = StackCreator(settings.home, engine, engine.resource_counts())
        stop = StopSignal(settings.reporter.note, engine.cancel)
        stack.enter_context(interrupts(stop))
        yield Session(settings, run_id, engine, creator, sandbox, stop)


def _start_helpers(
    settings: Settings, stack: ExitStack
) -> tuple[PolicyServer | None, tuple[SandboxInfo | None, dict[str, str]]]:
    """Start policy server and sandbox side by side."""
    with ThreadPoolExecutor(max_workers=2) as executor:
        policy = executor.submit(PolicyServer, settings.fleet_path) if settings.policies else None
        target = executor.submit(_target_environment, settings)
        server = stack.enter_context(policy.result()) if policy else None
        return server, target.result()


def _engine_executable() -> Path:
    executable = find_engine(os.environ)
    if executable is None:
        raise EngineError(
            "no Pulumi engine was found",
            rule="the engine comes from SECURECART_PULUMI, PATH or ~/.pulumi/versions",
            remedy="run `make setup`, which installs or builds one",
        )
    return executable


def _target_environment(settings: Settings) -> tuple[SandboxInfo | None, dict[str, str]]:
    if settings.target.kind == "aws":
        return None, aws_environment(os.environ, settings.target)
    sandbox = lifecycle.start(settings.home.root, on_progress=settings.reporter.note)
    return sandbox, sandbox_environment(os.environ, settings.home, sandbox)
