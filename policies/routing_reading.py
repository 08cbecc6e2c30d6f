"""Reads accelerators, names with a routing policy and Shield Advanced from the fleet; no rule reads anything else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from policies import routing_subjects as routing
from policies.reading import place
from securecart.config.model import Accelerator, Fleet, Network

_SHIELD_REGION: Final = "us-east-1"
"""The one region with Shield's API (AWS General Reference, Shield endpoints)."""


def accelerator_facts(fleet: Fleet, accelerator: Accelerator) -> routing.AcceleratorFacts | None:
    """Return what rules ask about an accelerator; None where the fleet has no zone for its name."""
    if fleet.dns is None:
        return None
    networks = _networks(fleet, accelerator.load_balancers)
    return routing.AcceleratorFacts(
        place=place(fleet, networks[0].account, fleet.home_region),
        zone=place(fleet, fleet.dns.account, fleet.home_region),
        regions=tuple(sorted(network.region for network in networks)),
    )


def routed_names_facts(fleet: Fleet) -> routing.RoutedNamesFacts | None:
    """Return what rules ask about the names with a routing policy; None where there are none."""
    if fleet.dns is None or not fleet.record_sets:
        return None
    sets = fleet.record_sets.values()
    balancers = {record.load_balancer for each in sets for record in each.records}
    return routing.RoutedNamesFacts(
        place=place(fleet, fleet.dns.account, fleet.home_region),
        answers=tuple(sorted((each.name, len(each.records)) for each in sets)),
        hosts=tuple(sorted(fleet.load_balancers[balancer].host for balancer in balancers)),
    )


def shield_facts(fleet: Fleet, account: str) -> routing.ShieldFacts | None:
    """Return what rules ask about Shield Advanced in an account; None where it is off, or has nothing to protect."""
    if not fleet.shield.advanced or account not in fleet.accounts:
        return None
    accelerators = [_networks(fleet, each.load_balancers)[0] for each in fleet.accelerators.values()]
    counts = (
        sum(network.account == account for network in _networks(fleet, fleet.load_balancers)),
        sum(distribution.account == account for distribution in fleet.distributions.values()),
        sum(network.account == account for network in accelerators),
        int(fleet.dns is not None and fleet.dns.account == account),
    )
    return routing.ShieldFacts(place(fleet, account, _SHIELD_REGION), *counts) if any(counts) else None


def _networks(fleet: Fleet, load_balancers: Iterable[str]) -> list[Network]:
    """Return the networks of load balancers."""
    return [fleet.networks[fleet.load_balancers[name].network] for name in load_balancers]
