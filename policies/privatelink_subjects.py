"""PrivateLink as rules see it: services that the firm offers, and endpoints to services of others."""

from __future__ import annotations

from dataclasses import dataclass

from policies.subjects import Place


@dataclass(frozen=True)
class ConsumerFacts:
    """A network of the firm that calls an offered service."""

    place: Place
    """Where the network is."""
    zones: int
    """How many availability zones it shares with the service."""


@dataclass(frozen=True)
class EndpointServiceFacts:
    """The service that a stack offers by PrivateLink."""

    place: Place
    """Where the service and its load balancer are."""
    zones: int
    """How many availability zones the service's network spans."""
    protected: bool
    """Whether the service's network is protected."""
    private_dns_name: str
    """Name that consumers use."""
    zone: Place
    """Account of the hosted zone, and the region by which its provider enters it."""
    principals: tuple[str, ...]
    """Who may ask for a connection: the consumers' accounts and those that are listed, sorted."""
    clients: tuple[str, ...]
    """Blocks that call the load balancer: the consumers' private tiers and those that are listed, sorted."""
    consumers: tuple[ConsumerFacts, ...]
    """The firm's own consumers, sorted."""

    @property
    def places(self) -> frozenset[Place]:
        """Accounts and regions that the stack works in."""
        return frozenset({self.place, self.zone, *(consumer.place for consumer in self.consumers)})


@dataclass(frozen=True)
class PartnerEndpointFacts:
    """The endpoint to a partner's service that a stack deploys."""

    place: Place
    """Where its network is."""
    zones: int
    """How many availability zones the network spans."""
    service_name: str
    """Name of the partner's service."""
    private_dns: bool
    """Whether the partner's own name leads to it."""
