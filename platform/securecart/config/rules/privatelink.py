"""PrivateLink both ways: where services and endpoints stand, who consumes them, and their names (rows C3, C4)."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Network
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import EndpointService, Network, Profile
from securecart.config.problem import KeyPath
from securecart.config.rules.addresses import PRIVATE_RANGES
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.peerings import ALLOWED_FLOWS
from securecart.config.words import suggestion
from securecart.limits import LimitName, limit

SUFFIX_LENGTH: Final = len("-1a2b3c4")
"""Characters that Pulumi adds to a name, so that a load balancer's successor can stand beside it."""


def _networks(draft: Draft) -> Iterator[tuple[KeyPath, str]]:
    """Every network that is named, and where."""
    for name, offer in draft.endpoint_services.items():
        path: KeyPath = ("endpoint_services", name)
        yield (*path, "network"), offer.network
        yield from (((*path, "consumers", position), each) for position, each in enumerate(offer.consumers))
    for name, endpoint in draft.partner_endpoints.items():
        yield ("partner_endpoints", name, "network"), endpoint.network


def _unknown_networks(draft: Draft) -> Iterator[Breach]:
    for path, network in _networks(draft):
        if draft.missing("networks", network):
            remedy = suggestion(network, draft.declared["networks"])
            yield Breach(path, f"there is no network {network!r}", remedy=remedy)


def _offers(draft: Draft) -> Iterator[tuple[KeyPath, EndpointService, Network]]:
    """Every service whose network is sound."""
    for name, offer in draft.endpoint_services.items():
        if offer.network in draft.networks:
            yield ("endpoint_services", name), offer, draft.networks[offer.network]


def _consumers(draft: Draft) -> Iterator[tuple[KeyPath, EndpointService, Network, Network]]:
    """Every consumer that is sound and no other's double: place, service, the service's network, its own."""
    for path, offer, network in _offers(draft):
        for position, name in enumerate(offer.consumers):
            if name in draft.networks and name != offer.network:
                yield (*path, "consumers", position), offer, network, draft.networks[name]


def _without_service(draft: Draft) -> Iterator[Breach]:
    for path, offer, network in _offers(draft):
        if network.profile is not Profile.PAYMENTS:
            message = f"network {offer.network!r} has no service behind a Network Load Balancer"
            yield Breach((*path, "network"), message, (("networks", offer.network, "profile"),))


def _two_services(draft: Draft) -> Iterator[Breach]:
    offers = list(_offers(draft))
    for first, again in repeated(offer.network for _, offer, _ in offers):
        message = f"network {offers[again][1].network!r} offers a service already"
        yield Breach((*offers[again][0], "network"), message, (offers[first][0],))


def _unfit_consumers(draft: Draft) -> Iterator[Breach]:
    for name, offer in draft.endpoint_services.items():
        path = ("endpoint_services", name, "consumers")
        for _, again in repeated(offer.consumers):
            yield Breach((*path, again), f"{offer.consumers[again]} stands twice")
        for position, named in enumerate(offer.consumers):
            if named == offer.network:
                yield Breach((*path, position), "a network is no consumer of its own service")
    for place, offer, network, consumer in _consumers(draft):
        if consumer.region != network.region:
            yield Breach(place, f"it is in {consumer.region}, and the service in {network.region}")
        elif not {*consumer.azs} & {*network.azs}:
            message = f"it shares no availability zone with network {offer.network!r}"
            yield Breach(place, message, (("networks", offer.network, "azs"),))


def _isolation(draft: Draft) -> Iterator[Breach]:
    for place, _, network, consumer in _consumers(draft):
        if (consumer.environment, network.environment) not in ALLOWED_FLOWS:
            yield Breach(place, f"the flow {consumer.environment} -> {network.environment} is never allowed")


def _names(draft: Draft) -> Iterator[Breach]:
    if draft.dns is None:
        return
    for name, offer in draft.endpoint_services.items():
        if not offer.private_dns_name.endswith(f".{draft.dns.zone}"):
            message = f"{offer.private_dns_name} does not lie below {draft.dns.zone}"
            yield Breach(("endpoint_services", name, "private_dns_name"), message, (("dns", "zone"),))


def _principals(draft: Draft) -> Iterator[Breach]:
    for path, offer, _ in _offers(draft):
        consumers = [draft.networks[each] for each in offer.consumers if each in draft.networks]
        own = {draft.accounts[each.account].id for each in consumers if each.account in draft.accounts}
        for _, again in repeated(offer.allowed_principals):
            yield Breach((*path, "allowed_principals", again), f"{offer.allowed_principals[again]} stands twice")
        for position, principal in enumerate(offer.allowed_principals):
            if principal in {f"arn:aws:iam::{account_id}:root" for account_id in own}:
                yield Breach((*path, "allowed_principals", position), f"{principal} is a consumer's account already")


