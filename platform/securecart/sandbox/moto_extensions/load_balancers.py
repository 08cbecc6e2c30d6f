"""Load balancers that stand in subnets, with AWS's attributes and refusals.

moto lacks: refusal of a name in use, of subnets in one zone or too few, of another VPC's groups, of the internet
without a gateway, and of attributes of another type; deletion protection; network interfaces; a name and a hosted
zone as AWS gives them. AWS: ELB API reference, CreateLoadBalancer, DeleteLoadBalancer, SetSubnets, SetSecurityGroups
and ModifyLoadBalancerAttributes with their errors; ELB user guides, "Availability Zones". Added: methods in front of
moto's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.subnets import Subnet
from moto.elbv2.exceptions import DuplicateLoadBalancerName, ELBClientError, SubnetNotFoundError
from moto.elbv2.models import AvailabilityZone, ELBv2Backend, FakeLoadBalancer
from moto.elbv2.responses import ELBV2Response

from securecart.sandbox.moto_extensions.interfaces import check_groups, default_group, make_interface, set_groups
from securecart.sandbox.moto_extensions.load_balancer_data import BALANCER_ATTRIBUTES, HOSTED_ZONES
from securecart.sandbox.moto_extensions.support import attached_vpc, extend

if TYPE_CHECKING:
    from moto.elbv2.models import ELBv2Backend as _Methods
    from moto.elbv2.responses import ELBV2Response as _Operations
else:
    _Methods = _Operations = object

_CREATE = ELBv2Backend.create_load_balancer
_DELETE = ELBv2Backend.delete_load_balancer
_SET_GROUPS = ELBV2Response.set_security_groups
_NAME = re.compile(r"(?!internal-)(?!-)[A-Za-z0-9-]{1,32}(?<!-)")
_INTERFACES = "securecart_interfaces"
_ENFORCED = "enforce_security_group_inbound_rules_on_private_link_traffic"
"""Named as moto's serializer looks for it: whether groups also filter what comes by PrivateLink."""
_FEWEST_ZONES = {"application": 2, "network": 1}
_FACING = "internet-facing"


def check_name(name: str) -> None:
    """Refuse a name that AWS does not take.

    Raises:
        ELBClientError: ValidationError.
    """
    if not _NAME.fullmatch(name):
        raise ELBClientError(
            "ValidationError",
            f"The load balancer name '{name}' must be 1 to 32 letters, digits and hyphens, neither begin nor end with"
            " a hyphen, nor begin with 'internal-'",
        )


def check_subnets(ec2: EC2Backend, kind: str, subnet_ids: Sequence[str], scheme: str) -> list[Subnet]:
    """Return the subnets of a load balancer, if it may stand in them.

    Raises:
        ELBClientError: SubnetNotFound, InvalidConfigurationRequest, ValidationError, InvalidSubnet.
    """
    known = {subnet.id: subnet for zone in ec2.subnets.values() for subnet in zone.values()}
    if not set(subnet_ids) <= known.keys():
        raise SubnetNotFoundError()
    subnets = [known[subnet_id] for subnet_id in subnet_ids]
    zones, vpcs = {subnet.availability_zone for subnet in subnets}, {subnet.vpc_id for subnet in subnets}
    if len(vpcs) != 1:
        raise ELBClientError("InvalidConfigurationRequest", "All subnets must be in the same VPC")
    if len(zones) < len(subnets):
        raise ELBClientError(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        )
    if len(zones) < _FEWEST_ZONES.get(kind, 1):
        raise ELBClientError(
            "ValidationError", "At least two subnets in two different Availability Zones must be specified"
        )
    [vpc_id] = vpcs
    if scheme == _FACING and vpc_id not in {attached_vpc(one) for one in ec2.internet_gateways.values()}:
        raise ELBClientError("InvalidSubnet", f"VPC {vpc_id} has no internet gateway")
    return subnets


def require_groups(ec2: EC2Backend, vpc_id: str, group_ids: Sequence[str]) -> None:
    """Refuse security groups that are not in the load balancer's VPC.

    Raises:
        ELBClientError: InvalidSecurityGroup.
    """
    foreign = check_groups(ec2, vpc_id, group_ids)
    if foreign:
        raise ELBClientError("InvalidSecurityGroup", f"The security groups {foreign} are not in {vpc_id}")


def arrange(ec2: EC2Backend, balancer: FakeLoadBalancer) -> None:
    """Give a load balancer one interface in each of its subnets, and none elsewhere."""
    have = interfaces_of(balancer)
    wanted = {subnet.id for subnet in balancer.subnets}
    for subnet_id in [one for one in have if one not in wanted]:
        ec2.enis.pop(have.pop(subnet_id), None)
    suffix = balancer.arn.partition(":loadbalancer/")[2]
    kind = "network_load_balancer" if balancer.type == "network" else "interface"
    for subnet_id in sorted(wanted - have.keys()):
        made = make_interface(ec2, subnet_id, balancer.security_groups, kind=kind, description=f"ELB {suffix}")
        have[subnet_id] = made.id


def interfaces_of(balancer: FakeLoadBalancer) -> dict[str, str]:
    """The load balancer's interfaces by subnet."""
    return cast("dict[str, str]", vars(balancer).setdefault(_INTERFACES, {}))


