"""What runs stacks, started when the first stack needs it: policy server, engine, the list of existing stacks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from securecart.execute.engine.engine import Engine, EngineSettings
from securecart.execute.engine.locate import FoundEngine
from securecart.execute.home import Home
from securecart.execute.policy_server import PolicyServer
from securecart.execute.recovery import backend_locks, recover_locks
from securecart.execute.stack_settings import StackCreator


@dataclass(frozen=True)
class RoomSettings:
    """What the engine of a run is made from."""

    home: Home
    """Local state."""
    found: FoundEngine
    """The engine."""
    environment: Mapping[str, str]
    """Environment of engine processes, without the policy server's part."""
    logs: Path
    """Folder for one log file per stack and call."""
    secrets_provider: str
    """Pulumi secrets provider of new stacks."""
    local_backend: bool
    """Whether the backend is the home's own folder, whose locks are ours to clear."""
    note: Callable[[str], None]
    """Tells the user."""


class EngineRoom:
    """Opens at first use; safe to use from several threads."""

    def __init__(self, settings: RoomSettings, policies: PolicyStarter) -> None:
        """Take what to open, and the policy server that may still be starting."""
        self._settings, self._policies = settings, policies
        self._lock = threading.Lock()
        self._engine: Engine | None = None
        self._creator: StackCreator | None = None

    @property
    def engine(self) -> Engine:
        """The engine; raises EngineError where the policy server did not start."""
        with self._lock:
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    @property
    def creator(self) -> StackCreator:
        """What creates stacks, and knows which there are (one engine call, at first use)."""
        engine = self.engine
        with self._lock:
            if self._creator is None:
                self._creator = StackCreator(self._settings.home, engine, engine.resource_counts())
            return self._creator

    @property
    def started(self) -> int:
        """How many engine processes were started."""
        return self._engine.command.started if self._engine is not None else 0

    def cancel(self) -> int:
        """Ask every running engine to stop; return how many there were."""
        return self._engine.cancel() if self._engine is not None else 0

    def _open(self) -> Engine:
        settings, policy = self._settings, self._policies.result()
        engine = Engine(
            EngineSettings(
                executable=settings.found.path,
                version=settings.found.version,
                workspace=settings.home.workspace,
                environment={**settings.environment, **(policy.env() if policy else {})},
                logs=settings.logs,
                policy_packs=(str(policy.pack_dir),) if policy else (),
                secrets_provider=settings.secrets_provider,
            )
        )
        if settings.local_backend and backend_locks(settings.home.backend):
            recover_locks(settings.home.backend, engine, settings.note)
        return engine


class PolicyStarter:
    """Starts the policy server in the background when told to, or when it is first waited for."""

    def __init__(self, start: Callable[[], PolicyServer | None], closing: ExitStack) -> None:
        """Take how to start it, and who closes it."""
        self._start, self._closing = start, closing
        self._executor = closing.enter_context(ThreadPoolExecutor(max_workers=1))
        self._lock = threading.Lock()
        self._future: Future[PolicyServer | None] | None = None

    def warm_up(self) -> None:
        """Start it, if it is not being started."""
        with self._lock:
            if self._future is None:
                self._future = self._executor.submit(self._started)

    def result(self) -> PolicyServer | None:
        """Wait for it and return it; raises EngineError where it did not start."""
        self.warm_up()
        if self._future is None:
            raise RuntimeError("warm_up left nothing to wait for")
        return self._future.result()

    def _started(self) -> PolicyServer | None:
        server = self._start()
        if server is not None:
            self._closing.callback(server.close)
        return server
