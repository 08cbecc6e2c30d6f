"""Every resource is on a provider of its stack, which assumes the role of the account it is named after."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policies.judge import judge_resource, undecided, violated
from policies.rules import ALL_RULES
from policies.values import UNKNOWN, Props
from policies.views import ProviderView, Resource
from securecart.findings import Finding
from tests.policies.examples import FACTS, FLEET, find, network_stack, provider_view

RULES = {rule.id: rule for rule in ALL_RULES}
VPC = find(network_stack("dev", deployed=True), "Vpc")


def judge(rule: str, resource: Resource) -> list[Finding]:
    return judge_resource([RULES[rule]], resource, FACTS)


def on(provider: ProviderView | None) -> Resource:
    return replace(VPC, provider=provider)


def with_settings(settings: Props) -> Resource:
    assert VPC.provider is not None
    return on(replace(VPC.provider, props={**VPC.provider.props, **settings}))


@pytest.mark.parametrize(
    "provider",
    [
        None,
        ProviderView("default_7_51_1", "urn", {"region": "us-east-1"}),
        provider_view(FLEET, "network-dev", "prod", "us-east-1"),
        provider_view(FLEET, "network-dev", "dev", "eu-west-1"),
    ],
    ids=["none", "default", "another account", "another region"],
)
def test_a_provider_of_elsewhere_is_a_violation(provider: ProviderView | None) -> None:
    assert judge("provider-of-the-stack", VPC) == []
    assert violated(judge("provider-of-the-stack", on(provider)))


def test_a_stack_that_the_fleet_does_not_have_may_create_nothing() -> None:
    stranger = replace(VPC, urn=VPC.urn.replace("network-dev", "network-nowhere"))
    assert stranger.urn != VPC.urn
    assert violated(judge("provider-of-the-stack", stranger))


@pytest.mark.parametrize(
    "settings",
    [
        {"region": "eu-west-1"},
        {"assumeRoles": None},
        {"assumeRoles": "[]"},
        {"assumeRoles": '[{"roleArn": "arn:aws:iam::210000000003:role/Deploy"}]'},
        {
            "assumeRoles": '[{"roleArn": "arn:aws:iam::210000000002:role/Deploy"},'
            ' {"roleArn": "arn:aws:iam::210000000003:role/Deploy"}]'
        },
    ],
    ids=["region", "no role", "empty list", "another account", "chained to another account"],
)
def test_a_provider_that_leads_elsewhere_than_its_name_is_a_violation(settings: Props) -> None:
    assert judge("provider-assumes-account-role", VPC) == []
    assert violated(judge("provider-assumes-account-role", with_settings(settings)))


@pytest.mark.parametrize("settings", [{"region": UNKNOWN}, {"assumeRoles": UNKNOWN}, {"assumeRoles": [UNKNOWN]}])
def test_unknown_provider_settings_are_undecided(settings: Props) -> None:
    found = judge("provider-assumes-account-role", with_settings(settings))
    assert undecided(found)
    assert violated(found) == []


def test_either_spelling_of_the_role_is_read() -> None:
    roles = '[{"role_arn": "arn:aws:iam::210000000002:role/Deploy"}]'
    assert judge("provider-assumes-account-role", with_settings({"assumeRoles": roles})) == []


def test_an_access_key_in_a_provider_is_a_violation_and_is_not_shown() -> None:
    found = judge("provider-no-long-lived-keys", with_settings({"secretKey": "not-to-be-shown"}))
    assert violated(found)
    assert "not-to-be-shown" not in str(found)
    assert undecided(judge("provider-no-long-lived-keys", with_settings({"accessKey": UNKNOWN})))
