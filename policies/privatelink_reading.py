"""Reads PrivateLink's subjects from the fleet: what is left out here, no rule can read."""

from __future__ import annotations

from policies.privatelink_subjects import ConsumerFacts, EndpointServiceFacts, PartnerEndpointFacts
from policies.reading import place, place_of
from policies.subjects import tier_block
from securecart.config.model import Dns, EndpointService, Fleet, PartnerEndpoint, Tier


def endpoint_service_facts(fleet: Fleet, offer: EndpointService, zone: Dns) -> EndpointServiceFacts:
    """Return what rules ask about a service that is offered by PrivateLink."""
    network = fleet.networks[offer.network]
    consumers = [fleet.networks[name] for name in offer.consumers]
    where = [place_of(fleet, consumer) for consumer in consumers]
    blocks = {str(tier_block(consumer.cidr, Tier.PRIVATE)) for consumer in consumers}
    return EndpointServiceFacts(
        place=place_of(fleet, network),
        zones=len(network.azs),
        protected=network.protected,
        private_dns_name=offer.private_dns_name,
        zone=place(fleet, zone.account, fleet.home_region),
        principals=tuple(sorted({*(f"arn:aws:iam::{at.account_id}:root" for at in where), *offer.allowed_principals})),
        clients=tuple(sorted({*blocks, *(str(block) for block in offer.clients)})),
        consumers=tuple(
            sorted(
                (
                    ConsumerFacts(at, len({*consumer.azs} & {*network.azs}))
                    for at, consumer in zip(where, consumers, strict=True)
                ),
                key=lambda each: (each.place, each.zones),
            )
        ),
    )


def partner_endpoint_facts(fleet: Fleet, endpoint: PartnerEndpoint) -> PartnerEndpointFacts:
    """Return what rules ask about an endpoint to a partner's service."""
    network = fleet.networks[endpoint.network]
    return PartnerEndpointFacts(
        place=place_of(fleet, network),
        zones=len(network.azs),
        service_name=endpoint.service_name,
        private_dns=endpoint.private_dns,
    )
