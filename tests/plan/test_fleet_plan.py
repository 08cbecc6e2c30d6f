"""The fleet plan's models."""

import pytest
from pydantic import ValidationError

from securecart.plan.fleet_plan import Manifest, Operation, StackPlan
from tests.plan.examples import a_manifest, a_resource, a_stack_plan


def test_a_stack_plan_reads_back_as_it_was_written():
    plan = a_stack_plan(resources=(a_resource(unknown=[{"path": "vpcId", "origins": [{"urn": "u"}]}]),))
    again = StackPlan.model_validate_json(plan.model_dump_json(indent=2))
    assert again == plan
    assert again.model_dump_json() == plan.model_dump_json()


def test_a_manifest_reads_back_as_it_was_written():
    manifest = a_manifest()
    assert Manifest.model_validate_json(manifest.model_dump_json()) == manifest


def test_what_a_plan_does_not_know_is_refused():
    with pytest.raises(ValidationError, match="extra"):
        StackPlan.model_validate({**a_stack_plan().model_dump(), "surprise": 1})


@pytest.mark.parametrize("operation", [*Operation])
def test_a_plan_changes_something_unless_all_stays_or_is_only_read(operation: Operation):
    plan = a_stack_plan(resources=(a_resource(operation=operation), a_resource("web", operation=Operation.SAME)))
    assert plan.changes is (operation not in (Operation.SAME, Operation.READ))


def test_resources_are_found_by_their_operation():
    plan = a_stack_plan(resources=(a_resource(operation=Operation.DELETE), a_resource("web")))
    assert [resource.name for resource in plan.of(Operation.DELETE, Operation.REPLACE)] == ["dev"]
    assert plan.of(Operation.UPDATE) == ()
