"""AWS limits that the fleet meets, in one table: each with its value, how far it goes, and its source.

Values are AWS's defaults for a new account. ``maximum`` is what AWS grants on request; ``None`` where AWS
names no upper bound, and equal to ``value`` where the limit is fixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from securecart.errors import SecureCartError


class LimitName(StrEnum):
    """Names of the limits, so that a misspelt one fails type checking."""

    VPC_PREFIX_SHORTEST = "vpc-prefix-shortest"
    """Prefix length of the largest VPC block."""
    VPC_PREFIX_LONGEST = "vpc-prefix-longest"
    """Prefix length of the smallest VPC block."""
    SUBNET_PREFIX_LONGEST = "subnet-prefix-longest"
    """Prefix length of the smallest subnet."""
    SUBNET_RESERVED_ADDRESSES = "subnet-reserved-addresses"
    """Addresses of every subnet that AWS keeps for itself: the first four and the last."""
    VPCS_PER_REGION = "vpcs-per-region"
    """VPCs of one account in one region."""
    ELASTIC_IPS_PER_REGION = "elastic-ips-per-region"
    """Elastic IP addresses of one account in one region; a NAT gateway takes one."""
    NAT_GATEWAYS_PER_AZ = "nat-gateways-per-az"
    """NAT gateways of one account in one availability zone."""
    INTERNET_GATEWAYS_PER_REGION = "internet-gateways-per-region"
    """Internet gateways of one account in one region."""
    ROUTES_PER_TABLE = "routes-per-table"
    """Routes that are not propagated, in one route table."""
    NACL_RULES_PER_DIRECTION = "nacl-rules-per-direction"
    """Entries of one network ACL in one direction, IPv4 and IPv6 counted apart."""
    SECURITY_GROUP_RULES = "security-group-rules"
    """Rules of one security group in one direction, IPv4 and IPv6 counted apart."""
    SECURITY_GROUPS_PER_ENI = "security-groups-per-eni"
    """Security groups on one network interface."""
    TGWS_PER_REGION = "tgws-per-region"
    """Transit gateways of one account in one region."""
    TGW_ATTACHMENTS = "tgw-attachments"
    """Attachments of one transit gateway."""
    TGW_ROUTE_TABLES = "tgw-route-tables"
    """Route tables of one transit gateway."""
    TGW_PEERINGS_PER_PAIR = "tgw-peerings-per-pair"
    """Peering attachments between the same two transit gateways."""
    BUCKET_NAME_LENGTH = "bucket-name-length"
    """Characters in the name of an S3 bucket."""
    TABLE_NAME_LENGTH = "table-name-length"
    """Characters in the name of a DynamoDB table."""
    GATEWAY_ENDPOINTS_PER_REGION = "gateway-endpoints-per-region"
    """Gateway endpoints of one account in one region."""
    ENDPOINT_POLICY_LENGTH = "endpoint-policy-length"
    """Characters in the policy of a VPC endpoint, white space included."""
    LOAD_BALANCER_NAME_LENGTH = "load-balancer-name-length"
    """Characters in the name of a load balancer or target group."""
    WEB_ACL_CAPACITY = "web-acl-capacity"
    """Web ACL capacity units of one web ACL: what the price covers, and what AWS accepts."""
    LOG_RESOURCE_POLICIES = "log-resource-policies"
    """Resource policies of CloudWatch Logs of one account in one region."""
    WAF_COUNTRIES_PER_STATEMENT = "waf-countries-per-statement"
    """Country codes in one geo match statement."""
    CERTIFICATE_NAMES = "certificate-names"
    """Names of one ACM certificate, its own included."""


@dataclass(frozen=True)
class Limit:
    """One limit of AWS."""

    value: int
    """What a new account has."""
    maximum: int | None
    """What AWS grants on request; equal to ``value`` where fixed, None where no bound is published."""
    source: str
    """The AWS document that states it."""

    @property
    def adjustable(self) -> bool:
        """Whether AWS raises the limit on request."""
        return self.maximum != self.value

    def forbids(self, count: int) -> bool:
        """Whether a count can never be had, not even on request."""
        return self.maximum is not None and count > self.maximum

    def needs_request(self, count: int) -> bool:
        """Whether a count is above the default and within what AWS grants."""
        return count > self.value and not self.forbids(count)


_VPC_SIZE = "Amazon VPC user guide, VPC CIDR blocks"
_SUBNET_SIZE = "Amazon VPC user guide, Subnet CIDR blocks, subnet sizing for IPv4"
_VPC_QUOTAS = "Amazon VPC user guide, Amazon VPC quotas"
_ENDPOINT_QUOTAS = "AWS PrivateLink guide, AWS PrivateLink quotas"
_TGW_QUOTAS = "AWS Transit Gateway guide, Quotas"

LIMITS: Final[dict[LimitName, Limit]] = {
    LimitName.VPC_PREFIX_SHORTEST: Limit(16, 16, _VPC_SIZE),
    LimitName.VPC_PREFIX_LONGEST: Limit(28, 28, _VPC_SIZE),
    LimitName.SUBNET_PREFIX_LONGEST: Limit(28, 28, _SUBNET_SIZE),
    LimitName.SUBNET_RESERVED_ADDRESSES: Limit(5, 5, _SUBNET_SIZE),
    LimitName.VPCS_PER_REGION: Limit(5, None, _VPC_QUOTAS),
    LimitName.ELASTIC_IPS_PER_REGION: Limit(5, None, _VPC_QUOTAS),
    LimitName.NAT_GATEWAYS_PER_AZ: Limit(5, None, _VPC_QUOTAS),
    LimitName.INTERNET_GATEWAYS_PER_REGION: Limit(5, None, _VPC_QUOTAS),
    LimitName.ROUTES_PER_TABLE: Limit(50, 1000, _VPC_QUOTAS),
    LimitName.NACL_RULES_PER_DIRECTION: Limit(20, 40, _VPC_QUOTAS),
    LimitName.SECURITY_GROUP_RULES: Limit(60, 200, _VPC_QUOTAS),
    LimitName.SECURITY_GROUPS_PER_ENI: Limit(5, 16, _VPC_QUOTAS),
    LimitName.TGWS_PER_REGION: Limit(5, None, _TGW_QUOTAS),
    LimitName.TGW_ATTACHMENTS: Limit(5000, 5000, _TGW_QUOTAS),
    LimitName.TGW_ROUTE_TABLES: Limit(20, None, _TGW_QUOTAS),
    LimitName.TGW_PEERINGS_PER_PAIR: Limit(1, 1, _TGW_QUOTAS),
    LimitName.BUCKET_NAME_LENGTH: Limit(63, 63, "Amazon S3 user guide, General purpose bucket naming rules"),
    LimitName.TABLE_NAME_LENGTH: Limit(255, 255, "Amazon DynamoDB developer guide, Quotas, table name"),
    LimitName.GATEWAY_ENDPOINTS_PER_REGION: Limit(20, None, _ENDPOINT_QUOTAS),
    LimitName.ENDPOINT_POLICY_LENGTH: Limit(20480, 20480, _ENDPOINT_QUOTAS),
    LimitName.LOAD_BALANCER_NAME_LENGTH: Limit(32, 32, "Network Load Balancers guide, Create a Network Load Balancer"),
    LimitName.WEB_ACL_CAPACITY: Limit(1500, 5000, "AWS WAF developer guide, Web ACL capacity units (WCUs)"),
    LimitName.LOG_RESOURCE_POLICIES: Limit(
        10, 10, "CloudWatch Logs user guide, CloudWatch Logs quotas, resource policies"
    ),
    LimitName.WAF_COUNTRIES_PER_STATEMENT: Limit(50, 50, "AWS WAF developer guide, Geographic match rule statement"),
    LimitName.CERTIFICATE_NAMES: Limit(10, 100, "AWS Certificate Manager user guide, Quotas"),
}


def limit(name: LimitName) -> Limit:
    """Return one limit.

    Raises:
        SecureCartError: the table lacks the name, a mistake in the platform itself.
    """
    if name not in LIMITS:
        raise SecureCartError("unknown AWS limit", value=str(name), remedy="add it to securecart.limits.LIMITS")
    return LIMITS[name]


def usable_addresses(prefix: int) -> int:
    """Addresses of a subnet of this prefix length that interfaces can take."""
    return (1 << (32 - prefix)) - limit(LimitName.SUBNET_RESERVED_ADDRESSES).value
