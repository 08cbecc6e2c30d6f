"""Cases of log deliveries."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit
from tests.sandbox.types.cases_cloudfront import DISTRIBUTION, distribution_inputs

SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource"
DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
POLICY = "aws:cloudwatch/logDeliveryDestinationPolicy:LogDeliveryDestinationPolicy"


def _logs(world: World) -> Any:
    return world.boto("logs")


def source_inputs(world: World) -> dict[str, object]:
    made = world.make(DISTRIBUTION, distribution_inputs(world))
    return {
        "name": f"source{next(world.names)}",
        "logType": "ACCESS_LOGS",
        "resourceArn": made.state["arn"],
        "tags": {"Name": "source"},
    }


def destination_inputs(world: World) -> dict[str, object]:
    return {
        "name": f"destination{next(world.names)}",
        "outputFormat": "json",
        "deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::logs"},
        "tags": {"Name": "destination"},
    }


def policy(account: str, arn: str) -> str:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "logs:CreateDelivery",
        "Resource": arn,
    }
    return parts.policy(statement)


def shared_destination(world: World) -> Resource:
    """A destination of the other account that lets this one in."""
    made = world.make(DESTINATION, destination_inputs(world), world.other)
    inputs = {
        "deliveryDestinationName": made.id,
        "deliveryDestinationPolicy": policy(world.home, str(made.state["arn"])),
    }
    world.make(POLICY, inputs, world.other)
    return made


def _source(world: World, it: Resource) -> Any:
    return _logs(world).get_delivery_source(name=it.id)["deliverySource"]


def _destination(world: World, it: Resource) -> Any:
    return _logs(world).get_delivery_destination(name=it.id)["deliveryDestination"]


def _policy(world: World, it: Resource) -> Any:
    found = _logs(world).get_delivery_destination_policy(deliveryDestinationName=it.id)["policy"]
    return json.loads(found["deliveryDestinationPolicy"]) if found.get("deliveryDestinationPolicy") else None


def _delivery(world: World, it: Resource) -> Any:
    return _logs(world).get_delivery(id=it.id)["delivery"]


def _tags(world: World, it: Resource) -> Any:
    return _logs(world).list_tags_for_resource(resourceArn=it.state["arn"])["tags"]


_TAGS = Edit(lambda world, it: {"tags": {"Name": "x", "New": "1"}}, _tags, {"Name": "x", "New": "1"})
_ARN = f"arn:aws:logs:{REGION}:210000000001:delivery-destination:one"

CASES = (
    Case(
        token=SOURCE,
        inputs=source_inputs,
        seen=_source,
        edits=(_TAGS,),
        replacing={"name": "other", "logType": "OTHER", "resourceArn": "arn:aws:cloudfront::1:distribution/other"},
    ),
    Case(
        token=DESTINATION,
        inputs=destination_inputs,
        seen=_destination,
        edits=(
            Edit(
                lambda world, it: {
                    "deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::other"}
                },
                lambda world, it: _destination(world, it)["deliveryDestinationConfiguration"],
                {"destinationResourceArn": "arn:aws:s3:::other"},
            ),
            _TAGS,
        ),
        replacing={
            "name": "other",
            "outputFormat": "parquet",
            "deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:logs:us-east-1:1:log-group:logs"},
        },
    ),
    Case(
        token=POLICY,
        inputs=lambda world: {
            "deliveryDestinationName": world.make(DESTINATION, destination_inputs(world)).id,
            "deliveryDestinationPolicy": policy(world.other, _ARN),
        },
        seen=_policy,
        edits=(
            Edit(
                lambda world, it: {"deliveryDestinationPolicy": policy("210000000009", _ARN)},
                lambda world, it: _policy(world, it)["Statement"][0]["Principal"],
                {"AWS": "arn:aws:iam::210000000009:root"},
            ),
        ),
        replacing={"deliveryDestinationName": "other"},
    ),
    Case(
        token="aws:cloudwatch/logDelivery:LogDelivery",
        inputs=lambda world: {
            "deliverySourceName": world.make(SOURCE, source_inputs(world)).id,
            "deliveryDestinationArn": shared_destination(world).state["arn"],
            "recordFields": ["date", "time", "c-ip"],
            "tags": {"Name": "delivery"},
        },
        seen=_delivery,
        edits=(
            Edit(
                lambda world, it: {"recordFields": ["date", "c-ip"]},
                lambda world, it: _delivery(world, it)["recordFields"],
                ["date", "c-ip"],
            ),
            _TAGS,
        ),
        replacing={"deliverySourceName": "other", "deliveryDestinationArn": _ARN},
    ),
)
