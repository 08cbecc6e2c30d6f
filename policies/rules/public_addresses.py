"""Public addresses stand only where the firm allows them: on NAT gateways."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, flag, items, nested, text
from policies.views import Resource, Stack

_SUBNET_FLAGS = ("mapPublicIpOnLaunch", "assignIpv6AddressOnCreation")
_LAUNCHED = frozenset({*t.INSTANCE, *t.LAUNCH_TEMPLATE, *t.LAUNCH_CONFIGURATION})


def no_public_ip_on_launch(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a subnet: what starts in it gets no public address, IPv4 or IPv6."""
    for key in _SUBNET_FLAGS:
        yield Claim(equal(flag(resource.props, key, default=False), True), f"the subnet sets {key}", resource.urn)


def no_public_instance(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an instance or launch template: it asks for no public address, on any interface."""
    asked = [equal(flag(resource.props, "associatePublicIpAddress", default=False), True)]
    interfaces = items(resource.props, "networkInterfaces")
    for each in (UNKNOWN,) if interfaces is UNKNOWN else interfaces:
        wanted = UNKNOWN if each is UNKNOWN else flag(nested(each), "associatePublicIpAddress", default=False)
        asked.append(equal(wanted, True))
    yield Claim(some(asked), "a public address is asked for", resource.urn)


def elastic_ip_not_on_host(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an Elastic IP or an association by itself: it names no instance and no interface."""
    if resource.type in t.EIP_ASSOCIATION:
        yield Claim(Truth.TRUE, "an Elastic IP is associated with a host", resource.urn)
        return
    for key in ("instance", "networkInterface"):
        value = text(resource.props, key)
        # Empty text is how a provider may show an absent id.
        attached = Truth.UNKNOWN if value is UNKNOWN else truth(bool(value))
        yield Claim(attached, f"the Elastic IP has an {key}", resource.urn)


def elastic_ips_for_nat(stack: Stack) -> Iterator[Claim]:
    """Judge each Elastic IP: a NAT gateway of the stack holds it."""
    for address in stack.of(t.EIP):
        held = some(_holds(stack, gateway, address) for gateway in stack.of(t.NAT_GATEWAY))
        yield Claim(~held, "no NAT gateway holds the Elastic IP", address.urn)


def nat_in_public_subnets(stack: Stack) -> Iterator[Claim]:
    """Judge each NAT gateway: it stands in a subnet of the public tier."""
    for gateway in stack.of(t.NAT_GATEWAY):
        subnet = stack.target(gateway, "subnetId", t.SUBNET)
        if subnet is UNKNOWN:
            placed = Truth.UNKNOWN
        else:
            placed = Truth.FALSE if subnet is None else equal(subnet.label("tier"), "public")
        yield Claim(~placed, "the NAT gateway stands outside the public tier", gateway.urn)


def nat_as_declared(stack: Stack) -> Iterator[Claim]:
    """Judge a network: it has as many NAT gateways as the fleet file says."""
    network = stack.facts.network
    if network is None or not stack.of(t.VPC):
        return
    expected, found = network.nat_gateways, len(stack.of(t.NAT_GATEWAY))
    yield Claim(truth(found != expected), f"the network has not {expected} NAT gateways", stack.urn, str(found))


def _holds(stack: Stack, gateway: Resource, address: Resource) -> Truth:
    targets = [stack.target(gateway, "allocationId", t.EIP, attribute) for attribute in ("allocationId", "id")]
    if any(target is address for target in targets):
        return Truth.TRUE
    return truth(None if UNKNOWN in targets else False)


RULES = (
    Rule(
        id="subnet-no-public-ip-on-launch",
        title="No subnet gives public addresses to what starts in it; load balancers and NAT need none.",
        mission_row="N2",
        controls=("CKV_AWS_130", "EC2.15"),
        remedy="set mapPublicIpOnLaunch and assignIpv6AddressOnCreation to false",
        applies_to=frozenset(t.SUBNET),
        resource=no_public_ip_on_launch,
    ),
    Rule(
        id="instance-no-public-ip",
        title="No instance or launch template asks for a public address.",
        mission_row="N2",
        controls=("CKV_AWS_88", "EC2.9"),
        remedy="set associatePublicIpAddress to false; reach it through a load balancer",
        applies_to=_LAUNCHED,
        resource=no_public_instance,
    ),
    Rule(
        id="eip-not-on-hosts",
        title="Elastic IPs are on no instance and no network interface.",
        mission_row="N2",
        controls=("CKV_AWS_88", "EC2.9"),
        remedy="remove the association; only NAT gateways have public addresses",
        applies_to=frozenset({*t.EIP, *t.EIP_ASSOCIATION}),
        resource=elastic_ip_not_on_host,
    ),
    Rule(
        id="eip-only-for-nat",
        title="Every Elastic IP is held by a NAT gateway of the same stack.",
        mission_row="N3",
        controls=("EC2.12",),
        remedy="remove the Elastic IP, or give it to the NAT gateway",
        stack=elastic_ips_for_nat,
    ),
    Rule(
        id="nat-in-public-tier",
        title="NAT gateways stand in public subnets.",
        mission_row="N3",
        remedy="move the NAT gateway to a public subnet",
        stack=nat_in_public_subnets,
    ),
    Rule(
        id="nat-as-declared",
        title="A network has as many NAT gateways as the fleet file says: none, one, or one per zone.",
        mission_row="N3",
        remedy="change nat in the fleet file, or the program",
        stack=nat_as_declared,
    ),
)
