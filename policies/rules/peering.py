"""VPC peerings are the listed ones, accepted by the peer, and routed no wider than listed."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, exactly, truth
from policies.networks import same_cidr, within
from policies.rule import Claim, Rule
from policies.subjects import PeeringEnd
from policies.values import UNKNOWN, flag, text
from policies.views import Resource, Stack


def listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a peering connection: it is in a peering's stack, to the accepter's account and region."""
    peering = facts.peering
    if peering is None:
        yield Claim(Truth.TRUE, "no listed peering is deployed by this stack", resource.urn)
        return
    requester, accepter = peering.requester.place, peering.accepter.place
    owner, region = text(resource.props, "peerOwnerId"), text(resource.props, "peerRegion")
    # Both default to the requester's own account and region.
    owner = requester.account_id if owner is None else owner
    region = requester.region if region is None else region
    yield Claim(~equal(owner, accepter.account_id), "the peer's account is not listed", resource.urn)
    yield Claim(~equal(region, accepter.region), "the peer's region is not listed", resource.urn)


def not_accepted_by_requester(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a peering connection: the accepter's own role accepts it."""
    accepted = flag(resource.props, "autoAccept", default=False)
    yield Claim(equal(accepted, True), "the requester accepts its own peering", resource.urn)


def routes_listed(stack: Stack) -> Iterator[Claim]:
    """Judge each route of a peering: it leads into a listed tier's block of the other end, no wider."""
    for route in stack.of(t.ROUTE):
        connection = text(route.props, "vpcPeeringConnectionId")
        if connection is None or connection == "":
            continue
        cidr = text(route.props, "destinationCidrBlock")
        shown = cidr if isinstance(cidr, str) else ""
        blocks = [block for end in _ends(route, stack.facts) for block in end.peer.blocks]
        yield Claim(~within(cidr, blocks), "the route is wider than the listed tiers", route.urn, shown)


def routes_in_listed_tables(stack: Stack) -> Iterator[Claim]:
    """Judge a peering: each end routes the other's blocks in as many tables as its listed tiers have zones.

    The tables belong to the networks' stacks; a route more would be in a tier that is not listed.
    """
    peering = stack.facts.peering
    if peering is None or not stack.of(t.PEERING):
        return
    for end in peering.ends:
        expected = end.own.tables
        for block in end.peer.blocks:
            routes = (same_cidr(text(route.props, "destinationCidrBlock"), str(block)) for route in stack.of(t.ROUTE))
            message = f"{end.own.network} does not route {block} in the {expected} tables of the listed tiers"
            yield Claim(~exactly(expected, routes), message, stack.urn)


def accepted_by_peer(stack: Stack) -> Iterator[Claim]:
    """Judge each peering connection: an accepter resource under the accepter's provider accepts it."""
    peering = stack.facts.peering
    if peering is None:
        return
    provider_name = peering.accepter.place.provider_name
    for connection in stack.of(t.PEERING):
        accepted = Truth.FALSE
        for accepter in stack.of(t.PEERING_ACCEPTER):
            target = stack.target(accepter, "vpcPeeringConnectionId", t.PEERING)
            own = accepter.provider is not None and accepter.provider.name == provider_name
            accepted |= truth(None if target is UNKNOWN else target is connection) & truth(own)
        yield Claim(~accepted, "the accepter's own role does not accept the peering", connection.urn)


def _ends(route: Resource, facts: StackFacts) -> tuple[PeeringEnd, ...]:
    if facts.peering is None or route.provider is None:
        return ()
    return facts.peering.ends_at(route.provider.name)


RULES = (
    Rule(
        id="peering-listed",
        title="A VPC peering is one of the fleet file's, to the accepter's account and region.",
        mission_row="N4",
        controls=("PCI DSS 1.4.1",),
        remedy="declare the peering under connections in the fleet file",
        applies_to=frozenset(t.PEERING),
        resource=listed,
    ),
    Rule(
        id="peering-no-auto-accept",
        title="A VPC peering is not accepted by the requester.",
        mission_row="N4",
        remedy="set autoAccept to false and accept with the peer's own provider",
        applies_to=frozenset(t.PEERING),
        resource=not_accepted_by_requester,
    ),
    Rule(
        id="peering-accepted-by-peer",
        title="A VPC peering is accepted by a resource under the accepter's own provider.",
        mission_row="N4",
        remedy="declare VpcPeeringConnectionAccepter with the accepter's provider",
        stack=accepted_by_peer,
    ),
    Rule(
        id="peering-routes-listed",
        title="Peering routes lead only into the other end's listed tiers.",
        mission_row="N4",
        controls=("CKV2_AWS_44", "CIS 6.6"),
        remedy="narrow the route to the listed tier's block, or list the tier in the fleet file",
        stack=routes_listed,
    ),
    Rule(
        id="peering-routes-in-listed-tables",
        title="Peering routes stand in the route tables of the listed tiers, all of them and no others.",
        mission_row="N4",
        controls=("CKV2_AWS_44", "CIS 6.6"),
        remedy="route the other end's blocks in the listed tiers' tables only, at both ends",
        stack=routes_in_listed_tables,
    ),
)
