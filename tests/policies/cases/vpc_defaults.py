"""Cases of policies/rules/vpc_defaults.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, hub

VIOLATIONS: tuple[Case, ...] = (
    Case("vpc-cidr-declared", "another block", dev, "Vpc", props={"cidrBlock": "10.11.0.0/16"}),
    Case(
        "vpc-cidr-declared",
        "a VPC in a hub",
        hub,
        "TransitGateway",
        add=("aws:ec2/vpc:Vpc", {"cidrBlock": "10.0.0.0/16"}),
    ),
    Case("default-security-group-adopted", "left alone", dev, "DefaultSecurityGroup", remove=True),
    Case(
        "vpc-no-further-blocks",
        "IPv6",
        dev,
        "Vpc",
        props={"assignGeneratedIpv6CidrBlock": True},
    ),
    Case("vpc-no-further-blocks", "IPv6 from a pool", dev, "Vpc", props={"ipv6IpamPoolId": "ipam-pool-1"}),
    Case(
        "vpc-no-further-blocks",
        "a second block",
        dev,
        "Vpc",
        add=("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", {"cidrBlock": "10.9.0.0/16"}),
    ),
    Case(
        "default-security-group-adopted",
        "of another VPC",
        dev,
        "DefaultSecurityGroup",
        props={"vpcId": "vpc-elsewhere"},
    ),
    Case(
        "default-security-group-empty",
        "a rule",
        dev,
        "DefaultSecurityGroup",
        props={"egress": [{"protocol": "-1"}]},
    ),
    Case("default-network-acl-adopted", "left alone", dev, "DefaultNetworkAcl", remove=True),
    Case(
        "default-network-acl-empty",
        "an entry",
        dev,
        "DefaultNetworkAcl",
        props={"ingress": [{"ruleNo": 100}]},
    ),
    Case("default-route-table-adopted", "left alone", dev, "DefaultRouteTable", remove=True),
    Case(
        "default-route-table-empty",
        "a route",
        dev,
        "DefaultRouteTable",
        props={"routes": [{"cidrBlock": "0.0.0.0/0"}]},
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case(
        "vpc-no-further-blocks",
        "the flag",
        dev,
        "Vpc",
        props={"assignGeneratedIpv6CidrBlock": UNKNOWN},
    ),
    Case("vpc-cidr-declared", "the block", dev, "Vpc", props={"cidrBlock": UNKNOWN}),
    Case("default-security-group-adopted", "whose", dev, "DefaultSecurityGroup", props={"vpcId": UNKNOWN}),
    Case("default-security-group-empty", "ingress", dev, "DefaultSecurityGroup", props={"ingress": UNKNOWN}),
    Case(
        "default-network-acl-adopted",
        "whose",
        dev,
        "DefaultNetworkAcl",
        props={"defaultNetworkAclId": UNKNOWN},
    ),
    Case("default-network-acl-empty", "egress", dev, "DefaultNetworkAcl", props={"egress": UNKNOWN}),
    Case(
        "default-route-table-adopted",
        "whose",
        dev,
        "DefaultRouteTable",
        props={"defaultRouteTableId": UNKNOWN},
    ),
    Case("default-route-table-empty", "routes", dev, "DefaultRouteTable", props={"routes": UNKNOWN}),
)
