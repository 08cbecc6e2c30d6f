"""A plan as JSON."""

import json

from securecart.plan.fleet_plan import Operation
from securecart.report.plan_json import PlanDocument, as_json
from tests.report.plans import VPC, fleet_plan, resource, stack, unknown_output, waits_for

PLAN = fleet_plan(
    stack(
        resource(
            "aws:ec2/subnet:Subnet", Operation.CREATE, "s", inputs={"vpcId": "[unknown]"}, unknown=(waits_for("vpcId"),)
        ),
        resource(VPC, Operation.SAME, "v"),
        outputs=(unknown_output("ids"),),
    ),
    stack(name="network-idle", runs=False, kept=4),
    orphans=("network-old",),
)


def test_each_resource_has_urn_type_operation_inputs_and_where_the_unknown_come_from():
    (created, kept) = json.loads(as_json(PLAN))["stacks"][0]["resources"]
    assert created["urn"].endswith("aws:ec2/subnet:Subnet::s")
    assert (created["type"], created["operation"]) == ("aws:ec2/subnet:Subnet", "create")
    assert created["inputs"] == {"vpcId": "[unknown]"}
    (unknown,) = created["unknown"]
    assert unknown["path"] == "vpcId"
    assert unknown["origins"][0]["outputs"] == ["network-dev.vpc_id"]
    assert unknown["origins"][0]["property"] == "id"
    assert kept["operation"] == "same"


def test_the_text_reads_back_into_the_model_of_its_schema():
    document = PlanDocument.model_validate_json(as_json(PLAN))
    assert document.orphans == ("network-old",)
    assert [(stack.name, stack.runs, stack.kept) for stack in document.stacks] == [
        ("network-dev", True, 0),
        ("network-idle", False, 4),
    ]


def test_the_same_plan_has_the_same_text():
    assert as_json(PLAN) == as_json(PLAN.model_copy(deep=True))


def test_what_the_plan_is_checked_against_is_left_out():
    text = as_json(PLAN)
    assert "basis" not in json.loads(text)["stacks"][0]
    for inner in ("digest-of-an-output", "seal-of-the-plan"):
        assert inner not in text


def test_secrets_are_blanked_and_what_stands_for_them_stays():
    inputs = {"password": "hunter2", "token": "[secret]", "note": "AKIAIOSFODNN7EXAMPLE", "nested": [{"psk": "abcd"}]}
    text = as_json(fleet_plan(stack(resource(VPC, Operation.CREATE, inputs=inputs))))
    (created,) = json.loads(text)["stacks"][0]["resources"]
    assert created["inputs"] == {
        "password": "[redacted]",
        "token": "[secret]",
        "note": "[redacted]",
        "nested": [{"psk": "[redacted]"}],
    }
