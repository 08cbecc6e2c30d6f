"""AWS's quotas: warnings where AWS lifts them, refusals where it never does."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network

import pytest

from securecart.config.draft import Draft
from securecart.config.model import Attachment, Certificate, Hub, Nat, Network, SecurityGroupRule
from securecart.config.rules.quotas import QUOTA_RULES

ZONES = tuple(f"us-east-1{letter}" for letter in "abcdef")


def networks(count: int, **changes: object) -> dict[str, Network]:
    """So many networks of one account and region."""
    shape = {"account": "dev", "region": "us-east-1", "environment": "dev", "azs": ZONES[:2]} | changes
    blocks = IPv4Network("10.0.0.0/8").subnets(new_prefix=22)
    return {f"n{n}": Network.model_validate({**shape, "cidr": next(blocks)}) for n in range(count)}


def hubs(count: int, segments: int = 1) -> dict[str, Hub]:
    """So many hubs of one account and region."""
    names = tuple(f"s{n}" for n in range(segments))
    return {f"h{n}": Hub(account="net", region="us-east-1", asn=64512 + n, segments=names) for n in range(count)}


def attachments(count: int) -> dict[str, Attachment]:
    """So many attachments of one segment to one hub."""
    return {f"c{n}": Attachment(kind="attachment", network=f"n{n}", hub="h0", segment="dev") for n in range(count)}


def certificate(count: int) -> dict[str, Certificate]:
    """A certificate of so many names."""
    first, *others = (f"n{n}.shop.example" for n in range(count))
    shape = {"account": "dev", "regions": ["us-east-1"], "subject_alternative_names": others}
    return {"c": Certificate.model_validate({**shape, "domain_name": first})}


def rules(count: int) -> tuple[SecurityGroupRule, ...]:
    """So many extra rules of one group in one direction."""
    shape = {"group": "ecs", "direction": "egress", "cidr": "192.0.2.0/24", "description": "x"}
    return tuple(SecurityGroupRule.model_validate({**shape, "from_port": n, "to_port": n}) for n in range(count))


def verdicts(draft: Draft) -> dict[str, bool]:
    """Quotas exceeded, and whether each refuses the fleet."""
    problems = [problem for rule in QUOTA_RULES for problem in rule.judge(draft)]
    assert all(problem.message and problem.remedy for problem in problems)
    return {problem.rule: problem.mandatory for problem in problems}


NAT = {"nat": Nat.SINGLE}
PRIVATE = {"tiers": ("private",)}

EXCEEDED: list[tuple[str, Draft, dict[str, bool]]] = [
    ("VPCs", Draft(networks=networks(6, **PRIVATE)), {"quota-vpcs": False}),
    ("Elastic IPs", Draft(networks=networks(1, azs=ZONES, nat=Nat.PER_AZ)), {"quota-elastic-ips": False}),
    (
        "everything a public network has",
        Draft(networks=networks(6, **NAT)),
        dict.fromkeys(("quota-vpcs", "quota-elastic-ips", "quota-nat-gateways", "quota-internet-gateways"), False),
    ),
    (
        "gateway endpoints, and VPCs",
        Draft(networks=networks(11, **PRIVATE, endpoints={"tables": ("orders",)})),
        {"quota-vpcs": False, "quota-gateway-endpoints": False},
    ),
    (
        "tables beyond a policy",
        Draft(networks=networks(1, endpoints={"tables": tuple(f"{'t' * 240}-{n}" for n in range(35))})),
        {"quota-endpoint-policy": True},
    ),
    (
        "rules of a group",
        Draft(networks=networks(1, security_group_rules=rules(61))),
        {"quota-security-group-rules": False},
    ),
    (
        "rules beyond AWS",
        Draft(networks=networks(1, security_group_rules=rules(201))),
        {"quota-security-group-rules": True},
    ),
    ("routes", Draft(connections=attachments(51)), {"quota-routes": False}),
    ("routes beyond AWS", Draft(connections=attachments(1001)), {"quota-routes": True}),
    (
        "attachments beyond AWS",
        Draft(connections=attachments(5001)),
        {"quota-routes": True, "quota-hub-attachments": True},
    ),
    ("segments", Draft(hubs=hubs(1, segments=20)), {"quota-hub-route-tables": False}),
    ("hubs", Draft(hubs=hubs(6)), {"quota-hubs": False}),
    ("names of a certificate", Draft(certificates=certificate(11)), {"quota-certificate-names": False}),
    ("names beyond AWS", Draft(certificates=certificate(101)), {"quota-certificate-names": True}),
]


@pytest.mark.parametrize(("draft", "expected"), [case[1:] for case in EXCEEDED], ids=[case[0] for case in EXCEEDED])
def test_an_exceeded_quota_warns_or_refuses(draft: Draft, expected: dict[str, bool]) -> None:
    assert verdicts(draft) == expected


WITHIN: Iterable[Draft] = [
    Draft(networks=networks(5, **NAT)),
    Draft(networks=networks(1, security_group_rules=rules(60))),
    Draft(networks=networks(5, **PRIVATE, endpoints={"tables": tuple(f"orders-{n}" for n in range(50))})),
    Draft(connections=attachments(50), hubs=hubs(5, segments=19)),
    Draft(certificates=certificate(10)),
]


@pytest.mark.parametrize("draft", WITHIN)
def test_what_a_new_account_has_is_no_finding(draft: Draft) -> None:
    assert verdicts(draft) == {}


def test_every_quota_rule_has_a_case() -> None:
    assert {rule for _, _, expected in EXCEEDED for rule in expected} == {rule.id for rule in QUOTA_RULES}
