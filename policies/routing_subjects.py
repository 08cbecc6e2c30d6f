"""Accelerators, names with a routing policy and Shield Advanced, as rules see them."""

from __future__ import annotations

from dataclasses import dataclass

from policies.subjects import Place


@dataclass(frozen=True)
class AcceleratorFacts:
    """The accelerator that a stack deploys."""

    place: Place
    """Account of its load balancers, and the region of its stack."""
    zone: Place
    """Account of the zone, whose record leads to it."""
    regions: tuple[str, ...]
    """Regions of its load balancers, sorted."""


@dataclass(frozen=True)
class RoutedNamesFacts:
    """The names with a routing policy that a stack deploys."""

    place: Place
    """Account of the zone, and the region of its stack."""
    answers: tuple[tuple[str, int], ...]
    """Each name and how many records it has, sorted."""
    hosts: tuple[str, ...]
    """Hosts of the load balancers that they lead to, sorted: whose health is checked."""


@dataclass(frozen=True)
class ShieldFacts:
    """What Shield Advanced protects in the account of a stack."""

    place: Place
    """The account, in the one region with Shield's API."""
    load_balancers: int
    """How many load balancers the account has."""
    distributions: int
    """How many distributions it has."""
    accelerators: int
    """How many accelerators it has."""
    zones: int
    """How many hosted zones it has."""
