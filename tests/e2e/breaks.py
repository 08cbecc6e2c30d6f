"""How each rule of the policy pack is broken in the default fleet, and which resource it must then name.

Few stacks take all of them, since no two change the same property: one preview shows them all.
"""

from __future__ import annotations

from policies.tables import ACL_ROWS, GROUP_ROWS, AclRow, Block, Group, GroupRow, ServicePrefixLists
from securecart.config.model import Profile
from tests.e2e.broken_programs import STACK, Address, Break, Ref

ARCHIVE, HUB, HUBS = "log-archive-us-east-1", "hub-us-east-1", "hub-peering-hubs"
DEV, STAGING, PAYMENTS = "network-dev", "network-staging", "network-payments"
PROD = "network-prod"
ATTACH, PEERING = "attach-prod", "peering-prod-payments"
INGRESS, EGRESS = "SecurityGroupIngressRule", "SecurityGroupEgressRule"
WHOLE_STACK = Address(STACK, "")
_PEERS = {Block.ANY: "internet", Block.VPC: "vpc", Block.PRIVATE: "private"}


def _change(rule: str, stack: str, kind: str, name: str, blames: Address | None = None, /, **props: object) -> Break:
    return Break(rule, stack, Address(kind, name), props, blames=blames)


def _acl_row(row: AclRow) -> Break:
    name = f"{row.tier}-{'out' if row.egress else 'in'}-{row.number}"
    tier = Address("NetworkAcl", row.tier)
    return _change(row.id, STAGING, "NetworkAclRule", name, tier, cidr_block="192.0.2.0/24")


def _group_row(row: GroupRow) -> Break:
    if isinstance(row.peer, Group):
        peer = row.peer.component
    else:
        peer = "s3" if isinstance(row.peer, ServicePrefixLists) else _PEERS[row.peer]
    kind, way = (INGRESS, "in") if row.direction == "ingress" else (EGRESS, "out")
    stack = PAYMENTS if row.profile is Profile.PAYMENTS else STAGING
    group = Address("SecurityGroup", row.component)
    return _change(row.id, stack, kind, f"{row.component}-{way}-{peer}-{row.port}", group, to_port=9999)


