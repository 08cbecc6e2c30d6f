"""The provider's own errors, below SandboxError."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.errors import SandboxError


class AwsCallError(SandboxError):
    """AWS (moto) refused a call."""

    def __init__(self, operation: str, code: str, message: str, *, account: str, region: str) -> None:
        """Say which call, where, and AWS's own code and message."""
        self.code = code
        """AWS's error code, such as `InvalidVpcID.NotFound`."""
        super().__init__(f"{operation} in account {account}, {region}: {code}: {message}")


class StillInUseError(SandboxError):
    """A resource could not be deleted, because something used it for as long as the deletion waited."""

    def __init__(self, refusal: AwsCallError, waited: float, over: str) -> None:
        """Say what AWS said last, how many seconds the deletion waited, and why it waits no longer."""
        super().__init__(
            str(refusal),
            rule=f"it waited {waited:.1f} s for what still uses the resource; {over}",
            remedy="delete what uses it, then run again",
        )


class UnknownTypeError(SandboxError):
    """A type, invoke or call that the sandbox's provider does not serve."""


class NotConfiguredError(SandboxError):
    """A call on a connection that never configured its provider, or on one already closed."""


class PartlyCreatedError(SandboxError):
    """The resource exists, but a later step of creating it failed: the engine must remember it."""

    def __init__(self, resource_id: str, state: Mapping[str, object], reason: Exception) -> None:
        """Keep what the engine records."""
        self.resource_id, self.state, self.reason = resource_id, state, reason
        super().__init__(f"{resource_id} was created, but {reason}")
