"""serve_provider: starts the provider's gRPC server on a free loopback port."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import grpc
from pulumi.runtime.proto import provider_pb2_grpc

from securecart.errors import SandboxError
from securecart.sandbox.provider.clients import Clients, Credentials
from securecart.sandbox.provider.instances import Instances
from securecart.sandbox.provider.inventory import Inventory
from securecart.sandbox.provider.operations import Operations
from securecart.sandbox.provider.schema import SchemaSource
from securecart.sandbox.provider.servicer import AwsProvider
from securecart.sandbox.provider.turns import Turns
from securecart.sandbox.store import Store
from securecart.sandbox.types import declared_types
from securecart.sandbox.types.vocabulary import ResourceType

_LARGEST_MESSAGE = 400 * 1024 * 1024
"""Bytes; the engine's own limit."""


@dataclass(frozen=True)
class ProviderServer:
    """A running provider."""

    server: grpc.Server
    """Stop it with `server.stop(grace)`."""
    port: int
    """Loopback port, for `PULUMI_DEBUG_PROVIDERS=aws:<port>`."""
    inventory: Inventory
    """What exists now; `inventory.entries()` is the list for `/securecart/inventory`."""
    store: Store
    """The resources that are only recorded."""


def serve_provider(
    endpoint_url: str,
    *,
    port: int = 0,
    workers: int = 32,
    waiting: int = 480,
    types: Mapping[str, ResourceType] | None = None,
) -> ProviderServer:
    """Start serving.

    Args:
        endpoint_url: Moto's endpoint, an http URL on loopback.
        port: Port to listen on; 0: a free one.
        workers: How many requests are at work at once.
        waiting: How many deletions may wait besides, each for what still uses its resource. A thread that waits
            costs little, and threads are made when they are needed.
        types: Declarations by token; None: all of `securecart.sandbox.types`.

    Raises:
        SandboxError: The endpoint is not on loopback, or the port is taken.
    """
    inventory, store = Inventory(), Store()
    served = declared_types() if types is None else types
    schemas, clients = SchemaSource(), Clients(endpoint_url)
    operations = Operations(served, inventory, store, schemas)
    turns = Turns(workers, waiting)
    server = grpc.server(
        ThreadPoolExecutor(max_workers=turns.threads, thread_name_prefix="provider"),
        options=[
            ("grpc.max_receive_message_length", _LARGEST_MESSAGE),
            ("grpc.max_send_message_length", _LARGEST_MESSAGE),
            ("grpc.so_reuseport", 0),
        ],
    )
    servicer = AwsProvider(operations, Instances(clients), turns)
    provider_pb2_grpc.add_ResourceProviderServicer_to_server(servicer, server)
    try:
        bound = server.add_insecure_port(f"127.0.0.1:{port}")
    except RuntimeError as error:
        raise SandboxError(
            "the provider cannot listen", value=port, rule=str(error), remedy="free the port, or use port 0"
        ) from error
    server.start()
    threading.Thread(target=_warm, args=(served, schemas, clients), name="warm-provider", daemon=True).start()
    return ProviderServer(server, bound, inventory, store)


def _warm(types: Mapping[str, ResourceType], schemas: SchemaSource, clients: Clients) -> None:
    """Load what the first requests will ask for, while the server already listens: about a second in all."""
    for token in types:
        schemas.get(token)
    for service in sorted({kind.service for kind in types.values()} | {"sts"}):
        clients.get(service, "us-east-1", Credentials())
