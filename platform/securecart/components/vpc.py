"""A VPC with its default resources adopted and emptied, and its flow log."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network

import pulumi

from securecart.components.flow_log import vpc_flow_log
from securecart.components.sdk import ec2
from securecart.program.scope import Scope


@dataclass(frozen=True)
class VpcArgs:
    """What a VPC needs."""

    cidr: IPv4Network
    """IPv4 block, /16 to /28 (VPC user guide, "VPC CIDR blocks")."""
    flow_log_bucket_arn: pulumi.Input[str]
    """ARN of the bucket that takes the flow log."""


class Vpc(pulumi.ComponentResource):
    """A VPC in which nothing works until a tier allows it: its default resources are empty."""

    vpc_id: pulumi.Output[str]
    """Id of the VPC."""
    cidr: IPv4Network
    """IPv4 block of the VPC."""

    def __init__(self, name: str, scope: Scope, args: VpcArgs) -> None:
        """Create the VPC, empty its defaults and log its traffic."""
        super().__init__("securecart:network:Vpc", name, None, scope.component_opts())
        inner = scope.within(self)
        vpc = ec2.Vpc(
            name,
            cidr_block=str(args.cidr),
            enable_dns_support=True,
            enable_dns_hostnames=True,
            tags=inner.tags(name),
            opts=inner.opts(),
        )
        _empty_defaults(name, inner, vpc)
        vpc_flow_log(inner, f"{name}-flow-log", vpc.id, args.flow_log_bucket_arn)
        self.vpc_id, self.cidr = vpc.id, args.cidr
        self.register_outputs({"vpc_id": vpc.id})


def _empty_defaults(name: str, scope: Scope, vpc: ec2.Vpc) -> None:
    """Adopt what AWS makes with every VPC, without rules, entries or routes."""
    ec2.DefaultSecurityGroup(
        f"{name}-default",
        vpc_id=vpc.id,
        ingress=[],
        egress=[],
        tags=scope.tags(f"{name}-default"),
        opts=scope.opts(),
    )
    ec2.DefaultNetworkAcl(
        f"{name}-default",
        default_network_acl_id=vpc.default_network_acl_id,
        ingress=[],
        egress=[],
        tags=scope.tags(f"{name}-default"),
        # A subnet that leaves another ACL lands here; the provider's documentation says to ignore it.
        opts=scope.opts(ignore_changes=["subnetIds"]),
    )
    ec2.DefaultRouteTable(
        f"{name}-default",
        default_route_table_id=vpc.default_route_table_id,
        routes=[],
        tags=scope.tags(f"{name}-default"),
        opts=scope.opts(),
    )
