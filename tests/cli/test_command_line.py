"""The command line as a user meets it: help, refusals, exit codes, one JSON document on stdout."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from policies.facts import document
from securecart.cli.app import main
from securecart.config.loader import load_fleet
from securecart.execute.home import Home
from securecart.execute.lock import run_lock
from stacks import KINDS, stack_specs
from tests.plan.examples import a_stack_plan, save_plan

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    *("validate", "graph", "preview", "up", "destroy", "refresh", "status", "env"),
    *("plan show", "policy list", "sandbox start", "sandbox stop", "sandbox status", "sandbox reset"),
)


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: str, home: Path | None = None) -> Done:
    """Run a command as the entry point does, in this process."""
    where = ["--home", str(home)] if home else []
    stdout, stderr = io.StringIO(), io.StringIO()
    with redirect_stdout(stdout), redirect_stderr(stderr):
        code = main([*arguments, *where], root=ROOT, kinds=KINDS, facts=document)
    return Done(code, stdout.getvalue(), stderr.getvalue())


def test_the_entry_point_hands_on_arguments_and_exit_code():
    words = [sys.executable, str(ROOT / "orchestrator.py")]
    good = subprocess.run([*words, "validate"], capture_output=True, text=True, timeout=60, check=False)
    bad = subprocess.run([*words, "validate", "--fleet", "none.yaml"], capture_output=True, timeout=60, check=False)
    assert (good.returncode, bad.returncode) == (0, 2)
    specs = stack_specs(load_fleet(ROOT / "stacks" / "fleet.yaml"))
    assert f"{len(specs)} stacks" in good.stdout


@pytest.fixture(name="broken_fleet")
def _broken_fleet(tmp_path: Path) -> Path:
    text = (ROOT / "stacks" / "fleet.yaml").read_text()
    path = tmp_path / "fleet.yaml"
    path.write_text(text.replace("cidr: 10.20.0.0/16", "cidr: 10.10.0.0/16").replace("segment: dev}", "segment: prod}"))
    return path


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str):
    done = run(*command.split(), "--help")
    assert done.returncode == 0
    assert "--json" in done.stdout
    assert "Example:" in done.stdout


def test_help_lists_the_exit_codes():
    done = run("--help")
    assert done.returncode == 0
    meanings = (
        *("2 bad input", "3 blocked by policy", "6 locked", "7 what a saved plan stands on has moved"),
        *("8 a saved plan was tampered with", "130 interrupted"),
    )
    # The text is laid out in a box whose lines break anywhere.
    told = " ".join(done.stdout.replace("│", " ").split())
    for meaning in meanings:
        assert meaning in told


def test_the_default_fleet_is_valid():
    done = run("validate", "--json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document["valid"] is True
    assert "network-prod-eu" in document["stacks"]


def test_all_problems_of_a_fleet_file_are_told_at_once_with_their_lines(broken_fleet: Path):
    done = run("validate", "--fleet", str(broken_fleet), "--json")
    assert done.returncode == 2
    findings = json.loads(done.stdout)["findings"]
    assert len({finding["rule"] for finding in findings}) >= 2
    lines = broken_fleet.read_text().splitlines()
    overlap = next(f for f in findings if "10.10.0.0/16" in f["value"] + f["message"])
    assert "10.10.0.0/16" in lines[overlap["line"] - 1]
    assert overlap["remedy"]


def test_a_bad_fleet_file_changes_nothing(broken_fleet: Path, tmp_path: Path):
    done = run("up", "--yes", "--fleet", str(broken_fleet), home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stdout == ""
    assert not (tmp_path / "home").exists()


def test_a_selection_that_matches_nothing_is_bad_input_with_a_near_miss(tmp_path: Path):
    done = run("preview", "--select", "network-devv", home=tmp_path / "home")
    assert done.returncode == 2
    assert "network-dev" in done.stderr


@pytest.mark.parametrize(
    "arguments", [("up", "--parallel", "0"), ("up", "--wrong"), ("nothing",), ("graph", "-f", "x")]
)
def test_wrong_usage_is_bad_input(arguments: tuple[str, ...]):
    done = run(*arguments)
    assert done.returncode == 2
    assert "error" in done.stderr


def test_an_unknown_target_is_bad_input(tmp_path: Path):
    done = run("preview", "--target", "moon", home=tmp_path / "home")
    assert done.returncode == 2
    assert "sandbox" in done.stderr


@pytest.mark.parametrize("command", ["up", "destroy"])
def test_writing_without_anybody_to_ask_takes_yes(command: str, tmp_path: Path):
    done = run(command, home=tmp_path / "home")
    assert done.returncode == 2
    assert "--yes" in done.stderr


def test_destroying_protected_stacks_takes_each_name(tmp_path: Path):
    done = run("destroy", "--yes", "--json", "--unprotect", "network-prod", home=tmp_path / "home")
    assert done.returncode == 2
    refused = {finding["stack"] for finding in json.loads(done.stdout)["findings"]}
    assert {"network-payments", "log-archive-us-east-1"} <= refused
    assert "network-prod" not in refused
    assert "network-dev" not in refused


def test_a_run_under_way_locks_the_fleet(tmp_path: Path):
    with run_lock(tmp_path, "up"):
        done = run("preview", home=tmp_path)
    assert done.returncode == 6
    assert "another run" in done.stderr


@pytest.fixture(name="shielded_fleet")
def _shielded_fleet(tmp_path: Path) -> Path:
    path = tmp_path / "shielded.yaml"
    path.write_text((ROOT / "stacks" / "fleet.yaml").read_text() + "\nshield: {advanced: true}\n")
    return path


@pytest.mark.parametrize("command", [("preview",), ("up", "--yes"), ("preview", "--json")])
def test_what_has_a_fixed_price_says_it_before_anything_runs(command: tuple[str, ...], shielded_fleet: Path):
    home = shielded_fleet.parent / "home"
    with run_lock(home, "up"):
        done = run(*command, "--fleet", str(shielded_fleet), home=home)
        default = run(*command, home=home)
    assert (done.returncode, default.returncode) == (6, 6)
    assert "Shield Advanced costs 3000.00 USD a month" in done.stderr
    assert "AWS Shield pricing" in done.stderr
    assert "Shield" not in default.stderr


def test_validation_tells_the_price_too_and_lets_the_file_through(shielded_fleet: Path):
    done = run("validate", "--json", "--fleet", str(shielded_fleet))
    assert done.returncode == 0
    (warning,) = [each for each in json.loads(done.stdout)["warnings"] if each["rule"] == "price-shield-advanced"]
    assert "3000.00 USD a month" in warning["message"]


@pytest.mark.parametrize(("form", "start"), [("dot", "digraph"), ("mermaid", "flowchart"), ("json", "{")])
def test_the_graph_comes_in_the_form_asked_for(form: str, start: str):
    done = run("graph", "--format", form, "--select", "+attach-dev")
    assert done.returncode == 0
    assert done.stdout.startswith(start)
    assert "attach" in done.stdout
    assert "staging" not in done.stdout


def test_status_of_a_fleet_that_was_never_deployed_is_all_absent(tmp_path: Path):
    done = run("status", "--json", home=tmp_path / "home")
    assert done.returncode == 0
    assert {stack["state"] for stack in json.loads(done.stdout)["stacks"]} == {"absent"}
    assert not (tmp_path / "home").exists()


def test_policies_are_listed_with_their_rows_and_controls():
    done = run("policy", "list", "--json")
    assert done.returncode == 0
    rules = json.loads(done.stdout)["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 20
    assert all(rule["mission_row"] for rule in rules)


@pytest.fixture(name="plan")
def _plan(tmp_path: Path) -> Path:
    """A plan that was saved with the key of the home folder beside it."""
    home = Home(tmp_path / "home")
    home.prepare()
    plans = (a_stack_plan("hub-us-east-1"), a_stack_plan("network-dev"))
    save_plan(tmp_path / "plan", home.seal_key.read_bytes(), plans)
    return tmp_path / "plan"


@pytest.mark.parametrize("form", [(), ("--markdown",), ("--json",)])
def test_a_saved_plan_is_shown_in_the_form_asked_for(plan: Path, form: tuple[str, ...]):
    done = run("plan", "show", str(plan), *form, home=plan.parent / "home")
    assert done.returncode == 0, done.stderr
    assert "network-dev" in done.stdout
    assert done.stdout.startswith("{") is (form == ("--json",))
    if form == ("--json",):
        assert "network-dev" in str(json.loads(done.stdout))


def test_a_plan_is_shown_in_one_form(plan: Path):
    done = run("plan", "show", str(plan), "--markdown", "--json", home=plan.parent / "home")
    assert done.returncode == 2
    assert "--markdown and --json" in done.stderr


@pytest.mark.parametrize("command", [("plan", "show"), ("up", "--yes", "--plan")])
def test_a_folder_without_a_plan_is_bad_input(command: tuple[str, ...], tmp_path: Path):
    done = run(*command, str(tmp_path / "none"), home=tmp_path / "home")
    assert done.returncode == 2
    assert "holds no plan" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("plan", "show"), ("up", "--yes", "--plan")])
def test_a_plan_that_was_tampered_with_ends_with_its_own_code(command: tuple[str, ...], plan: Path):
    path = plan / "stacks" / "network-dev.json"
    path.write_text(path.read_text().replace("10.0.0.0/8", "0.0.0.0/0"))
    done = run(*command, str(plan), "--json", home=plan.parent / "home")
    assert done.returncode == 8
    assert "stacks/network-dev.json was changed" in done.stderr
    assert json.loads(done.stdout)["exit_code"] == 8


def test_a_plan_of_another_home_takes_that_homes_key(plan: Path, tmp_path: Path):
    refused = run("plan", "show", str(plan), home=tmp_path / "other")
    assert refused.returncode == 8
    assert "seal.key" in refused.stderr
    key = str(Home(plan.parent / "home").seal_key)
    assert run("plan", "show", str(plan), "--seal-key", key, home=tmp_path / "other").returncode == 0


@pytest.mark.parametrize(
    "option", [("--select", "network-dev"), ("--affected-by", "HEAD"), ("--all",), ("--refresh",)], ids=lambda o: o[0]
)
def test_a_plan_is_run_whole_as_it_was_approved(plan: Path, option: tuple[str, ...]):
    done = run("up", "--yes", "--plan", str(plan), *option, home=plan.parent / "home")
    assert done.returncode == 2
    assert "--plan was given together with" in done.stderr


@pytest.mark.parametrize("term", ["-x", "no-such-branch", "main..no-such-branch"])
@pytest.mark.parametrize("command", [("preview",), ("up", "--yes")], ids=["preview", "up"])
def test_commits_that_do_not_exist_are_bad_input(command: tuple[str, ...], term: str, tmp_path: Path):
    done = run(*command, "--affected-by", term, home=tmp_path / "home")
    assert done.returncode == 2
    assert "commit" in done.stderr
    assert not (tmp_path / "home").exists()


def test_stacks_are_selected_by_name_or_by_commits(tmp_path: Path):
    done = run("preview", "--affected-by", "HEAD", "--select", "network-dev", home=tmp_path / "home")
    assert done.returncode == 2
    assert "--select and --affected-by" in done.stderr


def test_commits_that_touch_no_stack_leave_nothing_to_do(tmp_path: Path):
    done = run("preview", "--affected-by", "HEAD..HEAD", "--json", home=tmp_path / "home")
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"affected_by": "HEAD..HEAD", "stacks": []}
    assert "touches no stack" in done.stderr
    assert not (tmp_path / "home").exists()
