"""Load balancers: the networks that hold them, their names and certificates (row X3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Profile, Tier
from securecart.config.rules.base import Breach, Rule
from securecart.config.rules.certificates import names_of
from securecart.config.rules.dns import lies_in
from securecart.config.words import suggestion

NEEDED_TIERS: Final = (Tier.PUBLIC, Tier.PRIVATE)
"""Tiers of a network with a load balancer: it stands in the first, and its targets in the second."""

FEWEST_ZONES: Final = 2
"""Availability zones of a load balancer (ELB API, CreateLoadBalancer, Subnets)."""


def _unknown_networks(draft: Draft) -> Iterator[Breach]:
    for name, balancer in draft.load_balancers.items():
        if draft.missing("networks", balancer.network):
            remedy = suggestion(balancer.network, draft.declared["networks"])
            message = f"there is no network {balancer.network!r}"
            yield Breach(("load_balancers", name, "network"), message, remedy=remedy)


def _unfit_networks(draft: Draft) -> Iterator[Breach]:
    for name, balancer in draft.load_balancers.items():
        network = draft.networks.get(balancer.network)
        if network is None:
            continue
        missing = [tier.value for tier in NEEDED_TIERS if tier not in network.tiers]
        if network.profile is not Profile.APPLICATION:
            message = f"network {balancer.network!r} has the profile {network.profile}, without a group for it"
            yield Breach(("load_balancers", name, "network"), message)
        elif missing:
            message = f"network {balancer.network!r} has no {' and no '.join(missing)} tier"
            yield Breach(("load_balancers", name, "network"), message)
        elif len(set(network.azs)) < FEWEST_ZONES:
            message = f"network {balancer.network!r} has only one availability zone"
            yield Breach(("load_balancers", name, "network"), message)


def _unknown_certificates(draft: Draft) -> Iterator[Breach]:
    for name, balancer in draft.load_balancers.items():
        if draft.missing("certificates", balancer.certificate):
            remedy = suggestion(balancer.certificate, draft.declared["certificates"])
            message = f"there is no certificate {balancer.certificate!r}"
            yield Breach(("load_balancers", name, "certificate"), message, remedy=remedy)


def _unfit_certificates(draft: Draft) -> Iterator[Breach]:
    for name, balancer in draft.load_balancers.items():
        network, certificate = draft.networks.get(balancer.network), draft.certificates.get(balancer.certificate)
        if network is None or certificate is None:
            continue
        unfit = {
            f"belongs to account {certificate.account!r}, the network to {network.account!r}": (
                certificate.account != network.account
            ),
            f"is not in {network.region}": network.region not in certificate.regions,
            f"does not name {balancer.host}": balancer.host not in names_of(certificate),
        }
        for message in (each for each, applies in unfit.items() if applies):
            path = ("load_balancers", name, "certificate")
            yield Breach(
                path, f"certificate {balancer.certificate!r} {message}", (("certificates", balancer.certificate),)
            )


def _outside_the_zone(draft: Draft) -> Iterator[Breach]:
    for name, balancer in draft.load_balancers.items():
        if draft.dns and not lies_in(balancer.host, draft.dns.zone):
            message = f"{balancer.host} does not lie in the zone {draft.dns.zone}"
            yield Breach(("load_balancers", name, "host"), message, (("dns", "zone"),))


def _names_that_aws_refuses(draft: Draft) -> Iterator[Breach]:
    for name in sorted(draft.declared.get("load_balancers", ())):
        if name.startswith("internal-") or name.endswith("-"):
            yield Breach(("load_balancers", name), f"AWS takes no load balancer of the name {name!r}")


LOAD_BALANCER_RULES: Final[tuple[Rule, ...]] = (
    Rule("load-balancer-network-exists", "A load balancer stands in a network.", "add the network", _unknown_networks),
    Rule(
        "load-balancer-network-fits",
        "A load balancer's network is of the profile application, with a public and a private tier, in two zones.",
        "name another network, or give it the tiers and zones",
        _unfit_networks,
    ),
    Rule(
        "load-balancer-certificate-exists",
        "A load balancer's certificate is one of the fleet's.",
        "add the certificate",
        _unknown_certificates,
    ),
    Rule(
        "load-balancer-certificate-fits",
        "A load balancer's certificate is in the network's account and region, and names the host.",
        "add the name or the region to the certificate, or name another one",
        _unfit_certificates,
    ),
    Rule(
        "load-balancer-host-in-zone",
        "A load balancer's host lies in the zone.",
        "choose a name in the zone",
        _outside_the_zone,
    ),
    Rule(
        "load-balancer-name",
        "A load balancer's name neither begins with `internal-` nor ends in a hyphen (ELB API, CreateLoadBalancer).",
        "rename it",
        _names_that_aws_refuses,
    ),
)
"""Rules about load balancers."""
