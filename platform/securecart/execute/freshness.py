"""Whether a stack must run: what it stands on now, compared with its last successful run."""

from __future__ import annotations

import hashlib
import hmac
import json
import platform
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from pydantic import JsonValue

from securecart.config.model import Fleet, Target
from securecart.execute.home import Home
from securecart.execute.ledger import Ledger, LedgerEntry
from securecart.execute.outputs import OutputStore, StackOutput, asked_output
from securecart.execute.state_version import StateVersions
from securecart.plan.basis import UNKNOWN_OUTPUT, Basis, Digests, Document, differences
from securecart.plan.stack import StackSpec
from securecart.program.kind import StackKind
from securecart.sources.digest import file_digests
from securecart.sources.packages import RUNTIME_LOCK, installed, locked_names
from securecart.sources.parts import Sources

Facts = Callable[[Fleet, str], Mapping[str, object]]
"""All that the policies read of a fleet about one stack, as JSON data."""

NEVER_RAN = "no successful run of it is known here"
NO_VERSIONS = "this backend does not tell versions of states"


@dataclass(frozen=True)
class Surroundings:
    """What every stack of a run stands on alike."""

    fleet_path: Path
    """The fleet file."""
    fleet: Fleet
    """The fleet that it describes."""
    kinds: Mapping[str, StackKind]
    """Programs by kind."""
    facts: Facts
    """What the policies read of the fleet."""
    target: Target
    """The target."""
    engine: str
    """The engine's version."""
    memory: str
    """The sandbox's generation; empty for other targets."""


@dataclass(frozen=True)
class Common:
    """What a saved plan as a whole stands on."""

    fleet_file: str
    """SHA-256 of the fleet file."""
    programs: Digests
    """SHA-256 of every source file of the programs, by path."""
    policies: Digests
    """SHA-256 of every source file of the policy pack, by path."""
    lock: str
    """SHA-256 of the dependency lock file."""
    engine: str
    """Version of the engine."""


@dataclass(frozen=True)
class _OfFleet:
    """All that is read of the fleet for one stack."""

    inputs: Document
    """By its program."""
    facts: Document
    """By the policies."""


class Freshness:
    """Bases of the stacks of one run; safe for one thread a stack."""

    def __init__(
        self, around: Surroundings, home: Home, sources: Sources, states: StateVersions, seal_key: Path
    ) -> None:
        """Take what to compare, and the key of digests; nothing is read before a stack is asked about."""
        self._around, self._home, self._sources, self._states = around, home, sources, states
        self._key_file = seal_key
        self.ledger = Ledger(home.ledger)
        self._lock = threading.Lock()
        self._programs: dict[str, Digests] = {}
        self._of_fleet: dict[str, _OfFleet] = {}

    def basis(self, spec: StackSpec, store: OutputStore) -> Basis:
        """Return what a run of a stack would stand on now.

        Args:
            spec: The stack.
            store: Outputs of the stacks that it asks, as far as they are known.
        """
        around = self._around
        kind = around.kinds[spec.kind]
        settings, read = self._home.settings_file(spec.name), self._documents(spec)
        return Basis(
            program=self._program(kind),
            packages=self._packages,
            inputs=read.inputs,
            policies=self._policies,
            facts=read.facts,
            provider=self._provider,
            target=cast(Document, around.target.model_dump(mode="json")),
            engine=around.engine,
            settings=hashlib.sha256(settings.read_bytes()).hexdigest() if settings.exists() else "",
            upstream=dict(self._upstream(spec, store)),
            memory=around.memory,
            state=self._states.of(spec.name) or "",
        )

    def why(self, spec: StackSpec, store: OutputStore) -> tuple[str, ...]:
        """Return what differs from a stack's last successful run; empty where the stack need not run."""
        # First, also where it decides nothing: files are read once, and what runs now was loaded before.
        basis = self.basis(spec, store)
        entry = self.ledger.get(spec.name)
        if entry is None:
            return (NEVER_RAN,)
        if not basis.state:
            return (NO_VERSIONS if self._states.all() is None else "its recorded state is gone",)
        return differences(entry.basis, basis)

    def recorded(self, stack: str) -> LedgerEntry | None:
        """Return a stack's last successful run, if the recorded state is still the one that it left."""
        entry = self.ledger.get(stack)
        current = entry is not None and bool(entry.basis.state) and self._states.of(stack) == entry.basis.state
        return entry if current else None

    def common(self) -> Common:
        """Return what every stack of a saved plan stands on alike."""
        programs = {path: sha for kind in self._around.kinds.values() for path, sha in self._program(kind).items()}
        return Common(
            fleet_file=hashlib.sha256(self._around.fleet_path.read_bytes()).hexdigest(),
            programs=dict(sorted(programs.items())),
            policies=self._policies,
            lock=file_digests(self._sources.tree, [RUNTIME_LOCK])[RUNTIME_LOCK],
            engine=self._around.engine,
        )

    def _documents(self, spec: StackSpec) -> _OfFleet:
        """Return what is read of the fleet for a stack, taken out of it once a run."""
        if spec.name not in self._of_fleet:
            around = self._around
            inputs = around.kinds[spec.kind].bind(around.fleet, spec).given
            facts = around.facts(around.fleet, spec.name)
            self._of_fleet[spec.name] = _OfFleet(cast(Document, inputs), cast(Document, facts))
        return self._of_fleet[spec.name]

    def _program(self, kind: StackKind) -> Digests:
        with self._lock:
            if kind.module not in self._programs:
                self._programs[kind.module] = self._sources.program(kind.module)
            return self._programs[kind.module]

    @cached_property
    def _packages(self) -> Digests:
        return {"python": platform.python_version(), **installed(locked_names(self._sources.tree))}

    @cached_property
    def _policies(self) -> Digests:
        with self._lock:
            return self._sources.policy_pack()

    @cached_property
    def _provider(self) -> Digests:
        if self._around.target.kind != "sandbox":
            return {}
        with self._lock:
            return self._sources.sandbox()

    @cached_property
    def _key(self) -> bytes:
        return self._key_file.read_bytes()

    def _upstream(self, spec: StackSpec, store: OutputStore) -> Mapping[str, str]:
        found = {}
        for ask in spec.asks:
            outputs = store.compared(ask.stack) or {}
            for name in ask.outputs:
                output = asked_output(outputs, name)
                known = output is not None and output.known
                found[f"{ask.stack}.{name}"] = self.digest(output) if output and known else UNKNOWN_OUTPUT
        return found

    def digest(self, output: StackOutput) -> str:
        """Return a digest that tells nothing about a secret to those without the home's key."""
        if output.digests:
            return output.digests[""]
        text = json.dumps([cast(JsonValue, output.value), output.secret])
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()
