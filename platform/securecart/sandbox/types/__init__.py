"""The resource types that the sandbox serves: declarations, one file per AWS service or part of one."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types import (
    ec2_acl,
    ec2_attachments,
    ec2_flow_logs,
    ec2_peering,
    ec2_routes,
    ec2_security,
    ec2_transit_gateway,
    ec2_vpc,
    group_rule_resources,
    kms,
    ram,
    s3,
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
    )
    return index(*(module.TYPES for module in modules))
