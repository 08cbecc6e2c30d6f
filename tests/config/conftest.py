"""A sound small fleet to break, and ways to judge text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from securecart.config.document import parse
from securecart.config.loader import FleetCheck, judge
from securecart.findings import Finding

SOUND = """\
name: shop
home_region: us-east-1
regions: [us-east-1, eu-west-1]
supernet: 10.0.0.0/8
accounts:
  network: {id: "210000000001", role: Deploy, external_id: shop-network}
  dev: {id: "210000000002", role: Deploy, external_id: shop-dev}
  prod: {id: "210000000004", role: Deploy, external_id: shop-prod}
  payments: {id: "210000000005", role: Deploy, external_id: shop-payments}
log_archive: {account: network, retention_days: 400}
hubs:
  us: {account: network, region: us-east-1, asn: 64512, segments: [dev, prod]}
  eu: {account: network, region: eu-west-1, asn: 64513, segments: [prod]}
networks:
  dev:
    account: dev
    region: us-east-1
    environment: dev
    cidr: 10.10.0.0/16
    azs: [us-east-1a, us-east-1b]
    nat: single
  prod:
    account: prod
    region: us-east-1
    environment: prod
    cidr: 10.30.0.0/16
    azs: [us-east-1a, us-east-1b, us-east-1c]
    nat: per-az
    security_group_rules:
      - {group: ecs, direction: egress, from_port: 25, to_port: 26, cidr: 192.0.2.0/24, description: mail}
  payments:
    account: payments
    region: us-east-1
    environment: payments
    profile: payments
    cidr: 10.40.0.0/16
    azs: [us-east-1a, us-east-1b]
    tiers: [private, database]
connections:
  dev: {kind: attachment, network: dev, hub: us, segment: dev}
  prod: {kind: attachment, network: prod, hub: us, segment: prod}
  hubs: {kind: hub-peering, requester: us, accepter: eu, segments: [prod]}
  pay:
    kind: peering
    requester: {network: prod, tiers: [private]}
    accepter: {network: payments, tiers: [private]}
    ports: [443]
targets:
  sandbox: {kind: sandbox}
  aws: {kind: aws, backend: "s3://state", secrets_provider: "awskms://alias/state"}
"""

Judge = Callable[[str], FleetCheck]
Edit = Callable[..., str]


@pytest.fixture(scope="session")
def default_fleet() -> Path:
    """The fleet file that the project ships."""
    return Path(__file__).resolve().parents[2] / "stacks" / "fleet.yaml"


@pytest.fixture(scope="session")
def judged() -> Judge:
    """Judge YAML text as the file fleet.yaml."""
    return lambda text: judge(parse(text, "fleet.yaml"))


@pytest.fixture(scope="session")
def edited() -> Edit:
    """Replace parts of the sound fleet, each of which must stand in it exactly once."""

    def edit(*changes: tuple[str, str]) -> str:
        text = SOUND
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sound fleet"
            text = text.replace(old, new)
        return text

    return edit


@pytest.fixture(scope="session")
def refused(judged: Judge, edited: Edit) -> Callable[[Sequence[tuple[str, str]], str, str], Finding]:
    """Assert that a changed fleet is refused by one finding of a rule, on the line marked ``# HERE``."""

    def assert_refused(changes: Sequence[tuple[str, str]], rule: str, subject: str) -> Finding:
        text = edited(*changes)
        marked = [number for number, line in enumerate(text.splitlines(), 1) if line.endswith("# HERE")]
        assert len(marked) == 1
        checked = judged(text)
        assert checked.fleet is None
        found = [finding for finding in checked.findings if (finding.rule, finding.subject) == (rule, subject)]
        assert len(found) == 1, [str(finding) for finding in checked.findings]
        assert (found[0].file, found[0].line) == ("fleet.yaml", marked[0])
        assert found[0].message
        assert found[0].remedy
        return found[0]

    return assert_refused
