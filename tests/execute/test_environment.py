"""The environment of engine processes keeps the sandbox and real AWS apart."""

from pathlib import Path

import pytest

from securecart.config.model import Target
from securecart.errors import BadInputError
from securecart.execute.environment import aws_environment, sandbox_environment
from securecart.execute.home import Home


class Address:
    endpoint = "http://127.0.0.1:4000"
    provider_port = 4001


INHERITED = {
    "PATH": "/usr/bin",
    "HOME": "/home/someone",
    "AWS_PROFILE": "production",
    "AWS_SESSION_TOKEN": "real",
    "AWS_ACCESS_KEY_ID": "real",
    "PULUMI_ACCESS_TOKEN": "real",
    "PULUMI_CONFIG_PASSPHRASE": "real",
    "HTTPS_PROXY": "http://proxy",
}


def test_nothing_of_the_callers_credentials_reaches_the_sandbox(tmp_path: Path):
    environment = sandbox_environment(INHERITED, Home(tmp_path), Address())
    assert environment["PATH"] == "/usr/bin"
    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4000"
    assert environment["PULUMI_DEBUG_PROVIDERS"] == "aws:4001"
    assert "real" not in environment.values()
    assert "AWS_PROFILE" not in environment
    assert "HTTPS_PROXY" not in environment


def test_the_shared_credential_files_are_out_of_reach(tmp_path: Path):
    environment = sandbox_environment(INHERITED, Home(tmp_path), Address())
    assert environment["AWS_CONFIG_FILE"] == environment["AWS_SHARED_CREDENTIALS_FILE"] == "/dev/null"
    assert environment["AWS_EC2_METADATA_DISABLED"] == "true"


def test_the_aws_target_keeps_the_callers_credentials_and_takes_the_fleets_backend():
    environment = aws_environment(INHERITED, Target(kind="aws", backend="s3://state"))
    assert environment["AWS_PROFILE"] == "production"
    assert environment["PULUMI_BACKEND_URL"] == "s3://state"


@pytest.mark.parametrize("left", ["PULUMI_DEBUG_PROVIDERS", "AWS_ENDPOINT_URL"])
def test_the_aws_target_refuses_what_the_sandbox_left_in_the_shell(left: str):
    with pytest.raises(BadInputError, match=left):
        aws_environment({**INHERITED, left: "aws:1"}, Target(kind="aws", backend="s3://state"))
