from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import DEV, Accounts, refusal

WANTED = {"location": "EqDC2", "connectionName": "office"}


@pytest.fixture
def dx(accounts: Accounts) -> Any:
    return accounts.client("directconnect", DEV)


def test_connections_of_one_name_have_ids_of_their_own(dx: Any) -> None:
    first, second = (dx.create_connection(**WANTED, bandwidth="1Gbps")["connectionId"] for _ in range(2))
    assert first.startswith("dxcon-")
    assert first != second
    assert {first, second} <= {one["connectionId"] for one in dx.describe_connections()["connections"]}


def test_tags_belong_to_the_arn(dx: Any) -> None:
    made = dx.create_connection(**WANTED, bandwidth="1Gbps", tags=[{"key": "Name", "value": "office"}])
    arn = f"arn:aws:directconnect:us-east-1:{DEV}:dxcon/{made['connectionId']}"
    dx.tag_resource(resourceArn=arn, tags=[{"key": "New", "value": "1"}])
    dx.untag_resource(resourceArn=arn, tagKeys=["Name"])
    assert dx.describe_tags(resourceArns=[arn])["resourceTags"][0]["tags"] == [{"key": "New", "value": "1"}]
    [seen] = dx.describe_connections(connectionId=made["connectionId"])["connections"]
    assert seen["tags"] == [{"key": "New", "value": "1"}]


def test_a_bandwidth_that_no_port_has_is_refused(dx: Any) -> None:
    assert refusal(dx.create_connection, **WANTED, bandwidth="3Gbps") == "DirectConnectClientException"


def test_only_fast_ports_encrypt(dx: Any) -> None:
    slow = {**WANTED, "bandwidth": "1Gbps", "requestMACSec": True}
    assert refusal(dx.create_connection, **slow) == "DirectConnectClientException"
    assert dx.create_connection(**{**slow, "bandwidth": "10Gbps"})["encryptionMode"] == "must_encrypt"
