"""Web ACLs and distributions that cannot work.

Each case: name, changes to the sound edge, rule, key path. The line expected ends in ``# HERE``.
"""

from __future__ import annotations

import pytest

from securecart.components.web_acl import CLOUDFRONT_REGION as PROGRAMS_REGION
from securecart.config.draft import Draft
from securecart.config.edge import Distribution
from securecart.config.rules.distributions import CLOUDFRONT_REGION, DISTRIBUTION_RULES

EDGE = """\
dns: {account: network, zone: shop.example}
certificates:
  prod:
    account: prod
    regions: [us-east-1]
    domain_name: www.shop.example
    subject_alternative_names: [static.shop.example]
  dev: {account: dev, regions: [us-east-1], domain_name: dev.shop.example}
load_balancers:
  prod: {network: prod, host: www.shop.example, certificate: prod}
  dev: {network: dev, host: dev.shop.example, certificate: dev}
distributions:
  static:
    account: prod
    aliases: [static.shop.example]
    certificate: prod
    load_balancer: prod
targets:
"""
STATIC = "  static:\n    account: prod\n"

CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    (
        "country twice",
        [("targets:", "waf: {countries: [DE, DE]} # HERE\ntargets:")],
        *("waf-countries-unique", "waf.countries[1]"),
    ),
    (
        "unknown load balancer",
        [("    load_balancer: prod", "    load_balancer: prood # HERE")],
        "distribution-load-balancer-exists",
        "distributions.static.load_balancer",
    ),
    (
        "load balancer of another account",
        [("    load_balancer: prod", "    load_balancer: dev"), (STATIC, "  static:\n    account: prod # HERE\n")],
        "distribution-account",
        "distributions.static.account",
    ),
    (
        "unknown account",
        [(STATIC, "  static:\n    account: prood # HERE\n")],
        "account-exists",
        "distributions.static.account",
    ),
    (
        "unknown certificate",
        [("    certificate: prod\n", "    certificate: prood # HERE\n")],
        "distribution-certificate-exists",
        "distributions.static.certificate",
    ),
    (
        "certificate elsewhere",
        [
            ("regions: [us-east-1]\n", "regions: [eu-west-1]\n"),
            ("    certificate: prod\n", "    certificate: prod # HERE\n"),
        ],
        "distribution-certificate-fits",
        "distributions.static.certificate",
    ),
    (
        "certificate without the alias",
        [
            ("[static.shop.example]\n  dev", "[other.shop.example]\n  dev"),
            ("    certificate: prod\n", "    certificate: prod # HERE\n"),
        ],
        "distribution-certificate-fits",
        "distributions.static.certificate",
    ),
    (
        "alias outside the zone",
        [("aliases: [static.shop.example]", "aliases: [static.shop.example, static.example] # HERE")],
        "distribution-alias-in-zone",
        "distributions.static.aliases[1]",
    ),
    (
        "path twice",
        [("targets:", '    dynamic_paths: ["/api/*", "/login", "/api/*"] # HERE\ntargets:')],
        "distribution-path-unique",
        "distributions.static.dynamic_paths[2]",
    ),
    (
        "long name",
        [(STATIC, "  static-content-of-all-the-shop: # HERE\n    account: prod\n")],
        "distribution-bucket-length",
        "distributions.static-content-of-all-the-shop",
    ),
]


def edge(*changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The change that adds an edge, itself changed, to the sound fleet."""
    text = EDGE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [("targets:\n", text)]


@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_bad_input_is_refused_with_rule_key_path_and_line(refused, case) -> None:
    _, changes, rule, subject = case
    refused(edge(*changes), rule, subject)


def test_a_distribution_is_no_finding(judged, edited) -> None:
    assert judged(edited(*edge())).findings == ()


def test_every_rule_of_the_table_has_a_case() -> None:
    assert {case[2] for case in CASES} - {"account-exists"} | {"waf-logs"} == {rule.id for rule in DISTRIBUTION_RULES}


def distributions(count: int) -> dict[str, Distribution]:
    """So many distributions of one account."""
    shape = {"account": "prod", "certificate": "prod", "load_balancer": "prod"}
    return {f"d{n}": Distribution.model_validate({**shape, "aliases": [f"d{n}.shop.example"]}) for n in range(count)}


@pytest.mark.parametrize(("count", "found"), [(10, []), (11, [("distributions", "d10")])])
def test_an_account_has_room_for_the_logs_of_ten_web_acls_in_a_region(count: int, found: list[tuple[str, str]]) -> None:
    (rule,) = [rule for rule in DISTRIBUTION_RULES if rule.id == "waf-logs"]
    assert [problem.path for problem in rule.judge(Draft(distributions=distributions(count)))] == found


def test_programs_and_rules_mean_the_same_region() -> None:
    assert CLOUDFRONT_REGION == PROGRAMS_REGION
