"""A stack runs again exactly when something that it stands on has changed: each kind of thing is changed once."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from securecart.sandbox import lifecycle
from securecart.setup.find import find_engine

from .conftest import ROOT, Deployed
from .fleets import pulumi, write_fleet

pytestmark = pytest.mark.xdist_group("what-runs-again")

SELECTION = "+network-dev"
ARCHIVE, NETWORK = "log-archive-us-east-1", "network-dev"
CHECKOUT = ("orchestrator.py", "Pulumi.yaml", "requirements.lock", "stacks", "policies", "platform")


@pytest.fixture(scope="module")
def fleet(new_fleet: Callable[..., Deployed], tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Two stacks, deployed from a copy of the checkout, so that its files can be changed."""
    root = tmp_path_factory.mktemp("checkout")
    for name in CHECKOUT:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__")
        _ = shutil.copytree(source, root / name, ignore=ignored) if source.is_dir() else shutil.copy(source, root)
    made = new_fleet(root / "stacks" / "fleet.yaml")
    made.root = root
    made.run("up", "--yes", "--select", SELECTION)
    return made


@pytest.fixture(autouse=True)
def _settled(fleet: Deployed) -> Iterator[None]:
    """Before each test nothing is to be done; after it, what it changed is taken back and brought in."""
    assert reasons(fleet) == {}
    yield
    fleet.environment.clear()
    fleet.run("up", "--yes", "--select", SELECTION)


def reasons(fleet: Deployed) -> dict[str, str]:
    """Return the stacks that would run, each with why."""
    record = fleet.run("preview", "--select", SELECTION)
    return {stack["name"]: "; ".join(stack["why"]) for stack in record["stacks"] if stack["ran"]}


class Edited:
    """A file with something added while the block runs."""

    def __init__(self, path: Path, text: str) -> None:
        self.path, self.before, self.text = path, path.read_bytes(), text

    def __enter__(self) -> None:
        self.path.write_bytes(self.before + self.text.encode())

    def __exit__(self, *_: object) -> None:
        self.path.write_bytes(self.before)


@pytest.mark.parametrize(
    ("path", "stacks"),
    [
        ("stacks/network.py", {NETWORK}),
        ("stacks/log_archive.py", {ARCHIVE}),
        ("stacks/peering.py", set()),
        ("platform/securecart/components/subnet_tier.py", {NETWORK}),
        ("platform/securecart/components/archive_policies.py", {ARCHIVE}),
        ("platform/securecart/program/scope.py", {ARCHIVE, NETWORK}),
        ("policies/rules/subnets.py", {ARCHIVE, NETWORK}),
        ("platform/securecart/sandbox/types/kms.py", {ARCHIVE, NETWORK}),
        ("platform/securecart/report/console.py", set()),
    ],
)
def test_a_changed_source_file_runs_the_stacks_that_are_made_of_it(fleet: Deployed, path: str, stacks: set[str]):
    with Edited(fleet.root / path, "# changed\n"):
        found = reasons(fleet)
    assert set(found) == stacks
    assert all(path in why for why in found.values())


def test_a_changed_installed_package_runs_every_stack(fleet: Deployed, tmp_path: Path):
    other = tmp_path / "rich-99.0.dist-info"
    other.mkdir()
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: rich\nVersion: 99.0\n")
    fleet.environment["PYTHONPATH"] = str(tmp_path)
    found = reasons(fleet)
    assert set(found) == {ARCHIVE, NETWORK}
    assert all("package rich changed" in why for why in found.values())


def test_what_a_program_reads_of_the_fleet_file_runs_it_and_names_the_value(fleet: Deployed, tmp_path: Path):
    original = fleet.fleet_file
    fleet.fleet_file = write_fleet(tmp_path / "f.yaml", lambda d: d["networks"]["dev"].update(nat="none"))
    try:
        found = reasons(fleet)
    finally:
        fleet.fleet_file = original
    assert set(found) == {NETWORK}
    assert 'nat: "single" -> "none"' in found[NETWORK]


def test_what_only_the_policies_read_of_the_fleet_file_runs_the_stack_too(fleet: Deployed, tmp_path: Path):
    def supernet(document: dict) -> None:
        document["supernet"] = "10.0.0.0/9"

    original = fleet.fleet_file
    fleet.fleet_file = write_fleet(tmp_path / "f.yaml", supernet)
    try:
        found = reasons(fleet)
    finally:
        fleet.fleet_file = original
    assert "fleet file, for the policies" in found[NETWORK]


