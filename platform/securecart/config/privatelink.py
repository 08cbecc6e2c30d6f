"""PrivateLink both ways: a service that the firm offers, and services of others that it uses."""

from __future__ import annotations

from ipaddress import IPv4Network
from typing import Annotated

from pydantic import Field

from securecart.config.edge import DomainName
from securecart.config.parts import Model, Name

Principal = Annotated[
    str,
    Field(
        pattern=r"^arn:aws:iam::[0-9]{12}:(root|role/[A-Za-z0-9+=,.@_/-]{1,128}|user/[A-Za-z0-9+=,.@_/-]{1,128})$",
        description="ARN of an account's root, a role or a user; never `*`.",
    ),
]
ServiceName = Annotated[
    str,
    Field(
        pattern=r"^com\.amazonaws\.vpce\.[a-z]{2}(-[a-z]+)+-[0-9]\.vpce-svc-[0-9a-f]{17}$",
        description="Name of an endpoint service, e.g. `com.amazonaws.vpce.us-east-1.vpce-svc-0a1b2c3d4e5f60718`.",
    ),
]


class EndpointService(Model):
    """A service offered through a Network Load Balancer; every connection is accepted by hand or by stack."""

    network: Name = Field(description="Network whose private tier holds the Network Load Balancer and the service.")
    private_dns_name: DomainName = Field(description="Name that consumers use, proven by a TXT record in the zone.")
    consumers: tuple[Name, ...] = Field(
        default=(), description="Networks of the fleet, in the same region, that get an interface endpoint to it."
    )
    allowed_principals: tuple[Principal, ...] = Field(
        default=(), description="Principals of others that may ask for a connection, beyond the consumers' accounts."
    )
    clients: tuple[IPv4Network, ...] = Field(
        default=(), description="Private blocks from which the others call, as they are in their own networks."
    )


class PartnerEndpoint(Model):
    """An interface endpoint to another firm's service.

    It has no policy: AWS accepts none but full access on endpoints to services that are not its own.
    """

    network: Name = Field(description="Network whose private tier holds the endpoint.")
    service_name: ServiceName = Field(description="Name that the partner's endpoint service has.")
    private_dns: bool = Field(
        default=True, description="Whether the partner's own name resolves to the endpoint inside the network."
    )
