"""The VPC endpoints of a network: AWS services reached from the private tier without the internet."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.endpoint_policies import Grants, endpoint_policy
from securecart.components.sdk import ec2
from securecart.config.endpoints import GatewayService, InterfaceService
from securecart.program.scope import Scope

IPV4 = "ipv4"
"""The only version of IP that the firm's networks speak."""


@dataclass(frozen=True)
class VpcEndpointsArgs:
    """What the endpoints need."""

    vpc_id: pulumi.Input[str]
    """Id of the VPC; its DNS support and DNS hostnames must be on."""
    gateway: Sequence[GatewayService]
    """Services that get a gateway endpoint."""
    interface: Sequence[InterfaceService]
    """Services that get an interface endpoint."""
    route_table_ids: Mapping[str, pulumi.Input[str]]
    """Route table of the private tier in each availability zone, which takes the routes of gateway endpoints."""
    subnet_ids: Mapping[str, pulumi.Input[str]]
    """Subnet of the private tier in each availability zone, which takes the interface of each interface endpoint."""
    security_group_id: pulumi.Input[str]
    """Group of interface endpoints."""
    grants: Grants
    """Whom and what their policies let through."""


class VpcEndpoints(pulumi.ComponentResource):
    """Gateway endpoints on the private route tables, interface endpoints in the private subnets."""

    endpoint_ids: Mapping[str, pulumi.Output[str]]
    """Endpoint id of each service."""

    def __init__(self, name: str, scope: Scope, args: VpcEndpointsArgs) -> None:
        """Create an endpoint for each service."""
        super().__init__("securecart:network:VpcEndpoints", name, None, scope.component_opts())
        inner = scope.within(self)
        gateways = {service.value: _gateway(inner, name, service, args) for service in args.gateway}
        interfaces = {service.value: _interface(inner, name, service, args) for service in args.interface}
        self.endpoint_ids = {service: endpoint.id for service, endpoint in (gateways | interfaces).items()}
        self.register_outputs({"endpoint_ids": dict(self.endpoint_ids)})


def _gateway(scope: Scope, network: str, service: GatewayService, args: VpcEndpointsArgs) -> ec2.VpcEndpoint:
    """Create a gateway endpoint: a route to the service's prefix list in each route table."""
    return ec2.VpcEndpoint(
        service.value,
        vpc_id=args.vpc_id,
        vpc_endpoint_type="Gateway",
        service_name=_service_name(scope, service),
        route_table_ids=[args.route_table_ids[az] for az in sorted(args.route_table_ids)],
        policy=json.dumps(endpoint_policy(service, args.grants)),
        tags=scope.tags(f"{network}-{service}", tier="private"),
        opts=scope.opts(),
    )


def _interface(scope: Scope, network: str, service: InterfaceService, args: VpcEndpointsArgs) -> ec2.VpcEndpoint:
    """Create an interface endpoint: an interface in each zone, to which the service's own name leads."""
    return ec2.VpcEndpoint(
        service.value,
        vpc_id=args.vpc_id,
        vpc_endpoint_type="Interface",
        service_name=_service_name(scope, service),
        subnet_ids=[args.subnet_ids[az] for az in sorted(args.subnet_ids)],
        security_group_ids=[args.security_group_id],
        private_dns_enabled=True,
        ip_address_type=IPV4,
        dns_options=ec2.VpcEndpointDnsOptionsArgs(dns_record_ip_type=IPV4),
        policy=json.dumps(endpoint_policy(service, args.grants)),
        tags=scope.tags(f"{network}-{service}", tier="private"),
        opts=scope.opts(),
    )


def _service_name(scope: Scope, service: GatewayService | InterfaceService) -> str:
    """Return AWS's full name of a service in the scope's region."""
    return f"com.amazonaws.{scope.region}.{service}"
