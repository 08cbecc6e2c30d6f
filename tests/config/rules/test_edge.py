"""Zone, certificates and load balancers that cannot work.

Each case: name, changes to the sound edge, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.config.draft import Draft
from securecart.config.edge import Certificate, LoadBalancer
from securecart.config.rules.certificates import CERTIFICATE_RULES
from securecart.config.rules.dns import DNS_RULES, NEEDS_ZONE, lies_in
from securecart.config.rules.load_balancers import LOAD_BALANCER_RULES

ZONE = "dns: {account: network, zone: shop.example}\n"
EDGE = f"""\
{ZONE}\
certificates:
  prod:
    account: prod
    regions: [us-east-1]
    domain_name: www.shop.example
    subject_alternative_names:
      - us.shop.example
  other: {{account: dev, regions: [us-east-1], domain_name: other.shop.example}}
load_balancers:
  prod: {{network: prod, host: www.shop.example, certificate: prod}}
targets:
"""
BALANCER = "  prod: {network: prod, host: www.shop.example, certificate: prod}"

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "no zone",
        [(ZONE, ""), (BALANCER, f"{BALANCER} # HERE")],
        "zone-exists",
        "load_balancers.prod",
    ),
    (
        "unknown account of the zone",
        [(ZONE, "dns: {account: dns, zone: shop.example} # HERE\n")],
        "account-exists",
        "dns.account",
    ),
    (
        "two load balancers of one host",
        [(BALANCER, f"{BALANCER}\n{BALANCER.replace('  prod:', '  again:')} # HERE")],
        "zone-name-unique",
        "load_balancers.again.host",
    ),
    (
        "unknown account of a certificate",
        [("other: {account: dev,", "other: {account: qa, # HERE\n    ")],
        "account-exists",
        "certificates.other.account",
    ),
    (
        "certificate in a region that is not listed",
        [("regions: [us-east-1], domain_name: other", "regions: [us-west-2], # HERE\n    domain_name: other")],
        "region-listed",
        "certificates.other.regions[0]",
    ),
    (
        "certificate of another domain",
        [("domain_name: other.shop.example}", "domain_name: other.myshop.example} # HERE")],
        "certificate-name-in-zone",
        "certificates.other.domain_name",
    ),
    (
        "further name of another domain",
        [("- us.shop.example", "- us.example # HERE")],
        "certificate-name-in-zone",
        "certificates.prod.subject_alternative_names[0]",
    ),
    (
        "name twice in a certificate",
        [("- us.shop.example", "- www.shop.example # HERE")],
        "certificate-name-unique",
        "certificates.prod.subject_alternative_names[0]",
    ),
    (
        "name in two certificates of an account",
        [("other: {account: dev,", "other: {account: prod,"), ("other.shop.example}", "us.shop.example} # HERE")],
        "certificate-name-unique",
        "certificates.other.domain_name",
    ),
    (
        "region twice",
        [("    regions: [us-east-1]\n", "    regions: [us-east-1, us-east-1] # HERE\n")],
        "certificate-region-unique",
        "certificates.prod.regions[1]",
    ),
    (
        "unknown network",
        [("prod: {network: prod,", "prod: {network: prood, # HERE\n    ")],
        "load-balancer-network-exists",
        "load_balancers.prod.network",
    ),
    (
        "network of another profile",
        [("prod: {network: prod,", "prod: {network: payments, # HERE\n    ")],
        "load-balancer-network-fits",
        "load_balancers.prod.network",
    ),
    (
        "network without a public tier",
        [
            (
                "    azs: [us-east-1a, us-east-1b, us-east-1c]\n",
                "    azs: [us-east-1a, us-east-1b]\n    tiers: [private]\n",
            ),
            ("    nat: per-az\n", ""),
            ("prod: {network: prod,", "prod: {network: prod, # HERE\n    "),
        ],
        "load-balancer-network-fits",
        "load_balancers.prod.network",
    ),
    (
        "network of one zone",
        [
            ("    azs: [us-east-1a, us-east-1b, us-east-1c]\n", "    azs: [us-east-1a]\n"),
            ("prod: {network: prod,", "prod: {network: prod, # HERE\n    "),
        ],
        "load-balancer-network-fits",
        "load_balancers.prod.network",
    ),
    (
        "unknown certificate",
        [("certificate: prod}", "certificate: prodd} # HERE")],
        "load-balancer-certificate-exists",
        "load_balancers.prod.certificate",
    ),
    (
        "certificate in another region",
        [
            ("    regions: [us-east-1]\n", "    regions: [eu-west-1]\n"),
            ("certificate: prod}", "certificate: prod} # HERE"),
        ],
        "load-balancer-certificate-fits",
        "load_balancers.prod.certificate",
    ),
    (
        "certificate without the host",
        [("host: www.shop.example, certificate: prod}", "host: go.shop.example, certificate: prod} # HERE")],
        "load-balancer-certificate-fits",
        "load_balancers.prod.certificate",
    ),
    (
        "host outside the zone",
        [("host: www.shop.example, certificate: prod}", "host: www.example, # HERE\n    certificate: prod}")],
        "load-balancer-host-in-zone",
        "load_balancers.prod.host",
    ),
    (
        "name that begins like AWS's own",
        [(BALANCER, f"{BALANCER.replace('  prod:', '  internal-prod:')} # HERE")],
        "load-balancer-name",
        "load_balancers.internal-prod",
    ),
    (
        "name that ends in a hyphen",
        [(BALANCER, f"{BALANCER.replace('  prod:', '  prod-:')} # HERE")],
        "load-balancer-name",
        "load_balancers.prod-",
    ),
]


def with_edge(changes: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The changes that bring the edge into the sound fleet, and break it: of the edge where it has the text."""
    edge = EDGE
    of_fleet = []
    for old, new in changes:
        if old in EDGE:
            assert edge.count(old) == 1, old
            edge = edge.replace(old, new)
        else:
            of_fleet.append((old, new))
    return [("targets:\n", edge), *of_fleet]


