"""An interface endpoint to a service that is not AWS's own: another network's of the firm, or a partner's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.sdk import ec2, vpc
from securecart.components.vpc_endpoints import IPV4
from securecart.program.scope import Scope


@dataclass(frozen=True)
class PrivateEndpointArgs:
    """What the endpoint needs."""

    service_name: pulumi.Input[str]
    """Name of the endpoint service."""
    vpc_id: pulumi.Input[str]
    """Id of the VPC; its DNS support and DNS hostnames must be on."""
    subnet_ids: Mapping[str, pulumi.Input[str]]
    """Subnet of the private tier in each availability zone that the service is in."""
    security_group_id: pulumi.Input[str]
    """Group of interface endpoints."""


def private_endpoint(scope: Scope, name: str, args: PrivateEndpointArgs) -> ec2.VpcEndpoint:
    """Create the endpoint, without private DNS, which waits for the service's owner.

    It has no policy of its own: to these services AWS accepts full access alone (AWS PrivateLink guide, Control access
    to VPC endpoints using endpoint policies). The group, and the service's own authentication, say who may call.
    """
    return ec2.VpcEndpoint(
        name,
        vpc_id=args.vpc_id,
        vpc_endpoint_type="Interface",
        service_name=args.service_name,
        subnet_ids=[args.subnet_ids[az] for az in sorted(args.subnet_ids)],
        security_group_ids=[args.security_group_id],
        ip_address_type=IPV4,
        dns_options=ec2.VpcEndpointDnsOptionsArgs(dns_record_ip_type=IPV4),
        tags=scope.tags(name, tier="private"),
        opts=scope.opts(),
    )


def private_dns(
    scope: Scope,
    name: str,
    endpoint: ec2.VpcEndpoint,
    *,
    enabled: bool,
    depends_on: Sequence[pulumi.Resource] = (),
) -> vpc.EndpointPrivateDns:
    """Say whether the service's own name leads to the endpoint; AWS refuses it until the owner has accepted it.

    So it is a resource of its own, after the acceptance. It is there when switched off, too: the provider switches
    nothing off by deleting it (terraform-provider-aws, vpc_endpoint_private_dns.go).
    """
    return vpc.EndpointPrivateDns(
        name, vpc_endpoint_id=endpoint.id, private_dns_enabled=enabled, opts=scope.opts(depends_on=depends_on)
    )
