from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, Accounts, refusal

KEY = f"arn:aws:kms:us-east-1:{DEV}:key/1"
_NUMBERS = itertools.count()


@pytest.fixture
def logs(accounts: Accounts) -> Any:
    return accounts.client("logs", DEV)


@pytest.fixture
def group(logs: Any) -> str:
    name = f"group{next(_NUMBERS)}"
    logs.create_log_group(logGroupName=name)
    return name


def seen(logs: Any, name: str) -> dict[str, Any]:
    return logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"][0]


def test_a_key_is_put_on_a_group_and_taken_off(logs: Any, group: str) -> None:
    assert "kmsKeyId" not in seen(logs, group)
    logs.associate_kms_key(logGroupName=group, kmsKeyId=KEY)
    assert seen(logs, group)["kmsKeyId"] == KEY
    logs.disassociate_kms_key(logGroupName=group)
    assert "kmsKeyId" not in seen(logs, group)
    code = refusal(logs.associate_kms_key, logGroupName="no-such-group", kmsKeyId=KEY)
    assert code == "ResourceNotFoundException"


def test_retention_is_one_of_amazons_numbers_of_days(logs: Any, group: str) -> None:
    assert refusal(logs.put_retention_policy, logGroupName=group, retentionInDays=2) == "InvalidParameterException"
    logs.put_retention_policy(logGroupName=group, retentionInDays=365)
    assert seen(logs, group)["retentionInDays"] == 365