_ACCOUNTS = (
    Break(
        "resource-of-known-package", DEV, Address("Vpc", "elsewhere"), adds="awsx:ec2:Vpc", stands_in=True
    ),
    Break(
        "provider-of-the-stack", DEV, Address("InternetGateway", "dev"), provider=("staging", "us-east-1")
    ),
    _change(
        "provider-assumes-account-role",
        ARCHIVE,
        "aws",
        ARCHIVE,
        Address("Key", "flow-logs"),
        assume_roles='[{"roleArn": "arn:aws:iam::210000000002:role/SecureCartDeploy"}]',
        allowed_account_ids='["210000000002"]',
    ),
    _change(
        "provider-no-long-lived-keys",
        HUB,
        "aws",
        "network-us-east-1",
        Address("TransitGateway", "us-east-1"),
        access_key="of-a-user",
        secret_key="of-a-user",
    ),
    _change("resource-in-provider-region", DEV, "Eip", "nat-us-east-1a", region="eu-west-1"),
)
_VPCS = (
    _change("vpc-cidr-declared", DEV, "Vpc", "dev", cidr_block="10.11.0.0/16"),
    _change("vpc-no-further-blocks", PROD, "Vpc", "prod", assign_generated_ipv6_cidr_block=True),
    _change(
        "default-security-group-adopted", DEV, "DefaultSecurityGroup", "dev-default", Address("Vpc", "dev"),
        vpc_id="vpc-elsewhere",
    ),
    _change(
        "default-network-acl-adopted", DEV, "DefaultNetworkAcl", "dev-default", Address("Vpc", "dev"),
        default_network_acl_id="acl-elsewhere",
    ),
    _change(
        "default-route-table-adopted", DEV, "DefaultRouteTable", "dev-default", Address("Vpc", "dev"),
        default_route_table_id="rtb-elsewhere",
    ),
    _change(
        "default-security-group-empty", STAGING, "DefaultSecurityGroup", "staging-default",
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    ),
    _change(
        "default-network-acl-empty", STAGING, "DefaultNetworkAcl", "staging-default",
        ingress=[
            {"rule_no": 100, "action": "allow", "protocol": "-1", "from_port": 0, "to_port": 0,
             "cidr_block": "0.0.0.0/0"}
        ],
    ),
    _change(
        "default-route-table-empty", STAGING, "DefaultRouteTable", "staging-default",
        routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}],
    ),
    _change(
        "flow-log-on-every-vpc", DEV, "FlowLog", "dev-flow-log", Address("Vpc", "dev"), vpc_id="vpc-elsewhere"
    ),
    _change("flow-log-to-archive", STAGING, "FlowLog", "staging-flow-log", traffic_type="REJECT"),
)
_SUBNETS_AND_ROUTES = (
    _change("subnet-in-tier-block", DEV, "Subnet", "database-us-east-1a", cidr_block="10.10.0.0/22"),
    _change("subnet-no-public-ip-on-launch", STAGING, "Subnet", "public-us-east-1a", map_public_ip_on_launch=True),
    _change(
        "subnet-route-table-of-own-tier", DEV, "RouteTableAssociation", "database-us-east-1a",
        route_table_id=Ref("RouteTable", "public-us-east-1a"),
    ),
    _change(
        "subnet-network-acl-of-own-tier", DEV, "NetworkAcl", "database",
        subnet_ids=[Ref("Subnet", "public-us-east-1a")],
    ),
    _change(
        "route-table-per-tier-and-az", DEV, "RouteTable", "private-us-east-1b", WHOLE_STACK,
        tags={"securecart:tier": "public"},
    ),
    _change(
        "route-database-local-only", DEV, "Route", "private-us-east-1b-internet",
        route_table_id=Ref("RouteTable", "database-us-east-1a"),
    ),
    _change(
        "route-internet-gateway-public-only", STAGING, "Route", "public-us-east-1a-internet",
        route_table_id=Ref("RouteTable", "private-us-east-1a"),
    ),
    _change(
        "route-ways-out", STAGING, "Route", "private-us-east-1a-internet", destination_cidr_block="0.0.0.0/1"
    ),
    _change(
        "route-in-its-own-stack", DEV, "Route", "public-us-east-1b-internet",
        gateway_id=None, vpc_peering_connection_id="pcx-1",
    ),
    _change(
        "route-standalone-only", STAGING, "RouteTable", "database-us-east-1a",
        routes=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1"}],
    ),
)
_PUBLIC_ADDRESSES = (
    Break(
        "instance-no-public-ip",
        PAYMENTS,
        Address("LaunchTemplate", "tasks"),
        {"networkInterfaces": [{"associatePublicIpAddress": "true"}]},
        adds="aws:ec2/launchTemplate:LaunchTemplate",
        stands_in=True,
    ),
    _change("eip-not-on-hosts", STAGING, "Eip", "nat-us-east-1a", instance="i-1"),
    _change(
        "eip-only-for-nat", DEV, "NatGateway", "nat-us-east-1a", Address("Eip", "nat-us-east-1a"),
        allocation_id="eipalloc-elsewhere",
    ),
    _change(
        "nat-in-public-tier", STAGING, "NatGateway", "nat-us-east-1a",
        subnet_id=Ref("Subnet", "private-us-east-1a"),
    ),
    Break(
        "nat-as-declared",
        DEV,
        Address("NatGateway", "one-more"),
        {"allocationId": "eipalloc-1", "subnetId": "subnet-1"},
        adds="aws:ec2/natGateway:NatGateway",
        blames=WHOLE_STACK,
    ),
)
_SECURITY_GROUPS = (
    *(_group_row(row) for row in GROUP_ROWS),
    _change(
        "sg-no-admin-ports-from-internet", DEV, INGRESS, "alb-in-internet-443", from_port=22, to_port=22
    ),
    _change("sg-no-admin-ports", DEV, INGRESS, "ecs-in-alb-8080", from_port=3389, to_port=3389),
    _change("sg-nothing-beyond-table", DEV, EGRESS, "ecs-out-rds-5432", to_port=5433),
    _change("sg-known-component", DEV, "SecurityGroup", "rds", tags={"securecart:component": "cache"}),
    _change(
        "sg-standalone-rules-only", DEV, "SecurityGroup", "lambda",
        egress=[{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}],
    ),
    _change(
        "sg-row-payments-service-in-requester", PEERING, INGRESS, "service-in-prod-private-443", WHOLE_STACK,
        to_port=444,
    ),
)
_NETWORK_ACLS = (
    *(_acl_row(row) for row in ACL_ROWS),
    _change("nacl-nothing-beyond-table", DEV, "NetworkAclRule", "private-in-200", to_port=9000),
    _change(
        "nacl-denies-hold", DEV, "NetworkAclRule", "database-in-300", Address("NetworkAcl", "database"),
        cidr_block="0.0.0.0/0",
    ),
    _change(
        "nacl-no-admin-ports-from-internet", DEV, "NetworkAclRule", "public-in-102", Address("NetworkAcl", "public"),
        rule_action="allow",
    ),
    _change(
        "nacl-standalone-entries-only", PAYMENTS, "NetworkAcl", "private",
        ingress=[
            {"rule_no": 1, "action": "allow", "protocol": "-1", "from_port": 0, "to_port": 0,
             "cidr_block": "0.0.0.0/0"}
        ],
    ),
    _change("nacl-peering-rows", PEERING, "NetworkAclRule", "payments-private-out-235", WHOLE_STACK, to_port=2000),
)
_TRANSIT_GATEWAYS = (
    _change(
        "tgw-no-auto-accept", HUB, "TransitGateway", "us-east-1", auto_accept_shared_attachments="enable"
    ),
    _change(
        "tgw-no-default-route-tables", HUB, "TransitGateway", "us-east-1", default_route_table_propagation="enable"
    ),
    _change(
        "tgw-attachment-no-default-route-tables", ATTACH, "VpcAttachmentAccepter", "prod",
        transit_gateway_default_route_table_association=True,
    ),
    _change("ram-no-external-principals", HUB, "ResourceShare", "us-east-1", allow_external_principals=True),
    _change(
        "ram-principals-attach", HUB, "PrincipalAssociation", "us-east-1-dev", principal="210000000005"
    ),
    _change("tgw-table-per-segment", HUB, "RouteTable", "dev", tags={"securecart:segment": "all"}),
    Break(
        "tgw-segments-apart",
        HUBS,
        Address("RouteTablePropagation", "across"),
        {"transitGatewayAttachmentId": "tgw-attach-1", "transitGatewayRouteTableId": "tgw-rtb-1"},
        adds="aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
    ),
    _change(
        "tgw-static-routes-listed", HUBS, "Route", "us-east-1-prod-to-prod-eu", destination_cidr_block="10.0.0.0/8"
    ),
    _change(
        "route-transit-gateway-in-segment", ATTACH, "Route", "us-east-1a-to-prod-eu",
        destination_cidr_block="10.10.0.0/16",
    ),
    _change(
        "flow-log-on-every-transit-gateway", HUB, "FlowLog", "us-east-1-flow-log",
        Address("TransitGateway", "us-east-1"), transit_gateway_id="tgw-elsewhere",
    ),
)
_PEERINGS = (
    _change("peering-listed", PEERING, "VpcPeeringConnection", "prod-payments", peer_owner_id="210000000002"),
    _change("peering-no-auto-accept", PEERING, "VpcPeeringConnection", "prod-payments", auto_accept=True),
    _change(
        "peering-accepted-by-peer", PEERING, "VpcPeeringConnectionAccepter", "prod-payments",
        Address("VpcPeeringConnection", "prod-payments"), vpc_peering_connection_id="pcx-elsewhere",
    ),
    _change(
        "peering-routes-listed", PEERING, "Route", "prod-private-us-east-1a-to-payments-private",
        destination_cidr_block="10.40.0.0/16",
    ),
    _change(
        "peering-routes-in-listed-tables", PEERING, "Route", "payments-private-us-east-1a-to-prod-private",
        WHOLE_STACK, destination_cidr_block="10.30.32.0/20",
    ),
)
_LOG_ARCHIVE = (
    _change("archive-bucket-declared", ARCHIVE, "Bucket", "flow-logs", WHOLE_STACK, bucket="elsewhere"),
    _change(
        "archive-encrypted", ARCHIVE, "BucketServerSideEncryptionConfiguration", "flow-logs",
        Address("Bucket", "flow-logs"),
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
    ),
    _change(
        "archive-public-access-blocked", ARCHIVE, "BucketPublicAccessBlock", "flow-logs",
        Address("Bucket", "flow-logs"), ignore_public_acls=False,
    ),
    _change(
        "archive-tls-only", ARCHIVE, "BucketPolicy", "flow-logs", Address("Bucket", "flow-logs"),
        policy='{"Version": "2012-10-17", "Statement": []}',
    ),
    _change(
        "archive-versioned", ARCHIVE, "BucketVersioning", "flow-logs", Address("Bucket", "flow-logs"),
        versioning_configuration={"status": "Suspended"},
    ),
    _change("kms-key-rotates", ARCHIVE, "Key", "flow-logs", enable_key_rotation=False),
)

BREAKS: tuple[Break, ...] = (
    *_ACCOUNTS,
    *_VPCS,
    *_SUBNETS_AND_ROUTES,
    *_PUBLIC_ADDRESSES,
    *_SECURITY_GROUPS,
    *_NETWORK_ACLS,
    *_TRANSIT_GATEWAYS,
    *_PEERINGS,
    *_LOG_ARCHIVE,
)
"""One for each rule."""
