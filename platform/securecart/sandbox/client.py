"""The sandbox's own routes, asked over HTTP: health, inventory, calls, shutdown.

http.client is used as it is: it reads no proxy settings and adds no retries.
"""

from __future__ import annotations

import http.client
import json
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from securecart.errors import SandboxError
from securecart.sandbox.record import ServerRecord

if TYPE_CHECKING:
    from securecart.sandbox.provider.inventory import ResourceEntry

Value = TypeVar("Value")
HEALTH, INVENTORY = "/securecart/health", "/securecart/inventory"
CALLS, SHUTDOWN = "/securecart/calls", "/securecart/shutdown"
TOKEN_HEADER = "X-SecureCart-Token"  # noqa: S105  # the name of a header


class Health(BaseModel):
    """What the server says about itself."""

    model_config = ConfigDict(frozen=True)

    generation: str = Field(description="UUID of moto's memory.")
    pid: int = Field(description="Process id.")
    home: str = Field(description="Home directory of the sandbox, absolute.")
    versions: dict[str, str] = Field(description="Package name to version, for moto, boto3, grpcio and python.")


def _ask(endpoint: str, method: str, path: str, *, seconds: float, token: str = "") -> tuple[int, bytes]:
    address = urlsplit(endpoint)
    connection = http.client.HTTPConnection(address.hostname or "127.0.0.1", address.port, timeout=seconds)
    try:
        connection.request(method, path, headers={TOKEN_HEADER: token, "Connection": "close"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def health(endpoint: str, *, seconds: float) -> Health | None:
    """What answers at this endpoint, or None if nothing does, or something that is not a sandbox server."""
    try:
        code, body = _ask(endpoint, "GET", HEALTH, seconds=seconds)
        return Health.model_validate_json(body) if code == 200 else None
    except (OSError, http.client.HTTPException, ValidationError):
        return None


def inventory(endpoint: str, *, seconds: float) -> list[ResourceEntry]:
    """Every resource that the provider holds.

    Raises:
        SandboxError: The server does not answer, or not with an inventory.
    """
    # Imported here: the provider's package loads boto3 and grpc, which a plain start or status does not need.
    from securecart.sandbox.provider.inventory import ResourceEntry

    return _member(endpoint, INVENTORY, "resources", TypeAdapter(list[ResourceEntry]), seconds)


def writes(endpoint: str, *, seconds: float) -> dict[str, int]:
    """How often each AWS operation that writes was called, by service:Operation, since the server started.

    Raises:
        SandboxError: The server does not answer, or not with counts.
    """
    return _member(endpoint, CALLS, "writes", TypeAdapter(dict[str, int]), seconds)


def _member(endpoint: str, path: str, member: str, adapter: TypeAdapter[Value], seconds: float) -> Value:
    """One member of the JSON document that a route answers with, validated."""
    try:
        code, body = _ask(endpoint, "GET", path, seconds=seconds)
        if code == 200:
            return adapter.validate_python(json.loads(body)[member])
        problem = f"status {code}"
    except (OSError, http.client.HTTPException, ValidationError, ValueError, KeyError) as error:
        problem = type(error).__name__
    raise SandboxError(
        f"the sandbox gave no {member} ({problem})",
        value=endpoint + path,
        remedy="run `sandbox status`, then `sandbox start`",
    )


def ask_to_stop(record: ServerRecord, *, seconds: float) -> bool:
    """Ask the recorded server to stop, presenting its token. True if it agreed."""
    token = record.token.get_secret_value()
    try:
        code, _ = _ask(record.info.endpoint, "POST", SHUTDOWN, seconds=seconds, token=token)
    except (OSError, http.client.HTTPException):
        return False
    return code == 202
