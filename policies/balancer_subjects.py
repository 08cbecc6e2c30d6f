"""The zone, certificates and load balancers as rules see them."""

from __future__ import annotations

from dataclasses import dataclass

from policies.subjects import Place


@dataclass(frozen=True)
class ZoneFacts:
    """The public hosted zone that a stack deploys."""

    place: Place
    """Account of the zone, and the region of its stack."""
    name: str
    """Domain name of the zone."""


@dataclass(frozen=True)
class CertificateFacts:
    """The certificates that a stack deploys."""

    places: tuple[Place, ...]
    """Account and region of each, sorted."""
    names: tuple[str, ...]
    """Names of each, sorted."""
    zone: Place
    """Account of the zone, and the region of its stack."""


@dataclass(frozen=True)
class LoadBalancerFacts:
    """The load balancer that a stack deploys."""

    name: str
    """Its name."""
    host: str
    """Its name in the zone."""
    place: Place
    """Where its network is."""
    zones: int
    """How many availability zones the network spans; the public tier has a subnet in each."""
    protected: bool
    """Whether the network is protected, and so the load balancer."""
    health_check_path: str
    """Path of the health check."""
    log_bucket: str
    """Bucket of the log archive that takes access logs of its region."""
    zone: Place
    """Account of the zone, and the region of its stack."""
