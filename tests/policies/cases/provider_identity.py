"""Cases of policies/rules/provider_identity.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev

VIOLATIONS: tuple[Case, ...] = (
    Case(
        "resource-of-known-package",
        "Cloud Control's security group",
        dev,
        "Vpc",
        add=("aws-native:ec2:SecurityGroupIngress", {"cidrIp": "0.0.0.0/0"}),
    ),
    Case("resource-in-provider-region", "another region", dev, "Vpc", props={"region": "eu-west-1"}),
)

UNDECIDED: tuple[Case, ...] = (
    Case("resource-in-provider-region", "the region", dev, "Vpc", props={"region": UNKNOWN}),
)
