"""CheckConfig and DiffConfig: the provider's own inputs."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.provider.diff import Act, Change, Difference
from securecart.sandbox.provider.settings import (
    ProviderSettings,
    is_default_provider,
    parse_settings,
    refuse_default_provider,
)
from securecart.sandbox.provider.values import has_unknown


def check_configuration(urn: str, arguments: Mapping[str, object]) -> None:
    """Refuse a provider that the sandbox cannot honour.

    Raises:
        SandboxError: It is a default provider, or an input is wrong.
    """
    if is_default_provider(urn):
        raise refuse_default_provider(urn.rpartition("::")[2])
    if not has_unknown(arguments):
        parse_settings(arguments)


def compare_configurations(olds: Mapping[str, object], news: Mapping[str, object]) -> Difference:
    """Compare two configurations: another region or account replaces the provider and all that it made."""
    changed = [name for name in sorted({*olds, *news} - {"version"}) if olds.get(name) != news.get(name)]
    moved = has_unknown(news) or _place(olds) != _place(news)
    replacing = {"region", "assumeRoles", "allowedAccountIds"} if moved else set()
    changes = (Change(name, name, _act(olds, news, name), name in replacing) for name in changed)
    return Difference(tuple(changes), delete_before_replace=False)


def _act(olds: Mapping[str, object], news: Mapping[str, object], name: str) -> Act:
    return "ADD" if name not in olds else "UPDATE" if name in news else "DELETE"


def _place(arguments: Mapping[str, object]) -> tuple[str, str]:
    settings: ProviderSettings = parse_settings(arguments)
    account = settings.assume_roles[-1].role_arn.split(":")[4] if settings.assume_roles else ""
    return settings.region, account or ",".join(sorted(settings.allowed_accounts))
