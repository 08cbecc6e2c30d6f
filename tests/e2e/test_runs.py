"""Runs of the default fleet: nothing to do twice, a restarted sandbox, blocking, failing, drift, destroying."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import boto3
import pytest

from securecart.sandbox import lifecycle

from .conftest import ROOT, Deployed
from .fleets import network_alone, write_fleet

NewFleet = Callable[..., Deployed]


def statuses(record: dict) -> dict[str, str]:
    return {stack["name"]: stack["status"] for stack in record["stacks"]}


def open_ssh(cidr: str) -> Callable[[dict], None]:
    rule = {
        "group": "ecs",
        "direction": "ingress",
        "from_port": 22,
        "to_port": 22,
        "cidr": cidr,
        "description": "break glass",
    }
    return lambda document: document["networks"]["dev"].update(security_group_rules=[rule])


def unprotect_networks(document: dict) -> None:
    for network in document["networks"].values():
        network["protected"] = False


@pytest.mark.xdist_group("deployed")
def test_a_second_up_changes_nothing_and_writes_nothing(deployed: Deployed):
    before = lifecycle.writes(lifecycle.status(deployed.home).info)
    assert before["ec2:CreateVpc"] == 5
    record = deployed.run("up", "--yes")
    assert set(statuses(record).values()) == {"unchanged"}
    after = lifecycle.writes(lifecycle.status(deployed.home).info)
    assert after == before


@pytest.mark.xdist_group("deployed")
def test_status_tells_what_is_realised_and_what_is_only_recorded(deployed: Deployed):
    document = deployed.run("status")
    assert {stack["state"] for stack in document["stacks"]} == {"deployed"}
    network = next(stack for stack in document["stacks"] if stack["name"] == "network-prod")
    assert network["realised"] > 50
    assert network["recorded"] == 0


@pytest.mark.xdist_group("deployed")
def test_the_exports_of_env_serve_the_ordinary_aws_and_pulumi_commands(deployed: Deployed):
    exports = deployed.run("env")
    environment = {**os.environ, **exports}
    script = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip()) == 12


@pytest.mark.parametrize("cidr", ["0.0.0.0/0", "::/0"])
def test_ssh_open_to_the_internet_blocks_everything_before_anything_is_created(
    new_fleet: NewFleet, tmp_path: Path, cidr: str
):
    fleet = new_fleet(write_fleet(tmp_path / "fleet.yaml", network_alone, open_ssh(cidr)))
    record = fleet.run("up", "--yes", code=3)
    assert record["result"] == "blocked"
    assert statuses(record)["network-dev"] == "blocked"
    assert set(statuses(record).values()) == {"blocked", "skipped"}
    broken = [f for s in record["stacks"] for f in s["findings"] if f["verdict"] == "violated" and f["mandatory"]]
    assert any("22" in f["message"] and "SecurityGroupIngressRule" in f["subject"] for f in broken)
    info = lifecycle.status(fleet.home).info
    assert info is not None
    assert lifecycle.inventory(info) == []


def test_a_failed_stack_skips_what_needs_it_names_the_cause_and_the_rest_goes_on(new_fleet: NewFleet):
    fleet = new_fleet()
    info = lifecycle.start(fleet.home, on_progress=print)
    squatter = boto3.client(
        "s3",
        region_name="us-east-1",
        endpoint_url=info.endpoint,
        aws_access_key_id="squatter",
        aws_secret_access_key="squatter",
    )
    archive = fleet.fleet.accounts["log-archive"].id
    squatter.create_bucket(Bucket=f"securecart-flow-logs-{archive}-eu-west-1")
    record = fleet.run("up", "--yes", "--select", "+network-prod-eu", "--select", "log-archive-us-east-1", code=4)
    assert statuses(record) == {
        "log-archive-eu-west-1": "failed",
        "log-archive-us-east-1": "succeeded",
        "network-prod-eu": "skipped",
    }
    causes = {stack["name"]: stack["cause"] for stack in record["stacks"]}
    assert causes["network-prod-eu"] == "log-archive-eu-west-1 failed"
    assert "BucketAlreadyExists" in causes["log-archive-eu-west-1"]


def test_after_a_restart_of_the_sandbox_up_says_so_and_brings_the_fleet_back(new_fleet: NewFleet):
    fleet = new_fleet()
    select = ("--select", "+network-dev")
    fleet.run("up", "--yes", *select)
    lifecycle.stop(fleet.home)
    states = {stack["name"]: stack["state"] for stack in fleet.run("status")["stacks"]}
    assert states["network-dev"] == "stale"
    record = fleet.run("up", "--yes", *select)
    assert any("memory is gone" in note for note in record["notes"])
    assert set(statuses(record).values()) == {"succeeded"}
    vpcs = fleet.client("dev", "ec2").describe_vpcs()["Vpcs"]
    assert "10.10.0.0/16" in [vpc["CidrBlock"] for vpc in vpcs]
    assert set(statuses(fleet.run("up", "--yes", *select)).values()) == {"unchanged"}


def test_drift_is_found_ends_with_five_and_is_mended_by_up(new_fleet: NewFleet):
    fleet = new_fleet()
    select = ("--select", "+network-dev")
    fleet.run("up", "--yes", *select)
    fleet.run("refresh", *select)
    ec2 = fleet.client("dev", "ec2")
    (acl,) = [
        acl
        for acl in ec2.describe_network_acls()["NetworkAcls"]
        if any(t == {"Key": "securecart:tier", "Value": "database"} for t in acl.get("Tags", []))
    ]
    ec2.delete_network_acl_entry(NetworkAclId=acl["NetworkAclId"], RuleNumber=300, Egress=False)
    record = fleet.run("refresh", *select, code=5)
    drifted = [step for stack in record["stacks"] for step in stack["steps"]]
    assert any("NetworkAclRule" in step["type"] for step in drifted)
    fleet.run("refresh", "--yes", *select)
    record = fleet.run("up", "--yes", *select)
    dev = next(stack for stack in record["stacks"] if stack["name"] == "network-dev")
    assert dev["changes"]["create"] == 1
    fleet.run("refresh", *select)


def test_an_interrupted_run_lets_running_stacks_end_and_starts_no_other(new_fleet: NewFleet):
    fleet = new_fleet()
    words = [sys.executable, str(ROOT / "orchestrator.py"), "up", "--yes", "--json", "--parallel", "1"]
    words += ["--home", str(fleet.home), "--select", "+attach-dev"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if "up 1/" in line:
            process.send_signal(signal.SIGINT)
            break
    stdout, _ = process.communicate(timeout=120)
    assert process.returncode == 130
    record = json.loads(stdout)
    assert record["result"] == "interrupted"
    assert "succeeded" in statuses(record).values()
    assert statuses(record)["attach-dev"] == "skipped"
    again = fleet.run("up", "--yes", "--select", "+attach-dev")
    assert again["result"] == "succeeded"


def test_a_killed_run_is_taken_up_again_without_hand_work(new_fleet: NewFleet):
    fleet = new_fleet()
    words = [sys.executable, str(ROOT / "orchestrator.py"), "up", "--yes", "--home", str(fleet.home)]
    words += ["--select", "+network-dev"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    for line in process.stderr:
        if "up 1/" in line:
            time.sleep(1.0)
            process.kill()
            break
    process.communicate(timeout=60)
    record = fleet.run("up", "--yes", "--select", "+network-dev")
    assert record["result"] == "succeeded"
    assert set(statuses(fleet.run("up", "--yes", "--select", "+network-dev")).values()) == {"unchanged"}
    vpcs = fleet.client("dev", "ec2").describe_vpcs()["Vpcs"]
    assert [vpc["CidrBlock"] for vpc in vpcs].count("10.10.0.0/16") == 1


def test_a_stack_cannot_be_destroyed_under_those_that_need_it(new_fleet: NewFleet):
    fleet = new_fleet()
    fleet.run("up", "--yes", "--select", "+network-dev")
    refused = fleet.run("destroy", "--yes", "--select", "log-archive-us-east-1", code=2)
    assert "network-dev" in refused["findings"][0]["message"]


@pytest.mark.xdist_group("deployed")
def test_zz_destroying_everything_by_name_leaves_no_resource_in_any_account(deployed: Deployed, tmp_path: Path):
    # AWS itself keeps the load balancers of protected networks, whatever destroy is told.
    unprotected = replace(deployed, fleet_file=write_fleet(tmp_path / "fleet.yaml", unprotect_networks))
    unprotected.run("up", "--yes")
    names = [stack["name"] for stack in unprotected.run("status")["stacks"]]
    record = unprotected.run("destroy", "--yes", "--unprotect", ",".join(names))
    assert record["result"] == "succeeded"
    info = lifecycle.status(deployed.home).info
    assert info is not None
    assert lifecycle.inventory(info) == []
    for account in deployed.fleet.accounts:
        for region in deployed.fleet.regions:
            ec2 = deployed.client(account, "ec2", region)
            assert not [v for v in ec2.describe_vpcs()["Vpcs"] if not v["IsDefault"]]
            gateways = ec2.describe_transit_gateways()["TransitGateways"]
            assert not [g for g in gateways if g["State"] not in ("deleted", "deleting")]
    assert deployed.client("log-archive", "s3").list_buckets()["Buckets"] == []
