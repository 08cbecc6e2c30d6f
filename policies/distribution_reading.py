"""Reads web ACLs and distributions from the fleet: what is left out here, no rule can read."""

from __future__ import annotations

from typing import Final

from policies import reading
from policies.balancer_reading import zone_place
from policies.distribution_subjects import DistributionFacts, WafFacts
from securecart.config.model import Fleet

GLOBAL_REGION: Final = "us-east-1"
"""Region of what belongs to CloudFront (D5), stated here anew."""


def waf_facts(fleet: Fleet, *, balancer: str, distribution: bool) -> WafFacts | None:
    """Return what rules ask about the web ACL of a load balancer's or distribution's stack; None for other stacks.

    Args:
        fleet: The fleet.
        balancer: Name of the load balancer; empty for other stacks.
        distribution: Whether it is the stack of a distribution.
    """
    if not balancer and not distribution:
        return None
    return WafFacts(
        scope="CLOUDFRONT" if distribution else "REGIONAL",
        rate_limit=fleet.waf.rate_limit,
        window_seconds=fleet.waf.rate_window_seconds,
        countries=tuple(sorted(fleet.waf.countries)),
        behind_distribution=balancer in {entry.load_balancer for entry in fleet.distributions.values()},
    )


def distribution_facts(fleet: Fleet, name: str) -> DistributionFacts | None:
    """Return what rules ask about a distribution; None where the fleet has no such one."""
    entry, zone = fleet.distributions.get(name), zone_place(fleet)
    if entry is None or zone is None:
        return None
    return DistributionFacts(
        place=reading.place(fleet, entry.account, GLOBAL_REGION),
        aliases=tuple(sorted(entry.aliases)),
        balancer_host=fleet.load_balancers[entry.load_balancer].host,
        dynamic_paths=entry.dynamic_paths,
        zone=zone,
        archive=reading.place(fleet, fleet.log_archive.account, GLOBAL_REGION),
        log_bucket=reading.log_bucket(fleet, GLOBAL_REGION),
    )
