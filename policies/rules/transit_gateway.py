"""Transit Gateways accept nothing by themselves, and segments never meet."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, at_most, equal, exactly, one_of, some, truth
from policies.networks import same_cidr
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, flag, text
from policies.views import Resource, Stack

_INTER_REGION = "inter-region"
_DEFAULT_TABLE_FLAGS = (
    "transitGatewayDefaultRouteTableAssociation",
    "transitGatewayDefaultRouteTablePropagation",
)


def no_auto_accept(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a Transit Gateway: attachments wait for the hub's own role. The provider's default is disable."""
    value = text(resource.props, "autoAcceptSharedAttachments")
    yield Claim(~one_of(value, (None, "disable")), "shared attachments are accepted by themselves", resource.urn)


def no_default_tables(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a Transit Gateway: no table that every attachment joins. The provider's default is enable."""
    for key in ("defaultRouteTableAssociation", "defaultRouteTablePropagation"):
        yield Claim(~equal(text(resource.props, key), "disable"), f"{key} is not disabled", resource.urn)


def attachment_joins_no_default(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an attachment or its acceptance: it joins no default table. The provider's default is true.

    On a Transit Gateway of another account the network's side has no say: the AWS provider takes its setting
    for true and ignores it (documentation of aws_ec2_transit_gateway_vpc_attachment). There the acceptance
    decides.
    """
    if resource.type in t.TGW_ATTACHMENT and len({place.account for place in facts.places}) > 1:
        return
    for key in _DEFAULT_TABLE_FLAGS:
        joins = equal(flag(resource.props, key, default=True), True)
        yield Claim(joins, f"{key} is not false", resource.urn)


def no_external_principals(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a resource share: nobody outside the organization."""
    external = flag(resource.props, "allowExternalPrincipals", default=False)
    yield Claim(equal(external, True), "the share allows principals outside the organization", resource.urn)


def principals_attach(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a principal of a share: an account with a network that attaches to this hub."""
    principal = text(resource.props, "principal")
    allowed = facts.hub.attached_accounts if facts.hub else ()
    shown = principal if isinstance(principal, str) else ""
    yield Claim(
        ~one_of(principal, allowed),
        "the hub is shared with an account that does not attach",
        resource.urn,
        shown,
    )


def table_per_segment(stack: Stack) -> Iterator[Claim]:
    """Judge a hub: one route table for each segment, and none besides but the one for peered hubs."""
    hub = stack.facts.hub
    if hub is None or not stack.of(t.TRANSIT_GATEWAY):
        return
    tables = stack.of(t.TGW_ROUTE_TABLE)
    for segment in hub.segments:
        own = exactly(1, (equal(table.label("segment"), segment) for table in tables))
        yield Claim(~own, f"the hub has not one route table for segment {segment}", stack.urn)
    for table in tables:
        known = one_of(table.label("segment"), (*hub.segments, _INTER_REGION))
        yield Claim(~known, "the route table belongs to no segment of the hub", table.urn)


def segments_stay_apart(stack: Stack) -> Iterator[Claim]:
    """Judge associations and propagations: an attachment is in its segment's table and announced no wider.

    The tables belong to the hub's stack, so ids say which is which only once they are known: an attachment
    associates with one table, is announced to that one, and to one more where hubs carry the segment across.
    """
    associations, propagations = stack.of(t.TGW_ASSOCIATION), stack.of(t.TGW_PROPAGATION)
    attachment, across = stack.facts.attachment, stack.facts.hub_peering
    allowed = (0, 0)
    if attachment is not None:
        allowed = (1, 2 if attachment.crosses else 1)
        yield from _announced_to_own_table(associations, propagations)
    elif across is not None:
        allowed = (2, 0)
    elif stack.facts.vpn is not None:
        allowed = (1, 0)
    for resource in associations[allowed[0] :]:
        yield Claim(Truth.TRUE, "one association too many: the attachment joins another segment", resource.urn)
    for resource in propagations[allowed[1] :]:
        yield Claim(
            Truth.TRUE,
            "one propagation too many: the attachment is announced to another segment",
            resource.urn,
        )


def static_routes_listed(stack: Stack) -> Iterator[Claim]:
    """Judge each static route: it stands in a peering of hubs and leads to a network of a listed segment."""
    for route in stack.of(t.TGW_ROUTE):
        if stack.facts.vpn is not None:
            continue  # an office's routes have rules of their own
        dropped = equal(flag(route.props, "blackhole", default=False), True)
        cidr = text(route.props, "destinationCidrBlock")
        listed = some(same_cidr(cidr, block) for block in _beyond(route, stack.facts))
        shown = cidr if isinstance(cidr, str) else ""
        yield Claim(~(dropped | listed), "the static route leads to no network of a listed segment", route.urn, shown)


def vpc_routes_in_segment(stack: Stack) -> Iterator[Claim]:
    """Judge an attachment's VPC routes: to networks of the own segment, from the private tier only."""
    attachment = stack.facts.attachment
    if attachment is None:
        return
    routes = stack.of(t.ROUTE)
    for route in routes:
        cidr, gateway = text(route.props, "destinationCidrBlock"), text(route.props, "transitGatewayId")
        right = some(same_cidr(cidr, block) for block in attachment.beyond) & truth(gateway is not None)
        shown = cidr if isinstance(cidr, str) else ""
        yield Claim(~right, "the route leads out of the segment", route.urn, shown)
    for block in attachment.beyond:
        tables = (same_cidr(text(route.props, "destinationCidrBlock"), block) for route in routes)
        within = at_most(attachment.zones, tables)
        yield Claim(~within, f"{block} is routed in more tables than the private tier has", stack.urn)


def _announced_to_own_table(associations: tuple[Resource, ...], propagations: tuple[Resource, ...]) -> Iterator[Claim]:
    tables = [text(each.props, "transitGatewayRouteTableId") for each in propagations]
    for association in associations:
        joined = text(association.props, "transitGatewayRouteTableId")
        same = Truth.UNKNOWN if joined is UNKNOWN else some(equal(table, joined) for table in tables)
        message = "the attachment is announced to other tables than the one it is in"
        yield Claim(~same & truth(bool(tables)), message, association.urn)


def _beyond(route: Resource, facts: StackFacts) -> frozenset[str]:
    """Return the blocks that lie beyond the peering of hubs, seen from the hub that has the route."""
    across = facts.hub_peering
    if across is None or route.provider is None:
        return frozenset()
    here = (side for side in (across.requester, across.accepter) if side.place.provider_name == route.provider.name)
    return frozenset(block for side in here for block in side.beyond)


RULES = (
    Rule(
        id="tgw-no-auto-accept",
        title="A Transit Gateway accepts no shared attachment by itself.",
        mission_row="N5",
        controls=("CKV_AWS_331", "EC2.23"),
        remedy="set autoAcceptSharedAttachments to disable",
        applies_to=frozenset(t.TRANSIT_GATEWAY),
        resource=no_auto_accept,
    ),
    Rule(
        id="tgw-no-default-route-tables",
        title="A Transit Gateway has no default association and no default propagation.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="set defaultRouteTableAssociation and defaultRouteTablePropagation to disable",
        applies_to=frozenset(t.TRANSIT_GATEWAY),
        resource=no_default_tables,
    ),
    Rule(
        id="tgw-attachment-no-default-route-tables",
        title="An attachment joins no default table: its acceptance says so, or itself within one account.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="set transitGatewayDefaultRouteTableAssociation and ...Propagation to false",
        applies_to=frozenset({*t.TGW_ATTACHMENT, *t.TGW_ATTACHMENT_ACCEPTER}),
        resource=attachment_joins_no_default,
    ),
    Rule(
        id="ram-no-external-principals",
        title="A resource share allows no principal outside the organization.",
        mission_row="N5",
        remedy="set allowExternalPrincipals to false",
        applies_to=frozenset(t.RESOURCE_SHARE),
        resource=no_external_principals,
    ),
    Rule(
        id="ram-principals-attach",
        title="A hub is shared only with accounts whose networks attach to it.",
        mission_row="N5",
        remedy="remove the principal, or declare the attachment in the fleet file",
        applies_to=frozenset(t.PRINCIPAL_ASSOCIATION),
        resource=principals_attach,
    ),
    Rule(
        id="tgw-table-per-segment",
        title="A hub has one route table for each segment, and none besides but the one for peered hubs.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="declare one route table for each segment",
        stack=table_per_segment,
    ),
    Rule(
        id="tgw-segments-apart",
        title="An attachment is in its segment's table alone, and is announced no wider.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="remove the association or propagation that crosses segments",
        stack=segments_stay_apart,
    ),
    Rule(
        id="tgw-static-routes-listed",
        title="Static Transit Gateway routes lead only to the other hub's networks of listed segments.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="remove the route, or list the segment in the hub peering",
        stack=static_routes_listed,
    ),
    Rule(
        id="route-transit-gateway-in-segment",
        title="VPC routes to a Transit Gateway lead to networks of the same segment, from the private tier.",
        mission_row="N5",
        controls=("PCI DSS 1.4.1",),
        remedy="remove the route",
        stack=vpc_routes_in_segment,
    ),
)
