"""The one helper through which every child resource gets its parent, its provider and SecureCart's tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pulumi
import pulumi_aws as aws

TAG_PREFIX = "securecart:"


@dataclass(frozen=True)
class Scope:
    """An account and region to create resources in, below one parent."""

    provider: aws.Provider
    """Provider that assumes the account's role in the region."""
    account: str
    """Name of the account in the fleet."""
    account_id: str
    """Twelve digits."""
    region: str
    """AWS region."""
    base_tags: Mapping[str, str]
    """Tags of every resource of the stack."""
    parent: pulumi.Resource | None = None
    """Component below which children are created; None for the stack itself."""

    def within(self, component: pulumi.Resource) -> Scope:
        """Return the same scope for the children of a component."""
        return replace(self, parent=component)

    def opts(
        self,
        *,
        depends_on: Sequence[pulumi.Resource] = (),
        protect: bool | None = None,
        delete_before_replace: bool | None = None,
        ignore_changes: Sequence[str] = (),
        replace_on_changes: Sequence[str] = (),
    ) -> pulumi.ResourceOptions:
        """Return the options of a child: parent and provider always set."""
        return pulumi.ResourceOptions(
            parent=self.parent,
            provider=self.provider,
            depends_on=list(depends_on),
            protect=protect,
            delete_before_replace=delete_before_replace,
            ignore_changes=list(ignore_changes) or None,
            replace_on_changes=list(replace_on_changes) or None,
        )

    def component_opts(self) -> pulumi.ResourceOptions:
        """Return the options of a component: its children inherit the provider."""
        return pulumi.ResourceOptions(parent=self.parent, providers=[self.provider])

    def tags(self, name: str, **labels: str) -> dict[str, str]:
        """Return the tags of a resource: Name, the stack's own, and ``securecart:LABEL`` for each label."""
        extra = {f"{TAG_PREFIX}{key.replace('_', '-')}": value for key, value in labels.items()}
        return {**self.base_tags, **extra, "Name": name}
