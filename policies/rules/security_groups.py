"""Every row of the security group table is there, and nothing beyond it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, one_of, some, truth
from policies.networks import same_cidr
from policies.permissions import PeerKind, Permission, permissions
from policies.privatelink_flows import client_permission
from policies.rule import Claim, Rule
from policies.site_flows import site_permission
from policies.subjects import NetworkFacts
from policies.tables import GROUP_ROWS, Block, Group, GroupRow, ServicePrefixLists, components, resolve
from policies.values import UNKNOWN, Unknown, items
from policies.views import Resource, Stack

_GROUP_KEY = "securityGroupId"
_WIDENED = "remove the rule, or declare it under security_group_rules in the fleet file and have it reviewed"


def row_present(row: GroupRow, stack: Stack) -> Iterator[Claim]:
    """Judge one row: each group of its component has a rule that says exactly this."""
    network = stack.facts.network
    if network is None or not row.applies(network) or not stack.of(t.VPC):
        return
    groups = [(group, equal(group.label("component"), row.component)) for group in stack.of(t.SECURITY_GROUP)]
    found = some(belongs & _enough(row, _matches(row, group, stack, network)) for group, belongs in groups)
    subject = next((group.urn for group, belongs in groups if belongs is Truth.TRUE), stack.urn)
    yield Claim(~found, f"the {row.component} group lacks {row.direction} tcp {row.port} {row.peer_name}", subject)


def nothing_beyond_table(stack: Stack) -> Iterator[Claim]:
    """Judge each rule: a row of the table, a declared extra one, or of a listed peering, site or PrivateLink client."""
    for resource, permission, group in stack.once(_granted):
        allowed = _allowed_in_network(resource, permission, group, stack) | _peering_flow(permission, stack.facts)
        allowed |= site_permission(resource, permission, stack.facts)
        allowed |= client_permission(resource, permission, stack.facts)
        yield Claim(~allowed, "the rule is in no row of the table", resource.urn, str(permission))


def groups_are_known(stack: Stack) -> Iterator[Claim]:
    """Judge each security group of a network: it belongs to a component of the table."""
    network = stack.facts.network
    allowed = components(network) if network else frozenset[str]()
    for group in stack.of(t.SECURITY_GROUP):
        yield Claim(~one_of(group.label("component"), allowed), "the group belongs to no listed component", group.urn)


def standalone_rules_only(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a security group's inputs: it declares no rules inline, where the table could not see them."""
    for direction in ("ingress", "egress"):
        rules = items(resource.props, direction)
        inline = Truth.UNKNOWN if rules is UNKNOWN else truth(bool(rules))
        yield Claim(inline, f"the group has inline {direction} rules", resource.urn)


def _allowed_in_network(
    resource: Resource, permission: Permission, group: Resource | Unknown | None, stack: Stack
) -> Truth:
    network = stack.facts.network
    if network is None:
        return Truth.FALSE
    if group is UNKNOWN:
        return Truth.UNKNOWN
    if group is None:
        return Truth.FALSE
    component = group.label("component")
    rows = (row for row in GROUP_ROWS if row.applies(network))
    by_row = some(equal(component, row.component) & _is_row(row, resource, permission, stack, network) for row in rows)
    return by_row | _declared_extra(component, permission, network)


def _matches(row: GroupRow, group: Resource, stack: Stack, network: NetworkFacts) -> list[tuple[Permission, Truth]]:
    """Return the permissions of a group with the truth that each is the row."""
    return [
        (permission, owned & _is_row(row, resource, permission, stack, network))
        for resource, permission, owner in stack.once(_granted)
        if (owned := truth(None if owner is UNKNOWN else owner is group)) is not Truth.FALSE
    ]


def _granted(stack: Stack) -> tuple[tuple[Resource, Permission, Resource | Unknown | None], ...]:
    """Return every permission of the stack's rule resources with the group that it belongs to."""
    return tuple(
        (resource, permission, stack.target(resource, _GROUP_KEY, t.SECURITY_GROUP))
        for resource in stack.of(t.SECURITY_GROUP_RULES)
        for permission in permissions(resource)
    )


def _enough(row: GroupRow, matches: list[tuple[Permission, Truth]]) -> Truth:
    """Tell whether the row is there; for prefix lists, as many different ones as it demands."""
    if not isinstance(row.peer, ServicePrefixLists):
        return some(match for _, match in matches)
    certain = {found.peer for found, match in matches if match is Truth.TRUE and found.peer is not UNKNOWN}
    open_ones = [
        found for found, match in matches if match is Truth.UNKNOWN or (match is Truth.TRUE and found.peer is UNKNOWN)
    ]
    if len(certain) >= row.peer.count:
        return Truth.TRUE
    return truth(None if len(certain) + len(open_ones) >= row.peer.count else False)


def _is_row(row: GroupRow, resource: Resource, permission: Permission, stack: Stack, network: NetworkFacts) -> Truth:
    ports = equal(permission.direction, row.direction) & permission.ports.exactly("tcp", row.port, row.port)
    if ports is Truth.FALSE:
        return ports
    return ports & _is_peer(row, resource, permission, stack, network)


