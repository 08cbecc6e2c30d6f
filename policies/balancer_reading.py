"""Reads the zone, certificates and load balancers from the fleet: what is left out here, no rule can read."""

from __future__ import annotations

from policies import reading
from policies.balancer_subjects import CertificateFacts, LoadBalancerFacts, ZoneFacts
from policies.subjects import Place
from securecart.config.model import Fleet, Tier


def zone_place(fleet: Fleet) -> Place | None:
    """Return where the stack of the zone works; None where the fleet has no zone."""
    return reading.place(fleet, fleet.dns.account, fleet.home_region) if fleet.dns else None


def access_log_bucket(fleet: Fleet, region: str) -> str:
    """Return the name of the bucket that takes a region's access logs; empty where no load balancer could stand."""
    public = (each for each in fleet.networks.values() if Tier.PUBLIC in each.tiers)
    if region not in {network.region for network in public}:
        return ""
    return f"{fleet.name}-alb-logs-{fleet.accounts[fleet.log_archive.account].id}-{region}"


def zone_facts(fleet: Fleet, stack_name: str) -> ZoneFacts | None:
    """Return what rules ask about the zone; None where the stack deploys none."""
    place = zone_place(fleet)
    if stack_name != "dns" or fleet.dns is None or place is None:
        return None
    return ZoneFacts(place, fleet.dns.zone)


def certificate_facts(fleet: Fleet, name: str) -> CertificateFacts | None:
    """Return what rules ask about a certificate; None where the fleet has no such one."""
    certificate, zone = fleet.certificates.get(name), zone_place(fleet)
    if certificate is None or zone is None:
        return None
    return CertificateFacts(
        places=tuple(sorted(reading.place(fleet, certificate.account, region) for region in certificate.regions)),
        names=tuple(sorted({certificate.domain_name, *certificate.subject_alternative_names})),
        zone=zone,
    )


def load_balancer_facts(fleet: Fleet, name: str) -> LoadBalancerFacts | None:
    """Return what rules ask about a load balancer; None where the fleet has no such one."""
    balancer, zone = fleet.load_balancers.get(name), zone_place(fleet)
    if balancer is None or zone is None:
        return None
    network = fleet.networks[balancer.network]
    return LoadBalancerFacts(
        name=name,
        host=balancer.host,
        place=reading.place_of(fleet, network),
        zones=len(network.azs),
        protected=network.protected,
        health_check_path=balancer.health_check_path,
        log_bucket=access_log_bucket(fleet, network.region),
        zone=zone,
    )
