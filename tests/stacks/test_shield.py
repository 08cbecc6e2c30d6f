"""Shield Advanced: not in the default fleet, and on everything that faces the internet once it is switched on."""

import pytest

from stacks import shield
from tests.stacks.conftest import run_stack

PROTECTION = "shield/protection:Protection"
ZONE = {"dns": "dns.zone_arn"}
PROD = {
    "load-balancer-prod": "load-balancer-prod.load_balancer_arn",
    "load-balancer-prod-eu": "load-balancer-prod-eu.load_balancer_arn",
    "distribution-static": "distribution-static.distribution_arn",
    "accelerator-shop": "accelerator-shop.accelerator_arn",
}
EXPOSED = {
    "dev": {"load-balancer-dev": "load-balancer-dev.load_balancer_arn"},
    "staging": {"load-balancer-staging": "load-balancer-staging.load_balancer_arn"},
    "prod": PROD,
    "network": ZONE,
}


@pytest.fixture(scope="module")
def guarded(fleet):
    return fleet.model_copy(update={"shield": fleet.shield.model_copy(update={"advanced": True})})


@pytest.fixture(scope="module")
def shields(guarded):
    return {spec.account: (spec, run_stack(guarded, spec)) for spec in shield.stacks(guarded)}


def test_the_default_fleet_does_without(fleet, specs):
    assert list(shield.stacks(fleet)) == []
    assert specs
    assert not [name for name, spec in specs.items() if spec.kind == "shield"]


def test_switched_on_each_account_protects_whatever_it_has_that_faces_the_internet(shields):
    protected = {
        account: {name: each.inputs["resourceArn"] for name, each in recording.all(PROTECTION).items()}
        for account, (_, recording) in shields.items()
    }
    assert protected == EXPOSED


def test_each_account_is_subscribed_before_anything_is_protected(shields):
    for _, recording in shields.values():
        subscription = recording.one("shield/subscription:Subscription")
        assert subscription.inputs == {"autoRenew": "ENABLED", "skipDestroy": True}
        assert all(subscription.urn in each.dependencies for each in recording.all(PROTECTION).values())


def test_shield_is_in_us_east_1_whatever_the_home_region_is(guarded):
    moved = guarded.model_copy(update={"home_region": "eu-west-1"})
    specs = list(shield.stacks(moved))
    assert {spec.region for spec in specs} == {"us-east-1"}
    for spec in specs:
        recording = run_stack(moved, spec)
        assert {recording.provider_of(item).name for item in recording.all(PROTECTION).values()} == {
            f"{spec.account}-us-east-1"
        }


def test_it_is_protected_where_what_it_protects_is(shields):
    assert {account for account, (spec, _) in shields.items() if spec.protected} == {"prod", "network"}


def test_it_previews_before_anything_exists(guarded, shields):
    for spec, recording in shields.values():
        preview = run_stack(guarded, spec, unknown=True)
        assert {item.urn for item in preview.resources} == {item.urn for item in recording.resources}


def test_protections_have_the_tags_of_the_fleet(shields):
    for account, (spec, recording) in shields.items():
        for name, each in recording.all(PROTECTION).items():
            assert (each.tags["Name"], each.tags["securecart:account"]) == (name, account)
            assert each.tags["securecart:stack"] == spec.name
