"""A provider's configuration as Pulumi passes it: parsed, checked, frozen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from securecart.errors import SandboxError

_SILENT = frozenset(
    [
        "version",
        "accessKey",
        "secretKey",
        "endpoints",
        "s3UsePathStyle",
        "skipCredentialsValidation",
        "skipMetadataApiCheck",
        "skipRegionValidation",
        "skipRequestingAccountId",
        "maxRetries",
        "retryMode",
    ]
)
"""Accepted and without effect: the sandbox's calls go to its own endpoint, with its own credentials."""
_USED = frozenset({"region", "assumeRoles", "defaultTags", "allowedAccountIds"})


@dataclass(frozen=True)
class AssumedRole:
    """One role of the chain."""

    role_arn: str
    """ARN of the role to assume."""
    external_id: str = field(default="", repr=False)
    """External id that the role's trust policy asks for; empty: none."""
    session_name: str = "securecart"
    """Session name, as CloudTrail would show it."""


@dataclass(frozen=True)
class ProviderSettings:
    """What one provider instance is configured with."""

    region: str
    """AWS region code."""
    assume_roles: tuple[AssumedRole, ...] = ()
    """Roles to assume, one after another."""
    default_tags: Mapping[str, str] = field(default_factory=dict)
    """Tags for every resource that takes tags."""
    allowed_accounts: frozenset[str] = frozenset()
    """Account ids that the provider may act in; empty: the last role's account."""


def is_default_provider(urn_or_name: str) -> bool:
    """Return whether the engine made this provider by itself, for a resource that was given none."""
    return urn_or_name.rpartition("::")[2].startswith("default")


def refuse_default_provider(name: str) -> SandboxError:
    """Return the error for a resource without an explicit provider."""
    return SandboxError(
        "the default aws provider is refused by the sandbox",
        value=name,
        rule="every resource names its provider, because the provider decides the account",
        remedy="pass opts with provider= (or providers= on the component) built for the account and region",
    )


def parse_settings(arguments: Mapping[str, object]) -> ProviderSettings:
    """Return the settings in Configure's arguments.

    Args:
        arguments: Inputs of the provider resource by Pulumi name; lists and objects come as JSON text.

    Raises:
        SandboxError: An input is unknown to the sandbox, the region or the account is not given.
    """
    foreign = sorted(set(arguments) - _USED - _SILENT)
    if foreign:
        raise SandboxError(
            "the sandbox's provider does not support these provider inputs",
            value=foreign,
            rule=f"supported are {', '.join(sorted(_USED | _SILENT))}",
            remedy="leave them out for the sandbox target",
        )
    region = arguments.get("region")
    if not isinstance(region, str) or not region:
        raise SandboxError("an aws provider without a region", remedy="give the provider its region")
    roles = tuple(_role(entry) for entry in _items(arguments, "assumeRoles"))
    allowed = frozenset(str(item) for item in _items(arguments, "allowedAccountIds"))
    if not roles and not allowed:
        raise SandboxError(
            "an aws provider that says neither assumeRoles nor allowedAccountIds",
            value=region,
            rule="the account must never be a matter of chance",
            remedy="give the provider assumeRoles, or allowedAccountIds for the credentials' own account",
        )
    return ProviderSettings(region, roles, _default_tags(arguments), allowed)


def _plain(arguments: Mapping[str, object], name: str) -> object:
    value = arguments.get(name)
    if not isinstance(value, str) or not value.strip():
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        raise SandboxError(f"provider input {name} is not JSON", remedy="let the SDK encode it") from error


def _items(arguments: Mapping[str, object], name: str) -> list[object]:
    value = _plain(arguments, name)
    if value in (None, ""):
        return []
    if not isinstance(value, list):
        raise SandboxError(f"provider input {name} is not a list", remedy="pass a list")
    return value


def _role(entry: object) -> AssumedRole:
    given = {_snake(key): value for key, value in entry.items()} if isinstance(entry, Mapping) else {}
    arn = given.get("role_arn")
    if not isinstance(arn, str) or arn.count(":") < 5:
        raise SandboxError("assumeRoles needs a role ARN", value=arn, remedy="give role_arn")
    return AssumedRole(
        arn, str(given.get("external_id") or ""), str(given.get("session_name") or AssumedRole.session_name)
    )


def _default_tags(arguments: Mapping[str, object]) -> dict[str, str]:
    value = _plain(arguments, "defaultTags")
    tags = value.get("tags") if isinstance(value, Mapping) else None
    return {str(key): str(item) for key, item in tags.items()} if isinstance(tags, Mapping) else {}


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
