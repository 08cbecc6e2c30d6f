"""What the fleet file says about one stack, in the form the rules ask for, and as a document.

Rules are handed these facts and never the fleet: two fleets that agree on a stack's facts cannot lead to different
verdicts about it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from pydantic import TypeAdapter

from policies import balancer_reading, distribution_reading, privatelink_reading, reading, routing_reading
from policies.balancer_subjects import CertificateFacts, LoadBalancerFacts, ZoneFacts
from policies.distribution_subjects import DistributionFacts, WafFacts
from policies.privatelink_subjects import EndpointServiceFacts, PartnerEndpointFacts
from policies.routing_subjects import AcceleratorFacts, RoutedNamesFacts, ShieldFacts
from policies.site_subjects import DirectConnectFacts, SiteFacts, VpnFacts
from policies.subjects import (
    AttachmentFacts,
    EndpointsFacts,
    HubFacts,
    HubPeeringFacts,
    NetworkFacts,
    PeeringFacts,
    Place,
)
from securecart.config.model import Attachment, Fleet, Hub, HubPeering, Network, Peering

C = TypeVar("C", Attachment, Peering, HubPeering)


@dataclass(frozen=True, kw_only=True)
class StackFacts:
    """Everything that a rule can read of the fleet file about one stack; all subjects are None for a stranger."""

    name: str
    """Pulumi stack name, from the URN."""
    places: tuple[Place, ...] = ()
    """Accounts and regions that the stack may work in, sorted; empty for a stack that the fleet does not have."""
    log_buckets: tuple[str, ...] = ()
    """Buckets of the log archive that take the flow logs of the stack's regions, sorted."""
    archive_bucket: str = ""
    """Bucket of the log archive that the stack deploys; empty for other stacks."""
    archive_access_bucket: str = ""
    """Bucket of access logs of load balancers that the stack deploys; empty for other stacks."""
    network: NetworkFacts | None = None
    """The network that the stack deploys."""
    endpoints: EndpointsFacts | None = None
    """The VPC endpoints that the stack deploys."""
    hub: HubFacts | None = None
    """The hub that the stack deploys."""
    attachment: AttachmentFacts | None = None
    """The Transit Gateway attachment that the stack deploys."""
    peering: PeeringFacts | None = None
    """The VPC peering that the stack deploys."""
    hub_peering: HubPeeringFacts | None = None
    """The peering of hubs that the stack deploys."""
    vpn: VpnFacts | None = None
    """The office's VPN connection that the stack deploys."""
    direct_connect: DirectConnectFacts | None = None
    """The Direct Connect connection that the stack deploys."""
    site: SiteFacts | None = None
    """The site that the stack connects, and what it reaches."""
    zone: ZoneFacts | None = None
    """The public hosted zone that the stack deploys."""
    certificate: CertificateFacts | None = None
    """The certificates that the stack deploys."""
    load_balancer: LoadBalancerFacts | None = None
    """The load balancer that the stack deploys."""
    distribution: DistributionFacts | None = None
    """The distribution that the stack deploys."""
    waf: WafFacts | None = None
    """The web ACL that the stack deploys."""
    endpoint_service: EndpointServiceFacts | None = None
    """The service that the stack offers by PrivateLink."""
    partner_endpoint: PartnerEndpointFacts | None = None
    """The endpoint to a partner's service that the stack deploys."""
    accelerator: AcceleratorFacts | None = None
    """The accelerator that the stack deploys."""
    routed_names: RoutedNamesFacts | None = None
    """The names with a routing policy that the stack deploys."""
    shield: ShieldFacts | None = None
    """What Shield Advanced protects in the stack's account."""

    @classmethod
    def of(cls, fleet: Fleet, stack_name: str) -> StackFacts:
        """Return the facts of a stack."""
        network = fleet.networks.get(_rest(stack_name, "network-"))
        connected = fleet.networks.get(_rest(stack_name, "endpoints-"))
        connected = connected if connected and connected.endpoints else None
        hub_name = _rest(stack_name, "hub-")
        hub = fleet.hubs.get(hub_name)
        attachment = _connection(fleet, stack_name, "attach-", Attachment)
        peering = _connection(fleet, stack_name, "peering-", Peering)
        across = _connection(fleet, stack_name, "hub-peering-", HubPeering)
        vpn = fleet.vpns.get(_rest(stack_name, "vpn-"))
        office = reading.vpn_facts(fleet, vpn) if vpn else None
        link = fleet.direct_connects.get(_rest(stack_name, "direct-connect-"))
        partner = reading.direct_connect_facts(fleet, link) if link else None
        ends = vpn or link
        site = reading.site_facts(fleet, ends.cidrs, ends.reaches) if ends else None
        fast = fleet.accelerators.get(_rest(stack_name, "accelerator-"))
        accelerator = routing_reading.accelerator_facts(fleet, fast) if fast else None
        routed = routing_reading.routed_names_facts(fleet) if stack_name == "records" else None
        shield = routing_reading.shield_facts(fleet, _rest(stack_name, "shield-"))
        offer = fleet.endpoint_services.get(_rest(stack_name, "endpoint-service-"))
        service = privatelink_reading.endpoint_service_facts(fleet, offer, fleet.dns) if offer and fleet.dns else None
        foreign = fleet.partner_endpoints.get(_rest(stack_name, "partner-endpoint-"))
        endpoint = privatelink_reading.partner_endpoint_facts(fleet, foreign) if foreign else None
        zone = balancer_reading.zone_facts(fleet, stack_name)
        certificate = balancer_reading.certificate_facts(fleet, _rest(stack_name, "certificate-"))
        balancer = balancer_reading.load_balancer_facts(fleet, _rest(stack_name, "load-balancer-"))
        distribution = distribution_reading.distribution_facts(fleet, _rest(stack_name, "distribution-"))
        region = _rest(stack_name, "log-archive-")
        places = {
            reading.place_of(fleet, holder)
            for holder in _holders(fleet, network or connected, hub, attachment, peering, across)
        }
        places |= {reach.place for reach in site.reaches} if site else set()
        places |= {office.hub} if office else set()
        places |= {partner.place, *partner.networks, *partner.hubs} if partner else set()
        places |= {zone.place} if zone else set()
        places |= {*certificate.places, certificate.zone} if certificate else set()
        places |= {balancer.place, balancer.zone} if balancer else set()
        places |= distribution.places if distribution else set()
        places |= {accelerator.place, accelerator.zone} if accelerator else set()
        places |= {each.place for each in (routed, shield) if each}
        places |= service.places if service else set()
        places |= {endpoint.place} if endpoint else set()
        if region in fleet.regions:
            places.add(reading.place(fleet, fleet.log_archive.account, region))
        return cls(
            name=stack_name,
            places=tuple(sorted(places)),
            log_buckets=tuple(sorted({reading.log_bucket(fleet, place.region) for place in places})),
            archive_bucket=reading.log_bucket(fleet, region) if region in fleet.regions else "",
            archive_access_bucket=balancer_reading.access_log_bucket(fleet, region),
            network=reading.network_facts(fleet, network) if network else None,
            endpoints=reading.endpoints_facts(fleet, connected) if connected else None,
            hub=reading.hub_facts(fleet, hub_name) if hub else None,
            attachment=reading.attachment_facts(fleet, attachment) if attachment else None,
            peering=reading.peering_facts(fleet, peering) if peering else None,
            hub_peering=reading.hub_peering_facts(fleet, across) if across else None,
            vpn=office,
            direct_connect=partner,
            site=site,
            zone=zone,
            certificate=certificate,
            load_balancer=balancer,
            distribution=distribution,
            waf=distribution_reading.waf_facts(
                fleet, balancer=balancer.name if balancer else "", distribution=bool(distribution)
            ),
            endpoint_service=service,
            partner_endpoint=endpoint,
            accelerator=accelerator,
            routed_names=routed,
            shield=shield,
        )


