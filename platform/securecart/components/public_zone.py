"""A public hosted zone."""

from __future__ import annotations

from collections.abc import Sequence

import pulumi

from securecart.components.sdk import route53
from securecart.program.scope import Scope


class PublicZone(pulumi.ComponentResource):
    """A zone that the internet can ask, and that refuses to be deleted while it holds records of others."""

    zone_id: pulumi.Output[str]
    """Id of the zone."""
    arn: pulumi.Output[str]
    """ARN of the zone."""
    name_servers: pulumi.Output[Sequence[str]]
    """Servers that the domain's registrar has to delegate to."""

    def __init__(self, name: str, scope: Scope, domain_name: str) -> None:
        """Create the zone.

        Args:
            name: Name of the component and its child.
            scope: Account of the zone.
            domain_name: Domain name of the zone.
        """
        super().__init__("securecart:edge:PublicZone", name, None, scope.component_opts())
        inner = scope.within(self)
        zone = route53.Zone(
            name,
            name=domain_name,
            comment=f"Public names of {domain_name}",
            tags=inner.tags(domain_name),
            opts=inner.opts(),
        )
        self.zone_id, self.arn, self.name_servers = zone.zone_id, zone.arn, zone.name_servers
        self.register_outputs({"zone_id": zone.zone_id, "name_servers": zone.name_servers})
