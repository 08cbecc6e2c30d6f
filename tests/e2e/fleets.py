"""Variants of the default fleet file, and the engine's own view of what is deployed."""

import copy
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from securecart.setup.find import find_engine

from .conftest import FLEET_FILE, Deployed

Change = Callable[[dict], object]
EDGE_AND_SITES = (
    "vpns",
    "direct_connects",
    "endpoint_services",
    "partner_endpoints",
    "record_sets",
    "accelerators",
    "distributions",
    "load_balancers",
    "certificates",
    "dns",
)


def write_fleet(path: Path, *changes: Change) -> Path:
    """Write the default fleet with changes; return the path."""
    document = copy.deepcopy(yaml.safe_load(FLEET_FILE.read_text()))
    for change in changes:
        change(document)
    path.write_text(yaml.safe_dump(document, sort_keys=False))
    return path


def network_alone(document: dict) -> None:
    """Leave accounts, hubs, networks and their connections, for tests to which the rest adds only time."""
    for section in EDGE_AND_SITES:
        del document[section]
    for network in document["networks"].values():
        del network["endpoints"]


def dev_moves(cidr: str) -> Change:
    """Give network dev another block."""
    return lambda document: document["networks"]["dev"].update(cidr=cidr)


def without_staging(document: dict) -> None:
    """Take staging's network and its attachment out, its load balancer, and what the office reaches there."""
    del document["networks"]["staging"]
    del document["load_balancers"]["staging"]
    del document["connections"]["staging"]
    office = document["vpns"]["office"]
    office["reaches"] = [reach for reach in office["reaches"] if reach["network"] != "staging"]


def with_shield_advanced(document: dict) -> None:
    """Switch Shield Advanced on."""
    document["shield"] = {"advanced": True}


def with_another_account(document: dict) -> None:
    """Add an account with a network on segment dev."""
    document["accounts"]["lab"] = {"id": "210000000008", "role": "SecureCartDeploy", "external_id": "securecart-lab"}
    document["networks"]["lab"] = {
        "account": "lab",
        "region": "us-east-1",
        "environment": "dev",
        "cidr": "10.11.0.0/16",
        "azs": ["us-east-1a", "us-east-1b"],
        "nat": "single",
    }
    document["connections"]["lab"] = {"kind": "attachment", "network": "lab", "hub": "us-east-1", "segment": "dev"}


def pulumi(fleet: Deployed, *arguments: str) -> str:
    """Run the ordinary pulumi command on a fleet's backend; return what it printed."""
    engine = find_engine(os.environ)
    assert engine is not None
    done = subprocess.run(
        [str(engine), *arguments],
        cwd=fleet.home / "workspace" / "sandbox",
        env={**os.environ, **fleet.run("env")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def resources(fleet: Deployed, stack: str) -> dict[str, dict]:
    """Return what the backend's own file of a stack holds, by URN; what waits to be deleted is left out."""
    (path,) = fleet.home.rglob(f".pulumi/stacks/*/{stack}.json")
    found = json.loads(path.read_text())["checkpoint"]["latest"].get("resources") or []
    return {resource["urn"]: resource for resource in found if not resource.get("delete")}
