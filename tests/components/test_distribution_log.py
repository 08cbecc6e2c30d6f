"""The access log of a distribution: from its account into the log archive's."""

import json

import pytest

from securecart.components.distribution_log import (
    RECORD_FIELDS,
    DistributionLogArgs,
    destination_policy,
    distribution_log,
)

KIND = "cloudwatch/logDelivery"


@pytest.fixture
def recording(deploy):
    def program(scope_of) -> None:
        archive = scope_of("log-archive", "us-east-1")
        args = DistributionLogArgs("arn:distribution", "arn:aws:s3:::archive", archive)
        distribution_log(scope_of("prod", "us-east-1"), "static", args)

    return deploy(program)


def test_every_request_to_the_distribution_is_logged(recording):
    source = recording.one(f"{KIND}Source:LogDeliverySource").inputs
    assert (source["logType"], source["resourceArn"]) == ("ACCESS_LOGS", "arn:distribution")
    delivery = recording.one(f"{KIND}:LogDelivery").inputs
    assert delivery["deliverySourceName"] == source["name"]
    assert delivery["deliveryDestinationArn"] == "arn:aws:mock:::LogDeliveryDestination/cloudfront-static"


def test_the_destination_is_the_archives_own(recording):
    destination = recording.one(f"{KIND}Destination:LogDeliveryDestination")
    wanted = {"destinationResourceArn": "arn:aws:s3:::archive"}
    assert destination.inputs["deliveryDestinationConfiguration"] == wanted
    assert recording.provider_of(destination).name == "log-archive-us-east-1"
    source = recording.one(f"{KIND}Source:LogDeliverySource")
    assert recording.provider_of(source).name == "prod-us-east-1"


def test_the_destination_lets_the_distributions_account_in_before_it_delivers(recording):
    policy = recording.one(f"{KIND}DestinationPolicy:LogDeliveryDestinationPolicy")
    assert policy.urn in recording.one(f"{KIND}:LogDelivery").dependencies
    arn = "arn:aws:logs:us-east-1:210000000007:delivery-destination:cloudfront-static"
    assert json.loads(policy.inputs["deliveryDestinationPolicy"]) == destination_policy("210000000004", arn)


def test_one_account_and_one_destination_are_named():
    (statement,) = destination_policy("210000000004", "arn:destination")["Statement"]
    assert statement["Principal"] == {"AWS": "arn:aws:iam::210000000004:root"}
    assert (statement["Action"], statement["Resource"]) == ("logs:CreateDelivery", "arn:destination")


def test_sessions_are_kept_out_of_the_log():
    assert "c-ip" in RECORD_FIELDS
    assert not [field for field in RECORD_FIELDS if "cookie" in field.lower()]
