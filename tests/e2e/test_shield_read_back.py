"""Row X2, read back by boto3: Shield Advanced switched on says its price, and protects what faces the internet."""

from __future__ import annotations

import pytest

from .fleets import with_shield_advanced, write_fleet

pytestmark = pytest.mark.xdist_group("shield")


@pytest.fixture(scope="module")
def guarded(new_fleet, tmp_path_factory):
    """Two accounts of a fleet with Shield Advanced: the zone's, and one with a load balancer."""
    fleet = new_fleet(write_fleet(tmp_path_factory.mktemp("fleet") / "fleet.yaml", with_shield_advanced))
    done = fleet.run_raw("up", "--yes", "--select", "+shield-network,+shield-dev", "--json")
    assert done.returncode == 0, done.stderr
    assert "Shield Advanced costs 3000.00 USD a month" in done.stderr
    assert "AWS Shield pricing" in done.stderr
    return fleet


def protections(guarded, account: str) -> dict[str, str]:
    found = guarded.client(account, "shield").list_protections()["Protections"]
    return {each["Name"]: each["ResourceArn"] for each in found}


@pytest.mark.parametrize("account", ["network", "dev"])
def test_the_account_is_subscribed_and_stays_so(guarded, account):
    subscription = guarded.client(account, "shield").describe_subscription()["Subscription"]
    assert subscription["AutoRenew"] == "ENABLED"


def test_the_zone_is_protected(guarded):
    (zone,) = guarded.client("network", "route53").list_hosted_zones()["HostedZones"]
    expected = f"arn:aws:route53:::hostedzone/{zone['Id'].removeprefix('/hostedzone/')}"
    assert protections(guarded, "network") == {"dns": expected}


def test_the_load_balancer_is_protected(guarded):
    (balancer,) = guarded.client("dev", "elbv2").describe_load_balancers()["LoadBalancers"]
    assert protections(guarded, "dev") == {"load-balancer-dev": balancer["LoadBalancerArn"]}


def test_a_second_run_changes_nothing(guarded):
    record = guarded.run("up", "--yes", "--all", "--select", "shield-network,shield-dev")
    assert {stack["name"]: stack["status"] for stack in record["stacks"]} == {
        "shield-network": "unchanged",
        "shield-dev": "unchanged",
    }


def test_destroying_ends_the_protections_and_leaves_the_subscription(guarded):
    assert protections(guarded, "dev")
    guarded.run("destroy", "--yes", "--select", "shield-dev")
    assert protections(guarded, "dev") == {}
    assert guarded.client("dev", "shield").describe_subscription()["Subscription"]["AutoRenew"] == "ENABLED"
