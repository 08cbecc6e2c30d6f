"""Target groups with AWS's attributes, and targets that it would take.

moto lacks: attributes by protocol and refusal of others, health checks of a kind that the protocol has not, which load
balancers use a group once a listener is gone, and refusal of targets that are no addresses of a network. AWS: ELB API
reference, CreateTargetGroup, ModifyTargetGroupAttributes and RegisterTargets with their errors. Added: methods in
front of moto's own, and a member of moto's class that is looked up instead of kept.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from moto.elbv2.exceptions import ELBClientError, TargetGroupNotFoundError
from moto.elbv2.models import ELBv2Backend, FakeAction, FakeTargetGroup, elbv2_backends

from securecart.sandbox.moto_extensions.load_balancer_data import HTTP, group_attributes
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    from moto.elbv2.models import ELBv2Backend as _Methods
else:
    _Methods = object

_CREATE = ELBv2Backend.create_target_group
_MODIFY = ELBv2Backend.modify_target_group_attributes
_REGISTER = ELBv2Backend.register_targets
_TARGET_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
"""Networks outside the VPC of which a target may be (RegisterTargets: RFC 1918 and RFC 6598)."""
_LONGEST_DELAY = 3600


def forwarded_to(actions: list[FakeAction]) -> list[str]:
    """ARNs of the target groups that actions forward to."""
    found: list[str] = []
    for action in actions:
        config = cast("Mapping[str, object]", action.data.get("ForwardConfig") or {})
        groups = cast("list[Mapping[str, str]]", config.get("TargetGroups") or [])
        found += [group["TargetGroupArn"] for group in groups]
        found += [action.data["TargetGroupArn"]] if action.data.get("TargetGroupArn") else []
    return list(dict.fromkeys(found))


def balancers_of(group: FakeTargetGroup) -> list[str]:
    """ARNs of the load balancers whose rules forward to a target group."""
    backend = elbv2_backends[group.account_id][group.region_name]
    return [
        balancer.arn
        for balancer in backend.load_balancers.values()
        if any(
            group.arn in forwarded_to(rule.actions)
            for listener in balancer.listeners.values()
            for rule in listener.rules.values()
        )
    ]


def mistakes(asked: Mapping[str, object]) -> Iterator[str]:
    """Give what is wrong with the health check of a new target group.

    Args:
        asked: Arguments of moto's create_target_group.
    """
    protocol, check = asked.get("protocol"), asked.get("healthcheck_protocol") or asked.get("protocol")
    if asked.get("target_type") == "lambda":
        return
    if protocol in HTTP and check not in HTTP:
        yield f"Health check protocol '{check}' is not supported for target groups with the {protocol} protocol"
    plain = check not in HTTP
    for member in ("healthcheck_path", "matcher"):
        if protocol not in HTTP and plain and asked.get(member):
            yield f"A health check of protocol TCP has no {member.removeprefix('healthcheck_')}"
    for member in ("healthy_threshold_count", "unhealthy_threshold_count"):
        value = asked.get(member)
        if value is not None and not 2 <= int(str(value)) <= 10:
            yield f"{member} must be between 2 and 10, not {value}"


def check_address(address: str, vpc_cidrs: list[str]) -> None:
    """Refuse what is no address, and one that is neither of the VPC nor of a private network.

    Raises:
        ELBClientError: ValidationError, InvalidTarget.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        raise ELBClientError("ValidationError", f"The IP address '{address}' is not a valid IPv4 address") from None
    if not any(found in ipaddress.ip_network(block) for block in (*vpc_cidrs, *_TARGET_NETWORKS)):
        raise ELBClientError("InvalidTarget", f"The target '{address}' is in no subnet of the VPC or private network")


class _Groups(_Methods):
    def create_target_group(self, name: str, **kwargs: object) -> FakeTargetGroup:
        for mistake in mistakes(kwargs):
            raise ELBClientError("ValidationError", mistake)
        made = _CREATE(self, name, **kwargs)
        made.attributes = dict(group_attributes(made.protocol, made.target_type))
        return made

    def modify_target_group_attributes(self, target_group_arn: str, attributes: dict[str, str]) -> None:
        group = self.target_groups.get(target_group_arn)
        if group is None:
            raise TargetGroupNotFoundError()
        for key in attributes:
            if key not in group.attributes:
                raise ELBClientError("ValidationError", f"Target group attribute key '{key}' is not recognized")
        delay = int(str(attributes.get("deregistration_delay.timeout_seconds", 0)))
        if not 0 <= delay <= _LONGEST_DELAY:
            raise ELBClientError("ValidationError", f"'deregistration_delay.timeout_seconds' cannot be {delay}")
        _MODIFY(self, target_group_arn, {key: value for key, value in attributes.items() if "delay" not in key})
        group.attributes.update(attributes)

    def register_targets(self, target_group_arn: str, instances: list[dict[str, object]]) -> None:
        group = self.target_groups.get(target_group_arn)
        if group is not None and group.target_type == "ip":
            vpc = self.ec2_backend.vpcs[group.vpc_id]
            blocks = [str(one["cidr_block"]) for one in vpc.get_cidr_block_association_set()]
            for target in instances:
                check_address(str(target["Id"]), blocks)
        if group is not None and group.target_type == "alb":
            self._check_balancers([str(target["Id"]) for target in instances], str(group.port))
        _REGISTER(self, target_group_arn, instances)

    def _check_balancers(self, arns: list[str], port: str) -> None:
        """An application load balancer is a target once it listens at the group's port."""
        for balancer in self.describe_load_balancers(arns, None):
            if port not in {str(listener.port) for listener in balancer.listeners.values()}:
                raise ELBClientError("InvalidTarget", f"'{balancer.arn}' has no listener at port {port}")


def install() -> None:
    """Add these methods and the looked-up member to moto's Elastic Load Balancing."""
    extend(ELBv2Backend, _Groups)
    # moto's own writes to the member are lost on purpose.
    looked_up = property(balancers_of, lambda group, arns: None)
    setattr(FakeTargetGroup, "load_balancer_arns", looked_up)  # noqa: B010  # mypy knows it as a plain member
