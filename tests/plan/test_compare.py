"""What differs between a planned stack and what would happen now."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.plan.compare import plan_differences
from securecart.plan.fleet_plan import Operation, PlannedResource
from tests.plan.examples import a_resource, documents

RESOURCES = st.lists(
    st.builds(
        a_resource,
        st.sampled_from(["dev", "web", "app", "data"]),
        operation=st.sampled_from([*Operation]),
        inputs=documents,
        diffs=st.lists(st.sampled_from(["cidrBlock", "tags"]), max_size=2),
    ),
    max_size=4,
    unique_by=lambda resource: (resource.urn, resource.operation is Operation.DELETE),
)


def told(planned: list[PlannedResource], now: list[PlannedResource]) -> list[str]:
    return list(plan_differences(planned, now))


@given(RESOURCES)
def test_the_same_resources_do_not_differ_in_whatever_order(resources: list[PlannedResource]):
    assert told(resources, resources) == []
    assert told(resources, resources[::-1]) == []


@given(RESOURCES)
def test_a_resource_more_or_less_is_told(resources: list[PlannedResource]):
    other = a_resource("other")
    assert told(resources, [*resources, other]) == [f"{other.urn}: not in the plan, now create"]
    assert told([*resources, other], resources) == [f"{other.urn}: planned to create, now not part of the stack"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"operation": Operation.REPLACE}, "planned create, now replace"),
        ({"inputs": {"cidrBlock": "10.0.0.0/9"}}, 'inputs.cidrBlock: "10.0.0.0/8" -> "10.0.0.0/9"'),
        ({"inputs": {}}, 'inputs.cidrBlock: "10.0.0.0/8" -> (gone)'),
        ({"inputs": {"cidrBlock": "[unknown]"}}, 'inputs.cidrBlock: "10.0.0.0/8" -> "[unknown]"'),
        ({"inputs": {"cidrBlock": "10.0.0.0/8", "tags": {}}}, "inputs.tags: (new) -> {}"),
        ({"diffs": ["tags"]}, 'diffs: [] -> ["tags"]'),
        ({"replaces": ["cidrBlock"]}, 'replaces: [] -> ["cidrBlock"]'),
    ],
)
def test_one_change_is_told(change: dict, words: str):
    planned = a_resource()
    assert told([planned], [a_resource(**change)]) == [f"{planned.urn}: {words}"]


def test_a_replacement_that_was_not_planned_is_no_update():
    planned = a_resource(operation=Operation.UPDATE, diffs=["cidrBlock"])
    now = a_resource(operation=Operation.REPLACE, diffs=["cidrBlock"], replaces=["cidrBlock"])
    assert told([planned], [now]) == [f"{planned.urn}: planned update, now replace"]


def test_names_that_the_engine_generates_are_not_compared():
    one, other = (a_resource(inputs={"name": f"dev-{digits}"}) for digits in ("0a1b2c3", "fedcba9"))
    assert told([one], [other]) == []


@pytest.mark.parametrize("name", ["dev-0a1b2c34", "dev-0a1b2cg", "web-0a1b2c3", "dev-0a1b2c3\n", "dev"])
def test_names_that_only_look_generated_are_compared(name: str):
    generated = a_resource(inputs={"name": "dev-0a1b2c3"})
    assert len(told([generated], [a_resource(inputs={"name": name})])) == 1


def test_an_old_resource_that_is_deleted_is_compared_beside_the_new_one_of_its_urn():
    new, old = a_resource(), a_resource(operation=Operation.DELETE, inputs={})
    assert told([new, old], [old, new]) == []
    assert told([new, old], [new]) == [f"{old.urn}: planned to delete, now not part of the stack"]


def test_many_differences_are_counted():
    found = told([], [a_resource(f"r{number}") for number in range(25)])
    assert len(found) == 21
    assert found[-1] == "5 more differences"
