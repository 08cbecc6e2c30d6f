"""AWS's quotas: a warning where AWS lifts one on request, a refusal where it never does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.endpoints import Endpoints, expanded
from securecart.config.model import Nat, Network, Tier
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule
from securecart.limits import LimitName, limit

REQUEST: Final = "ask AWS for a higher quota before deploying"
"""Remedy where AWS lifts the quota."""

_POLICY_FRAME: Final = 1500
"""Characters of an endpoint's policy beside the buckets or tables that it names, at most."""


def _judge(name: LimitName, count: int, path: KeyPath, what: str) -> Iterator[Breach]:
    quota = limit(name)
    if quota.forbids(count):
        message = f"{what}: {count}, and AWS allows {quota.maximum} at most ({quota.source})"
        yield Breach(path, message, remedy="use fewer")
    elif quota.needs_request(count):
        message = f"{what}: {count}, and a new account has {quota.value} ({quota.source})"
        yield Breach(path, message, mandatory=False)


def _by_place(draft: Draft) -> dict[tuple[str, str], list[tuple[str, Network]]]:
    """Networks by account and region."""
    places: dict[tuple[str, str], list[tuple[str, Network]]] = {}
    for name, network in draft.networks.items():
        places.setdefault((network.account, network.region), []).append((name, network))
    return places


def _vpcs(draft: Draft) -> Iterator[Breach]:
    for (account, region), networks in _by_place(draft).items():
        what = f"VPCs of account {account!r} in {region}"
        yield from _judge(LimitName.VPCS_PER_REGION, len(networks), ("networks", networks[-1][0]), what)


def _nat_gateways(network: Network) -> int:
    return {Nat.NONE: 0, Nat.SINGLE: 1, Nat.PER_AZ: len(network.azs)}[network.nat]


def _elastic_ips(draft: Draft) -> Iterator[Breach]:
    for (account, region), networks in _by_place(draft).items():
        count = sum(_nat_gateways(network) for _, network in networks)
        what = f"Elastic IP addresses of NAT gateways of account {account!r} in {region}"
        yield from _judge(LimitName.ELASTIC_IPS_PER_REGION, count, ("networks", networks[-1][0], "nat"), what)


def _gateways_per_zone(draft: Draft) -> Iterator[Breach]:
    """A single gateway lies in the network's first zone."""
    for (account, _), networks in _by_place(draft).items():
        zones = Counter(az for _, network in networks for az in network.azs[: _nat_gateways(network)])
        for az, count in zones.items():
            what = f"NAT gateways of account {account!r} in {az}"
            yield from _judge(LimitName.NAT_GATEWAYS_PER_AZ, count, ("networks", networks[-1][0], "nat"), what)


def _internet_gateways(draft: Draft) -> Iterator[Breach]:
    for (account, region), networks in _by_place(draft).items():
        public = [name for name, network in networks if Tier.PUBLIC in network.tiers]
        if public:
            what = f"internet gateways of account {account!r} in {region}"
            yield from _judge(LimitName.INTERNET_GATEWAYS_PER_REGION, len(public), ("networks", public[-1]), what)


def _gateway_endpoints(draft: Draft) -> Iterator[Breach]:
    for (account, region), networks in _by_place(draft).items():
        counts = {name: len(network.endpoints.gateway) for name, network in networks if network.endpoints}
        if counts:
            what = f"gateway endpoints of account {account!r} in {region}"
            path = ("networks", list(counts)[-1], "endpoints", "gateway")
            yield from _judge(LimitName.GATEWAY_ENDPOINTS_PER_REGION, sum(counts.values()), path, what)


