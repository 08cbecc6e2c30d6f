"""boto3 clients for the sandbox: always to the loopback endpoint, made under a lock, kept for reuse.

Every client of the provider is made here, so the check that nothing leaves the machine stands in one place.
"""

from __future__ import annotations

import ipaddress
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, cast
from urllib.parse import urlsplit

import boto3
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.model import OperationModel

from securecart.errors import SandboxError
from securecart.sandbox.provider.failures import AwsCallError

_KEPT_CLIENTS = 512
_CONFIG = Config(
    connect_timeout=5,
    read_timeout=60,
    retries={"total_max_attempts": 2},
    max_pool_connections=32,
    s3={"addressing_style": "path"},
)


@dataclass(frozen=True)
class Credentials:
    """Keys of the sandbox, never of AWS."""

    access_key: str = "testing"
    """Access key id, by which moto finds the account."""
    secret_key: str = field(default="testing", repr=False)
    """Secret access key."""
    token: str | None = field(default=None, repr=False)
    """Session token of an assumed role."""


class Operation(Protocol):
    """A client's method."""

    def __call__(self, **params: object) -> dict[str, object]:
        """Make the call."""


class Clients:
    """Makes and keeps clients; safe for threads, and bounded."""

    def __init__(self, endpoint_url: str) -> None:
        """Bind to one endpoint.

        Raises:
            SandboxError: The endpoint is not on this machine's loopback interface.
        """
        self._endpoint = require_loopback(endpoint_url)
        keys = Credentials()
        self._session = boto3.session.Session(keys.access_key, keys.secret_key)
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[str, str, str], BaseClient] = OrderedDict()

    def get(self, service: str, region: str, credentials: Credentials) -> BaseClient:
        """Return a client for a service in a region with these keys, made on first use."""
        key = (credentials.access_key, service, region)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = self._make(service, region, credentials)
                if len(self._kept) > _KEPT_CLIENTS:
                    self._kept.popitem(last=False)
            self._kept.move_to_end(key)
            return self._kept[key]

    def _make(self, service: str, region: str, credentials: Credentials) -> BaseClient:
        made = self._session.client(
            service,  # type: ignore[call-overload]  # the stubs know literal names only
            region_name=region,
            endpoint_url=self._endpoint,
            aws_access_key_id=credentials.access_key,
            aws_secret_access_key=credentials.secret_key,
            aws_session_token=credentials.token,
            config=_CONFIG,
        )
        return cast(BaseClient, made)


def require_loopback(endpoint_url: str) -> str:
    """Return the endpoint if it is on this machine.

    Raises:
        SandboxError: It is not an http URL of a loopback address.
    """
    parts = urlsplit(endpoint_url)
    try:
        local = ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        local = False
    if parts.scheme != "http" or not local:
        raise SandboxError(
            "the sandbox's endpoint is not on this machine",
            value=endpoint_url,
            rule="the sandbox speaks to a loopback address only, never to AWS",
            remedy="start the sandbox and use the endpoint that it prints",
        )
    return endpoint_url


@dataclass(frozen=True)
class ServiceCalls:
    """One service in one account and region: what declarations call (the `Aws` protocol)."""

    client: BaseClient
    """boto3 client."""
    account: str
    """AWS account id."""
    region: str
    """AWS region code."""

    def call(self, operation: str, params: Mapping[str, object]) -> dict[str, object]:
        """Make a call by AWS's names.

        Raises:
            AwsCallError: AWS answered with an error, or botocore found the parameters wrong.
        """
        method = cast(Operation, getattr(self.client, xform_name(operation)))
        try:
            return method(**params)
        except ClientError as error:
            told = error.response.get("Error", {})
            code, message = told.get("Code", "Unknown"), told.get("Message", str(error))
        except BotoCoreError as error:
            code, message = type(error).__name__, str(error)
        raise AwsCallError(operation, code, message, account=self.account, region=self.region)

    def model(self, operation: str) -> OperationModel:
        """Return botocore's model of an operation."""
        return self.client.meta.service_model.operation_model(operation)
