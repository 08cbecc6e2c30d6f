"""The official pack: one policy a rule, and two that report what is undecided."""

from __future__ import annotations

import pytest
import yaml
from pulumi_policy import (
    EnforcementLevel,
    PolicyCustomTimeouts,
    PolicyResourceOptions,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    StackValidationPolicy,
)
from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, unknown_checking_proxy

from policies.judge import PACK_VERSION, ROOT, fleet_from_environment
from policies.pack import policies
from policies.rules import ALL_RULES
from tests.policies.cases.base import INGRESS
from tests.policies.examples import FLEET

PACK = {policy.name: policy for policy in policies(FLEET)}
URN = f"urn:pulumi:network-dev::securecart::{INGRESS}::ssh"


def _ssh_from(cidr: str) -> ResourceValidationArgs:
    props = {"ipProtocol": "tcp", "fromPort": 22.0, "toPort": 22.0, "cidrIpv4": cidr}
    options = PolicyResourceOptions(False, [], None, [], PolicyCustomTimeouts(0, 0, 0), [])
    return ResourceValidationArgs(INGRESS, unknown_checking_proxy(props), URN, "ssh", options, None)


def _reports(policy: str, cidr: str) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []

    def report(message: str, urn: str | None = None) -> None:
        found.append((message, urn))

    judged = PACK[policy]
    assert isinstance(judged, ResourceValidationPolicy)
    judged.validate(_ssh_from(cidr), report)
    return found


def test_every_rule_is_a_policy_of_its_own_kind_and_level() -> None:
    for rule in ALL_RULES:
        policy = PACK[rule.id]
        assert isinstance(policy, StackValidationPolicy if rule.stack else ResourceValidationPolicy)
        assert policy.enforcement_level is EnforcementLevel.MANDATORY
    assert set(PACK) - {rule.id for rule in ALL_RULES} == {"undecided-resource", "undecided-stack"}


def test_a_mandatory_policy_reports_what_it_can_decide_and_never_raises_on_an_unknown() -> None:
    assert [urn for _, urn in _reports("sg-no-admin-ports", UNKNOWN_STRING_VALUE)] == [URN]
    assert _reports("sg-no-admin-ports-from-internet", UNKNOWN_STRING_VALUE) == []
    assert len(_reports("sg-no-admin-ports-from-internet", "0.0.0.0/0")) == 1


def test_what_it_cannot_decide_is_reported_by_an_advisory_policy() -> None:
    assert PACK["undecided-resource"].enforcement_level is EnforcementLevel.ADVISORY
    messages = [message for message, _ in _reports("undecided-resource", UNKNOWN_STRING_VALUE)]
    assert any(message.startswith("sg-no-admin-ports-from-internet: ") for message in messages)


def test_fleet_is_the_default_one_where_no_other_is_named() -> None:
    assert fleet_from_environment({}).name == "securecart"


@pytest.mark.parametrize(("folder", "runtime"), [("policies", "python"), ("policies/warm", "securecart")])
def test_pack_folder_names_the_packs_version_and_how_to_start_it(folder: str, runtime: str) -> None:
    declared = yaml.safe_load((ROOT / folder / "PulumiPolicy.yaml").read_text())
    assert (declared["version"], declared["runtime"]) == (PACK_VERSION, runtime)
