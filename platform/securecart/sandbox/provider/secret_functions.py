"""The functions of Secrets Manager that programs may call; what they answer is secret."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi.runtime import rpc

from securecart.sandbox.provider.instances import Instance

_PARAMS = {
    "passwordLength": "PasswordLength",
    "excludeCharacters": "ExcludeCharacters",
    "excludeLowercase": "ExcludeLowercase",
    "excludeNumbers": "ExcludeNumbers",
    "excludePunctuation": "ExcludePunctuation",
    "excludeUppercase": "ExcludeUppercase",
    "includeSpace": "IncludeSpace",
    "requireEachIncludedType": "RequireEachIncludedType",
}


def random_password(arguments: Mapping[str, object], instance: Instance) -> dict[str, object]:
    """Return a new password at each call (Secrets Manager API, GetRandomPassword)."""
    service = instance.service("secretsmanager", str(arguments.get("region") or ""))
    given = {wire: arguments[name] for name, wire in _PARAMS.items() if arguments.get(name) is not None}
    password = service.call("GetRandomPassword", given)["RandomPassword"]
    return {
        **arguments,
        "id": service.region,
        "region": service.region,
        "randomPassword": {rpc._special_sig_key: rpc._special_secret_sig, "value": password},
    }
