"""Runs of a part of the fleet: what is not selected is read from the backend, or is unknown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stacks import stack_specs

from .conftest import Deployed
from .fleets import network_alone, write_fleet


@pytest.fixture(name="fleet", scope="module")
def _fleet(new_fleet: Callable[..., Deployed], tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    return new_fleet(write_fleet(tmp_path_factory.mktemp("fleet") / "fleet.yaml", network_alone))


def test_a_stack_whose_upstream_is_missing_is_not_deployed(fleet: Deployed):
    document = fleet.run("up", "--yes", "--select", "attach-dev", code=2)
    missing = {finding["subject"] for finding in document["findings"]}
    assert missing == {"stack hub-us-east-1", "stack network-dev"}
    assert "+NAME" in document["findings"][0]["remedy"]


def test_it_can_be_previewed_with_unknowns_and_says_so(fleet: Deployed):
    record = fleet.run("preview", "--select", "attach-dev")
    assert record["result"] == "succeeded"
    assert any("hub-us-east-1" in note and "unknown" in note for note in record["notes"])
    (stack,) = record["stacks"]
    assert stack["changes"]["create"] >= 4


def test_a_preview_of_everything_from_nothing_makes_up_no_value_and_creates_nothing(fleet: Deployed):
    record = fleet.run("preview")
    assert record["result"] == "succeeded"
    assert {stack["name"] for stack in record["stacks"]} == {spec.name for spec in stack_specs(fleet.fleet)}
    assert all(stack["status"] == "succeeded" and stack["changes"]["create"] for stack in record["stacks"])
    assert {stack["state"] for stack in fleet.run("status")["stacks"]} == {"empty"}


def test_outputs_of_stacks_that_are_not_selected_come_from_the_backend(fleet: Deployed):
    fleet.run("up", "--yes", "--select", "+network-staging", "--select", "+hub-us-east-1")
    record = fleet.run("up", "--yes", "--select", "attach-staging")
    assert [stack["name"] for stack in record["stacks"]] == ["attach-staging"]
    assert record["result"] == "succeeded"
    (attachment,) = fleet.client("staging", "ec2").describe_transit_gateway_vpc_attachments()[
        "TransitGatewayVpcAttachments"
    ]
    assert attachment["State"] == "available"
