"""boto3 clients that act in an account of a running sandbox, as a user of it would make them."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

HUB, DEV, PAYMENTS, LOGS = "111111111111", "222222222222", "333333333333", "444444444444"
HOME, AWAY = "us-east-1", "eu-west-1"


class Accounts:
    """Clients by account and region, each with the credentials of a role assumed in that account."""

    def __init__(self, endpoint: str) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(aws_access_key_id="test", aws_secret_access_key="test", region_name=HOME)
        self._clients: dict[tuple[str, str, str], Any] = {}

    def assume(self, account: str) -> dict[str, str]:
        sts = self._session.client("sts", endpoint_url=self.endpoint)
        role = f"arn:aws:iam::{account}:role/securecart-deployer"
        answer = sts.assume_role(RoleArn=role, RoleSessionName="test", ExternalId="securecart")
        return answer["Credentials"]

    def client(self, service: str, account: str, region: str = HOME) -> Any:
        key = (service, account, region)
        if key not in self._clients:
            self._clients[key] = self._connect(service, account, region)
        return self._clients[key]

    def _connect(self, service: str, account: str, region: str) -> Any:
        credentials = self.assume(account)
        return self._session.client(
            service,
            endpoint_url=self.endpoint,
            region_name=region,
            aws_access_key_id=credentials["AccessKeyId"],
            aws_secret_access_key=credentials["SecretAccessKey"],
            aws_session_token=credentials["SessionToken"],
        )


def refusal(call: Any, **arguments: Any) -> str:
    """The AWS error code that the call is refused with; the test fails if it is not refused."""
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]["Code"]
