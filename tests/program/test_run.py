"""What a program may read, and how its children are placed."""

import asyncio
from pathlib import Path

import pulumi
import pytest
from pulumi.runtime import mocks

from securecart.config.loader import load_fleet
from securecart.errors import ProgramError
from securecart.plan.stack import Ask, StackSpec
from securecart.program.run import StackRun

FLEET = load_fleet(Path(__file__).parents[2] / "stacks" / "fleet.yaml")
SPEC = StackSpec(
    "attach-dev", "attach", "dev", "dev", "us-east-1", asks=(Ask("hub", "hub-us-east-1", ("id",)),), environment="dev"
)


class Providers(mocks.Mocks):
    """Records the providers that a run creates."""

    def __init__(self) -> None:
        self.created: dict[str, dict] = {}

    def new_resource(self, args: mocks.MockResourceArgs):
        self.created[args.name] = args.inputs
        return f"{args.name}-id", args.inputs

    def call(self, args: mocks.MockCallArgs):
        return {}


class NoSource:
    """A source that nothing is to be asked of."""

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        raise AssertionError(f"{stack}.{name} was asked")


def stack_run() -> StackRun[None]:
    return StackRun(FLEET.name, SPEC, {"dev": FLEET.accounts["dev"]}, None, NoSource())


@pytest.fixture(name="providers")
def _providers() -> Providers:
    found = Providers()
    # Other tests of the process may have closed or taken away the thread's loop.
    asyncio.set_event_loop(asyncio.new_event_loop())
    pulumi.runtime.set_mocks(found, project="securecart", stack="attach-dev")
    return found


def test_a_scope_assumes_the_accounts_role_and_allows_that_account_alone(providers: Providers):
    @pulumi.runtime.test
    def deploy():
        run = stack_run()
        first, again = run.scope("dev", "us-east-1"), run.scope("dev", "us-east-1")
        assert first.provider is again.provider
        return first.provider.urn

    deploy()
    inputs = providers.created["dev-us-east-1"]
    assert "arn:aws:iam::210000000002:role/SecureCartDeploy" in str(inputs["assumeRoles"])
    assert "securecart-dev" in str(inputs["assumeRoles"])
    assert "210000000002" in str(inputs["allowedAccountIds"])
    assert inputs["region"] == "us-east-1"


def test_children_get_parent_provider_and_the_stacks_tags(providers: Providers):
    @pulumi.runtime.test
    def deploy():
        scope = stack_run().scope("dev", "us-east-1")
        component = pulumi.ComponentResource("test:x:Y", "y", None, scope.component_opts())
        options = scope.within(component).opts()
        assert options.parent is component
        assert options.provider is scope.provider
        tags = scope.tags("x", tier="public")
        assert tags["Name"] == "x"
        assert tags["securecart:tier"] == "public"
        assert tags["securecart:stack"] == "attach-dev"
        assert tags["securecart:account"] == "dev"
        return component.urn

    deploy()


def test_an_alias_that_the_spec_does_not_declare_cannot_be_asked(providers: Providers):
    run = stack_run()
    assert run.upstream("hub") is not None
    with pytest.raises(ProgramError, match="asks nothing under the alias 'archive'"):
        run.upstream("archive")
