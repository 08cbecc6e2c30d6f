"""The internal Network Load Balancer before a service that is offered by PrivateLink."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from securecart.components.privatelink_table import PORT
from securecart.components.sdk import lb
from securecart.program.scope import Scope


@dataclass(frozen=True)
class ServiceLoadBalancerArgs:
    """What the load balancer needs."""

    vpc_id: pulumi.Input[str]
    """Id of the VPC."""
    subnet_ids: Mapping[str, pulumi.Input[str]]
    """Subnet of the private tier in each availability zone."""
    security_group_id: pulumi.Input[str]
    """Its group; a load balancer that is made without one never takes any (NLB guide, Security groups)."""
    deletion_protection: bool
    """Whether AWS refuses to delete it."""


def service_load_balancer(scope: Scope, name: str, args: ServiceLoadBalancerArgs) -> lb.LoadBalancer:
    """Create the load balancer, with one TCP listener and a group of IP targets that the service fills."""
    balancer = lb.LoadBalancer(
        name,
        load_balancer_type="network",
        internal=True,
        ip_address_type="ipv4",
        subnets=[args.subnet_ids[az] for az in sorted(args.subnet_ids)],
        security_groups=[args.security_group_id],
        enforce_security_group_inbound_rules_on_private_link_traffic="on",
        enable_cross_zone_load_balancing=True,
        enable_deletion_protection=args.deletion_protection,
        tags=scope.tags(name, tier="private", component="nlb"),
        opts=scope.opts(),
    )
    targets = lb.TargetGroup(
        name,
        vpc_id=args.vpc_id,
        target_type="ip",
        protocol="TCP",
        port=PORT,
        health_check=lb.TargetGroupHealthCheckArgs(protocol="TCP", port="traffic-port"),
        tags=scope.tags(name, component="service"),
        opts=scope.opts(),
    )
    lb.Listener(
        name,
        load_balancer_arn=balancer.arn,
        protocol="TCP",
        port=PORT,
        default_actions=[lb.ListenerDefaultActionArgs(type="forward", target_group_arn=targets.arn)],
        tags=scope.tags(name),
        opts=scope.opts(),
    )
    return balancer
