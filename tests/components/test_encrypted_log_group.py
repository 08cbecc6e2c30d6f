"""A log group with a key of its own."""

import json

import pytest

from securecart.components.encrypted_log_group import EncryptedLogGroup, EncryptedLogGroupArgs, log_key_policy


@pytest.fixture
def recording(deploy):
    def program(scope_of) -> None:
        scope = scope_of("network", "us-east-1")
        EncryptedLogGroup("office", scope, EncryptedLogGroupArgs("/aws/vendedlogs/vpn", "VPN logs"))

    return deploy(program)


def test_the_group_is_encrypted_by_its_key_and_kept_for_more_than_a_year(recording):
    group = recording.one("cloudwatch/logGroup:LogGroup").inputs
    assert group["kmsKeyId"] == "arn:aws:mock:::Key/office"
    assert group["retentionInDays"] == 400


def test_the_key_is_rotated_and_names_the_group(recording):
    key = recording.one("kms/key:Key").inputs
    assert key["enableKeyRotation"] is True
    policy = json.loads(key["policy"])
    wanted = "arn:aws:logs:us-east-1:210000000001:log-group:/aws/vendedlogs/vpn"
    assert policy["Statement"][1]["Condition"]["ArnEquals"]["kms:EncryptionContext:aws:logs:arn"] == wanted


def test_the_key_of_a_log_group_serves_that_group_alone():
    arn = "arn:aws:logs:us-east-1:210000000001:log-group:vpn"
    _, logs = log_key_policy("210000000001", "us-east-1", arn)["Statement"]
    assert logs["Principal"] == {"Service": "logs.us-east-1.amazonaws.com"}
    assert logs["Condition"] == {"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": arn}}
