"""The resource types that the sandbox serves: declarations, one file per AWS service or part of one."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types import (
    acm,
    cloudfront,
    cloudwatch,
    directconnect,
    ec2_acl,
    ec2_attachments,
    ec2_endpoint_services,
    ec2_endpoints,
    ec2_flow_logs,
    ec2_peering,
    ec2_routes,
    ec2_security,
    ec2_transit_gateway,
    ec2_vpc,
    ec2_vpn,
    ec2_vpn_connection,
    globalaccelerator,
    group_rule_resources,
    kms,
    lb_listeners,
    lb_load_balancers,
    lb_target_groups,
    logs,
    logs_delivery,
    ram,
    route53_health,
    route53_records,
    route53_zones,
    s3,
    secretsmanager,
    shield,
    wafv2,
)
from securecart.sandbox.types.vocabulary import ResourceType, index


def declared_types() -> Mapping[str, ResourceType]:
    """Return every declaration by its Pulumi token."""
    modules = (
        ec2_vpc,
        ec2_routes,
        ec2_security,
        group_rule_resources,
        ec2_acl,
        ec2_flow_logs,
        ec2_peering,
        ec2_transit_gateway,
        ec2_attachments,
        ram,
        s3,
        kms,
        ec2_vpn,
        ec2_vpn_connection,
        route53_zones,
        route53_records,
        route53_health,
        acm,
        wafv2,
        cloudfront,
        lb_load_balancers,
        lb_target_groups,
        lb_listeners,
        directconnect,
        globalaccelerator,
        shield,
        logs,
        logs_delivery,
        cloudwatch,
        secretsmanager,
        ec2_endpoints,
        ec2_endpoint_services,
    )
    return index(*(module.TYPES for module in modules))
