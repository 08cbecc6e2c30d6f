"""From what previews said to the fleet plan's models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pulumi.output import UNKNOWN as NOT_KNOWN

from securecart.execute.operation import Operation, Step
from securecart.execute.outputs import OutputStore, StackOutput
from securecart.execute.planned import ENGINE_UNKNOWN, origins, stack_plan, unknown_paths
from securecart.plan.fleet_plan import Operation as Word
from securecart.plan.fleet_plan import Origin, PlannedResource, StackPlan
from securecart.plan.stack import StackSpec
from securecart.program.provenance import Source
from tests.plan.examples import VPC, a_basis

SPEC = StackSpec("network-dev", "network", "dev", "dev", "us-east-1", environment="dev", protected=True)


def step(op: str, name: str = "dev", **more: object) -> Step:
    return Step(urn=f"urn:pulumi:network-dev::securecart::{VPC}::{name}", type=VPC, op=op, **more)


def planned(*steps: Step, store: OutputStore | None = None, **more: object) -> StackPlan:
    operation = Operation("preview", ok=True, seconds=1.0, changes={"same": 3}, resources=steps, **more)
    return stack_plan(SPEC, operation, a_basis(), store or OutputStore())


def one(*steps: Step, store: OutputStore | None = None) -> PlannedResource:
    (resource,) = planned(*steps, store=store).resources
    return resource


def test_a_plan_tells_what_the_stack_is_and_why_it_runs():
    plan = planned(step("create"), why=("engine 1 -> 2",))
    assert (plan.name, plan.kind, plan.account, plan.region) == ("network-dev", "network", "dev", "us-east-1")
    assert (plan.environment, plan.protected, plan.runs, plan.why) == ("dev", True, True, ("engine 1 -> 2",))
    assert plan.basis == a_basis()
    assert plan.kept == 0


def test_a_stack_that_does_not_run_keeps_its_resources():
    plan = planned(ran=False)
    assert not plan.runs
    assert plan.kept == 3
    assert plan.resources == ()


@pytest.mark.parametrize("op", ["create", "update", "delete", "read", "same", "replace"])
def test_a_step_of_the_engine_is_one_word(op: str):
    assert one(step(op)).operation == Word(op)


def test_a_refresh_announces_nothing():
    assert planned(step("refresh", diffs=("tags",))).resources == ()


NEW, OLD = {"cidrBlock": "10.1.0.0/16"}, {"cidrBlock": "10.0.0.0/16"}
REPLACEMENT = (
    step("create-replacement", inputs=NEW, diffs=("cidrBlock",)),
    step("replace", inputs=NEW, diffs=("cidrBlock",), replaces=("cidrBlock",)),
    step("delete-replaced", provider="p", replaces=("cidrBlock",)),
)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (2, 0, 1), (1, 0, 2)])
def test_the_three_steps_of_a_replacement_are_one_resource_with_the_new_inputs(order: tuple[int, ...]):
    found = one(*(REPLACEMENT[index] for index in order))
    assert found.operation is Word.REPLACE
    assert found.inputs == NEW
    assert (found.diffs, found.replaces) == (("cidrBlock",), ("cidrBlock",))


def test_an_old_resource_that_only_waits_to_be_deleted_stands_beside_the_one_of_its_urn():
    found = planned(step("same", inputs=NEW), step("delete", inputs=OLD)).resources
    assert [(each.operation, each.inputs) for each in found] == [(Word.SAME, NEW), (Word.DELETE, OLD)]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("dev-us-east-1", ("dev", "us-east-1")),
        ("log-archive-eu-west-1", ("log-archive", "eu-west-1")),
        ("dev-us-gov-west-1", ("dev", "us-gov-west-1")),
        ("dev-us-isob-east-1", ("dev", "us-isob-east-1")),
        ("dev-ap-southeast-2", ("dev", "ap-southeast-2")),
        ("default", ("", "")),
    ],
)
def test_an_aws_provider_tells_account_and_region(name: str, place: tuple[str, str]):
    provider = f"urn:pulumi:network-dev::securecart::pulumi:providers:aws::{name}::id-1"
    assert (one(step("create", provider=provider)).account, one(step("create", provider=provider)).region) == place


@pytest.mark.parametrize("provider", ["", "urn:pulumi:x::y::pulumi:providers:random::dev-us-east-1::id"])
def test_components_and_other_providers_have_no_place(provider: str):
    assert (one(step("create", provider=provider)).account, one(step("create", provider=provider)).region) == ("", "")


def test_unknown_inputs_are_shown_as_such_with_path_and_origin():
    inputs = {"vpcId": ENGINE_UNKNOWN, "ingress": [{"cidrBlocks": ["10.0.0.0/8", ENGINE_UNKNOWN]}], "name": "x"}
    source = Source(urn="urn:vpc", property="id")
    found = one(step("create", inputs=inputs, sources={"vpcId": (source,), "name": (source,)}))
    assert found.inputs["vpcId"] == "[unknown]"
    assert found.inputs["ingress"] == [{"cidrBlocks": ["10.0.0.0/8", "[unknown]"]}]
    assert {each.path: each.origins for each in found.unknown} == {
        "vpcId": (Origin(urn="urn:vpc", property="id"),),
        "ingress[0].cidrBlocks[1]": (),
    }
    assert {each.property: each.known for each in found.references} == {"name": True, "vpcId": False}


@given(
    st.recursive(
        st.sampled_from(["x", 1, None]) | st.just(ENGINE_UNKNOWN),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    )
)
def test_every_unknown_has_a_path_of_its_own(value: object):
    paths = list(unknown_paths({"top": value}))
    assert len(set(paths)) == len(paths) == str(value).count(ENGINE_UNKNOWN)


def chain() -> OutputStore:
    """`two` passes on what `one` has, entry by entry and as a whole."""
    store = OutputStore()
    ids = {"a": "subnet-1", "b": "subnet-2"}
    of_one = {key: (Source(urn=f"urn:{key}", property="id"),) for key in ids}
    store.put("one", {"ids": StackOutput(ids, sources=of_one), "plain": StackOutput("x")})
    passed = {
        "entry": StackOutput("subnet-2", sources={"": (Source(stack="one", output="ids", key="b"),)}),
        "whole": StackOutput(ids, sources={"": (Source(stack="one", output="ids"),)}),
        "plain": StackOutput("x", sources={"": (Source(stack="one", output="plain"),)}),
    }
    store.put("two", passed)
    return store


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Source(urn="urn:x", property="id"), [((), "urn:x", "id")]),
        (Source(stack="one", output="ids", key="a"), [(("one.ids[a]",), "urn:a", "id")]),
        (Source(stack="two", output="entry"), [(("two.entry", "one.ids[b]"), "urn:b", "id")]),
        (
            Source(stack="two", output="whole", key="a"),
            [(("two.whole[a]", "one.ids"), "urn:a", "id"), (("two.whole[a]", "one.ids"), "urn:b", "id")],
        ),
        (Source(stack="two", output="plain"), [(("two.plain", "one.plain"), "", "")]),
        (Source(stack="never", output="previewed"), [(("never.previewed",), "", "")]),
    ],
    ids=["own", "entry", "through two", "whole map", "plain value", "other stack unknown here"],
)
def test_a_source_is_followed_to_the_resource_that_has_the_value(source: Source, expected: list):
    found = origins([source], chain())
    assert [(each.outputs, each.urn, each.property) for each in found] == expected


def test_outputs_that_lead_to_each_other_come_to_an_end():
    store = OutputStore()
    for stack, other in (("one", "two"), ("two", "one")):
        store.put(stack, {"x": StackOutput("v", sources={"": (Source(stack=other, output="x"),)})})
    assert origins([Source(stack="one", output="x")], store) == ()


def test_outputs_tell_their_names_and_no_value():
    outputs = {
        "token": StackOutput("hunter2", secret=True),
        "id": StackOutput(NOT_KNOWN, sources={"": (Source(urn="urn:x", property="id"),)}),
    }
    plan = planned(step("create"), outputs=outputs)
    assert [(each.name, each.known, each.secret) for each in plan.outputs] == [
        ("id", False, False),
        ("token", True, True),
    ]
    assert plan.outputs[0].origins == {"": (Origin(urn="urn:x", property="id"),)}
    assert "hunter2" not in plan.model_dump_json()
