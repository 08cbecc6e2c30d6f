"""Keeps the SDK's debug messages in the process instead of sending each to the engine, which throws it away.

The SDK sends several for every resource, and waits for the answer to each on the program's event loop: about as
many calls as the registrations themselves. An engine asked with --debug is nothing that the orchestrator starts.
"""

from __future__ import annotations

from typing import Protocol

from pulumi.runtime.proto import engine_pb2
from pulumi.runtime.settings import SETTINGS, get_engine


class _LogClient(Protocol):
    """The part of the engine's client that is changed here."""

    def Log(self, request: engine_pb2.LogRequest) -> object:
        """Send a message."""
        ...


class QuietEngine:
    """The engine's client without its debug messages; everything else is passed on."""

    def __init__(self, engine: _LogClient) -> None:
        """Wrap a client."""
        self._engine = engine

    def Log(self, request: engine_pb2.LogRequest) -> object:
        """Send a message, unless it is for debugging."""
        return None if request.severity == engine_pb2.DEBUG else self._engine.Log(request)

    def __getattr__(self, name: str) -> object:
        return getattr(self._engine, name)


def without_debug_messages() -> None:
    """Quieten the running program's engine client; called inside the program, whose settings are its own."""
    engine = get_engine()
    if engine is not None:
        SETTINGS.engine = QuietEngine(engine)
