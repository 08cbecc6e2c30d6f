"""gRPC messages made of the provider's own results and errors."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import grpc
from google.protobuf import any_pb2
from pulumi.runtime.proto import provider_pb2, status_pb2

from securecart.errors import SecureCartError
from securecart.sandbox.provider.diff import Act, Change, Difference
from securecart.sandbox.provider.failures import PartlyCreatedError
from securecart.sandbox.provider.values import to_struct

_LOG = logging.getLogger(__name__)
_DETAILS = "grpc-status-details-bin"
_Kind = provider_pb2.PropertyDiff.Kind
_KINDS: dict[tuple[Act, bool], provider_pb2.PropertyDiff.Kind.ValueType] = {
    ("ADD", False): _Kind.ADD,
    ("ADD", True): _Kind.ADD_REPLACE,
    ("DELETE", False): _Kind.DELETE,
    ("DELETE", True): _Kind.DELETE_REPLACE,
    ("UPDATE", False): _Kind.UPDATE,
    ("UPDATE", True): _Kind.UPDATE_REPLACE,
}


@dataclass(frozen=True)
class Status:
    """What grpc's abort_with_status takes."""

    code: grpc.StatusCode
    """Status code."""
    details: str
    """Message for the user."""
    trailing_metadata: tuple[tuple[str, bytes], ...] = ()
    """Details for the engine."""


def difference(found: Difference) -> provider_pb2.DiffResponse:
    """Return a difference as Diff and DiffConfig answer it."""
    some = provider_pb2.DiffResponse.DiffChanges.DIFF_SOME
    none = provider_pb2.DiffResponse.DiffChanges.DIFF_NONE
    return provider_pb2.DiffResponse(
        changes=some if found.changes else none,
        diffs=found.names,
        replaces=found.replaces,
        detailedDiff={change.path: _property_diff(change) for change in found.changes},
        hasDetailedDiff=True,
        deleteBeforeReplace=found.delete_before_replace,
    )


def _property_diff(change: Change) -> provider_pb2.PropertyDiff:
    return provider_pb2.PropertyDiff(kind=_KINDS[change.act, change.replace])


def status(error: Exception) -> Status:
    """Return the status that an error ends an RPC with; an unforeseen one is logged with its trace."""
    if isinstance(error, PartlyCreatedError):
        return Status(grpc.StatusCode.UNKNOWN, str(error), ((_DETAILS, _partly_created(error)),))
    if isinstance(error, SecureCartError):
        return Status(grpc.StatusCode.INVALID_ARGUMENT, str(error))
    _LOG.error("unforeseen error in the provider", exc_info=error)
    return Status(grpc.StatusCode.INTERNAL, f"the sandbox's provider failed: {type(error).__name__}: {error}")


def _partly_created(error: PartlyCreatedError) -> bytes:
    """Tell the engine to keep the resource in its state, so that it can be repaired or removed."""
    failed = provider_pb2.ErrorResourceInitFailed(
        id=error.resource_id, properties=to_struct(error.state), reasons=[str(error.reason)]
    )
    detail = any_pb2.Any()
    detail.Pack(failed)
    code, _ = grpc.StatusCode.UNKNOWN.value
    told = status_pb2.Status(code=code, message=str(error))
    told.details.append(detail)
    return told.SerializeToString()
