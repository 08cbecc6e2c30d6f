"""One stack by hand, as the ordinary pulumi command runs it."""

import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType

import pytest

from securecart.errors import BadInputError
from stacks import stack_specs
from tests.components.recording import record

MAIN = Path(__file__).resolve().parents[2] / "stacks" / "__main__.py"


@pytest.fixture
def main(monkeypatch) -> ModuleType:
    """Load the file afresh, and take its additions off the path again afterwards."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    spec = importlib.util.spec_from_file_location("stacks_main", MAIN)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_finds_the_platform_by_itself(main):
    assert sys.path[:2] == [str(MAIN.parent.parent), str(MAIN.parent.parent / "platform")]


def test_it_deploys_the_stack_that_pulumi_selected(main, monkeypatch):
    monkeypatch.delenv("SECURECART_FLEET", raising=False)
    recording = record(lambda: main.main(), stack="log-archive-eu-west-1")
    buckets = recording.all("s3/bucket:Bucket")
    assert buckets["flow-logs"].inputs["bucket"] == "securecart-flow-logs-210000000007-eu-west-1"
    assert recording.exports == {"bucket_arn", "bucket_name", "key_arn", "access_log_bucket_name"}


def test_the_folder_runs_as_pulumis_language_host_runs_it(main, monkeypatch):
    monkeypatch.delenv("SECURECART_FLEET", raising=False)

    def program() -> None:
        runpy.run_path(str(MAIN.parent), run_name="__main__")

    recording = record(program, stack="network-payments")
    assert recording.one("ec2/vpc:Vpc").inputs["cidrBlock"] == "10.40.0.0/16"


def test_upstream_outputs_come_by_stack_reference(main, monkeypatch):
    monkeypatch.delenv("SECURECART_FLEET", raising=False)
    recording = record(lambda: main.main(), stack="hub-eu-west-1")
    assert recording.references == {"organization/securecart/log-archive-eu-west-1"}
    log = recording.one("ec2/flowLog:FlowLog").inputs
    assert log["logDestination"] == "organization/securecart/log-archive-eu-west-1.bucket_arn"


def test_another_fleet_file_may_be_named(main, monkeypatch, tmp_path):
    text = (MAIN.parent / "fleet.yaml").read_text(encoding="utf-8")
    other = tmp_path / "fleet.yaml"
    other.write_text(text.replace("name: securecart\n", "name: other\n"), encoding="utf-8")
    monkeypatch.setenv("SECURECART_FLEET", str(other))
    recording = record(lambda: main.main(), stack="log-archive-eu-west-1")
    assert str(recording.all("s3/bucket:Bucket")["flow-logs"].inputs["bucket"]).startswith("other-flow-logs-")


def test_an_unknown_stack_is_refused_with_the_names_that_exist(main, fleet):
    with pytest.raises(BadInputError, match=r"no stack 'network-qa'.*network-dev, network-staging"):
        main.find_spec(stack_specs(fleet), "network-qa")
