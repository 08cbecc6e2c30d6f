"""Programs run by the real engine against the sandbox: their outputs, and where every value comes from."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pytest
from pulumi.output import Unknown
from pulumi_aws import ec2

from securecart.config.loader import load_fleet
from securecart.execute.engine.command import version_of
from securecart.execute.engine.engine import Engine, EngineSettings
from securecart.execute.environment import sandbox_environment
from securecart.execute.home import Home
from securecart.execute.operation import Operation
from securecart.execute.outputs import OutputStore, PassedOutputs, StackOutput
from securecart.execute.planned import stack_plan
from securecart.execute.state_version import state_versions
from securecart.plan.fleet_plan import Operation as Word
from securecart.plan.fleet_plan import Origin, StackPlan
from securecart.plan.stack import Ask, StackSpec
from securecart.program.provenance import Source
from securecart.program.run import Outputs, StackRun
from securecart.sandbox import lifecycle
from securecart.setup.find import find_engine
from tests.plan.examples import a_basis

FLEET = load_fleet(Path(__file__).resolve().parents[3] / "stacks" / "fleet.yaml")
SECRET = "hunter2hunter2\n  user:hunter3hunter3\n\nResources:\n    hunter4hunter4"


def spec(name: str, *asks: Ask) -> StackSpec:
    return StackSpec(name, name, name, "dev", "us-east-1", asks=asks)


NETWORK = spec("one")
PASSING = spec("two", Ask("one", "one", ("subnets", "vpc")))
TABLES = spec("three", Ask("two", "two", ("passed", "cidr")))


def network(run: StackRun[None]) -> Outputs:
    """A VPC with two subnets."""
    options = run.scope("dev", "us-east-1").opts()
    vpc = ec2.Vpc("vpc", cidr_block="10.0.0.0/16", opts=options)
    subnets = {
        key: ec2.Subnet(key, vpc_id=vpc.id, cidr_block=f"10.0.{number}.0/24", opts=options)
        for number, key in enumerate(("a", "b"))
    }
    return {"vpc": vpc.id, "subnets": {key: subnet.id for key, subnet in subnets.items()}}


def passing(run: StackRun[None]) -> Outputs:
    """Nothing of its own: it passes on what another stack has."""
    one = run.upstream("one")
    return {"passed": one.entry("subnets", "b"), "cidr": "10.1.0.0/16", "shout": one.text("vpc").apply(str.upper)}


def tables(run: StackRun[None]) -> Outputs:
    """A group whose inputs come through two stacks, and from its own VPC."""
    options = run.scope("dev", "us-east-1").opts()
    two = run.upstream("two")
    vpc = ec2.Vpc("vpc", cidr_block=two.text("cidr"), opts=options)
    group = ec2.SecurityGroup(
        "group",
        vpc_id=vpc.id,
        description=pulumi.Output.concat("for ", two.text("passed")),
        tags={"Vpc": vpc.id.apply(str.upper), "Passed": two.text("passed"), "Plain": "plain"},
        opts=options,
    )
    return {"group": group.id}


def run_of(of: StackSpec, store: OutputStore | None = None, *, preview: bool = True) -> StackRun[None]:
    """Return a run of a stack, which may work in one account."""
    source = PassedOutputs(store or OutputStore(), unknown_allowed=preview)
    return StackRun(FLEET.name, of, {"dev": FLEET.accounts["dev"]}, None, source)


PROGRAMS = {"one": network, "two": passing, "three": tables}
SPECS = {each.name: each for each in (NETWORK, PASSING, TABLES)}


@dataclass
class Place:
    """An engine over a sandbox, with a home of its own."""

    home: Home
    engine: Engine
    environment: Mapping[str, str]

    def program(self, name: str, store: OutputStore, *, preview: bool) -> Callable[[], Outputs]:
        """Bind a program to the outputs of other stacks."""
        return lambda: PROGRAMS[name](run_of(SPECS[name], store, preview=preview))

    def preview(self, name: str, store: OutputStore) -> Operation:
        operation = self.engine.preview(name, self.program(name, store, preview=True))
        assert operation.ok, operation.diagnostics
        assert operation.outputs is not None
        store.put(name, operation.outputs)
        return operation

    def plan(self, name: str, store: OutputStore) -> StackPlan:
        """Preview a stack; return its plan."""
        return stack_plan(SPECS[name], self.preview(name, store), a_basis(), store)


@pytest.fixture(name="place", scope="module")
def _place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    home = Home(tmp_path_factory.mktemp("home"))
    home.prepare()
    info = lifecycle.start(home.root, on_progress=print)
    environment = sandbox_environment(os.environ, home, info)
    executable = find_engine(os.environ)
    assert executable is not None
    settings = EngineSettings(executable, version_of(executable), home.workspace, environment, home.runs / "test")
    yield Place(home, Engine(settings), environment)
    lifecycle.stop(home.root)


@pytest.fixture(name="plans", scope="module")
def _plans(place: Place) -> Mapping[str, StackPlan]:
    """The plans of three stacks, none of which exists."""
    store = OutputStore()
    for name in SPECS:
        place.engine.create_stack(name)
    return {name: place.plan(name, store) for name in SPECS}


def resource(plan: StackPlan, name: str):
    (found,) = [each for each in plan.resources if each.name == name]
    return found


def urn(stack: str, kind: str, name: str) -> str:
    return f"urn:pulumi:{stack}::securecart::aws:ec2/{kind}::{name}"


SUBNET_B = urn("one", "subnet:Subnet", "b")


def test_a_stack_that_does_not_exist_is_previewed_resource_by_resource(plans: Mapping[str, StackPlan]):
    found = {each.name: each for each in plans["one"].resources}
    assert {"vpc", "a", "b", "dev-us-east-1"} <= found.keys()
    assert {found[name].operation for name in ("vpc", "a", "b")} == {Word.CREATE}
    assert (found["a"].account, found["a"].region) == ("dev", "us-east-1")
    assert found["vpc"].inputs["cidrBlock"] == "10.0.0.0/16"


def test_an_unknown_input_names_the_property_of_the_resource_that_it_waits_for(plans: Mapping[str, StackPlan]):
    subnet = resource(plans["one"], "a")
    assert subnet.inputs["vpcId"] == "[unknown]"
    assert [(each.path, each.origins) for each in subnet.unknown] == [
        ("vpcId", (Origin(urn=urn("one", "vpc:Vpc", "vpc"), property="id"),))
    ]


def test_an_output_passed_through_two_stacks_is_followed_to_its_resource(plans: Mapping[str, StackPlan]):
    group = resource(plans["three"], "group")
    unknown = {each.path: each.origins for each in group.unknown}
    through = Origin(outputs=("two.passed", "one.subnets[b]"), urn=SUBNET_B, property="id")
    assert unknown["description"] == (through,)
    assert through in unknown["tags.Passed"]
    assert "tags.Plain" not in unknown
    assert group.inputs["tags"]["Plain"] == "plain"


def test_every_unknown_of_a_preview_has_an_origin(plans: Mapping[str, StackPlan]):
    unknown = [each for plan in plans.values() for found in plan.resources for each in found.unknown]
    assert len(unknown) >= 5
    assert all(each.origins and all(origin.urn for origin in each.origins) for each in unknown)


def test_a_known_value_of_another_stack_is_a_reference_and_no_unknown(plans: Mapping[str, StackPlan]):
    vpc = resource(plans["three"], "vpc")
    assert vpc.inputs["cidrBlock"] == "10.1.0.0/16"
    assert vpc.unknown == ()
    assert [(each.property, each.known) for each in vpc.references] == [("cidrBlock", True)]
    assert vpc.references[0].origins == (Origin(outputs=("two.cidr",)),)


def test_outputs_tell_whether_they_are_known_and_where_they_come_from_by_key(plans: Mapping[str, StackPlan]):
    outputs = {each.name: each for each in plans["one"].outputs}
    assert not outputs["subnets"].known
    assert outputs["subnets"].origins["b"] == (Origin(urn=SUBNET_B, property="id"),)
    passed = {each.name: each for each in plans["two"].outputs}
    assert passed["passed"].origins[""] == (Origin(outputs=("one.subnets[b]",), urn=SUBNET_B, property="id"),)
    assert passed["cidr"].known
    assert passed["cidr"].origins == {}


def test_what_a_deployment_says_has_values_and_the_same_sources(place: Place, plans: Mapping[str, StackPlan]):
    store = OutputStore()
    told: dict[str, tuple[Mapping[str, StackOutput], int]] = {}
    for name in SPECS:
        before = state_versions(place.home, place.environment).of(name)

        def tell(outputs: Mapping[str, StackOutput], name: str = name) -> None:
            told[name] = (outputs, threading.get_ident())

        operation = place.engine.up(name, place.program(name, store, preview=False), on_outputs=tell)
        assert operation.ok, operation.diagnostics
        assert operation.outputs is not None
        assert all(output.known for output in operation.outputs.values())
        assert told[name][0] == operation.outputs
        assert told[name][1] != threading.get_ident()
        store.put(name, operation.outputs)
        assert state_versions(place.home, place.environment).of(name) not in (None, before)
        planned = {item.urn: {each.property for each in item.references} for item in plans[name].resources}
        done = {step.urn: set(step.sources) for step in operation.resources if step.op == "create"}
        assert done
        assert all(planned[each] == properties for each, properties in done.items())
    assert set(state_versions(place.home, place.environment).all() or {}) >= set(SPECS)
    again = place.plan("three", store)
    assert {each.operation for each in again.resources} == {Word.SAME}
    reference = next(each for each in resource(again, "group").references if each.property == "description")
    assert reference.known
    assert reference.origins == (Origin(outputs=("two.passed", "one.subnets[b]"), urn=SUBNET_B, property="id"),)


def test_a_program_that_fails_tells_no_outputs(place: Place):
    place.engine.create_stack("failing")
    told: list[object] = []

    def broken() -> Outputs:
        raise ValueError("no such tier")

    operation = place.engine.up("failing", broken, on_outputs=told.append)
    assert not operation.ok
    assert operation.outputs is None
    assert told == []


def test_outputs_are_not_told_where_a_resource_could_not_be_created(place: Place):
    place.engine.create_stack("refused")
    told: list[object] = []

    def refused() -> Outputs:
        options = run_of(NETWORK).scope("dev", "us-east-1").opts()
        subnet = ec2.Subnet("x", vpc_id="vpc-none", cidr_block="10.0.0.0/24", opts=options)
        return {"id": subnet.id, "plain": "known"}

    operation = place.engine.up("refused", refused, on_outputs=told.append)
    assert not operation.ok
    assert operation.outputs is None
    assert told == []


def test_a_secret_that_is_not_the_planned_one_stops_the_engine_and_shows_nowhere(place: Place, tmp_path: Path):
    def tagged(value: str) -> Callable[[], Outputs]:
        def program() -> Outputs:
            options = run_of(NETWORK).scope("dev", "us-east-1").opts()
            ec2.Vpc("vpc", cidr_block="10.0.0.0/16", tags={"token": pulumi.Output.secret(value)}, opts=options)
            return {}

        return program

    place.engine.create_stack("sealed")
    plan = tmp_path / "sealed.engine.json"
    previewed = place.engine.preview("sealed", tagged(f"first {SECRET}"), save_plan=plan)
    assert previewed.ok, previewed.diagnostics
    assert "hunter" not in plan.read_text()
    assert "hunter" not in previewed.diff
    operation = place.engine.up("sealed", tagged(f"other {SECRET}"), plan=plan)
    assert not operation.ok
    assert "violates plan: properties changed: " in operation.error
    assert "tags" in operation.error
    logs = "".join(path.read_text() for path in place.engine.settings.logs.iterdir() if path.name.startswith("sealed"))
    assert "violates plan" in logs
    for text in (logs, str(operation)):
        assert "hunter" not in text


def test_a_preview_keeps_unknowns_in_outputs_as_unknowns(place: Place):
    place.engine.create_stack("unknown")
    operation = place.engine.preview("unknown", lambda: {"vpc": run_of(PASSING).upstream("one").text("vpc")})
    assert operation.ok, operation.diagnostics
    assert operation.outputs is not None
    assert isinstance(operation.outputs["vpc"].value, Unknown)
    assert operation.outputs["vpc"].sources == {"": (Source(stack="one", output="vpc"),)}
