"""Each tier's way out is the firm's: public to the internet gateway, private to NAT, database nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, truth
from policies.networks import same_cidr
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Unknown, items, text
from policies.views import Resource, Stack

_ANYWHERE = "0.0.0.0/0"
_TABLES = (*t.ROUTE_TABLE, *t.DEFAULT_ROUTE_TABLE)
# Tier, the property that names its gateway, the gateway's type: the only routes of a network's stack.
_WAYS_OUT = (("public", "gatewayId", t.INTERNET_GATEWAY), ("private", "natGatewayId", t.NAT_GATEWAY))
# Other stacks add routes of their own kind, which their own rules judge.
_TARGETS = (
    "gatewayId",
    "natGatewayId",
    "transitGatewayId",
    "vpcPeeringConnectionId",
    "egressOnlyGatewayId",
    "carrierGatewayId",
    "localGatewayId",
    "networkInterfaceId",
    "vpcEndpointId",
    "coreNetworkArn",
    "odbNetworkArn",
)


def database_stays_local(stack: Stack) -> Iterator[Claim]:
    """Judge each route of a network: it is in no table of the database tier, whatever its gateway.

    Stacks of connections get table ids from elsewhere: there the rules that count tables stand in.
    """
    for route in stack.of(t.ROUTE) if stack.facts.network else ():
        in_database = _tier_is(_table(route, stack), "database")
        yield Claim(in_database, "a database route table has a route", route.urn, _destination(route))


def internet_gateway_public_only(stack: Stack) -> Iterator[Claim]:
    """Judge each route to an internet gateway: it is in a table of the public tier."""
    for route in stack.of(t.ROUTE):
        gateway = text(route.props, "gatewayId")
        if gateway is None or gateway == "":
            continue
        if isinstance(stack.target(route, "gatewayId", t.VPN_GATEWAY), Resource):
            continue
        internet = stack.target(route, "gatewayId", t.INTERNET_GATEWAY)
        # An id that is neither known nor from this stack could be an internet gateway's.
        leads_out = Truth.TRUE if isinstance(internet, Resource) else _named_igw(gateway)
        public = _tier_is(_table(route, stack), "public")
        yield Claim(leads_out & ~public, "a route to an internet gateway is outside the public tier", route.urn)


def only_ways_out(stack: Stack) -> Iterator[Claim]:
    """Judge each route of a network's stack: the tier's own default route, and nothing else."""
    if stack.facts.network is None:
        return
    for route in stack.of(t.ROUTE):
        table = _table(route, stack)
        allowed = Truth.FALSE
        for tier, key, gateway in _WAYS_OUT:
            target = stack.target(route, key, gateway)
            there = truth(None if target is UNKNOWN else target is not None)
            anywhere = same_cidr(text(route.props, "destinationCidrBlock"), _ANYWHERE)
            allowed |= _tier_is(table, tier) & there & anywhere
        yield Claim(~allowed, "the route is not the tier's way out", route.urn, _destination(route))


def routes_only_in_listed_stacks(stack: Stack) -> Iterator[Claim]:
    """Judge each route: gateways in networks and Direct Connect's stacks, and so on for each kind of target."""
    facts = stack.facts
    for route in stack.of(t.ROUTE):
        expected = {
            "gatewayId": facts.network or facts.direct_connect,
            "natGatewayId": facts.network,
            "transitGatewayId": facts.attachment or facts.vpn,
            "vpcPeeringConnectionId": facts.peering,
        }
        for key in _TARGETS:
            used = text(route.props, key)
            if expected.get(key) is None and used is not None and used != "":
                yield Claim(
                    truth(None if used is UNKNOWN else True),
                    f"a route by {key} does not belong here",
                    route.urn,
                )


def standalone_routes_only(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a route table's inputs: it declares no routes inline and takes none from VPN gateways."""
    for key in ("routes", "propagatingVgws"):
        found = items(resource.props, key)
        inline = Truth.UNKNOWN if found is UNKNOWN else truth(bool(found))
        yield Claim(inline, f"the route table has inline {key}", resource.urn)


def _table(route: Resource, stack: Stack) -> Resource | Unknown | None:
    return stack.target(route, "routeTableId", _TABLES)


def _tier_is(table: Resource | Unknown | None, tier: str) -> Truth:
    if table is UNKNOWN:
        return Truth.UNKNOWN
    return Truth.FALSE if table is None else equal(table.label("tier"), tier)


def _named_igw(gateway: str | Unknown) -> Truth:
    return Truth.UNKNOWN if gateway is UNKNOWN else truth(gateway.startswith("igw-"))


def _destination(route: Resource) -> str:
    found = [text(route.props, key) for key in ("destinationCidrBlock", "destinationIpv6CidrBlock")]
    return next((each for each in found if isinstance(each, str)), "")


RULES = (
    Rule(
        id="route-database-local-only",
        title="Route tables of the database tier have no route at all: no default, no gateway of any kind.",
        mission_row="N3",
        controls=("PCI DSS 1.4.4",),
        remedy="remove the route; the database tier is reached inside its VPC only",
        stack=database_stays_local,
    ),
    Rule(
        id="route-internet-gateway-public-only",
        title="Internet gateways are reached from the public tier only.",
        mission_row="N3",
        controls=("PCI DSS 1.4.1", "PCI DSS 1.4.4"),
        remedy="remove the route; other tiers go through NAT",
        stack=internet_gateway_public_only,
    ),
    Rule(
        id="route-ways-out",
        title="A network's stack routes 0.0.0.0/0 of the public tier to its internet gateway,"
        " of the private tier to NAT, and nothing else.",
        mission_row="N3",
        controls=("PCI DSS 1.4.1",),
        remedy="remove the route; attachments and peerings have stacks of their own",
        stack=only_ways_out,
    ),
    Rule(
        id="route-in-its-own-stack",
        title="Routes by peering stand in peering stacks, by Transit Gateway in attachments and offices' stacks, by"
        " virtual private gateway in Direct Connect's; others nowhere.",
        mission_row="N3",
        remedy="move the route to the stack of its connection, declared in the fleet file",
        stack=routes_only_in_listed_stacks,
    ),
    Rule(
        id="route-standalone-only",
        title="Route tables declare no inline routes and take none from VPN gateways.",
        mission_row="N3",
        remedy="declare Route resources",
        applies_to=frozenset(t.ROUTE_TABLE),
        resource=standalone_routes_only,
    ),
)
