from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import LOGS, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder

ARCHIVE = "arn:aws:s3:::flow-log-archive"


@pytest.fixture(scope="module", autouse=True)
def archive(accounts: Accounts) -> None:
    """A bucket of the log archive's account."""
    accounts.client("s3", LOGS).create_bucket(Bucket="flow-log-archive")


def asked(kind: str, resource: str, destination: str, **more: Any) -> dict[str, Any]:
    return {
        "ResourceType": kind,
        "ResourceIds": [resource],
        "LogDestinationType": "s3",
        "LogDestination": destination,
        "MaxAggregationInterval": 60,
    } | more


def test_a_vpc_logs_to_a_folder_of_another_accounts_bucket(build: Builder) -> None:
    network = build.network()
    options = {"FileFormat": "parquet", "HiveCompatiblePartitions": True, "PerHourPartition": True}
    request = asked("VPC", network.vpc, f"{ARCHIVE}/dev/", TrafficType="ALL", DestinationOptions=options)
    [made] = network.ec2.create_flow_logs(**request)["FlowLogIds"]
    [seen] = network.ec2.describe_flow_logs(FlowLogIds=[made])["FlowLogs"]
    assert (seen["ResourceId"], seen["LogDestination"]) == (network.vpc, f"{ARCHIVE}/dev/")
    assert (seen["DeliverLogsStatus"], seen["DestinationOptions"]) == ("SUCCESS", options)
    assert refusal(network.ec2.create_flow_logs, **request) == "FlowLogAlreadyExists"


def test_a_bucket_that_does_not_exist_is_reported_as_unsuccessful(build: Builder) -> None:
    network = build.network()
    answer = network.ec2.create_flow_logs(
        **asked("VPC", network.vpc, "arn:aws:s3:::no-such-archive/dev/", TrafficType="ALL")
    )
    assert answer["FlowLogIds"] == []
    assert [one["ResourceId"] for one in answer["Unsuccessful"]] == [network.vpc]


def test_a_transit_gateway_logs_at_sixty_seconds_only(build: Builder) -> None:
    gateway = build.gateway()["TransitGatewayId"]
    request = asked("TransitGateway", gateway, f"{ARCHIVE}/hub/")
    slow = request | {"MaxAggregationInterval": 600}
    assert refusal(build.hub.create_flow_logs, **slow) == "InvalidParameterValue"
    [made] = build.hub.create_flow_logs(**request)["FlowLogIds"]
    [seen] = build.hub.describe_flow_logs(FlowLogIds=[made])["FlowLogs"]
    assert (seen["ResourceId"], seen["MaxAggregationInterval"]) == (gateway, 60)


def test_a_transit_gateway_that_does_not_exist_cannot_be_logged(build: Builder) -> None:
    request = asked("TransitGateway", "tgw-0123456789abcdef0", f"{ARCHIVE}/hub/")
    assert refusal(build.hub.create_flow_logs, **request) == "InvalidTransitGatewayID.NotFound"
