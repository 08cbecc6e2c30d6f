"""The default fleet, deployed once through the command line a user would type, and read back with boto3."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import boto3
import pytest
from botocore.client import BaseClient
from botocore.config import Config

from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.sandbox import lifecycle

ROOT = Path(__file__).resolve().parents[2]
FLEET_FILE = ROOT / "stacks" / "fleet.yaml"


@dataclass
class Deployed:
    """A fleet on a sandbox of its own."""

    home: Path
    fleet: Fleet
    fleet_file: Path = FLEET_FILE
    root: Path = ROOT
    environment: dict[str, str] = field(default_factory=dict)
    _clients: dict[tuple[str, str, str], BaseClient] = field(default_factory=dict)

    def run(self, *arguments: str, code: int = 0) -> dict:
        """Run a command with --json; return its document."""
        done = self.run_raw(*arguments, "--json")
        assert done.returncode == code, f"exit code {done.returncode}\n{done.stdout}\n{done.stderr}"
        return json.loads(done.stdout)

    def run_raw(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command; return what it printed."""
        words = [sys.executable, str(self.root / "orchestrator.py"), *arguments]
        fleet = (
            ["--fleet", str(self.fleet_file)]
            if arguments[0] in ("up", "preview", "destroy", "refresh", "status")
            else []
        )
        return subprocess.run(
            [*words, "--home", str(self.home), *fleet],
            capture_output=True,
            text=True,
            timeout=600,
            env={**os.environ, **self.environment},
        )

    def client(self, account: str, service: str, region: str = "us-east-1") -> BaseClient:
        """Return a boto3 client that acts in an account through its role, as any user could."""
        key = (account, service, region)
        if key not in self._clients:
            info = lifecycle.status(self.home).info
            assert info is not None
            entry = self.fleet.accounts[account]
            common = {"endpoint_url": info.endpoint, "config": Config(retries={"max_attempts": 1})}
            sts = boto3.client(
                "sts",
                region_name=region,
                aws_access_key_id="reader",
                aws_secret_access_key="reader",
                **common,
            )
            credentials = sts.assume_role(
                RoleArn=f"arn:aws:iam::{entry.id}:role/{entry.role}",
                RoleSessionName="read-back",
                ExternalId=entry.external_id,
            )["Credentials"]
            self._clients[key] = boto3.client(
                service,
                region_name=region,
                aws_access_key_id=credentials["AccessKeyId"],
                aws_secret_access_key=credentials["SecretAccessKey"],
                aws_session_token=credentials["SessionToken"],
                **common,
            )
        return self._clients[key]


@pytest.fixture(scope="session")
def new_fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Deployed]]:
    """Make fleets with homes of their own; their sandboxes are stopped at the end."""
    homes: list[Path] = []

    def make(fleet_file: Path = FLEET_FILE) -> Deployed:
        home = tmp_path_factory.mktemp("home")
        homes.append(home)
        return Deployed(home, load_fleet(fleet_file), fleet_file)

    yield make
    for home in homes:
        lifecycle.stop(home)


@pytest.fixture(scope="session")
def deployed(new_fleet: Callable[..., Deployed]) -> Deployed:
    """The default fleet, up."""
    fleet = new_fleet()
    record = fleet.run("up", "--yes")
    assert record["result"] == "succeeded"
    return fleet
