"""The services that endpoints lead to: AWS's own by name, those that accounts offer to one another, and partners'.

Sources: AWS PrivateLink guide, "AWS services that integrate with AWS PrivateLink", "Gateway endpoints" and "Share your
services"; EC2 API reference, CreateVpcEndpoint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.vpc_service_configuration import VPCServiceConfiguration
from moto.ec2.models.vpcs import AWS_ENDPOINT_SERVICES, COVERED_ENDPOINT_SERVICES, VPCEndPoint

from securecart.sandbox.moto_extensions.partner_services import PARTNERS
from securecart.sandbox.moto_extensions.support import ec2_error

_GATEWAYS = ("s3", "dynamodb")
"""The services that gateway endpoints exist for."""
_OF_AWS = frozenset((*AWS_ENDPOINT_SERVICES, *COVERED_ENDPOINT_SERVICES, *_GATEWAYS))
_ANY_SUBDOMAIN = ("ecr.dkr", "execute-api")
"""Services whose private name stands for every name below it."""
_EVERYBODY = "*"


@dataclass(frozen=True)
class Service:
    """A service that an endpoint may lead to."""

    name: str
    """Its full name, such as `com.amazonaws.us-east-1.s3`."""
    types: frozenset[str]
    """EC2's words for the types of endpoint that it has."""
    private_name: str
    """The name that an endpoint with private DNS answers to; empty: there is none, or it is not verified."""
    zones: frozenset[str]
    """Availability Zones that it is in; empty: every zone."""
    accepts: bool
    """Its owner accepts every connection by hand."""
    of_aws: bool = False
    """It is AWS's own: endpoints to others take no policy."""


def find_service(backend: EC2Backend, name: str) -> Service:
    """Return a service that an account may make an endpoint to.

    Raises:
        EC2ClientError: InvalidServiceName, for what does not exist as for what the account is not allowed.
    """
    own = f"com.amazonaws.{backend.region_name}."
    kind = name.removeprefix(own)
    if name.startswith(own) and kind in _OF_AWS:
        types = {"Interface", "Gateway"} if kind in _GATEWAYS else {"Interface"}
        private_name = _private_name(kind, backend.region_name)
        return Service(name, frozenset(types), private_name, frozenset(), accepts=False, of_aws=True)
    for owner, offered in offers(backend.region_name):
        if offered.service_name == name and may_connect(backend.account_id, owner, offered):
            verified = is_verified(offered)
            return Service(
                name,
                frozenset({"Interface"}),
                str(offered.private_dns_name) if verified else "",
                frozenset(offered.availability_zones),
                accepts=offered.acceptance_required,
            )
    if name.startswith(f"com.amazonaws.vpce.{backend.region_name}.") and name in PARTNERS:
        partner = PARTNERS[name]
        return Service(name, frozenset({"Interface"}), partner.private_name, frozenset(), accepts=partner.accepts)
    raise ec2_error("InvalidServiceName", f"The Vpc Endpoint Service '{name}' does not exist")


def _private_name(kind: str, region: str) -> str:
    below = "*." if kind in _ANY_SUBDOMAIN else ""
    return f"{below}{'.'.join(reversed(kind.split('.')))}.{region}.amazonaws.com"


def offers(region: str) -> Iterator[tuple[EC2Backend, VPCServiceConfiguration]]:
    """Every service that an account offers in a region, with its owner's memory."""
    for _, place, backend in ec2_backends.iter_backends():
        if place == region and isinstance(backend, EC2Backend):
            for offered in backend.configurations.values():
                yield backend, offered


def may_connect(account: str, owner: EC2Backend, offered: VPCServiceConfiguration) -> bool:
    """Whether an account is the owner, or is named by one of the allowed principals."""
    named = {principal.split(":")[4] if ":" in principal else principal for principal in offered.principals}
    return account == owner.account_id or bool(named & {account, _EVERYBODY})


def is_verified(offered: VPCServiceConfiguration) -> bool:
    """Whether the owner has shown that the private name's domain is its own."""
    return bool(offered.private_dns_name) and offered.private_dns_name_configuration.get("State") == "verified"


def connections(region: str, service_name: str) -> Iterator[tuple[EC2Backend, VPCEndPoint]]:
    """The endpoints that lead to a service, whosever they are, with their owner's memory."""
    for _, place, backend in ec2_backends.iter_backends():
        if place == region and isinstance(backend, EC2Backend):
            for endpoint in backend.vpc_end_points.values():
                if endpoint.service_name == service_name:
                    yield backend, endpoint
