"""A saved plan is what runs, or nothing runs: approved, moved, tampered with."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from securecart.sandbox import lifecycle

from .conftest import FLEET_FILE, Deployed
from .fleets import dev_moves, pulumi, resources, write_fleet

pytestmark = pytest.mark.xdist_group("saved-plan")

SELECTION = "+network-dev"


@pytest.fixture(scope="module")
def fleet(new_fleet: Callable[..., Deployed], tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """Two stacks, deployed by a plan that was saved when nothing existed."""
    path = tmp_path_factory.mktemp("fleet") / "fleet.yaml"
    path.write_text(FLEET_FILE.read_text())
    made = new_fleet(path)
    folder = path.parent / "plan"
    record = made.run("preview", "--select", SELECTION, "--out", str(folder))
    deployed = made.run("up", "--plan", str(folder), "--yes")
    assert deployed["result"] == "succeeded"
    assert deployed["plan"] == record["plan"]
    assert {stack["name"] for stack in deployed["stacks"]} == {"log-archive-us-east-1", "network-dev"}
    return made


@pytest.fixture
def plan(fleet: Deployed, tmp_path: Path) -> Path:
    """A saved plan that adds a rule to network dev's private tier, by a fleet file that has it."""
    write_fleet(fleet.fleet_file)
    fleet.run("up", "--yes", "--select", SELECTION)
    write_fleet(fleet.fleet_file, add_rule)
    folder = tmp_path / "plan"
    record = fleet.run("preview", "--select", SELECTION, "--out", str(folder))
    (network,) = [stack for stack in record["stacks"] if stack["ran"]]
    assert network["changes"]["create"] == 1
    return folder


def add_rule(document: dict) -> None:
    rule = {
        "group": "ecs",
        "direction": "egress",
        "from_port": 8443,
        "to_port": 8443,
        "cidr": "10.10.64.0/19",
        "description": "partner",
    }
    document["networks"]["dev"]["security_group_rules"] = [rule]


def writes(fleet: Deployed) -> dict[str, int]:
    info = lifecycle.status(fleet.home).info
    assert info is not None
    return lifecycle.writes(info)


def refused(fleet: Deployed, folder: Path, code: int = 7) -> str:
    """Run a plan that must not run; return what was said. Nothing is written."""
    before = writes(fleet)
    document = fleet.run("up", "--plan", str(folder), "--yes", code=code)
    assert writes(fleet) == before
    assert document["exit_code"] == code
    return document["message"] + "".join(f"{f['subject']}: {f['message']}\n" for f in document["findings"])


def test_the_fleet_that_a_plan_deployed_has_no_further_changes(fleet: Deployed):
    assert resources(fleet, "network-dev")
    record = fleet.run("up", "--yes", "--select", SELECTION, "--all")
    assert {stack["status"] for stack in record["stacks"]} == {"unchanged"}


def test_names_that_the_engine_generates_are_those_of_the_plan(new_fleet: Callable[..., Deployed], tmp_path: Path):
    fleet = new_fleet()
    folder = tmp_path / "plan"
    fleet.run("preview", "--select", SELECTION, "--out", str(folder))
    planned = json.loads((folder / "stacks" / "network-dev.json").read_text())["resources"]
    groups = {r["urn"]: r["inputs"]["name"] for r in planned if r["type"] == "aws:ec2/securityGroup:SecurityGroup"}
    assert groups
    fleet.run("up", "--plan", str(folder), "--yes")
    deployed = resources(fleet, "network-dev")
    assert {urn: deployed[urn]["inputs"]["name"] for urn in groups} == groups


def test_a_changed_fleet_file_stops_it_and_names_the_value(fleet: Deployed, plan: Path):
    write_fleet(fleet.fleet_file, add_rule, dev_moves("10.13.0.0/16"))
    said = refused(fleet, plan)
    assert "the fleet file was changed" in said
    assert '"10.10.0.0/16" -> "10.13.0.0/16"' in said


def test_a_run_in_between_stops_it(fleet: Deployed, plan: Path):
    pulumi(fleet, "refresh", "--stack", "network-dev", "--yes", "--skip-preview")
    assert "stack network-dev: the recorded state was changed by another run" in refused(fleet, plan)