def test_what_nobody_reads_of_the_fleet_file_runs_nothing(fleet: Deployed, tmp_path: Path):
    original = fleet.fleet_file
    text = original.read_text() + "# a remark\n"
    document = yaml.safe_load(text)
    document["networks"]["dev"]["protected"] = True
    fleet.fleet_file = tmp_path / "f.yaml"
    fleet.fleet_file.write_text(yaml.safe_dump(document, sort_keys=False))
    try:
        assert reasons(fleet) == {}
    finally:
        fleet.fleet_file = original


def test_another_external_id_is_another_provider_configuration(fleet: Deployed, tmp_path: Path):
    original = fleet.fleet_file
    change = write_fleet(tmp_path / "f.yaml", lambda d: d["accounts"]["dev"].update(external_id="another"))
    fleet.fleet_file = change
    try:
        found = reasons(fleet)
    finally:
        fleet.fleet_file = original
    assert set(found) == {NETWORK}
    assert "accounts.dev.external_id" in found[NETWORK]


def test_another_engine_runs_every_stack(fleet: Deployed, tmp_path: Path):
    engine = find_engine(os.environ)
    assert engine is not None
    folder = tmp_path / "3.259.99" / "bin"
    folder.mkdir(parents=True)
    (folder / "pulumi").symlink_to(engine)
    fleet.environment["SECURECART_PULUMI"] = str(folder / "pulumi")
    found = reasons(fleet)
    assert set(found) == {ARCHIVE, NETWORK}
    assert all("-> 3.259.99" in why for why in found.values())


def test_changed_stack_settings_run_that_stack(fleet: Deployed):
    settings = fleet.home / "workspace" / "sandbox" / f"Pulumi.{NETWORK}.yaml"
    with Edited(settings, "config:\n  securecart:word: changed\n"):
        found = reasons(fleet)
    assert set(found) == {NETWORK}
    assert "stack settings changed" in found[NETWORK]


def test_a_state_written_by_somebody_else_runs_that_stack(fleet: Deployed):
    pulumi(fleet, "refresh", "--stack", NETWORK, "--yes", "--skip-preview")
    found = reasons(fleet)
    assert set(found) == {NETWORK}
    assert "changed by another run" in found[NETWORK]


def test_an_upstream_output_that_may_change_runs_those_that_read_it(fleet: Deployed):
    pulumi(fleet, "state", "taint", "--stack", ARCHIVE, bucket(fleet), "--yes")
    found = reasons(fleet)
    assert set(found) == {ARCHIVE, NETWORK}
    assert "bucket_arn" in found[NETWORK]
    pulumi(fleet, "state", "untaint", "--stack", ARCHIVE, bucket(fleet), "--yes")


def bucket(fleet: Deployed) -> str:
    listed = pulumi(fleet, "stack", "--stack", ARCHIVE, "--show-urns").splitlines()
    urns = [line.split("URN: ", 1)[1].strip() for line in listed if "URN: " in line]
    (found,) = [urn for urn in urns if urn.endswith("aws:s3/bucket:Bucket::flow-logs")]
    return found


def test_a_sandbox_that_lost_its_memory_brings_every_stack_back(fleet: Deployed):
    lifecycle.stop(fleet.home)
    time.sleep(0.1)
    found = reasons(fleet)
    assert set(found) == {ARCHIVE, NETWORK}
    assert all("memory" in why for why in found.values())


def test_a_run_that_died_leaves_nothing_that_looks_like_success(fleet: Deployed):
    (fleet.home / "ledger" / "sandbox" / f"{NETWORK}.json").unlink()
    found = reasons(fleet)
    assert set(found) == {NETWORK}
    assert "no successful run" in found[NETWORK]


@pytest.mark.parametrize("option", ["--all", "--refresh"])
def test_every_stack_can_be_made_to_run(fleet: Deployed, option: str):
    record = fleet.run("preview", "--select", SELECTION, option)
    assert all(stack["ran"] for stack in record["stacks"])


def test_refresh_finds_what_was_changed_behind_the_state(fleet: Deployed):
    ec2 = fleet.client("dev", "ec2")
    (vpc,) = [vpc for vpc in ec2.describe_vpcs()["Vpcs"] if vpc["CidrBlock"] == "10.10.0.0/16"]
    ec2.create_tags(Resources=[vpc["VpcId"]], Tags=[{"Key": "Name", "Value": "somebody's"}])
    assert fleet.run("up", "--yes", "--select", SELECTION)["engine_calls"] == 0
    record = fleet.run("up", "--yes", "--select", SELECTION, "--refresh")
    (network,) = [stack for stack in record["stacks"] if stack["name"] == NETWORK]
    assert network["changes"]["update"] == 1
    tags = ec2.describe_vpcs(VpcIds=[vpc["VpcId"]])["Vpcs"][0]["Tags"]
    assert {"Key": "Name", "Value": "dev"} in tags
