"""Breaks of the rules on VPCs, subnets, routes, public addresses and VPC flow logs."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

DEV, STAGING, PAYMENTS = "network-dev", "network-staging", "network-payments"
_VPC = Address("Vpc", "dev")
_EVERYTHING_OUT = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}
_EVERYTHING_IN = {
    "rule_no": 100,
    "action": "allow",
    "protocol": "-1",
    "from_port": 0,
    "to_port": 0,
    "cidr_block": "0.0.0.0/0",
}

_VPCS = (
    change("vpc-cidr-declared", DEV, "Vpc", "dev", cidr_block="10.11.0.0/16"),
    change("flow-log-on-every-vpc", DEV, "FlowLog", "dev-flow-log", _VPC, vpc_id="vpc-elsewhere"),
    change("flow-log-to-archive", STAGING, "FlowLog", "staging-flow-log", traffic_type="REJECT"),
    change("default-security-group-adopted", DEV, "DefaultSecurityGroup", "dev-default", _VPC, vpc_id="vpc-elsewhere"),
    change(
        "default-network-acl-adopted",
        DEV,
        "DefaultNetworkAcl",
        "dev-default",
        _VPC,
        default_network_acl_id="acl-elsewhere",
    ),
    change(
        "default-route-table-adopted",
        DEV,
        "DefaultRouteTable",
        "dev-default",
        _VPC,
        default_route_table_id="rtb-elsewhere",
    ),
    change(
        "default-security-group-empty",
        STAGING,
        "DefaultSecurityGroup",
        "staging-default",
        egress=[_EVERYTHING_OUT],
    ),
)

_SUBNETS = (
    change("subnet-in-tier-block", DEV, "Subnet", "database-us-east-1a", cidr_block="10.10.0.0/22"),
    change("subnet-no-public-ip-on-launch", STAGING, "Subnet", "public-us-east-1a", map_public_ip_on_launch=True),
    change(
        "subnet-route-table-of-own-tier",
        DEV,
        "RouteTableAssociation",
        "database-us-east-1a",
        route_table_id=Address("RouteTable", "public-us-east-1a"),
    ),
    change(
        "subnet-network-acl-of-own-tier",
        DEV,
        "NetworkAcl",
        "database",
        subnet_ids=[Address("Subnet", "public-us-east-1a")],
    ),
    change(
        "route-table-per-tier-and-az",
        DEV,
        "RouteTable",
        "private-us-east-1b",
        whole(DEV),
        tags={"securecart:tier": "public"},
    ),
)

_ROUTES = (
    change(
        "route-database-local-only",
        DEV,
        "Route",
        "private-us-east-1b-internet",
        route_table_id=Address("RouteTable", "database-us-east-1a"),
    ),
    change(
        "route-internet-gateway-public-only",
        STAGING,
        "Route",
        "public-us-east-1a-internet",
        route_table_id=Address("RouteTable", "private-us-east-1a"),
    ),
    change("route-ways-out", STAGING, "Route", "private-us-east-1a-internet", destination_cidr_block="0.0.0.0/1"),
    change(
        "route-in-its-own-stack",
        DEV,
        "Route",
        "public-us-east-1b-internet",
        gateway_id=None,
        vpc_peering_connection_id="pcx-elsewhere",
    ),
)

_PUBLIC_ADDRESSES = (
    # The sandbox has neither instances nor launch templates.
    Break(
        "instance-no-public-ip",
        PAYMENTS,
        Address("LaunchTemplate", "tasks"),
        {"networkInterfaces": [{"associatePublicIpAddress": "true"}]},
        adds="aws:ec2/launchTemplate:LaunchTemplate",
        stands_in=True,
    ),
    change(
        "eip-only-for-nat",
        DEV,
        "NatGateway",
        "nat-us-east-1a",
        Address("Eip", "nat-us-east-1a"),
        allocation_id="eipalloc-elsewhere",
    ),
    change(
        "nat-in-public-tier",
        STAGING,
        "NatGateway",
        "nat-us-east-1a",
        subnet_id=Address("Subnet", "private-us-east-1a"),
    ),
    Break(
        "nat-as-declared",
        DEV,
        Address("NatGateway", "one-more"),
        {"allocationId": "eipalloc-elsewhere", "subnetId": "subnet-elsewhere"},
        adds="aws:ec2/natGateway:NatGateway",
        blames=whole(DEV),
    ),
)

JUDGED: tuple[Break, ...] = (*_VPCS, *_SUBNETS, *_ROUTES, *_PUBLIC_ADDRESSES)
REFUSED: tuple[Break, ...] = (
    Break(
        "eip-not-on-hosts",
        "hub-us-east-1",
        Address("Eip", "of-a-host"),
        {"instance": "i-elsewhere"},
        adds="aws:ec2/eip:Eip",
    ),
    change("vpc-no-further-blocks", "network-prod", "Vpc", "prod", assign_generated_ipv6_cidr_block=True),
    change(
        "default-route-table-empty",
        "network-prod-eu",
        "DefaultRouteTable",
        "prod-eu-default",
        routes=[{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-elsewhere"}],
    ),
    change("default-network-acl-empty", DEV, "DefaultNetworkAcl", "dev-default", ingress=[_EVERYTHING_IN]),
    change(
        "route-standalone-only",
        STAGING,
        "RouteTable",
        "database-us-east-1a",
        routes=[{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-elsewhere"}],
    ),
)
