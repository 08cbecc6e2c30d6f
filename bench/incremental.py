"""What a run costs when little has changed: with the digests that pass over stacks, and with `--all` without them.

For each fleet, deployed once and then run in turn, round after round:

- no change: `up`, and `up --all`, which runs every stack whatever its digest says;
- a leaf: one network's block is another one, back and forth, so that each round is a change;
- a hub: the hub with the most attachments has a further segment, and in the next round has it no longer.

Run: `make bench-incremental`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform")]

import psutil

from bench.fleet_changes import Changes, changed, choose_hub, choose_leaf
from bench.measure import measured
from bench.synthetic_fleet import Document, synthetic_fleet
from securecart.config.document import parse
from securecart.config.loader import judge
from securecart.config.model import Fleet
from securecart.report.record import Result, RunRecord
from securecart.sandbox import lifecycle

FLEETS = ("default", "synthetic")
NAMED_STACKS = 8
"""Stacks that a line lists by name; more are counted by kind."""


def _leaf(changes: Changes) -> Changes:
    return replace(changes, leaf_moved=not changes.leaf_moved)


def _hub(changes: Changes) -> Changes:
    return replace(changes, segment_added=not changes.segment_added)


@dataclass(frozen=True)
class Scenario:
    """One kind of run to measure."""

    title: str
    """What it is called in the table."""
    change: Callable[[Changes], Changes] = lambda changes: changes
    """What it does to the fleet file first."""
    whole: bool = False
    """Whether every stack runs, changed or not."""


SCENARIOS = {
    "no-change": Scenario("no change"),
    "no-change-all": Scenario("no change, `--all`", whole=True),
    "leaf": Scenario("a leaf's block", _leaf),
    "leaf-all": Scenario("a leaf's block, `--all`", _leaf, whole=True),
    "hub": Scenario("a hub's segments", _hub),
    "hub-all": Scenario("a hub's segments, `--all`", _hub, whole=True),
}
USUAL = ("no-change", "no-change-all", "leaf", "hub")
"""Scenarios of a call that names none."""


@dataclass(frozen=True)
class Cost:
    """What one run cost."""

    wall: float
    """Seconds from start to end."""
    cpu: float
    """CPU seconds of all processes, the sandbox included."""
    peak: float
    """Largest memory (PSS) of all processes together, the sandbox included, in MB."""
    engine_calls: int
    """Engine processes started."""
    ran: tuple[str, ...]
    """Stacks that an engine was started for."""
    kinds: dict[str, int]
    """The same, counted by kind."""
    changes: int
    """Resource operations done."""


class Bench:
    """One fleet in a home folder of its own."""

    def __init__(self, base: Document) -> None:
        """Take the fleet; choose its leaf and its hub."""
        self.home = Path(tempfile.mkdtemp(prefix="securecart-bench-incremental-"))
        self._file = self.home / "bench-fleet.yaml"
        self._base, self._fleet = base, _sound(base)
        self.leaf, self.hub = choose_leaf(self._fleet), choose_hub(self._fleet)
        self._changes = Changes(leaf_moved=False, segment_added=False)

    def run(self, scenario: Scenario) -> Cost:
        """Change the fleet file as the scenario says, deploy it, and account for that."""
        self._changes = scenario.change(self._changes)
        document = changed(self._base, self._fleet, self.leaf, self.hub, self._changes)
        self._file.write_text(json.dumps(document, indent=1), encoding="utf-8")  # JSON is YAML, too
        info = lifecycle.status(self.home).info
        before = _cpu_seconds(info.pid) if info else 0.0
        # Asked for once where it runs already: asking ten times a second would be part of the measurement.
        cost = measured(self._command(scenario), (lambda: info) if info else (lambda: lifecycle.status(self.home).info))
        if not cost.stdout:
            raise SystemExit(f"{scenario.title}: exit code {cost.code}, without a run record")
        record = RunRecord.model_validate_json(cost.stdout)
        if record.result is not Result.SUCCEEDED:
            causes = "\n".join(f"{stack.name}: {stack.cause}" for stack in record.stacks if stack.cause)
            raise SystemExit(f"{scenario.title}: the run {record.result}\n{causes}")
        ran = [stack for stack in record.stacks if stack.ran]
        return Cost(
            wall=cost.wall,
            cpu=cost.cpu - before,
            peak=cost.peak,
            engine_calls=record.engine_calls,
            ran=tuple(stack.name for stack in ran),
            kinds=dict(Counter(stack.kind for stack in ran)),
            changes=sum(len(stack.steps) for stack in ran),
        )

    def _command(self, scenario: Scenario) -> list[str]:
        up = [sys.executable, str(ROOT / "orchestrator.py"), "up", "--yes", "--json"]
        return [*up, "--home", str(self.home), "--fleet", str(self._file), *(["--all"] * scenario.whole)]

    def close(self) -> None:
        """Stop the sandbox and remove everything."""
        lifecycle.stop(self.home)
        shutil.rmtree(self.home, ignore_errors=True)


def main() -> int:
    """Measure the fleets asked for; print a table and the ratios of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fleets", nargs="+", choices=FLEETS, default=list(FLEETS))
    parser.add_argument("--stacks", type=int, default=200, help="Stacks of the synthetic fleet.")
    parser.add_argument("--rounds", type=int, default=3, help="Runs of each scenario; the table has the medians.")
    parser.add_argument("--scenarios", nargs="+", choices=SCENARIOS, default=list(USUAL), help="Runs to measure.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="Write every run's figures there, too.")
    options = parser.parse_args()
    figures: dict[str, object] = {}
    for name in options.fleets:
        bench = Bench(_default_fleet() if name == "default" else synthetic_fleet(options.stacks))
        try:
            figures[name] = _measure(name, bench, [SCENARIOS[key] for key in options.scenarios], options.rounds)
        finally:
            bench.close()
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _measure(name: str, bench: Bench, scenarios: list[Scenario], rounds: int) -> dict[str, object]:
    first = bench.run(Scenario("first deployment"))
    print(f"\n## {name} fleet: {len(first.ran)} stacks\n", flush=True)
    print(
        f"First deployment: wall {first.wall:.1f} s, CPU {first.cpu:.1f} s, peak {first.peak:.0f} MB, "
        f"{first.engine_calls} engine processes. Leaf: network {bench.leaf}; hub: {bench.hub}.\n",
        flush=True,
    )
    costs: dict[str, list[Cost]] = {scenario.title: [] for scenario in scenarios}
    for _ in range(rounds):
        for scenario in scenarios:
            costs[scenario.title].append(bench.run(scenario))
    print("\n".join(_table(costs)), flush=True)
    runs = {title: [asdict(cost) for cost in found] for title, found in costs.items()}
    return {"first": asdict(first), "leaf": bench.leaf, "hub": bench.hub, "runs": runs}


def _table(costs: dict[str, list[Cost]]) -> list[str]:
    """Return Markdown: medians, ratios to the run of every stack, and which stacks ran."""
    walls = {title: _median(found, lambda cost: cost.wall) for title, found in costs.items()}
    whole = walls.get(SCENARIOS["no-change-all"].title)
    lines = [
        "| run | wall | wall / no change, `--all` | CPU | peak memory | engine processes | stacks run |",
        "|---|---|---|---|---|---|---|",
    ]
    for title, found in costs.items():
        ratio = f"{walls[title] / whole:.2f}" if whole else ""
        lines.append(
            f"| {title} | {walls[title]:.1f} s | {ratio} | {_median(found, lambda cost: cost.cpu):.1f} s "
            f"| {_median(found, lambda cost: cost.peak):.0f} MB | {_range(found, lambda cost: cost.engine_calls)} "
            f"| {_range(found, lambda cost: len(cost.ran))} |"
        )
    return [*lines, "", *(f"- {title}: {_ran(found[-1])}" for title, found in costs.items())]


def _median(costs: list[Cost], figure: Callable[[Cost], float]) -> float:
    return statistics.median(figure(cost) for cost in costs)


def _range(costs: list[Cost], figure: Callable[[Cost], int]) -> str:
    low, high = min(map(figure, costs)), max(map(figure, costs))
    return str(low) if low == high else f"{low} to {high}"


def _ran(cost: Cost) -> str:
    if not cost.ran:
        return "no stack ran"
    if len(cost.ran) <= NAMED_STACKS:
        return f"{', '.join(cost.ran)} ran; {cost.changes} resources changed"
    kinds = ", ".join(f"{count} {kind}" for kind, count in cost.kinds.items())
    return f"{len(cost.ran)} stacks ran ({kinds}); {cost.changes} resources changed"


def _cpu_seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


def _default_fleet() -> Document:
    file = ROOT / "stacks" / "fleet.yaml"
    data = parse(file.read_text(encoding="utf-8"), str(file)).data
    assert isinstance(data, dict)
    return data


def _sound(document: Document) -> Fleet:
    checked = judge(parse(json.dumps(document), "fleet.yaml"))
    assert checked.fleet is not None, checked.findings
    return checked.fleet


if __name__ == "__main__":
    sys.exit(main())
