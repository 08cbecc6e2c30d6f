"""Direct Connect links are the listed ones: one kind of gateway behind each, no prefix besides, VPN as failover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, at_least, equal, exactly, some, truth
from policies.networks import same_cidr
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, items, number, text
from policies.views import Resource, Stack

_VIF_KINDS: Final = {"private": t.PRIVATE_VIF, "transit": t.TRANSIT_VIF}


def link_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a connection: its place and speed are the fleet file's."""
    link = facts.direct_connect
    for key, wanted in (("location", link.location), ("bandwidth", link.bandwidth)) if link else (("location", ""),):
        yield Claim(~equal(text(resource.props, key), wanted), f"no listed connection has this {key}", resource.urn)


def interface_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a virtual interface: its kind, its VLAN and the site's ASN are the fleet file's."""
    link = facts.direct_connect
    right_kind = link is not None and resource.type in _VIF_KINDS[link.vif]
    yield Claim(truth(not right_kind), "no listed connection has a virtual interface of this kind", resource.urn)
    for key, wanted in (("vlan", link.vlan), ("bgpAsn", link.bgp_asn)) if link else ():
        yield Claim(~equal(number(resource.props, key), wanted), f"{key} is not the listed one", resource.urn)


def prefixes_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an association or its proposal: it announces listed prefixes, and says which."""
    link = facts.direct_connect
    found = items(resource.props, "allowedPrefixes")
    if found is UNKNOWN:
        yield Claim(Truth.UNKNOWN, "a prefix is announced that is not listed", resource.urn)
        return
    yield Claim(truth(not found), "the association does not say which prefixes it announces", resource.urn)
    for prefix in found:
        shown = prefix if prefix is UNKNOWN else str(prefix)
        listed = some(same_cidr(shown, allowed) for allowed in (link.prefixes if link else ()))
        what = "a prefix is announced that is not listed"
        yield Claim(~listed, what, resource.urn, shown if isinstance(shown, str) else "")


def one_kind(stack: Stack) -> Iterator[Claim]:
    """Judge a gateway: virtual private gateways by a private interface or hubs by a transit one, never both (D4)."""
    link = stack.facts.direct_connect
    for gateway in stack.of(t.DX_GATEWAY):
        kinds = [kind for kind, types in _VIF_KINDS.items() if stack.of(types)]
        both = len(kinds) > 1 or (link is not None and link.vif == "transit" and bool(stack.of(t.VPN_GATEWAY)))
        yield Claim(truth(both), "both kinds of gateway are behind it", gateway.urn)


def networks_listed(stack: Stack) -> Iterator[Claim]:
    """Judge virtual private gateways: one for each listed network, in its account and region, and none besides."""
    link = stack.facts.direct_connect
    gateways = stack.of(t.VPN_GATEWAY)
    places = [place.provider_name for place in link.networks] if link else []
    for gateway in gateways:
        own = gateway.provider.name if gateway.provider else ""
        many = sum(1 for each in gateways if each.provider and each.provider.name == own)
        beyond = many > places.count(own)
        yield Claim(truth(beyond), "no listed network has this virtual private gateway", gateway.urn)
    for place in dict.fromkeys(places) if stack.of(t.DX_GATEWAY) else ():
        there = sum(1 for each in gateways if each.provider and each.provider.name == place)
        missing = there < places.count(place)
        yield Claim(truth(missing), f"a listed network of {place} has no virtual private gateway", stack.urn)


def associated_once(stack: Stack) -> Iterator[Claim]:
    """Judge virtual private gateways: each is put behind the Direct Connect gateway, by its owner's own word."""
    link = stack.facts.direct_connect
    listed = len(link.networks) + len(link.hubs) if link else 0
    for each in stack.of(t.DX_ASSOCIATION)[listed:]:
        yield Claim(Truth.TRUE, "the association is one more than listed", each.urn)
    for gateway in stack.of(t.VPN_GATEWAY):
        own = exactly(1, (_puts_behind(each, gateway, stack) for each in stack.of((*t.DX_ASSOCIATION, *t.DX_PROPOSAL))))
        yield Claim(~own, "the gateway is not behind the Direct Connect gateway", gateway.urn)