def _clients(draft: Draft) -> Iterator[Breach]:
    for name, offer in draft.endpoint_services.items():
        path = ("endpoint_services", name)
        if bool(offer.allowed_principals) != bool(offer.clients):
            given, lacking = ("allowed_principals", "clients")[:: 1 if offer.allowed_principals else -1]
            yield Breach((*path, given), f"{given} are named, and no {lacking}", remedy=f"name the {lacking} too")
        for position, block in enumerate(offer.clients):
            if not any(block.subnet_of(IPv4Network(private)) for private in PRIVATE_RANGES):
                yield Breach((*path, "clients", position), f"{block} is not inside a private range")
            for other, network in draft.networks.items():
                if block.overlaps(network.cidr):
                    message = f"{block} overlaps {network.cidr} of network {other!r}"
                    yield Breach((*path, "clients", position), message, (("networks", other, "cidr"),))
        for _, again in repeated(offer.clients):
            yield Breach((*path, "clients", again), f"{offer.clients[again]} stands twice")


def _long_names(draft: Draft) -> Iterator[Breach]:
    longest = limit(LimitName.LOAD_BALANCER_NAME_LENGTH).value - SUFFIX_LENGTH
    for name in draft.endpoint_services:
        if len(name) > longest:
            message = f"the load balancer's name would have {len(name) + SUFFIX_LENGTH} characters"
            yield Breach(("endpoint_services", name), message, remedy=f"shorten it to {longest} characters")


def _elsewhere(draft: Draft) -> Iterator[Breach]:
    for name, endpoint in draft.partner_endpoints.items():
        network = draft.networks.get(endpoint.network)
        region = endpoint.service_name.split(".")[3]
        if network and region != network.region:
            message = f"the service is in {region}, and network {endpoint.network!r} in {network.region}"
            yield Breach(("partner_endpoints", name, "service_name"), message)


def _same_service(draft: Draft) -> Iterator[Breach]:
    endpoints = list(draft.partner_endpoints.items())
    for first, again in repeated((each.network, each.service_name) for _, each in endpoints):
        message = f"network {endpoints[again][1].network!r} has an endpoint to this service already"
        path = ("partner_endpoints", endpoints[again][0], "service_name")
        yield Breach(path, message, (("partner_endpoints", endpoints[first][0]),))


PRIVATELINK_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "privatelink-network-exists",
        "Services offered by PrivateLink, their consumers and endpoints to partners stand in networks.",
        "add the network",
        _unknown_networks,
    ),
    Rule(
        "endpoint-service-profile",
        "A service is offered from a payments network: no other has one behind a Network Load Balancer.",
        "offer it from the payments network",
        _without_service,
    ),
    Rule(
        "endpoint-service-unique",
        "A network offers one service: its load balancers would share one security group.",
        "merge the two services",
        _two_services,
    ),
    Rule(
        "endpoint-service-consumers",
        "A service's consumers are other networks of its region, each once, and share an availability zone with it.",
        "name another network",
        _unfit_consumers,
    ),
    Rule(
        "endpoint-service-isolation",
        "A consumer's environment may call the service's: prod calls payments, and nobody else calls anybody.",
        "take the network out of the consumers",
        _isolation,
    ),
    Rule(
        "endpoint-service-name",
        "A service's private DNS name lies below the zone, where a TXT record proves it.",
        "choose a name below the zone",
        _names,
    ),
    Rule(
        "endpoint-service-principals",
        "Allowed principals are others than the consumers' accounts, each once.",
        "remove it",
        _principals,
    ),
    Rule(
        "endpoint-service-clients",
        "Allowed principals and the blocks that they call from are named together; the blocks are private, apart "
        "from the fleet's networks, each once.",
        "write the private blocks of the principals' own networks",
        _clients,
    ),
    Rule(
        "endpoint-service-name-length",
        "A service's name, which its load balancer takes, is as long as AWS allows.",
        "shorten the name",
        _long_names,
    ),
    Rule(
        "partner-endpoint-region",
        "An endpoint stands in the region of the partner's service.",
        "ask the partner for a service in the network's region, or name another network",
        _elsewhere,
    ),
    Rule(
        "partner-endpoint-unique",
        "A network has one endpoint to a partner's service: AWS refuses two with the same private DNS name.",
        "remove one of the two",
        _same_service,
    ),
)
"""Rules about PrivateLink."""
