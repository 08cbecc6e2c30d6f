"""What a kind takes out of the fleet, and that its program gets nothing else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from ipaddress import IPv4Network
from pathlib import Path

import pulumi
import pytest

from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.errors import ProgramError
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import StackKind, stack_kind
from securecart.program.run import Outputs, StackRun

FLEET = load_fleet(Path(__file__).parents[2] / "stacks" / "fleet.yaml")
SPEC = StackSpec(
    "blocks-dev", "blocks", "dev", "dev", "us-east-1", asks=(Ask("hub", "hub-us-east-1", ("id",)),), environment="dev"
)


@dataclass(frozen=True)
class BlockInputs:
    """Block of each network that has a connection, in the order of the connections."""

    blocks: Mapping[str, IPv4Network]


def _inputs(fleet: Fleet, spec: StackSpec) -> BlockInputs:
    attached = (getattr(connection, "network", None) for connection in fleet.connections.values())
    return BlockInputs({name: fleet.networks[name].cidr for name in attached if name})


class NoSource:
    """A source that nothing is to be asked of."""

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        raise AssertionError(f"{stack}.{name} was asked")


@dataclass
class Seen:
    """A program that keeps the run it was given."""

    run: StackRun[BlockInputs] | None = None

    def program(self, run: StackRun[BlockInputs]) -> Outputs:
        self.run = run
        return {"blocks": len(run.inputs.blocks)}

    def kind(self) -> StackKind:
        return stack_kind("blocks", stacks=lambda fleet: [SPEC], inputs=_inputs, program=self.program)


def given(fleet: Fleet, spec: StackSpec = SPEC) -> str:
    """Return what a program is given as text, in which order shows."""
    return json.dumps(Seen().kind().bind(fleet, spec).given)


def changed(**parts: object) -> Fleet:
    return FLEET.model_copy(update=parts)


def test_a_program_gets_its_inputs_and_returns_its_outputs():
    seen = Seen()
    outputs = seen.kind().bind(FLEET, SPEC).run(NoSource())
    assert seen.run is not None
    assert seen.run.inputs.blocks["dev"] == IPv4Network("10.10.0.0/16")
    assert outputs == {"blocks": 4}


def test_a_program_cannot_work_in_an_account_that_its_spec_does_not_name():
    seen = Seen()
    seen.kind().bind(FLEET, replace(SPEC, other_accounts=("network",))).run(NoSource())
    assert seen.run is not None
    assert set(seen.run.accounts) == {"dev", "network"}
    assert "prod" in FLEET.accounts
    with pytest.raises(ProgramError, match=r"'blocks-dev' may not work in account 'prod'.*dev, network"):
        seen.run.scope("prod", "us-east-1")


def test_a_program_cannot_tell_when_it_runs_or_whether_it_is_protected():
    seen = Seen()
    seen.kind().bind(FLEET, replace(SPEC, after=("network-dev",), protected=True)).run(NoSource())
    assert seen.run is not None
    assert seen.run.spec == SPEC


def test_what_is_given_is_plain_data():
    assert json.loads(given(FLEET)) == {
        "fleet": "securecart",
        "spec": {
            "name": "blocks-dev",
            "kind": "blocks",
            "subject": "dev",
            "account": "dev",
            "region": "us-east-1",
            "asks": [{"alias": "hub", "stack": "hub-us-east-1", "outputs": ["id"]}],
            "environment": "dev",
            "other_accounts": [],
        },
        "accounts": {"dev": FLEET.accounts["dev"].model_dump()},
        "inputs": {
            "blocks": {
                "dev": "10.10.0.0/16",
                "staging": "10.20.0.0/16",
                "prod": "10.30.0.0/16",
                "prod-eu": "10.31.0.0/16",
            }
        },
    }


def test_equal_fleets_give_the_same():
    assert given(FLEET) == given(Fleet.model_validate(FLEET.model_dump()))


def test_what_the_inputs_leave_out_changes_nothing():
    assert given(FLEET) == given(changed(supernet=IPv4Network("10.0.0.0/9"), log_archive=None, hubs={}))


def test_the_order_of_a_spec_and_its_protection_are_not_given():
    assert given(FLEET) == given(FLEET, replace(SPEC, after=("network-dev",), protected=True))


@pytest.mark.parametrize(
    "other",
    [
        replace(SPEC, name="blocks-qa"),
        replace(SPEC, subject="qa"),
        replace(SPEC, region="eu-west-1"),
        replace(SPEC, environment="qa"),
        replace(SPEC, asks=()),
        replace(SPEC, account="staging"),
        replace(SPEC, other_accounts=("network",)),
    ],
    ids=lambda spec: spec.name,
)
def test_every_other_part_of_a_spec_is_given(other: StackSpec):
    assert given(FLEET) != given(FLEET, other)


def test_a_changed_input_shows():
    grown = FLEET.networks["prod"].model_copy(update={"cidr": IPv4Network("10.50.0.0/16")})
    assert given(FLEET) != given(changed(networks={**FLEET.networks, "prod": grown}))


def test_an_order_that_a_program_could_go_by_shows():
    turned = changed(connections=dict(reversed(FLEET.connections.items())))
    assert turned == FLEET
    assert given(turned) != given(FLEET)


def test_the_name_of_the_fleet_shows_since_it_is_a_tag():
    assert given(FLEET) != given(changed(name="other"))


@pytest.mark.parametrize("field", ["id", "role", "external_id"])
def test_an_account_shows_to_the_stacks_that_work_in_it_alone(field: str):
    account = FLEET.accounts["dev"].model_copy(update={field: "changed"})
    fleet = changed(accounts={**FLEET.accounts, "dev": account})
    assert given(fleet) != given(FLEET)
    elsewhere = replace(SPEC, account="staging")
    assert given(fleet, elsewhere) == given(FLEET, elsewhere)


def test_a_kind_names_the_module_of_its_program():
    assert Seen().kind().module == __name__
