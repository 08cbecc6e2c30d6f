"""Cases of policies/rules/public_addresses.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, prod

VIOLATIONS: tuple[Case, ...] = (
    Case("subnet-no-public-ip-on-launch", "IPv4", dev, "Subnet", props={"mapPublicIpOnLaunch": True}),
    Case("subnet-no-public-ip-on-launch", "IPv6", dev, "Subnet", props={"assignIpv6AddressOnCreation": True}),
    Case(
        "instance-no-public-ip",
        "instance",
        dev,
        "Vpc",
        add=("aws:ec2/instance:Instance", {"associatePublicIpAddress": True}),
    ),
    Case(
        "instance-no-public-ip",
        "template",
        dev,
        "Vpc",
        add=(
            "aws:ec2/launchTemplate:LaunchTemplate",
            {"networkInterfaces": [{"associatePublicIpAddress": "true"}]},
        ),
    ),
    Case("eip-not-on-hosts", "instance", dev, "Eip", props={"instance": "i-1"}),
    Case("eip-not-on-hosts", "interface", dev, "Eip", props={"networkInterface": "eni-1"}),
    Case(
        "eip-not-on-hosts",
        "association",
        dev,
        "Vpc",
        add=("aws:ec2/eipAssociation:EipAssociation", {"allocationId": "eipalloc-0"}),
    ),
    Case("eip-only-for-nat", "unused", dev, "NatGateway", props={"allocationId": "eipalloc-elsewhere"}),
    Case(
        "nat-in-public-tier",
        "private subnet",
        dev,
        "NatGateway",
        props={"subnetId": "private-us-east-1a-id"},
    ),
    Case("nat-in-public-tier", "foreign subnet", dev, "NatGateway", props={"subnetId": "subnet-elsewhere"}),
    Case("nat-as-declared", "one for two zones", prod, "NatGateway", "nat-1", remove=True),
)

UNDECIDED: tuple[Case, ...] = (
    Case("subnet-no-public-ip-on-launch", "the flag", dev, "Subnet", props={"mapPublicIpOnLaunch": UNKNOWN}),
    Case(
        "instance-no-public-ip",
        "the flag",
        dev,
        "Vpc",
        add=("aws:ec2/instance:Instance", {"associatePublicIpAddress": UNKNOWN}),
    ),
    Case(
        "instance-no-public-ip",
        "the interfaces",
        dev,
        "Vpc",
        add=("aws:ec2/launchTemplate:LaunchTemplate", {"networkInterfaces": UNKNOWN}),
    ),
    Case("eip-not-on-hosts", "the instance", dev, "Eip", props={"instance": UNKNOWN}),
    Case("eip-only-for-nat", "the holder", dev, "NatGateway", props={"allocationId": UNKNOWN}),
    Case("nat-in-public-tier", "the subnet", dev, "NatGateway", props={"subnetId": UNKNOWN}),
)
