"""What a case is, and the stacks and names that cases share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from policies.values import Props, Value
from policies.views import Stack
from tests.policies import examples
from tests.policies.examples import find, network_stack, with_props, with_resource, without


@dataclass(frozen=True)
class Case:
    """One change to a conforming stack, and the rule that must notice it."""

    rule: str
    what: str
    stack: Callable[[], Stack]
    kind: str
    name: str = ""
    props: Props = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    remove: bool = False
    add: tuple[str, Props] | None = None
    """Type and properties of a resource to add beside the one that is found."""

    def broken(self) -> Stack:
        stack = self.stack()
        target = find(stack, self.kind, self.name)
        if self.remove:
            return without(stack, target)
        if self.add is not None:
            return with_resource(stack, self.add[0], "added", target, self.add[1])
        return with_props(stack, target, self.props, self.drop)

    def __str__(self) -> str:
        return f"{self.rule}: {self.what}"


def dev() -> Stack:
    return network_stack("dev", deployed=True)


def prod() -> Stack:
    return network_stack("prod", deployed=True)


def endpoints() -> Stack:
    return examples.endpoints_stack(deployed=True)


def hub() -> Stack:
    return examples.hub_stack(deployed=True)


def attach() -> Stack:
    return examples.attach_stack(deployed=True)


def hubs() -> Stack:
    return examples.hub_peering_stack(deployed=True)


def peering() -> Stack:
    return examples.peering_stack(deployed=True)


def office() -> Stack:
    return examples.vpn_stack(deployed=True)


def link() -> Stack:
    return examples.direct_connect_stack(deployed=True)


def offer() -> Stack:
    return examples.endpoint_service_stack(deployed=True)


def partner() -> Stack:
    return examples.partner_endpoint_stack(deployed=True)


def zone() -> Stack:
    return examples.dns_stack(deployed=True)


def certificate() -> Stack:
    return examples.certificate_stack(deployed=True)


def balancer() -> Stack:
    return examples.load_balancer_stack(deployed=True)


def static() -> Stack:
    return examples.distribution_stack(deployed=True)


def archive() -> Stack:
    return examples.archive_stack(deployed=True)


INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
LEGACY = "aws:ec2/securityGroupRule:SecurityGroupRule"
ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
ROUTE = "aws:ec2/route:Route"
SG_RULE = "SecurityGroupIngressRule"
ALB_443 = "alb-ingress-0.0.0.0/0-443"
INTERNET, ANY_PEER = "sg-no-admin-ports-from-internet", "sg-no-admin-ports"
BEYOND = "sg-nothing-beyond-table"
SSH: Props = {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "securityGroupId": "alb-id"}


def ssh(**changes: Value) -> Props:
    return {**SSH, **changes}


def inline_ssh(**rule: Value) -> Props:
    return {"ingress": [{"protocol": "tcp", "fromPort": 22, "toPort": 22, **rule}]}
