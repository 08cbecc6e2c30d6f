"""Every rule of the policy pack, broken on purpose in the fleet's own programs, blocks the run and names the resource.

Real programs, orchestrator, engine, policy server and sandbox; the exit codes are those of processes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass

import pytest

from policies.rules import ALL_RULES

from .breaks import BREAKS, JUDGED, REFUSED
from .broken_programs import Break
from .conftest import ROOT, Deployed
from .fleets import with_shield_advanced, write_fleet

BLOCKED = 3


@dataclass(frozen=True)
class Preview:
    """A preview of broken programs, ended."""

    code: int
    record: dict

    def endings(self) -> dict[str, tuple[str, str]]:
        return {stack["name"]: (stack["status"], stack["cause"]) for stack in self.record["stacks"]}

    def blocking(self) -> list[dict]:
        findings = [finding for stack in self.record["stacks"] for finding in stack["findings"]]
        return [each for each in findings if each["verdict"] == "violated" and each["mandatory"]]


Previewing = Callable[[Collection[Break], Collection[str]], Preview]


@pytest.fixture(scope="module")
def preview(new_fleet: Callable[..., Deployed], tmp_path_factory: pytest.TempPathFactory) -> Previewing:
    """Preview stacks with rules broken; all of them share one home and one sandbox.

    The fleet has Shield Advanced, so that its rules have something to judge.
    """
    fleet_file = write_fleet(tmp_path_factory.mktemp("fleet") / "fleet.yaml", with_shield_advanced)
    home = new_fleet(fleet_file).home

    def run(breaks: Collection[Break], stacks: Collection[str]) -> Preview:
        rules = ",".join(each.rule for each in breaks)
        options = ["--json", "--home", str(home), "--fleet", str(fleet_file), "--select", ",".join(sorted(stacks))]
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.broken_orchestrator", rules, "preview", *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")])},
            capture_output=True,
            text=True,
            timeout=600,
        )
        record = json.loads(done.stdout or "{}")
        assert "stacks" in record, f"no run record; exit code {done.returncode}\n{done.stderr}"
        return Preview(done.returncode, record)

    return run


def stacks_of(breaks: Collection[Break]) -> set[str]:
    return {each.stack for each in breaks}


@pytest.fixture(scope="module")
def previews(preview: Previewing) -> dict[str, Preview]:
    """For each rule the preview in which it is broken, together with the others of its batch."""
    ended: dict[str, Preview] = {}
    for batch in (JUDGED, REFUSED):
        ended |= dict.fromkeys((each.rule for each in batch), preview(batch, stacks_of(batch)))
    return ended


@pytest.mark.parametrize("rule", [rule.id for rule in ALL_RULES])
def test_a_broken_rule_ends_the_run_with_three_and_names_the_resource(rule: str, previews: dict[str, Preview]):
    assert rule in previews, "no break is known for this rule: add one to tests/e2e/breaks"
    (broken,) = (each for each in BREAKS if each.rule == rule)
    ended = previews[rule]
    assert {name: why for name, why in ended.endings().items() if why[0] != "blocked"} == {}
    assert (ended.code, ended.record["result"]) == (BLOCKED, "blocked")
    blocked_by = ended.endings()[broken.stack][1].removeprefix("policy: ").split(", ")
    assert rule in blocked_by
    named = [each["subject"] for each in ended.blocking() if (each["rule"], each["stack"]) == (rule, broken.stack)]
    assert any(broken.subject.is_named_by(urn) for urn in named), named


def test_the_same_stacks_unbroken_pass_every_rule(preview: Previewing):
    wanted = stacks_of(BREAKS)
    ended = preview([], wanted)
    assert ended.endings() == dict.fromkeys(wanted, ("succeeded", ""))
    assert ended.blocking() == []
    assert ended.code == 0


def test_one_broken_rule_is_enough_and_is_found_alone(preview: Previewing):
    (broken,) = (each for each in BREAKS if each.rule == "kms-key-rotates")
    ended = preview([broken], [broken.stack])
    assert ended.code == BLOCKED
    (found,) = ended.blocking()
    assert found["rule"] == broken.rule
    assert broken.at.is_named_by(found["subject"])


def test_breaks_leave_each_other_alone():
    for batch in (JUDGED, REFUSED):
        touched = Counter((each.stack, each.at, key) for each in batch for key in each.props)
        assert {place: times for place, times in touched.items() if times > 1} == {}
    assert len(stacks_of(REFUSED)) == len(REFUSED)
    assert len({each.rule for each in BREAKS}) == len(BREAKS)
