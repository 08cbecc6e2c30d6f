"""One network ACL entry as a standalone resource."""

from __future__ import annotations

import pulumi

from securecart.components.network_acl_table import AclEntry
from securecart.components.sdk import ec2
from securecart.config.model import Direction
from securecart.program.scope import Scope

ALL_PROTOCOLS = "-1"
"""Protocol that matches everything; its ports are 0 (EC2 API, CreateNetworkAclEntry)."""


def network_acl_rule(scope: Scope, name: str, network_acl_id: pulumi.Input[str], entry: AclEntry) -> ec2.NetworkAclRule:
    """Create one entry. Number and direction are its identity, so a replacement deletes the old one first."""
    first, last = entry.ports or (0, 0)
    return ec2.NetworkAclRule(
        name,
        network_acl_id=network_acl_id,
        rule_number=entry.number,
        egress=entry.direction is Direction.EGRESS,
        rule_action=entry.action.value,
        protocol="tcp" if entry.ports else ALL_PROTOCOLS,
        from_port=first,
        to_port=last,
        cidr_block=str(entry.cidr),
        opts=scope.opts(delete_before_replace=True),
    )