def test_what_was_changed_in_the_account_stops_it_and_is_named(fleet: Deployed, plan: Path):
    ec2 = fleet.client("dev", "ec2")
    (vpc,) = [vpc for vpc in ec2.describe_vpcs()["Vpcs"] if vpc["CidrBlock"] == "10.10.0.0/16"]
    ec2.create_tags(Resources=[vpc["VpcId"]], Tags=[{"Key": "Name", "Value": "somebody's"}])
    said = refused(fleet, plan)
    assert "aws:ec2/vpc:Vpc::dev" in said
    assert "planned same, now update" in said
    write_fleet(fleet.fleet_file)
    fleet.run("up", "--yes", "--select", SELECTION, "--refresh")


def test_a_sandbox_without_its_memory_stops_it(fleet: Deployed, plan: Path):
    lifecycle.stop(fleet.home)
    lifecycle.start(fleet.home, on_progress=print)
    assert "the sandbox's memory is another one" in refused(fleet, plan)


@pytest.mark.parametrize("name", ["manifest.json", "stacks/network-dev.json", "stacks/network-dev.engine.json"])
def test_a_tampered_plan_is_refused(fleet: Deployed, plan: Path, name: str):
    path = plan / name
    path.write_text(path.read_text().replace("8443", "8444").replace('"sandbox"', '"aws"'))
    assert name in refused(fleet, plan, code=8)
    assert fleet.run_raw("plan", "show", str(plan)).returncode == 8


def test_a_plan_from_another_home_folder_is_refused_unless_its_key_is_given(
    fleet: Deployed, plan: Path, tmp_path: Path
):
    key = tmp_path / "other.key"
    key.write_text("another key")
    assert "another home folder's key" in refused_with(fleet, plan, key)
    shown = fleet.run_raw("plan", "show", str(plan), "--json")
    assert json.loads(shown.stdout)["id"]


def refused_with(fleet: Deployed, plan: Path, key: Path) -> str:
    return fleet.run("up", "--plan", str(plan), "--yes", "--seal-key", str(key), code=8)["message"]


def test_an_approved_plan_runs_once(fleet: Deployed, plan: Path):
    record = fleet.run("up", "--plan", str(plan), "--yes")
    (network,) = [stack for stack in record["stacks"] if stack["changes"]["create"]]
    assert [step["op"] for step in network["steps"]] == ["create"]
    assert "the recorded state was changed" in refused(fleet, plan)


def test_a_plan_that_removes_what_a_rule_forbids_is_not_held_back_by_that_rule(
    fleet: Deployed, plan: Path, tmp_path: Path
):
    fleet.run("up", "--plan", str(plan), "--yes")
    write_fleet(fleet.fleet_file)
    folder = tmp_path / "removal"
    record = fleet.run("preview", "--select", SELECTION, "--out", str(folder))
    (network,) = [stack for stack in record["stacks"] if stack["ran"]]
    assert network["changes"]["delete"] == 1
    done = fleet.run("up", "--plan", str(folder), "--yes")
    assert [step["op"] for stack in done["stacks"] for step in stack["steps"]] == ["delete"]


def test_a_plan_is_not_saved_over_something_else(fleet: Deployed, tmp_path: Path):
    (tmp_path / "notes.txt").write_text("mine")
    document = fleet.run("preview", "--select", SELECTION, "--out", str(tmp_path), code=2)
    assert "is not empty" in document["message"]
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_blocked_preview_saves_no_plan(fleet: Deployed, tmp_path: Path):
    def open_ssh(document: dict) -> None:
        add_rule(document)
        rule = document["networks"]["dev"]["security_group_rules"][0]
        rule.update(direction="ingress", from_port=22, to_port=22, cidr="0.0.0.0/0")

    write_fleet(fleet.fleet_file, open_ssh)
    folder = tmp_path / "plan"
    record = fleet.run("preview", "--select", SELECTION, "--out", str(folder), code=3)
    assert record["plan"] == ""
    assert any("no plan was saved" in note for note in record["notes"])
    assert fleet.run_raw("plan", "show", str(folder)).returncode == 2
    assert not folder.exists()
