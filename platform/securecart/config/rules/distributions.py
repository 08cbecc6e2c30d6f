"""Web ACLs and distributions: whom they let in, and what a distribution stands on (rows X1, X4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.model import Distribution
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.config.rules.certificates import names_of
from securecart.config.rules.dns import lies_in
from securecart.config.words import suggestion
from securecart.limits import LimitName, limit

CLOUDFRONT_REGION: Final = "us-east-1"
"""Region of the certificates and web ACLs of distributions (CloudFront developer guide, "Requirements for using SSL/TLS
certificates")."""
_BUCKET_REST: Final = len("-content-") + len("-012345678901-") + len(CLOUDFRONT_REGION)


def _countries(draft: Draft) -> Iterator[Breach]:
    countries = draft.waf.countries if draft.waf else ()
    for first, again in repeated(countries):
        message = f"country {countries[again]} is listed twice"
        yield Breach(("waf", "countries", again), message, (("waf", "countries", first),))


def _each(draft: Draft) -> Iterator[tuple[KeyPath, Distribution]]:
    for name, distribution in draft.distributions.items():
        yield ("distributions", name), distribution


def _unknown_balancers(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        if draft.missing("load_balancers", distribution.load_balancer):
            remedy = suggestion(distribution.load_balancer, draft.declared["load_balancers"])
            message = f"there is no load balancer {distribution.load_balancer!r}"
            yield Breach((*path, "load_balancer"), message, remedy=remedy)


def _foreign_balancers(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        balancer = draft.load_balancers.get(distribution.load_balancer)
        network = draft.networks.get(balancer.network) if balancer else None
        if network is not None and network.account != distribution.account:
            message = f"load balancer {distribution.load_balancer!r} belongs to account {network.account!r}"
            yield Breach((*path, "account"), message, (("load_balancers", distribution.load_balancer),))


def _unknown_certificates(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        if draft.missing("certificates", distribution.certificate):
            remedy = suggestion(distribution.certificate, draft.declared["certificates"])
            message = f"there is no certificate {distribution.certificate!r}"
            yield Breach((*path, "certificate"), message, remedy=remedy)


def _unfit_certificates(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        certificate = draft.certificates.get(distribution.certificate)
        if certificate is None:
            continue
        unnamed = [alias for alias in distribution.aliases if alias not in names_of(certificate)]
        unfit = {
            f"belongs to account {certificate.account!r}": certificate.account != distribution.account,
            f"is not in {CLOUDFRONT_REGION}": CLOUDFRONT_REGION not in certificate.regions,
            f"does not name {', '.join(unnamed)}": bool(unnamed),
        }
        for message in (each for each, applies in unfit.items() if applies):
            at = (("certificates", distribution.certificate),)
            yield Breach((*path, "certificate"), f"certificate {distribution.certificate!r} {message}", at)


def _outside_the_zone(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        for position, alias in enumerate(distribution.aliases):
            if draft.dns and not lies_in(alias, draft.dns.zone):
                message = f"{alias} does not lie in the zone {draft.dns.zone}"
                yield Breach((*path, "aliases", position), message, (("dns", "zone"),))


def _paths(draft: Draft) -> Iterator[Breach]:
    for path, distribution in _each(draft):
        for first, again in repeated(distribution.dynamic_paths):
            message = f"path {distribution.dynamic_paths[again]} is listed twice"
            yield Breach((*path, "dynamic_paths", again), message, ((*path, "dynamic_paths", first),))


def _long_buckets(draft: Draft) -> Iterator[Breach]:
    longest = limit(LimitName.BUCKET_NAME_LENGTH).value
    for name in draft.distributions:
        length = len(draft.name or "") + len(name) + _BUCKET_REST
        if length > longest:
            message = f"the bucket of its content would have a name of {length} characters"
            yield Breach(("distributions", name), message, remedy=f"shorten its name by {length - longest}")


def _log_policies(draft: Draft) -> Iterator[Breach]:
    """Each web ACL has a resource policy of CloudWatch Logs, that lets its log in."""
    guarded: dict[KeyPath, tuple[str, str]] = {
        path: (distribution.account, CLOUDFRONT_REGION) for path, distribution in _each(draft)
    }
    for name, balancer in draft.load_balancers.items():
        network = draft.networks.get(balancer.network)
        if network is not None:
            guarded["load_balancers", name] = (network.account, network.region)
    most = limit(LimitName.LOG_RESOURCE_POLICIES)
    for (account, region), count in Counter(guarded.values()).items():
        if count > most.value:
            last = [path for path, place in guarded.items() if place == (account, region)][-1]
            message = f"account {account!r} would have {count} web ACLs in {region}, and room for {most.value} logs"
            yield Breach(last, f"{message} ({most.source})")


DISTRIBUTION_RULES: Final[tuple[Rule, ...]] = (
    Rule("waf-countries-unique", "Web ACLs list a country once.", "remove one of them", _countries),
    Rule(
        "waf-logs",
        "Web ACLs of an account in a region fit its resource policies of CloudWatch Logs: each takes one for its log.",
        "use fewer load balancers and distributions, or another account",
        _log_policies,
    ),
    Rule(
        "distribution-load-balancer-exists",
        "A distribution's load balancer is one of the fleet's.",
        "add the load balancer",
        _unknown_balancers,
    ),
    Rule(
        "distribution-account",
        "A distribution belongs to the account of its load balancer, so that no environment serves another's.",
        "name the load balancer's account",
        _foreign_balancers,
    ),
    Rule(
        "distribution-certificate-exists",
        "A distribution's certificate is one of the fleet's.",
        "add the certificate",
        _unknown_certificates,
    ),
    Rule(
        "distribution-certificate-fits",
        "A distribution's certificate is in its account and in us-east-1, and names every alias (D5).",
        "add the names or the region to the certificate, or name another one",
        _unfit_certificates,
    ),
    Rule(
        "distribution-alias-in-zone",
        "Every alias of a distribution lies in the zone.",
        "choose a name in the zone",
        _outside_the_zone,
    ),
    Rule(
        "distribution-path-unique",
        "A distribution lists a path once: CloudFront refuses the second.",
        "remove one of them",
        _paths,
    ),
    Rule(
        "distribution-bucket-length",
        "The bucket's name, made of fleet, distribution, account and region, has at most 63 characters.",
        "shorten the distribution's name",
        _long_buckets,
    ),
)
"""Rules about web ACLs and distributions."""
