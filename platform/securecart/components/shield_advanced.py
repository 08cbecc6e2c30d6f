"""Shield Advanced in one account: its subscription, and a protection for each resource that faces the internet."""

from __future__ import annotations

from collections.abc import Mapping

import pulumi

from securecart.components.sdk import shield
from securecart.program.scope import Scope

REGION = "us-east-1"
"""The one region with Shield's API (AWS General Reference, Shield endpoints)."""


class ShieldAdvanced(pulumi.ComponentResource):
    """The subscription and the protections of one account, in us-east-1."""

    protection_ids: Mapping[str, pulumi.Output[str]]
    """Id of each protection, by the name of what it protects."""

    def __init__(self, name: str, scope: Scope, resources: Mapping[str, pulumi.Input[str]]) -> None:
        """Subscribe, then protect each resource.

        A subscription is for a year and cannot be ended earlier. AWS takes no change of its renewal either, save in its
        last 30 days (Shield API, UpdateSubscription), so that destroying the stack leaves the subscription as it is.

        Args:
            name: Name of the component and the subscription.
            scope: Account, in us-east-1.
            resources: ARN of each resource, by its name.
        """
        super().__init__("securecart:edge:ShieldAdvanced", name, None, scope.component_opts())
        inner = scope.within(self)
        subscription = shield.Subscription(name, auto_renew="ENABLED", skip_destroy=True, opts=inner.opts())
        self.protection_ids = {
            key: shield.Protection(
                key, name=key, resource_arn=arn, tags=inner.tags(key), opts=inner.opts(depends_on=[subscription])
            ).id
            for key, arn in resources.items()
        }
        self.register_outputs({"protection_ids": dict(self.protection_ids)})