def _is_peer(row: GroupRow, resource: Resource, permission: Permission, stack: Stack, network: NetworkFacts) -> Truth:
    if permission.kind is UNKNOWN:
        return Truth.UNKNOWN
    if isinstance(row.peer, Block):
        block = resolve(row.peer, network)
        return truth(permission.kind is PeerKind.CIDR and block is not None) & same_cidr(permission.peer, str(block))
    if isinstance(row.peer, Group):
        if permission.kind is not PeerKind.GROUP:
            return Truth.FALSE
        peer = stack.target(resource, permission.key, t.SECURITY_GROUP)
        return _component_is(peer, row.peer.component)
    # A prefix list of the firm's own could hold any address, so it never stands for AWS's lists.
    own = stack.sources(resource, permission.key, t.MANAGED_PREFIX_LIST)
    return truth(permission.kind is PeerKind.PREFIX_LIST and not own)


def _component_is(group: Resource | Unknown | None, component: str) -> Truth:
    if group is UNKNOWN:
        return Truth.UNKNOWN
    return Truth.FALSE if group is None else equal(group.label("component"), component)


def _declared_extra(component: str | Unknown | None, permission: Permission, network: NetworkFacts) -> Truth:
    if permission.kind is not PeerKind.CIDR:
        return Truth.UNKNOWN if permission.kind is UNKNOWN else Truth.FALSE
    return some(
        every(
            (
                equal(component, extra.group),
                equal(permission.direction, extra.direction.value),
                permission.ports.exactly(extra.protocol, extra.from_port, extra.to_port),
                same_cidr(permission.peer, extra.cidr),
            )
        )
        for extra in network.extra_rules
    )


def _peering_flow(permission: Permission, facts: StackFacts) -> Truth:
    """Tell whether a rule lets a requester's tier in to a listed port, in a peering's stack."""
    peering = facts.peering
    if peering is None or permission.kind not in (PeerKind.CIDR, UNKNOWN):
        return Truth.FALSE
    asked = some(
        permission.ports.exactly("tcp", port, port) & same_cidr(permission.peer, str(block))
        for port in peering.ports
        for block in peering.requester.blocks
    )
    return equal(permission.direction, "ingress") & asked


def peering_rows_present(stack: Stack) -> Iterator[Claim]:
    """Judge a peering: the accepter's service lets each listed tier in on each listed port."""
    peering = stack.facts.peering
    if peering is None or not stack.of(t.PEERING):
        return
    granted = [found for _, found, _ in stack.once(_granted)]
    for port in peering.ports:
        for block in peering.requester.blocks:
            present = some(
                equal(found.direction, "ingress")
                & found.ports.exactly("tcp", port, port)
                & same_cidr(found.peer, str(block))
                for found in granted
            )
            yield Claim(~present, f"no rule lets {block} in on tcp {port}", stack.urn, f"tcp {port} {block}")


def _row_rule(row: GroupRow) -> Rule:
    whose = "payments" if row.id.startswith("sg-row-payments") else "application"
    decision = f" (decision {row.origin})" if row.origin else ""
    return Rule(
        id=row.id,
        title=f"In {whose} networks the {row.component} group has {row.direction} TCP {row.port},"
        f" peer {row.peer_name}{decision}.",
        mission_row=f"security groups: {row.component}",
        controls=("PCI DSS 1.2.5",),
        remedy="restore the row in the network program's security group table",
        stack=partial(row_present, row),
    )


RULES = (
    *(_row_rule(row) for row in GROUP_ROWS),
    Rule(
        id="sg-row-payments-service-in-requester",
        title="A peering's stack lets the requester's listed tiers in to the service, on the listed ports.",
        mission_row="N4",
        controls=("PCI DSS 1.4.1",),
        remedy="restore the row in the peering program",
        stack=peering_rows_present,
    ),
    Rule(
        id="sg-nothing-beyond-table",
        title="No security group rule beyond the table, the fleet file's extra rules, listed peerings, sites and"
        " PrivateLink clients.",
        mission_row="security groups: every one",
        controls=("EC2.18", "CKV_AWS_382", "PCI DSS 1.3.1", "PCI DSS 1.3.2"),
        remedy=_WIDENED,
        stack=nothing_beyond_table,
    ),
    Rule(
        id="sg-known-component",
        title="Every security group belongs to a component that the network's table lists.",
        mission_row="security groups: every one",
        controls=("PCI DSS 1.2.5",),
        remedy="tag the group with its component (securecart:component), or remove it",
        stack=groups_are_known,
    ),
    Rule(
        id="sg-standalone-rules-only",
        title="Security groups declare no inline rules: each rule is a resource of its own.",
        mission_row="security groups: every one",
        remedy="declare SecurityGroupIngressRule and SecurityGroupEgressRule resources",
        applies_to=frozenset(t.SECURITY_GROUP),
        resource=standalone_rules_only,
    ),
)
