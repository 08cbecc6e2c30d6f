"""A fleet preview against what a deployment then did: step by step, and property by property."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import FLEET_FILE, Deployed
from .fleets import Change, dev_moves, pulumi, resources, with_another_account, without_staging, write_fleet

pytestmark = pytest.mark.xdist_group("precision")

SECRET = "[secret]"
ENGINE_UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
REPLACEMENT = {"create-replacement", "replace", "delete-replaced"}


@pytest.fixture(scope="module")
def fleet(new_fleet: Callable[..., Deployed], tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    path = tmp_path_factory.mktemp("fleet") / "fleet.yaml"
    path.write_text(FLEET_FILE.read_text())
    return new_fleet(path)


class Announced:
    """What a saved plan says, from its JSON."""

    def __init__(self, fleet: Deployed, folder: Path) -> None:
        self.record = fleet.run("preview", "--out", str(folder))
        assert self.record["plan"]
        self.plan = json.loads(fleet.run_raw("plan", "show", str(folder), "--json").stdout)
        self.stacks = {stack["name"]: stack for stack in self.plan["stacks"]}

    def steps(self) -> dict[str, str]:
        """Return each operation that changes something, by URN."""
        return {
            resource["urn"]: resource["operation"]
            for stack in self.stacks.values()
            for resource in stack["resources"]
            if resource["operation"] not in ("same", "read")
        }


def done(record: dict) -> dict[str, str]:
    """Return each operation that a run did, by URN; the steps of a replacement are one."""
    steps = [step for stack in record["stacks"] for step in stack["steps"]]
    return {step["urn"]: "replace" if step["op"] in REPLACEMENT else step["op"] for step in steps}


def leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, item in value.items():
            if not key.startswith("__"):
                yield from leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, f"{path}[{index}]")
    else:
        yield path, value


def compare_properties(fleet: Deployed, announced: Announced) -> int:
    """Assert that each input is what was announced, or was announced as unknown; return how many were compared."""
    compared = 0
    for name, stack in announced.stacks.items():
        if not stack["runs"]:
            continue
        deployed = resources(fleet, name)
        for planned in stack["resources"]:
            if planned["operation"] == "delete":
                assert planned["urn"] not in deployed
                continue
            actual = dict(leaves(deployed[planned["urn"]].get("inputs", {})))
            expected = dict(leaves(planned["inputs"]))
            unknown = {entry["path"] for entry in planned["unknown"]}
            assert actual.keys() == expected.keys(), planned["urn"]
            for path, value in expected.items():
                assert actual[path] != ENGINE_UNKNOWN
                if path in unknown:
                    assert value == "[unknown]"
                elif value == SECRET:
                    assert path.endswith(".ciphertext"), (planned["urn"], path)
                elif not generated(planned["name"], actual[path]):
                    assert actual[path] == value, (planned["urn"], path)
                compared += 1
    return compared


def generated(name: str, value: object) -> bool:
    """Whether the engine generated a name, which differs each time unless a plan fixes it."""
    return isinstance(value, str) and value.startswith(f"{name}-") and len(value) == len(name) + 8


def announce_and_run(fleet: Deployed, tmp_path: Path, *changes: Change) -> Announced:
    """Change the fleet file, preview, deploy, compare; return what was announced."""
    write_fleet(fleet.fleet_file, *changes)
    announced = Announced(fleet, tmp_path / "plan")
    record = fleet.run("up", "--yes")
    assert record["result"] == "succeeded"
    assert announced.steps(), "nothing was announced"
    assert done(record) == announced.steps()
    assert compare_properties(fleet, announced) > 0
    ran = {stack["name"] for stack in record["stacks"] if stack["ran"]}
    assert ran == {name for name, stack in announced.stacks.items() if stack["runs"]}
    return announced


def test_1_an_empty_backend(fleet: Deployed, tmp_path: Path):
    announced = announce_and_run(fleet, tmp_path)
    assert set(announced.steps().values()) == {"create"}
    assert len(announced.steps()) > 500
    unknown = [u for s in announced.stacks.values() for r in s["resources"] for u in r["unknown"]]
    assert len(unknown) > 500
    assert all(origin["urn"] and origin["property"] for entry in unknown for origin in entry["origins"])
    assert all(entry["origins"] for entry in unknown)


def test_2_one_cidr_changed_at_a_leaf(fleet: Deployed, tmp_path: Path):
    announced = announce_and_run(fleet, tmp_path, dev_moves("10.12.0.0/16"))
    assert {name for name, stack in announced.stacks.items() if stack["runs"]} == {
        "network-dev",
        "endpoints-dev",
        "attach-dev",
        "load-balancer-dev",
    }
    vpcs = [vpc["CidrBlock"] for vpc in fleet.client("dev", "ec2").describe_vpcs()["Vpcs"] if not vpc["IsDefault"]]
    assert vpcs == ["10.12.0.0/16"]


def test_3_a_transit_gateway_replaced_in_the_hub(fleet: Deployed, tmp_path: Path):
    hub = resources(fleet, "hub-us-east-1")
    (urn,) = [urn for urn in hub if "TransitGateway::" in urn and hub[urn]["custom"]]
    pulumi(fleet, "state", "taint", "--stack", "hub-us-east-1", urn, "--yes")
    before = hub[urn]["id"]
    announced = announce_and_run(fleet, tmp_path, dev_moves("10.12.0.0/16"))
    assert announced.steps()[urn] == "replace"
    moved = {name for name, stack in announced.stacks.items() if stack["runs"]}
    attached = {"attach-dev", "attach-staging", "attach-prod", "hub-peering-hubs", "vpn-office"}
    assert moved == {"hub-us-east-1", *attached}
    gateways = fleet.client("network", "ec2").describe_transit_gateways()["TransitGateways"]
    alive = {gateway["TransitGatewayId"] for gateway in gateways if gateway["State"] not in ("deleted", "deleting")}
    assert len(alive) == 1
    assert before not in alive


def test_4_a_stack_removed_from_the_fleet_file(fleet: Deployed, tmp_path: Path):
    changes = (dev_moves("10.12.0.0/16"), without_staging)
    announced = announce_and_run(fleet, tmp_path, *changes)
    assert announced.record["orphans"] == [
        "attach-staging",
        "endpoints-staging",
        "load-balancer-staging",
        "network-staging",
    ]
    assert announced.plan["orphans"] == announced.record["orphans"]
    assert resources(fleet, "network-staging"), "an orphan is left as it is"
    refused = fleet.run("destroy", "--yes", "--select", "network-staging", code=2)
    assert "attach-staging" in refused["findings"][0]["message"]
    fleet.run("destroy", "--yes", "--select", "network-*", code=2)
    record = fleet.run("destroy", "--yes", "--select", ",".join(announced.record["orphans"]))
    assert {stack["name"] for stack in record["stacks"]} == set(announced.record["orphans"])
    assert fleet.run("preview")["orphans"] == []
    vpcs = fleet.client("staging", "ec2").describe_vpcs()["Vpcs"]
    assert [vpc for vpc in vpcs if not vpc["IsDefault"]] == []


def test_5_an_account_added(fleet: Deployed, tmp_path: Path):
    changes = (dev_moves("10.12.0.0/16"), without_staging, with_another_account)
    announced = announce_and_run(fleet, tmp_path, *changes)
    ran = {name for name, stack in announced.stacks.items() if stack["runs"]}
    assert {"network-lab", "attach-lab", "attach-dev", "hub-us-east-1", "log-archive-us-east-1"} <= ran
    assert "network-prod" not in ran
    assert "endpoints-prod" not in ran
    assert "peering-prod-payments" not in ran


def test_6_a_segment_added_to_a_hub_runs_no_attachment_to_another_segment(fleet: Deployed, tmp_path: Path):
    def with_segment(document: dict) -> None:
        document["hubs"]["us-east-1"]["segments"].append("partners")

    changes = (dev_moves("10.12.0.0/16"), without_staging, with_another_account, with_segment)
    announced = announce_and_run(fleet, tmp_path, *changes)
    assert {name for name, stack in announced.stacks.items() if stack["runs"]} == {"hub-us-east-1"}


def test_7_then_nothing_is_announced_and_no_engine_is_started(fleet: Deployed):
    record = fleet.run("up", "--yes")
    assert record["engine_calls"] == 0
    assert not any(stack["ran"] for stack in record["stacks"])
    again = fleet.run("up", "--yes", "--all")
    assert all(stack["ran"] and stack["status"] == "unchanged" for stack in again["stacks"])