def _endpoint_policies(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        endpoints = network.endpoints or Endpoints()
        for key, names in (("buckets", endpoints.buckets), ("tables", endpoints.tables)):
            length = endpoint_policy_length(names, network.region)
            path = ("networks", name, "endpoints", key)
            yield from _judge(LimitName.ENDPOINT_POLICY_LENGTH, length, path, "characters of the endpoint's policy")


def endpoint_policy_length(names: Iterable[str], region: str) -> int:
    """Return how long the policy is at most that names buckets or tables: each by two ARNs, beside fixed text."""
    arn = len('"arn:aws:dynamodb::000000000000:table//index/*", ') + len(region)
    return _POLICY_FRAME + sum(2 * (len(expanded(name, "0" * 12, region)) + arn) for name in names)


def _extra_rules(draft: Draft) -> Iterator[Breach]:
    for name, network in draft.networks.items():
        rules = network.security_group_rules
        counts = Counter((rule.group, rule.direction, ":" in rule.cidr) for rule in rules)
        for (group, direction, _), count in counts.items():
            path = ("networks", name, "security_group_rules")
            yield from _judge(
                LimitName.SECURITY_GROUP_RULES, count, path, f"extra {direction} rules of group {group!r}"
            )


def _routes(draft: Draft) -> Iterator[Breach]:
    """A private route table leads to every other network of the segment, and to the internet."""
    members = Counter(attachment.segment for attachment in draft.attachments().values())
    for segment, count in members.items():
        name = [name for name, link in draft.attachments().items() if link.segment == segment][-1]
        what = f"routes in the private route tables of segment {segment!r}"
        yield from _judge(LimitName.ROUTES_PER_TABLE, count, ("connections", name), what)


def _segments(draft: Draft) -> Iterator[Breach]:
    for name, hub in draft.hubs.items():
        what = f"route tables of hub {name!r}, one of them for peerings between hubs"
        count = len(hub.segments) + 1
        yield from _judge(LimitName.TGW_ROUTE_TABLES, count, ("hubs", name, "segments"), what)


def _hubs(draft: Draft) -> Iterator[Breach]:
    counts = Counter((hub.account, hub.region) for hub in draft.hubs.values())
    for (account, region), count in counts.items():
        name = [name for name, hub in draft.hubs.items() if (hub.account, hub.region) == (account, region)][-1]
        what = f"transit gateways of account {account!r} in {region}"
        yield from _judge(LimitName.TGWS_PER_REGION, count, ("hubs", name), what)


def _attachments(draft: Draft) -> Iterator[Breach]:
    ends = [link.hub for link in draft.attachments().values()]
    ends += [hub for link in draft.hub_peerings().values() for hub in (link.requester, link.accepter)]
    for hub, count in Counter(ends).items():
        what = f"attachments of hub {hub!r}"
        yield from _judge(LimitName.TGW_ATTACHMENTS, count, ("hubs", hub), what)


def _certificate_names(draft: Draft) -> Iterator[Breach]:
    for name, certificate in draft.certificates.items():
        count = 1 + len(certificate.subject_alternative_names)
        path = ("certificates", name, "subject_alternative_names")
        yield from _judge(LimitName.CERTIFICATE_NAMES, count, path, "names of the certificate")


QUOTA_RULES: Final[tuple[Rule, ...]] = (
    Rule("quota-vpcs", "VPCs of an account in a region fit its quota.", REQUEST, _vpcs),
    Rule("quota-elastic-ips", "Each NAT gateway has an Elastic IP address.", REQUEST, _elastic_ips),
    Rule(
        "quota-nat-gateways",
        "NAT gateways of an account in a zone fit its quota.",
        REQUEST,
        _gateways_per_zone,
    ),
    Rule("quota-internet-gateways", "Each network with a public tier has one.", REQUEST, _internet_gateways),
    Rule(
        "quota-gateway-endpoints",
        "Gateway endpoints of an account in a region fit its quota.",
        REQUEST,
        _gateway_endpoints,
    ),
    Rule(
        "quota-endpoint-policy",
        "An endpoint's policy has room for the buckets or tables that it names.",
        "use fewer names, with *",
        _endpoint_policies,
    ),
    Rule("quota-security-group-rules", "Rules of a security group fit its quota.", REQUEST, _extra_rules),
    Rule("quota-routes", "Routes fit a route table.", REQUEST, _routes),
    Rule("quota-hub-route-tables", "Segments fit a hub's route tables.", REQUEST, _segments),
    Rule("quota-hubs", "Hubs of an account in a region fit its quota.", REQUEST, _hubs),
    Rule("quota-hub-attachments", "Attachments fit a hub.", REQUEST, _attachments),
    Rule("quota-certificate-names", "Names fit a certificate.", REQUEST, _certificate_names),
)
"""Rules about AWS's quotas."""