class FleetFacts:
    """The facts of a fleet's stacks, built when first asked for; any thread may ask."""

    def __init__(self, fleet: Fleet) -> None:
        """Read a fleet."""
        self._fleet = fleet
        self._known: dict[str, StackFacts] = {}

    def of_urn(self, urn: str) -> StackFacts:
        """Return the facts of the stack in ``urn:pulumi:STACK::PROJECT::TYPE::NAME``."""
        name = urn.removeprefix("urn:pulumi:").split("::", 1)[0]
        # Two threads may both build them, to the same result; one dict operation needs no lock.
        return self._known.get(name) or self._known.setdefault(name, StackFacts.of(self._fleet, name))


def document(fleet: Fleet, stack_name: str) -> Mapping[str, object]:
    """Return a stack's facts as JSON data: equal documents mean that no rule can tell the two fleets apart."""
    dumped: dict[str, object] = _adapter().dump_python(StackFacts.of(fleet, stack_name), mode="json")
    return dumped


@cache
def _adapter() -> TypeAdapter[StackFacts]:
    return TypeAdapter(StackFacts)


def _rest(stack_name: str, prefix: str) -> str:
    """Return what follows a prefix; empty, which is nobody's name, for other stacks."""
    return stack_name.removeprefix(prefix) if stack_name.startswith(prefix) else ""


def _connection(fleet: Fleet, stack_name: str, prefix: str, kind: type[C]) -> C | None:
    found = fleet.connections.get(_rest(stack_name, prefix))
    return found if isinstance(found, kind) else None


def _holders(
    fleet: Fleet,
    network: Network | None,
    hub: Hub | None,
    attachment: Attachment | None,
    peering: Peering | None,
    across: HubPeering | None,
) -> Iterator[Network | Hub]:
    """Return the networks and hubs whose accounts and regions a stack works in."""
    yield from (holder for holder in (network, hub) if holder is not None)
    if attachment is not None:
        yield from (fleet.networks[attachment.network], fleet.hubs[attachment.hub])
    if peering is not None:
        yield from (fleet.networks[side.network] for side in (peering.requester, peering.accepter))
    if across is not None:
        yield from (fleet.hubs[across.requester], fleet.hubs[across.accepter])
