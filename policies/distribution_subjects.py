"""Web ACLs and distributions as rules see them."""

from __future__ import annotations

from dataclasses import dataclass

from policies.subjects import Place


@dataclass(frozen=True)
class WafFacts:
    """The web ACL that a stack deploys."""

    scope: str
    """``REGIONAL`` or ``CLOUDFRONT``."""
    rate_limit: int
    """Requests of one address within the window, above which it is blocked."""
    window_seconds: int
    """The window."""
    countries: tuple[str, ...]
    """Countries that are let in, sorted."""
    behind_distribution: bool
    """Whether it guards a load balancer that a distribution asks."""


@dataclass(frozen=True)
class DistributionFacts:
    """The distribution that a stack deploys."""

    place: Place
    """Its account, in us-east-1."""
    aliases: tuple[str, ...]
    """Its names, sorted."""
    balancer_host: str
    """Name of the load balancer behind it."""
    dynamic_paths: tuple[str, ...]
    """Paths that go to the load balancer, in order."""
    zone: Place
    """Account of the zone, and the region of its stack."""
    archive: Place
    """Account of the log archive, in us-east-1."""
    log_bucket: str
    """Bucket of the log archive that takes its log."""

    @property
    def places(self) -> frozenset[Place]:
        """Where its stack works."""
        return frozenset((self.place, self.zone, self.archive))
