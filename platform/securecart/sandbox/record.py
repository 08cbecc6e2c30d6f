"""What HOME/sandbox.json holds and what the lifecycle tells its callers."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError

from securecart.errors import SandboxError

RECORD_NAME = "sandbox.json"
"""File in the sandbox's home that names the running server."""
LOG_NAME = "sandbox.log"
"""File in the sandbox's home that the server logs to."""

State = Literal["running", "stopped", "stale", "unreachable"]
"""What the sandbox of a home can be; SandboxStatus.state explains each."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SandboxInfo(_Frozen):
    """One running sandbox server, as its clients need to know it."""

    pid: int = Field(description="Process id of the server.", gt=1)
    started: str = Field(description="When the server started, ISO 8601 in UTC.")
    generation: str = Field(description="UUID of moto's memory: a new server is a new, empty generation.")
    endpoint: str = Field(description="URL of every AWS API, http://127.0.0.1:PORT.")
    provider_port: int = Field(description="Loopback port of the provider's gRPC server.", gt=0, lt=65536)
    home: Path = Field(description="Directory that holds the sandbox's record, log and lock.")


class ServerRecord(_Frozen):
    """Everything HOME/sandbox.json holds: the public part, and what proves that a process is this server."""

    info: SandboxInfo = Field(description="The part that clients see.")
    start_mark: str = Field(description="The system's own start time of the process: a reused pid differs.")
    token: SecretStr = Field(description="What a client must present to stop the server; never shown.")


class SandboxStatus(_Frozen):
    """What is known about the sandbox of one home."""

    state: State = Field(
        description="running: healthy; stopped: no record; stale: the record's process is gone or another; "
        "unreachable: the process is the recorded one, but it does not answer."
    )
    info: SandboxInfo | None = Field(default=None, description="The recorded server, unless stopped or unreadable.")
    detail: str = Field(default="", description="Why the state is what it is, one sentence.")


def write_record(home: Path, record: ServerRecord) -> None:
    """Write HOME/sandbox.json in one step, readable by its owner alone."""
    document = record.model_dump(mode="json") | {"token": record.token.get_secret_value()}
    temporary = home / f"{RECORD_NAME}.{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(document, stream, indent=2)
    temporary.replace(home / RECORD_NAME)


def read_record(home: Path) -> ServerRecord | None:
    """The recorded server of this home, or None where there is no record.

    Raises:
        SandboxError: The file is there but is not a record.
    """
    path = home / RECORD_NAME
    try:
        return ServerRecord.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValidationError, UnicodeDecodeError) as error:
        raise SandboxError(
            "the sandbox's record cannot be read",
            value=str(path),
            rule="it holds what the server wrote when it started",
            remedy="run `sandbox reset`; a server that may still run is then no longer known",
        ) from error


def remove_record(home: Path) -> None:
    """Forget the recorded server; nothing happens where there is none."""
    (home / RECORD_NAME).unlink(missing_ok=True)
