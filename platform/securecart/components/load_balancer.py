"""An Application Load Balancer on the internet, behind its web ACL, with its name in the zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pulumi

from securecart.components.alias_record import AliasArgs, alias_records
from securecart.components.listeners import https_listener, redirecting_listener
from securecart.components.origin_token import origin_token
from securecart.components.sdk import lb, wafv2
from securecart.components.web_acl import WebAcl, WebAclArgs
from securecart.program.scope import Scope

TARGET_PORT = 8080
"""Port of the tasks behind the load balancer; security groups and network ACLs open this one."""


@dataclass(frozen=True)
class LoadBalancerArgs:
    """What a load balancer needs."""

    vpc_id: pulumi.Input[str]
    """VPC of the targets."""
    subnet_ids: Sequence[pulumi.Input[str]]
    """Public subnets, one in each zone."""
    security_group_id: pulumi.Input[str]
    """The network's group of the component alb."""
    certificate_arn: pulumi.Input[str]
    """Issued certificate of the HTTPS listener."""
    health_check_path: str
    """Path that answers 200 while a target is well."""
    log_bucket: pulumi.Input[str]
    """Bucket of the region that takes access logs."""
    deletion_protection: bool
    """Whether AWS refuses to delete it."""
    web_acl: WebAclArgs
    """What its web ACL lets in."""
    behind_distribution: bool
    """Whether a distribution asks it: then it has a token, by which its web ACL knows these requests."""
    zone_scope: Scope
    """Account of the zone."""
    zone_id: pulumi.Input[str]
    """Zone of its host."""
    host: str
    """Its name in the zone."""


class LoadBalancer(pulumi.ComponentResource):
    """Load balancer, target group, listeners, web ACL and alias record."""

    arn: pulumi.Output[str]
    """ARN of the load balancer."""
    dns_name: pulumi.Output[str]
    """Name that AWS gave it."""
    zone_id: pulumi.Output[str]
    """Hosted zone of that name, for alias records."""
    target_group_arn: pulumi.Output[str]
    """Target group that the workload registers its tasks with."""
    https_listener_arn: pulumi.Output[str]
    """Listener on 443."""
    web_acl_arn: pulumi.Output[str]
    """Web ACL that judges its requests."""
    ip_set_ids: Mapping[str, pulumi.Output[str]]
    """Id of the web ACL's set of blocked addresses of each IP version."""
    origin_token: pulumi.Output[str] | None
    """Secret that distributions send with each request; None where there is none in front."""

    def __init__(self, name: str, scope: Scope, args: LoadBalancerArgs) -> None:
        """Create the load balancer, guard it, let it listen, then lead its host to it.

        Args:
            name: Name of the load balancer, unique in its account and region; at most 32 characters.
            scope: Account and region of the network.
            args: Where it stands and what it serves.
        """
        super().__init__("securecart:edge:LoadBalancer", name, None, scope.component_opts())
        inner = scope.within(self)
        balancer = _balancer(inner, name, args)
        targets = _targets(inner, name, args)
        self.origin_token = origin_token(inner, name) if args.behind_distribution else None
        acl = WebAcl(name, inner, replace(args.web_acl, origin_token=self.origin_token))
        wafv2.WebAclAssociation(name, resource_arn=balancer.arn, web_acl_arn=acl.arn, opts=inner.opts())
        redirecting_listener(inner, name, balancer.arn)
        listener = https_listener(inner, name, balancer.arn, targets.arn, args.certificate_arn)
        _name(args.zone_scope.within(self), name, balancer, args)
        self.arn, self.dns_name, self.zone_id = balancer.arn, balancer.dns_name, balancer.zone_id
        self.target_group_arn, self.https_listener_arn = targets.arn, listener.arn
        self.web_acl_arn, self.ip_set_ids = acl.arn, acl.ip_set_ids
        self.register_outputs({"arn": balancer.arn, "target_group_arn": targets.arn})


def _balancer(scope: Scope, name: str, args: LoadBalancerArgs) -> lb.LoadBalancer:
    """Create the load balancer.

    AWS moves none to another VPC. Its group is replaced exactly when its VPC is, so that tells when it has to be made
    anew; two of one name cannot stand side by side.
    """
    return lb.LoadBalancer(
        name,
        name=name,
        load_balancer_type="application",
        internal=False,
        ip_address_type="ipv4",
        subnets=args.subnet_ids,
        security_groups=[args.security_group_id],
        drop_invalid_header_fields=True,
        desync_mitigation_mode="strictest",
        enable_deletion_protection=args.deletion_protection,
        enable_waf_fail_open=False,
        access_logs=lb.LoadBalancerAccessLogsArgs(bucket=args.log_bucket, enabled=True),
        tags=scope.tags(name),
        opts=scope.opts(replace_on_changes=["securityGroups"], delete_before_replace=True),
    )


def _targets(scope: Scope, name: str, args: LoadBalancerArgs) -> lb.TargetGroup:
    """Create the target group, empty: tasks register by address. Pulumi names it, so that a new one finds room."""
    return lb.TargetGroup(
        "targets",
        vpc_id=args.vpc_id,
        target_type="ip",
        protocol="HTTP",
        port=TARGET_PORT,
        health_check=lb.TargetGroupHealthCheckArgs(
            enabled=True, protocol="HTTP", path=args.health_check_path, port="traffic-port", matcher="200"
        ),
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _name(scope: Scope, name: str, balancer: lb.LoadBalancer, args: LoadBalancerArgs) -> None:
    """Lead the host to the load balancer."""
    alias = AliasArgs(
        zone_id=args.zone_id,
        host=args.host,
        target_dns_name=balancer.dns_name,
        target_zone_id=balancer.zone_id,
        ipv6=False,
        # There is nothing else to answer with; names with a choice have health checks.
        evaluate_target_health=False,
    )
    alias_records(scope, name, alias)
