"""Names that lead to several load balancers: those of accelerators, and those with a routing policy (rows X5, X6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Network
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule
from securecart.config.rules.dns import lies_in
from securecart.config.words import suggestion


@dataclass(frozen=True)
class RoutedName:
    """What the rules ask of such a name, whichever service answers for it."""

    name: str
    """The name."""
    path: KeyPath
    """Place of the name."""
    leads_to: tuple[tuple[KeyPath, str], ...]
    """Place and name of each load balancer."""


def network_of(draft: Draft, load_balancer: str) -> Network | None:
    """Return the network that holds a load balancer; None where one of the two is not known."""
    found = draft.load_balancers.get(load_balancer)
    return draft.networks.get(found.network) if found else None


def _routed_names(draft: Draft) -> Iterator[RoutedName]:
    for name, accelerator in draft.accelerators.items():
        path: KeyPath = ("accelerators", name)
        ends = tuple(((*path, "load_balancers", each), each) for each in accelerator.load_balancers)
        yield RoutedName(accelerator.host, (*path, "host"), ends)
    for name, record_set in draft.record_sets.items():
        path = ("record_sets", name)
        balancers = [record.load_balancer for record in record_set.records]
        ends = tuple(((*path, "records", position, "load_balancer"), each) for position, each in enumerate(balancers))
        yield RoutedName(record_set.name, (*path, "name"), ends)


def _unknown_load_balancers(draft: Draft) -> Iterator[Breach]:
    for routed in _routed_names(draft):
        for path, load_balancer in routed.leads_to:
            if draft.missing("load_balancers", load_balancer):
                remedy = suggestion(load_balancer, draft.declared["load_balancers"])
                yield Breach(path, f"there is no load balancer {load_balancer!r}", remedy=remedy)


def _outside_the_zone(draft: Draft) -> Iterator[Breach]:
    zone = draft.dns.zone if draft.dns else None
    for routed in _routed_names(draft):
        if zone is not None and not lies_in(routed.name, zone):
            yield Breach(routed.path, f"{routed.name} does not lie in the zone {zone}", (("dns", "zone"),))


def _not_certified(draft: Draft) -> Iterator[Breach]:
    for routed in _routed_names(draft):
        ends = [draft.load_balancers[each] for _, each in routed.leads_to if each in draft.load_balancers]
        for name in sorted({end.certificate for end in ends} & draft.certificates.keys()):
            certificate = draft.certificates[name]
            if routed.name not in (certificate.domain_name, *certificate.subject_alternative_names):
                message = f"certificate {name!r} of its load balancers does not name it"
                yield Breach(routed.path, message, (("certificates", name),))


ROUTED_NAME_RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "routed-load-balancer-exists",
        "Accelerators and names with a routing policy lead to load balancers.",
        "add the load balancer",
        _unknown_load_balancers,
    ),
    Rule(
        "routed-name-in-zone",
        "Names of accelerators, and those with a routing policy, lie in the zone.",
        "choose a name in the zone",
        _outside_the_zone,
    ),
    Rule(
        "routed-name-certified",
        "Each load balancer that a name leads to has a certificate that names it: TLS fails otherwise.",
        "add the name to the certificate's subject_alternative_names",
        _not_certified,
    ),
)
"""Rules about names that lead to several load balancers."""
