"""Which stacks the default fleet has, and how they depend on each other."""

import pytest

from securecart.errors import ProgramError
from securecart.plan.stack import StackSpec
from stacks import KINDS, kind_of

DEPENDENCIES = {
    "log-archive-eu-west-1": set(),
    "log-archive-us-east-1": set(),
    "hub-us-east-1": {"log-archive-us-east-1"},
    "hub-eu-west-1": {"log-archive-eu-west-1"},
    "hub-peering-hubs": {"hub-us-east-1", "hub-eu-west-1"},
    "network-dev": {"log-archive-us-east-1"},
    "network-staging": {"log-archive-us-east-1"},
    "network-prod": {"log-archive-us-east-1"},
    "network-prod-eu": {"log-archive-eu-west-1"},
    "network-payments": {"log-archive-us-east-1"},
    "endpoints-dev": {"network-dev"},
    "endpoints-staging": {"network-staging"},
    "endpoints-prod": {"network-prod"},
    "endpoints-prod-eu": {"network-prod-eu"},
    "endpoints-payments": {"network-payments"},
    "attach-dev": {"network-dev", "hub-us-east-1"},
    "attach-staging": {"network-staging", "hub-us-east-1"},
    "attach-prod": {"network-prod", "hub-us-east-1"},
    "attach-prod-eu": {"network-prod-eu", "hub-eu-west-1"},
    "peering-prod-payments": {"network-prod", "network-payments"},
    "peering-prod-eu-payments": {"network-prod-eu", "network-payments"},
    "direct-connect-logistics": {"network-prod", "network-prod-eu", "network-payments"},
    "vpn-office": {"hub-us-east-1", "attach-prod", "attach-staging", "network-prod", "network-staging"},
    "dns": set(),
    "endpoint-service-payments": {"dns", "network-payments", "network-prod"},
    "partner-endpoint-payment-provider": {"network-payments"},
    "certificate-dev": {"dns"},
    "certificate-staging": {"dns"},
    "certificate-prod": {"dns"},
    "load-balancer-dev": {"dns", "certificate-dev", "network-dev", "log-archive-us-east-1"},
    "load-balancer-staging": {"dns", "certificate-staging", "network-staging", "log-archive-us-east-1"},
    "load-balancer-prod": {"dns", "certificate-prod", "network-prod", "log-archive-us-east-1"},
    "distribution-static": {"dns", "certificate-prod", "load-balancer-prod", "log-archive-us-east-1"},
    "load-balancer-prod-eu": {"dns", "certificate-prod", "network-prod-eu", "log-archive-eu-west-1"},
    "accelerator-shop": {"dns", "load-balancer-prod", "load-balancer-prod-eu"},
    "records": {"dns", "load-balancer-prod", "load-balancer-prod-eu"},
}

PROTECTED = {
    "log-archive-eu-west-1",
    "log-archive-us-east-1",
    "network-prod",
    "network-prod-eu",
    "network-payments",
    "endpoints-prod",
    "endpoints-prod-eu",
    "endpoints-payments",
    "attach-prod",
    "attach-prod-eu",
    "peering-prod-payments",
    "peering-prod-eu-payments",
    "vpn-office",
    "direct-connect-logistics",
    "endpoint-service-payments",
    "partner-endpoint-payment-provider",
    "dns",
    "certificate-prod",
    "load-balancer-prod",
    "load-balancer-prod-eu",
    "distribution-static",
    "accelerator-shop",
    "records",
}


def test_the_fleet_has_these_stacks_with_these_dependencies(specs):
    assert {name: set(spec.depends_on) for name, spec in specs.items()} == DEPENDENCIES


def test_archives_and_everything_of_protected_networks_is_protected(specs):
    assert {name for name, spec in specs.items() if spec.protected} == PROTECTED


def test_stacks_of_two_accounts_name_both(specs):
    assert (specs["attach-dev"].account, specs["attach-dev"].other_accounts) == ("dev", ("network",))
    assert specs["peering-prod-payments"].other_accounts == ("payments",)
    assert specs["hub-peering-hubs"].other_accounts == ()
    assert specs["vpn-office"].other_accounts == ("prod", "staging")
    assert specs["direct-connect-logistics"].other_accounts == ("payments", "prod")
    assert specs["certificate-prod"].other_accounts == ("network",)
    assert specs["load-balancer-prod-eu"].other_accounts == ("network",)
    assert specs["distribution-static"].other_accounts == ("log-archive", "network")


def test_stacks_carry_the_environment_of_their_network(specs):
    assert specs["network-payments"].environment == "payments"
    assert specs["attach-prod-eu"].environment == "prod"
    assert specs["hub-us-east-1"].environment == "shared"


def test_the_fleet_file_may_order_a_stack_after_another(fleet):
    network = fleet.networks["dev"].model_copy(update={"after": ("network-prod",)})
    ordered = fleet.model_copy(update={"networks": {**fleet.networks, "dev": network}})
    (spec,) = [spec for kind in KINDS for spec in kind.stacks(ordered) if spec.name == "network-dev"]
    assert "network-prod" in spec.depends_on


def test_every_stack_has_a_program_and_only_shield_advanced_is_not_used(specs):
    assert {kind_of(spec).name for spec in specs.values()} == {kind.name for kind in KINDS} - {"shield"}


def test_a_stack_of_an_unknown_kind_is_refused_with_the_kinds_that_exist():
    with pytest.raises(ProgramError, match=r"'edge'.*log-archive, hub"):
        kind_of(StackSpec("edge-prod", "edge", "prod", "prod", "us-east-1"))
