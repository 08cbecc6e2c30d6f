from __future__ import annotations

import itertools
import json
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, LOGS, Accounts, refusal

_NUMBERS = itertools.count()


@pytest.fixture
def logs(accounts: Accounts) -> Any:
    return accounts.client("logs", DEV)


@pytest.fixture
def elsewhere(accounts: Accounts) -> Any:
    return accounts.client("logs", LOGS)


@pytest.fixture
def source(logs: Any) -> str:
    name = f"source{next(_NUMBERS)}"
    arn = f"arn:aws:bedrock:us-east-1:{DEV}:knowledge-base/one"
    logs.put_delivery_source(name=name, logType="APPLICATION_LOGS", resourceArn=arn)
    return name


@pytest.fixture
def destination(elsewhere: Any) -> dict[str, Any]:
    name = f"destination{next(_NUMBERS)}"
    to = {"destinationResourceArn": "arn:aws:s3:::logs"}
    return elsewhere.put_delivery_destination(name=name, deliveryDestinationConfiguration=to)["deliveryDestination"]


def let_in(elsewhere: Any, destination: dict[str, Any], account: str) -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
        "Action": "logs:CreateDelivery",
        "Resource": destination["arn"],
    }
    elsewhere.put_delivery_destination_policy(
        deliveryDestinationName=destination["name"],
        deliveryDestinationPolicy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
    )


def deliver(logs: Any, source: str, destination: dict[str, Any]) -> str:
    made = logs.create_delivery(deliverySourceName=source, deliveryDestinationArn=destination["arn"])
    return made["delivery"]["id"]


def test_another_account_delivers_only_where_it_is_let_in(logs, elsewhere, source, destination) -> None:
    wanted = {"deliverySourceName": source, "deliveryDestinationArn": destination["arn"]}
    assert refusal(logs.create_delivery, **wanted) == "ResourceNotFoundException"
    let_in(elsewhere, destination, LOGS)
    assert refusal(logs.create_delivery, **wanted) == "ResourceNotFoundException"
    let_in(elsewhere, destination, DEV)
    made = deliver(logs, source, destination)
    assert logs.get_delivery(id=made)["delivery"]["deliveryDestinationType"] == "S3"


def test_a_source_has_one_delivery_to_a_type_of_destination(logs, elsewhere, source, destination) -> None:
    let_in(elsewhere, destination, DEV)
    deliver(logs, source, destination)
    wanted = {"deliverySourceName": source, "deliveryDestinationArn": destination["arn"]}
    assert refusal(logs.create_delivery, **wanted) == "ConflictException"


def test_what_a_delivery_names_is_deleted_after_it(logs, elsewhere, source, destination) -> None:
    let_in(elsewhere, destination, DEV)
    made = deliver(logs, source, destination)
    assert refusal(logs.delete_delivery_source, name=source) == "ConflictException"
    assert refusal(elsewhere.delete_delivery_destination, name=destination["name"]) == "ConflictException"
    logs.delete_delivery(id=made)
    logs.delete_delivery_source(name=source)
    elsewhere.delete_delivery_destination(name=destination["name"])
    assert refusal(logs.get_delivery_source, name=source) == "ResourceNotFoundException"


def test_a_changed_destination_keeps_its_policy(elsewhere, destination) -> None:
    let_in(elsewhere, destination, DEV)
    to = {"destinationResourceArn": "arn:aws:s3:::other"}
    elsewhere.put_delivery_destination(name=destination["name"], deliveryDestinationConfiguration=to)
    found = elsewhere.get_delivery_destination_policy(deliveryDestinationName=destination["name"])["policy"]
    assert DEV in found["deliveryDestinationPolicy"]


def test_a_distribution_that_is_not_there_is_no_source(logs) -> None:
    arn = f"arn:aws:cloudfront::{DEV}:distribution/E123"
    wanted = {"name": "nothing", "logType": "ACCESS_LOGS", "resourceArn": arn}
    assert refusal(logs.put_delivery_source, **wanted) == "ResourceNotFoundException"
