"""Engine calls against the real engine, with the state where the `aws` target keeps it: S3, encrypted by KMS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pulumi
import pytest

from securecart.config.model import Target
from securecart.execute.engine.command import version_of
from securecart.execute.engine.engine import Engine, EngineSettings
from securecart.execute.environment import aws_environment
from securecart.execute.home import Home
from securecart.sandbox import lifecycle
from securecart.setup.find import find_engine

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "sandbox",
    "AWS_SECRET_ACCESS_KEY": "sandbox",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@pytest.fixture(name="engine", scope="module")
def _engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = Home(tmp_path_factory.mktemp("home"), "aws")
    home.prepare()
    info = lifecycle.start(home.root, on_progress=print)
    client = {"region_name": "us-east-1", "endpoint_url": info.endpoint}
    keys = {"aws_access_key_id": "sandbox", "aws_secret_access_key": "sandbox"}
    boto3.client("s3", **client, **keys).create_bucket(Bucket="state")
    key = boto3.client("kms", **client, **keys).create_key()["KeyMetadata"]["KeyId"]
    backend = f"s3://state?endpoint={info.endpoint}&s3ForcePathStyle=true&region=us-east-1"
    inherited = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ["HOME"],
        "PULUMI_HOME": str(home.pulumi_home),
        **CREDENTIALS,
    }
    executable = find_engine(os.environ)
    assert executable is not None
    yield Engine(
        EngineSettings(
            executable=executable,
            version=version_of(executable),
            workspace=home.workspace,
            # Real accounts have no endpoint in the environment; this one stands for AWS's own.
            environment={
                **aws_environment(inherited, Target(kind="aws", backend=backend)),
                "AWS_ENDPOINT_URL": info.endpoint,
            },
            logs=home.runs / "test",
            secrets_provider=f"awskms://{key}?region=us-east-1&awssdk=v2",
        )
    )
    lifecycle.stop(home.root)


def outputs_with_a_secret() -> dict[str, pulumi.Input[object]]:
    return {"plain": {"a": 1}, "token": pulumi.Output.secret("hunter2hunter2")}


def test_state_lives_in_s3_its_secrets_encrypted_and_outputs_come_back(engine: Engine):
    engine.create_stack("network-dev")
    engine.create_stack("network-dev")
    operation = engine.up("network-dev", outputs_with_a_secret)
    assert operation.ok, operation.diagnostics
    assert operation.outputs is not None
    assert operation.outputs["token"].secret
    recorded = engine.outputs("network-dev")
    assert recorded["plain"].value == {"a": 1}
    assert recorded["token"].value == "hunter2hunter2"
    assert recorded["token"].secret
    endpoint = engine.settings.environment["AWS_ENDPOINT_URL"]
    keys = {"aws_access_key_id": "sandbox", "aws_secret_access_key": "sandbox"}
    s3 = boto3.client("s3", region_name="us-east-1", endpoint_url=endpoint, **keys)
    states = [o["Key"] for o in s3.list_objects_v2(Bucket="state")["Contents"] if "/stacks/" in o["Key"]]
    texts = [s3.get_object(Bucket="state", Key=key)["Body"].read().decode() for key in states]
    assert any("ciphertext" in text for text in texts)
    assert not any("hunter2hunter2" in text for text in texts)
    for log in Path(engine.settings.logs).iterdir():
        assert "hunter2hunter2" not in log.read_text()


def test_an_up_without_changes_changes_nothing(engine: Engine):
    engine.create_stack("network-staging")
    first = engine.up("network-staging", outputs_with_a_secret)
    assert not first.changes_nothing
    again = engine.preview("network-staging", outputs_with_a_secret)
    assert again.ok
    assert again.changes_nothing


def test_a_secret_that_changes_alone_is_a_change(engine: Engine):
    engine.create_stack("network-payments")
    engine.up("network-payments", outputs_with_a_secret)
    another = pulumi.Output.secret
    operation = engine.preview("network-payments", lambda: {"plain": {"a": 1}, "token": another("another-secret")})
    assert operation.outputs_changed


def test_an_output_that_changes_alone_is_a_change(engine: Engine):
    engine.create_stack("network-prod")
    engine.up("network-prod", lambda: {"value": "one"})
    operation = engine.preview("network-prod", lambda: {"value": "two"})
    assert operation.outputs_changed
    assert not operation.changes_nothing


def test_a_program_that_raises_fails_its_stack_with_its_own_words(engine: Engine):
    def broken() -> dict[str, pulumi.Input[object]]:
        raise ValueError("no such tier")

    engine.create_stack("network-broken")
    operation = engine.preview("network-broken", broken)
    assert not operation.ok
    assert "no such tier" in operation.error
    assert operation.outputs is None


def test_resources_of_every_stack_are_counted_in_one_call(engine: Engine):
    engine.create_stack("network-empty")
    before = engine.command.started
    counts = engine.resource_counts()
    assert engine.command.started == before + 1
    assert counts["network-empty"] == 0
