"""The firm's way to a partner's service: one interface endpoint, and the partner's own name for it."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from securecart.components.private_endpoint import PrivateEndpointArgs, private_dns, private_endpoint
from securecart.program.scope import Scope


@dataclass(frozen=True)
class PartnerEndpointArgs:
    """What the way to a partner's service needs."""

    endpoint: PrivateEndpointArgs
    """Where the endpoint stands, and what it leads to."""
    private_dns: bool
    """Whether the partner's own name leads to it; refused until the partner has accepted the connection."""


class PartnerEndpoint(pulumi.ComponentResource):
    """An interface endpoint to a partner's service."""

    endpoint_id: pulumi.Output[str]
    """Id of the endpoint, by which the partner accepts the connection."""

    def __init__(self, name: str, scope: Scope, args: PartnerEndpointArgs) -> None:
        """Create the endpoint, then its name."""
        super().__init__("securecart:privatelink:PartnerEndpoint", name, None, scope.component_opts())
        inner = scope.within(self)
        endpoint = private_endpoint(inner, name, args.endpoint)
        private_dns(inner, name, endpoint, enabled=args.private_dns)
        self.endpoint_id = endpoint.id
        self.register_outputs({"endpoint_id": endpoint.id})