@pytest.mark.parametrize(("changes", "rule", "subject"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_edge_is_refused_at_its_line(refused, changes, rule, subject) -> None:
    refused(with_edge(changes), rule, subject)


def test_the_sound_edge_has_no_findings(judged, edited) -> None:
    checked = judged(edited(*with_edge([])))
    assert checked.findings == ()
    assert checked.fleet is not None
    assert checked.fleet.load_balancers["prod"].health_check_path == "/health"


def test_a_certificate_of_another_account_is_refused(judged, edited) -> None:
    text = edited(*with_edge([("    account: prod\n    regions", "    account: dev\n    regions")]))
    found = [each for each in judged(text).findings if each.rule == "load-balancer-certificate-fits"]
    assert ["belongs to account 'dev'" in each.message for each in found] == [True]


def test_a_zone_that_cannot_be_read_is_not_called_missing(judged, edited) -> None:
    checked = judged(edited(*with_edge([(ZONE, "dns: nothing\n")])))
    assert "zone-exists" not in {finding.rule for finding in checked.findings}
    assert checked.fleet is None


def test_every_section_with_names_needs_a_zone() -> None:
    draft = Draft(declared={"dns": frozenset(), **{section: frozenset({"one"}) for section in NEEDS_ZONE}})
    problems = [problem.path for rule in DNS_RULES for problem in rule.judge(draft)]
    assert problems == [(section, "one") for section in NEEDS_ZONE]


def test_every_rule_about_the_edge_has_a_case() -> None:
    rules = {rule.id for rule in (*DNS_RULES, *CERTIFICATE_RULES, *LOAD_BALANCER_RULES)}
    assert rules <= {case[2] for case in CASES}


LABELS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), min_size=1, max_size=4).map(".".join)


@given(LABELS, LABELS)
def test_a_name_lies_in_a_zone_by_whole_labels(prefix: str, zone: str) -> None:
    assert lies_in(zone, zone)
    assert lies_in(f"{prefix}.{zone}", zone)
    assert not lies_in(f"{prefix}{zone}", zone)
    assert not lies_in(f"{zone}.{prefix}0-", zone)


@given(st.lists(LABELS, min_size=1, max_size=6))
def test_load_balancers_share_a_host_only_where_the_rule_says_so(hosts: list[str]) -> None:
    balancers = {f"b{n}": LoadBalancer(network="n", host=f"{host}.x", certificate="c") for n, host in enumerate(hosts)}
    breaches = [
        problem
        for rule in DNS_RULES
        if rule.id == "zone-name-unique"
        for problem in rule.judge(Draft(load_balancers=balancers))
    ]
    assert len(breaches) == len(hosts) - len(set(hosts))


def test_accounts_may_each_have_a_certificate_of_one_name() -> None:
    draft = Draft(
        certificates={
            account: Certificate(account=account, regions=("us-east-1",), domain_name="www.shop.example")
            for account in ("dev", "prod")
        }
    )
    assert [problem for rule in CERTIFICATE_RULES for problem in rule.judge(draft)] == []