def dns_name(balancer: FakeLoadBalancer, region: str) -> str:
    """The name that AWS gives: its form differs between the types."""
    digits = balancer.arn.rpartition("/")[2]
    if balancer.type == "network":
        return f"{balancer.name}-{digits}.elb.{region}.amazonaws.com"
    inner = "internal-" if balancer.scheme == "internal" else ""
    return f"{inner}{balancer.name}-{int(digits, 16) % 10**10}.{region}.elb.amazonaws.com"


def endpoint_services(balancer_arn: str, ec2: EC2Backend) -> list[str]:
    """Ids of the endpoint services that a load balancer serves."""
    return [one.id for one in ec2.configurations.values() if balancer_arn in one.network_load_balancer_arns]


class _Balancers(_Methods):
    def create_load_balancer(
        self,
        name: str,
        security_groups: list[str],
        subnet_ids: list[str],
        subnet_mappings: list[dict[str, str]] | None = None,
        scheme: str | None = None,
        loadbalancer_type: str | None = None,
        ip_address_type: str = "ipv4",
        tags: list[dict[str, str]] | None = None,
    ) -> FakeLoadBalancer:
        check_name(name)
        if any(one.name == name for one in self.load_balancers.values()):
            raise DuplicateLoadBalancerName()
        kind, facing = loadbalancer_type or "application", scheme or _FACING
        ids = [*subnet_ids, *(mapping["SubnetId"] for mapping in subnet_mappings or ())]
        subnets = check_subnets(self.ec2_backend, kind, ids, facing)
        groups = security_groups or ([default_group(self.ec2_backend, subnets[0].vpc_id)] * (kind == "application"))
        require_groups(self.ec2_backend, subnets[0].vpc_id, groups)
        made = _CREATE(self, name, groups, ids, None, facing, kind, ip_address_type, tags)
        made.dns_name = dns_name(made, self.region_name)
        if self.region_name in HOSTED_ZONES:
            made.canonical_hosted_zone_id = HOSTED_ZONES[self.region_name][kind == "network"]
        vars(made)[_ENFORCED] = "on" if kind == "network" and groups else None
        made.attrs = dict(BALANCER_ATTRIBUTES.get(kind, made.attrs))
        arrange(self.ec2_backend, made)
        return made

    def delete_load_balancer(self, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        if balancer is None:
            return
        if balancer.attrs["deletion_protection.enabled"] == "true":
            message = f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
            raise ELBClientError("OperationNotPermitted", message)
        if endpoint_services(arn, self.ec2_backend):
            message = f"Load balancer '{arn}' cannot be deleted because it is currently associated with another service"
            raise ELBClientError("ResourceInUse", message)
        _DELETE(self, arn)
        for interface_id in interfaces_of(balancer).values():
            self.ec2_backend.enis.pop(interface_id, None)

    def set_subnets(
        self, arn: str, subnets: list[str], subnet_mappings: list[dict[str, str]]
    ) -> list[AvailabilityZone]:
        [balancer] = self.describe_load_balancers([arn], None)
        ids = [*subnets, *(mapping["SubnetId"] for mapping in subnet_mappings)]
        found = check_subnets(self.ec2_backend, balancer.type, ids, str(balancer.scheme))
        if {one.vpc_id for one in found} != {balancer.vpc_id}:
            raise ELBClientError("InvalidConfigurationRequest", f"The subnets must be in {balancer.vpc_id}")
        balancer.subnets = found
        arrange(self.ec2_backend, balancer)
        return balancer.availability_zones

    def set_security_groups(self, arn: str, sec_groups: list[str]) -> None:
        [balancer] = self.describe_load_balancers([arn], None)
        if balancer.type == "network" and bool(balancer.security_groups) != bool(sec_groups):
            raise ELBClientError(
                "InvalidConfigurationRequest",
                "Security groups of a network load balancer cannot be added after it is created without, nor all taken",
            )
        require_groups(self.ec2_backend, balancer.vpc_id, sec_groups)
        balancer.security_groups = sec_groups
        for interface_id in interfaces_of(balancer).values():
            set_groups(self.ec2_backend, interface_id, sec_groups)

    def modify_load_balancer_attributes(self, arn: str, attrs: dict[str, str]) -> dict[str, str]:
        [balancer] = self.describe_load_balancers([arn], None)
        for key in attrs:
            if key not in balancer.attrs:
                raise ELBClientError("ValidationError", f"Load balancer attribute key '{key}' is not recognized")
        balancer.attrs.update(attrs)
        return balancer.attrs


class _Responses(_Operations):
    def set_security_groups(self) -> ActionResult:
        answer = _SET_GROUPS(self)
        [balancer] = self.elbv2_backend.describe_load_balancers([self._get_param("LoadBalancerArn")], None)
        enforced = self._get_param("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
        vars(balancer)[_ENFORCED] = enforced or vars(balancer)[_ENFORCED]
        return answer


def install() -> None:
    """Add these methods and operations to moto's Elastic Load Balancing."""
    extend(ELBv2Backend, _Balancers)
    extend(ELBV2Response, _Responses)
