"""A service offered by PrivateLink, and the endpoints of the firm's own networks to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.private_endpoint import PrivateEndpointArgs, private_dns, private_endpoint
from securecart.components.sdk import ec2, route53, vpc
from securecart.components.security_group_rules import GroupRule
from securecart.components.security_groups import RulePeers, security_group_rule
from securecart.components.service_load_balancer import ServiceLoadBalancerArgs, service_load_balancer
from securecart.program.provenance import computed
from securecart.program.scope import Scope

VERIFICATION_TTL_SECONDS = 300
"""How long resolvers keep the record that proves the name."""


@dataclass(frozen=True)
class Consumer:
    """A network of the firm that calls the service."""

    scope: Scope
    """Account and region of the network."""
    vpc_id: pulumi.Input[str]
    """Id of its VPC."""
    subnet_ids: Mapping[str, pulumi.Input[str]]
    """Subnet of its private tier in each availability zone that it shares with the service."""
    security_group_id: pulumi.Input[str]
    """Its group of interface endpoints."""


@dataclass(frozen=True)
class EndpointServiceArgs:
    """What the service needs."""

    load_balancer: ServiceLoadBalancerArgs
    """The load balancer before the service."""
    rules: Sequence[GroupRule]
    """Rules that let the clients into the load balancer's group."""
    private_dns_name: str
    """Name that consumers use."""
    zone_id: pulumi.Input[str]
    """Hosted zone that proves the name."""
    zone_scope: Scope
    """Account of the zone."""
    allowed_principals: Sequence[str]
    """Who may ask for a connection."""
    consumers: Mapping[str, Consumer]
    """The firm's own consumers, by network."""


class EndpointService(pulumi.ComponentResource):
    """An endpoint service whose every connection is accepted one by one: those of the firm by this program."""

    service_name: pulumi.Output[str]
    """Name by which others find the service."""
    endpoint_ids: Mapping[str, pulumi.Output[str]]
    """Endpoint of each of the firm's own consumers."""

    def __init__(self, name: str, scope: Scope, args: EndpointServiceArgs) -> None:
        """Offer the service, prove its name, and connect the firm's own consumers."""
        super().__init__("securecart:privatelink:EndpointService", name, None, scope.component_opts())
        inner = scope.within(self)
        balancer = service_load_balancer(inner, name, args.load_balancer)
        for rule in args.rules:
            security_group_rule(inner, rule.name, args.load_balancer.security_group_id, rule, RulePeers({}, {}))
        service = ec2.VpcEndpointService(
            name,
            acceptance_required=True,
            network_load_balancer_arns=[balancer.arn],
            allowed_principals=list(args.allowed_principals),
            private_dns_name=args.private_dns_name,
            tags=inner.tags(name),
            opts=inner.opts(),
        )
        verified = _proof(inner, args.zone_scope.within(self), name, service, args)
        self.service_name = service.service_name
        self.endpoint_ids = {
            network: _connect(inner, consumer.scope.within(self), network, service, consumer, verified)
            for network, consumer in args.consumers.items()
        }
        self.register_outputs({"service_name": service.service_name, "endpoint_ids": dict(self.endpoint_ids)})


def _proof(
    scope: Scope, zone: Scope, name: str, service: ec2.VpcEndpointService, args: EndpointServiceArgs
) -> vpc.EndpointServicePrivateDnsVerification:
    """Show by a TXT record that the name is the firm's (AWS PrivateLink guide, Manage DNS names)."""
    told = service.private_dns_name_configurations[0]
    label, value = told.apply(lambda each: each.name or ""), told.apply(lambda each: each.value or "")
    record = route53.Record(
        name,
        zone_id=args.zone_id,
        name=computed(
            pulumi.Output.concat(label, ".", args.private_dns_name), service, "private_dns_name_configurations"
        ),
        type="TXT",
        ttl=VERIFICATION_TTL_SECONDS,
        records=[computed(value, service, "private_dns_name_configurations")],
        opts=zone.opts(),
    )
    return vpc.EndpointServicePrivateDnsVerification(
        name, service_id=service.id, wait_for_verification=True, opts=scope.opts(depends_on=[record])
    )


def _connect(
    scope: Scope,
    theirs: Scope,
    network: str,
    service: ec2.VpcEndpointService,
    consumer: Consumer,
    verified: pulumi.Resource,
) -> pulumi.Output[str]:
    """Create a consumer's endpoint in its own account, accept it in the service's, and give it the name."""
    endpoint = private_endpoint(
        theirs,
        network,
        PrivateEndpointArgs(
            service_name=service.service_name,
            vpc_id=consumer.vpc_id,
            subnet_ids=consumer.subnet_ids,
            security_group_id=consumer.security_group_id,
        ),
    )
    accepted = ec2.VpcEndpointConnectionAccepter(
        network, vpc_endpoint_service_id=service.id, vpc_endpoint_id=endpoint.id, opts=scope.opts()
    )
    private_dns(theirs, network, endpoint, enabled=True, depends_on=(accepted, verified))
    return endpoint.id