def failover_ready(stack: Stack) -> Iterator[Claim]:
    """Judge virtual private gateways: a VPN connection on each, where the fleet file asks for failover."""
    link = stack.facts.direct_connect
    if link is None or not link.devices:
        return
    for gateway in stack.of(t.VPN_GATEWAY):
        connected = (_leads_to(each, "vpnGatewayId", gateway, stack) for each in stack.of(t.VPN_CONNECTION))
        yield Claim(~at_least(1, connected), "nothing stands in for the Direct Connect link", gateway.urn)


def _puts_behind(resource: Resource, gateway: Resource, stack: Stack) -> Truth:
    """Tell whether a proposal, or an association that accepts none, names a gateway."""
    accepts = Truth.FALSE
    proposal = text(resource.props, "proposalId")
    if proposal is not None:
        found = isinstance(stack.target(resource, "proposalId", t.DX_PROPOSAL), Resource)
        accepts = truth(True if found or proposal is not UNKNOWN else None)
    if accepts is Truth.TRUE:
        return Truth.FALSE
    return ~accepts & _leads_to(resource, "associatedGatewayId", gateway, stack)


def _leads_to(resource: Resource, key: str, gateway: Resource, stack: Stack) -> Truth:
    target = stack.target(resource, key, t.VPN_GATEWAY)
    return truth(None if target is UNKNOWN else target is gateway)


RULES = (
    Rule(
        id="dx-connection-listed",
        title="A Direct Connect connection has the location and speed of one in the fleet file.",
        mission_row="C6",
        remedy="declare the connection under direct_connects in the fleet file",
        applies_to=frozenset(t.DX_CONNECTION),
        resource=link_listed,
    ),
    Rule(
        id="dx-interface-listed",
        title="A virtual interface is of the listed kind, with the listed VLAN and the site's ASN.",
        mission_row="C6",
        controls=("PCI DSS 1.4.1",),
        remedy="take kind, VLAN and ASN from the fleet file",
        applies_to=frozenset({*t.PRIVATE_VIF, *t.TRANSIT_VIF}),
        resource=interface_listed,
    ),
    Rule(
        id="dx-prefixes-listed",
        title="What is behind a Direct Connect gateway announces the fleet file's allowed prefixes alone.",
        mission_row="C6",
        controls=("PCI DSS 1.4.1",),
        remedy="list the prefix under allowed_prefixes, or remove it",
        applies_to=frozenset({*t.DX_ASSOCIATION, *t.DX_PROPOSAL}),
        resource=prefixes_listed,
    ),
    Rule(
        id="dx-one-kind",
        title="Behind a Direct Connect gateway are virtual private gateways or Transit Gateways, never both.",
        mission_row="decision D4",
        remedy="give the other kind a Direct Connect gateway of its own",
        stack=one_kind,
    ),
    Rule(
        id="dx-networks-listed",
        title="Each network behind a Direct Connect gateway has one virtual private gateway, and no other network has.",
        mission_row="C6",
        controls=("PCI DSS 1.4.1",),
        remedy="list the network under direct_connects in the fleet file, or remove its gateway",
        stack=networks_listed,
    ),
    Rule(
        id="dx-gateways-associated",
        title="Each virtual private gateway is behind the Direct Connect gateway, once.",
        mission_row="C6",
        remedy="propose the association with the network's provider, and accept it with the gateway's",
        stack=associated_once,
    ),
    Rule(
        id="dx-failover",
        title="Each virtual private gateway has a VPN connection to stand in for Direct Connect, where that is listed.",
        mission_row="C6",
        remedy="connect the failover device to the gateway",
        stack=failover_ready,
    ),
)
