"""Breaks of the rules on security groups and network ACLs: every row of both tables, and what is beyond them."""

from __future__ import annotations

from policies.tables import ACL_ROWS, GROUP_ROWS, AclRow, Block, Group, GroupRow, ServicePrefixLists, Use
from securecart.config.model import Profile
from tests.e2e.broken_programs import Address, Break, change, whole

DEV, STAGING, PAYMENTS, PEERING = "network-dev", "network-staging", "network-payments", "peering-prod-payments"
INGRESS, EGRESS = "SecurityGroupIngressRule", "SecurityGroupEgressRule"
_DOCUMENTATION = "192.0.2.0/24"
"""Addresses of nobody (RFC 5737)."""
_PEERS = {Block.ANY: "internet", Block.VPC: "vpc", Block.PRIVATE: "private"}
"""What the programs call a row's peer in its name."""


def _acl_row(row: AclRow) -> Break:
    """The row's entry for other addresses."""
    name = f"{row.tier}-{'out' if row.egress else 'in'}-{row.number}"
    tier = Address("NetworkAcl", str(row.tier))
    stack = PAYMENTS if row.use is Use.ECS_REPLIES else STAGING
    return change(row.id, stack, "NetworkAclRule", name, tier, cidr_block=_DOCUMENTATION)


def _group_row(row: GroupRow) -> Break:
    """The row's rule for another port."""
    if isinstance(row.peer, Group):
        peer = row.peer.component
    else:
        peer = "s3" if isinstance(row.peer, ServicePrefixLists) else _PEERS[row.peer]
    kind, way = (INGRESS, "in") if row.direction == "ingress" else (EGRESS, "out")
    stack = PAYMENTS if row.profile is Profile.PAYMENTS else STAGING
    name = f"{row.component}-{way}-{peer}-{row.port}"
    return change(row.id, stack, kind, name, Address("SecurityGroup", row.component), from_port=9999, to_port=9999)


_SECURITY_GROUPS = (
    *(_group_row(row) for row in GROUP_ROWS),
    change("sg-no-admin-ports-from-internet", DEV, INGRESS, "alb-in-internet-443", from_port=22, to_port=22),
    change("sg-no-admin-ports", DEV, INGRESS, "ecs-in-alb-8080", from_port=3389, to_port=3389),
    change("sg-nothing-beyond-table", DEV, EGRESS, "alb-out-vpc-80", to_port=81),
    change("sg-known-component", DEV, "SecurityGroup", "rds", tags={"securecart:component": "cache"}),
    change(
        "sg-standalone-rules-only",
        DEV,
        "SecurityGroup",
        "lambda",
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    ),
    change(
        "sg-row-payments-service-in-requester",
        PEERING,
        INGRESS,
        "service-in-prod-private-443",
        whole(PEERING),
        from_port=444,
        to_port=444,
    ),
)

_NETWORK_ACLS = (
    *(_acl_row(row) for row in ACL_ROWS),
    change("nacl-nothing-beyond-table", DEV, "NetworkAclRule", "private-in-200", to_port=9000),
    change(
        "nacl-denies-hold",
        DEV,
        "NetworkAclRule",
        "database-in-300",
        Address("NetworkAcl", "database"),
        cidr_block="0.0.0.0/0",
    ),
    change(
        "nacl-no-admin-ports-from-internet",
        DEV,
        "NetworkAclRule",
        "public-in-102",
        Address("NetworkAcl", "public"),
        rule_action="allow",
    ),
    change(
        "nacl-peering-rows",
        PEERING,
        "NetworkAclRule",
        "payments-private-out-235",
        whole(PEERING),
        to_port=2000,
    ),
)

JUDGED: tuple[Break, ...] = (*_SECURITY_GROUPS, *_NETWORK_ACLS)
REFUSED: tuple[Break, ...] = (
    change(
        "nacl-standalone-entries-only",
        PAYMENTS,
        "NetworkAcl",
        "private",
        ingress=[
            {
                "rule_no": 1,
                "action": "allow",
                "protocol": "-1",
                "from_port": 0,
                "to_port": 0,
                "cidr_block": "0.0.0.0/0",
            }
        ],
    ),
)
