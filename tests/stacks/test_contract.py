"""What every resource of every stack of the default fleet must have: parent, provider, account, tags."""

import inspect
from collections.abc import Iterator, Mapping

import pulumi_aws
import pytest

from securecart.config.loader import load_fleet
from securecart.plan.stack import StackSpec
from stacks import stack_specs
from tests.components.recording import PROVIDER, Recording, Registered
from tests.stacks.conftest import FLEET_FILE, run_stack

STACKS = [spec.name for spec in stack_specs(load_fleet(FLEET_FILE))]


@pytest.fixture(params=STACKS)
def stack(request, specs: Mapping[str, StackSpec]) -> StackSpec:
    return specs[request.param]


@pytest.fixture
def recording(stack, recordings) -> Recording:
    return recordings[stack.name]


def customs(recording: Recording) -> Iterator[Registered]:
    """Yield every resource that a provider manages; at least one."""
    found = [item for item in recording.resources if item.custom and item.type != PROVIDER]
    assert found
    yield from found


def takes_tags(resource: Registered) -> bool:
    """Say whether the SDK's class of a resource has a ``tags`` argument."""
    _, module, name = resource.type.split(":")
    cls = getattr(getattr(pulumi_aws, module.partition("/")[0]), name)
    return "tags" in inspect.signature(cls._internal_init).parameters


def test_every_resource_stands_below_a_component(recording):
    components = {item.urn for item in recording.resources if not item.custom}
    assert all(item.parent in components for item in customs(recording))


def test_every_resource_names_its_provider(recording):
    assert all(item.provider for item in customs(recording))


def test_every_provider_assumes_the_role_of_an_account_that_the_stack_declares(recording, stack, fleet):
    allowed = {fleet.accounts[name].id for name in (stack.account, *stack.other_accounts)}
    for item in customs(recording):
        provider = recording.provider_of(item)
        assert provider.type == PROVIDER
        assert f"arn:aws:iam::{_account_id(provider, fleet)}:role/" in str(provider.inputs["assumeRoles"])
        assert _account_id(provider, fleet) in allowed


def test_every_provider_refuses_other_accounts(recording, fleet):
    for item in customs(recording):
        provider = recording.provider_of(item)
        assert _account_id(provider, fleet) in str(provider.inputs["allowedAccountIds"])


def test_every_lookup_names_its_provider(recording):
    assert all(provider for _, _, provider in recording.invokes)


def test_networks_do_look_prefix_lists_up(recordings):
    assert recordings["network-prod"].invokes


def test_every_resource_that_takes_tags_has_securecarts(recording, stack, fleet):
    tagged = [item for item in customs(recording) if takes_tags(item)]
    assert tagged
    for item in tagged:
        account = recording.provider_of(item).name.removesuffix(f"-{_region(recording, item)}")
        assert item.tags["securecart:stack"] == stack.name
        assert item.tags["securecart:environment"] == stack.environment
        assert item.tags["securecart:account"] == account
        assert item.tags["securecart:fleet"] == fleet.name
        assert item.tags["Name"]


def test_logical_names_do_not_depend_on_the_order_in_the_fleet_file(recordings, fleet):
    networks = {
        name: network.model_copy(update={"azs": network.azs[::-1], "tiers": network.tiers[::-1]})
        for name, network in reversed(fleet.networks.items())
    }
    turned = fleet.model_copy(update={"networks": networks, "hubs": dict(reversed(fleet.hubs.items()))})
    for spec in stack_specs(turned):
        before = {item.urn: item.inputs for item in recordings[spec.name].resources}
        assert {item.urn: item.inputs for item in run_stack(turned, spec).resources} == before


@pytest.mark.parametrize(
    "name", [name for name in STACKS if name.startswith(("log-archive-", "hub-us", "network-", "endpoints-"))]
)
def test_stacks_of_one_account_use_one_provider(recordings, specs, name):
    recording, spec = recordings[name], specs[name]
    used = {recording.provider_of(item).name for item in customs(recording)}
    assert used == {f"{spec.account}-{spec.region}"}


def test_every_stack_previews_before_anything_exists(stack, fleet, recordings):
    preview = run_stack(fleet, stack, unknown=True)
    assert {item.urn for item in preview.resources} == {item.urn for item in recordings[stack.name].resources}


def test_every_output_that_another_stack_asks_for_exists(stack, recordings):
    for ask in stack.asks:
        outputs = recordings[ask.stack].outputs
        for name in ask.outputs:
            whole, _, key = name.removesuffix("]").partition("[")
            assert whole in outputs, ask
            assert not key or key in outputs[whole], ask


def _account_id(provider: Registered, fleet) -> str:
    (account,) = [name for name in fleet.accounts if provider.name.startswith(f"{name}-{_region_of(provider)}")]
    return fleet.accounts[account].id


def _region(recording: Recording, item: Registered) -> str:
    return _region_of(recording.provider_of(item))


def _region_of(provider: Registered) -> str:
    return str(provider.inputs["region"])
