"""The sound small fleet with load balancers, for tests of names that lead to several of them."""

from __future__ import annotations

EDGE = """\
dns: {account: network, zone: shop.example}
certificates:
  dev: {account: dev, regions: [us-east-1], domain_name: dev.shop.example}
  prod:
    account: prod
    regions: [us-east-1, eu-west-1]
    domain_name: shop.example
    subject_alternative_names: [us.shop.example, eu.shop.example, go.shop.example]
load_balancers:
  dev: {network: dev, host: dev.shop.example, certificate: dev}
  us: {network: prod, host: us.shop.example, certificate: prod}
  eu: {network: prod-eu, host: eu.shop.example, certificate: prod}
"""
PROD_EU = """\
  prod-eu:
    account: prod
    region: eu-west-1
    environment: prod
    cidr: 10.31.0.0/16
    azs: [eu-west-1a, eu-west-1b, eu-west-1c]
    nat: per-az
"""
ACCELERATOR = """\
accelerators:
  go:
    host: go.shop.example
    load_balancers:
      us: {}
      eu: {}
"""


def with_edge(*sections: str) -> list[tuple[str, str]]:
    """The changes that add load balancers and further sections to the sound fleet."""
    return [("connections:\n", f"{PROD_EU}connections:\n"), ("targets:\n", f"{EDGE}{''.join(sections)}targets:\n")]


def changed(text: str, *changes: tuple[str, str]) -> str:
    """Replace parts of a text, each of which must stand in it exactly once."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text
