"""Any single stack with the ordinary pulumi command, in a checkout, as README.md says; nothing is passed by us."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from securecart.config.loader import load_fleet
from securecart.sandbox import lifecycle
from securecart.setup.engine import ensure_engine
from stacks import stack_specs

from .conftest import FLEET_FILE, ROOT
from .language_host import language_host

ASKS = {spec.name: {ask.stack for ask in spec.asks} for spec in stack_specs(load_fleet(FLEET_FILE))}


@dataclass(frozen=True)
class Checkout:
    """A checkout in which the orchestrator has deployed, and a shell that has evaluated the exports of `env`."""

    folder: Path
    environment: dict[str, str]

    def pulumi(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run the ordinary pulumi command in the folder, with variables of the test's own."""
        words = [shutil.which("pulumi", path=self.environment["PATH"]), "--non-interactive", *arguments]
        return run(words, self.folder, {**self.environment, **variables})


def run(words: list[str], folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)


def copy_of_the_checkout(folder: Path) -> Path:
    for name in ("Pulumi.yaml", "orchestrator.py", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    for name in ("platform", "policies", "stacks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def is_no_setting(name: str) -> bool:
    return not name.startswith(("AWS_", "PULUMI_", "SECURECART_")) or name == "SECURECART_PULUMI"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """The four stacks up to an attachment, deployed in a copy of the checkout with its default home."""
    folder = copy_of_the_checkout(tmp_path_factory.mktemp("checkout"))
    plain = {key: value for key, value in os.environ.items() if is_no_setting(key)}
    engine = ensure_engine(os.environ)
    installed = (folder / ".venv" / "bin", language_host(engine, os.environ), engine.parent, plain["PATH"])
    path = os.pathsep.join(map(str, installed))
    try:
        up = run([sys.executable, "orchestrator.py", "up", "--yes", "--select", "+attach-dev"], folder, plain)
        assert up.returncode == 0, up.stderr
        shell = run(["sh", "-c", 'eval "$(python orchestrator.py env)" && env -0'], folder, {**plain, "PATH": path})
        assert shell.returncode == 0, shell.stderr
        yield Checkout(folder, dict(entry.split("=", 1) for entry in shell.stdout.split("\0") if entry))
    finally:
        lifecycle.stop(folder / ".securecart")


@pytest.mark.parametrize("stack", ["log-archive-us-east-1", "hub-us-east-1", "network-dev", "attach-dev"])
def test_a_stack_reads_by_stack_reference_the_outputs_that_the_orchestrator_passed_on(checkout, stack):
    done = checkout.pulumi("preview", "--stack", stack, "--expect-no-changes", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    preview = json.loads(done.stdout)
    read = {step["urn"].split("::")[-1] for step in preview["steps"] if step["op"] == "read"}
    assert read == {f"organization/securecart/{asked}" for asked in ASKS[stack]}
    assert set(preview["changeSummary"]) == {"same"}
    assert preview["changeSummary"]["same"] > 5


def test_a_home_elsewhere_is_served_by_naming_the_settings_file(checkout, tmp_path):
    other = Checkout(copy_of_the_checkout(tmp_path), checkout.environment)
    settings = checkout.folder / ".securecart" / "workspace" / "sandbox" / "Pulumi.hub-us-east-1.yaml"
    assert settings.exists()
    done = other.pulumi("preview", "--stack", "hub-us-east-1", "--config-file", str(settings), "--expect-no-changes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert " unchanged" in done.stdout
    assert (other.folder / "stacks").exists()
    assert not (other.folder / ".securecart").exists()


def test_a_change_of_the_fleet_file_is_seen(checkout, tmp_path):
    text = FLEET_FILE.read_text()
    assert text.count("retention_days: 400") == 1
    changed = tmp_path / "fleet.yaml"
    changed.write_text(text.replace("retention_days: 400", "retention_days: 401"))
    done = checkout.pulumi("preview", "--stack", "log-archive-us-east-1", "--json", SECURECART_FLEET=str(changed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["changeSummary"]["update"] == 2, "flow logs and access logs"


def test_a_stack_that_was_never_created_is_refused_by_name(checkout):
    done = checkout.pulumi("preview", "--stack", "network-typo")
    assert done.returncode != 0
    assert "no stack named 'network-typo' found" in done.stderr


def test_a_stack_that_the_fleet_lacks_is_refused_with_the_names_it_has(checkout):
    assert checkout.pulumi("stack", "init", "network-qa", "--no-select").returncode == 0
    done = checkout.pulumi("preview", "--stack", "network-qa")
    assert done.returncode != 0
    assert "error: the fleet has no stack 'network-qa'; rule: one of log-archive-eu-west-1" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_broken_fleet_file_is_told_with_its_line(checkout, tmp_path):
    broken = tmp_path / "fleet.yaml"
    broken.write_text(FLEET_FILE.read_text().replace("retention_days: 400", "retention_days: forever"))
    line = next(number for number, text in enumerate(broken.read_text().splitlines(), 1) if "forever" in text)
    done = checkout.pulumi("preview", "--stack", "log-archive-us-east-1", SECURECART_FLEET=str(broken))
    assert done.returncode != 0
    assert f"{broken}:{line}: log_archive.retention_days" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_stack_whose_upstream_is_not_deployed_is_told_which(checkout):
    assert checkout.pulumi("stack", "init", "hub-eu-west-1", "--no-select").returncode == 0
    done = checkout.pulumi("preview", "--stack", "hub-eu-west-1")
    assert done.returncode != 0
    assert 'unknown stack "organization/securecart/log-archive-eu-west-1"' in done.stdout
