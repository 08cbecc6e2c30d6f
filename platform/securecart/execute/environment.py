"""The environment of engine processes: built, not inherited, wherever the sandbox is the target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from securecart.config.model import Target
from securecart.errors import BadInputError
from securecart.execute.home import Home

SANDBOX_REGION = "us-east-1"
_KEPT_PREFIXES = ("LC_", "XDG_", "SSL_", "PYTHON")
_KEPT = frozenset({"PATH", "HOME", "LANG", "TMPDIR", "TERM", "TZ", "USER", "VIRTUAL_ENV"})


class SandboxAddress(Protocol):
    """Where a sandbox listens."""

    @property
    def endpoint(self) -> str:
        """URL of the AWS endpoint, loopback."""
        ...

    @property
    def provider_port(self) -> int:
        """Loopback port of the provider that engines attach to."""
        ...


def sandbox_environment(inherited: Mapping[str, str], home: Home, sandbox: SandboxAddress) -> dict[str, str]:
    """Return an environment that cannot reach real AWS: no inherited credentials, profiles or endpoints."""
    kept = {key: value for key, value in inherited.items() if key in _KEPT or key.startswith(_KEPT_PREFIXES)}
    return {**kept, **sandbox_exports(home, sandbox), "PULUMI_SKIP_UPDATE_CHECK": "true"}


def sandbox_exports(home: Home, sandbox: SandboxAddress) -> dict[str, str]:
    """Return the variables with which the ordinary pulumi and aws commands work on the sandbox."""
    return {
        "PULUMI_BACKEND_URL": f"file://{home.backend}",
        "PULUMI_CONFIG_PASSPHRASE_FILE": str(home.passphrase),
        "PULUMI_HOME": str(home.pulumi_home),
        "PULUMI_DEBUG_PROVIDERS": f"aws:{sandbox.provider_port}",
        "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "true",
        "AWS_ENDPOINT_URL": sandbox.endpoint,
        "AWS_ACCESS_KEY_ID": "sandbox",
        "AWS_SECRET_ACCESS_KEY": "sandbox",
        "AWS_REGION": SANDBOX_REGION,
        "AWS_DEFAULT_REGION": SANDBOX_REGION,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
        "NO_PROXY": "127.0.0.1,localhost",
    }


def aws_environment(inherited: Mapping[str, str], target: Target) -> dict[str, str]:
    """Return the caller's own environment with the target's backend; credentials come from the caller.

    Raises:
        BadInputError: variables of the sandbox are still set, so real stacks would meet a local provider.
    """
    leftovers = sorted({"PULUMI_DEBUG_PROVIDERS", "AWS_ENDPOINT_URL"} & inherited.keys())
    if leftovers:
        raise BadInputError(
            f"{', '.join(leftovers)} is set while the target is real AWS",
            rule="the sandbox and real accounts never mix",
            remedy=f"unset {' '.join(leftovers)} (they come from `orchestrator.py env`)",
        )
    backend = {"PULUMI_BACKEND_URL": target.backend} if target.backend else {}
    return {**inherited, **backend, "PULUMI_SKIP_UPDATE_CHECK": "true"}
