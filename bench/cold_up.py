"""Cold `up` of the default fleet, against the same stacks by the Automation API as it comes.

Three ways, each on an empty sandbox and an empty backend, set-up already done:

- platform: `orchestrator.py up --yes`, everything included, sandbox start too;
- sequential: one stack after the other, select or create, preview, up, read outputs;
- threads: the same calls, one thread per stack, level by level.

All deploy the same programs and are judged by the same policy pack. Run: `make bench`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "platform"), str(ROOT / "bench")]

from measure import Measurement, measured

from securecart.sandbox import lifecycle

WAYS = ("platform", "sequential", "threads")


def main() -> int:
    """Measure the ways asked for; print a table and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ways", nargs="+", choices=WAYS, default=list(WAYS))
    parser.add_argument("--rounds", type=int, default=1, help="Repeat all ways in turn, and give each round's ratio.")
    options = parser.parse_args()
    for number in range(options.rounds):
        results = {way: _measure(way) for way in options.ways}
        print(f"round {number + 1}")
        for way, result in results.items():
            print(f"  {way:<11}{result}")
        for way in options.ways:
            if way != "platform" and "platform" in results:
                print(f"  platform/{way}: wall {results['platform'].wall / results[way].wall:.2f}")
        if "platform" in results:
            _print_bound(results["platform"])
    return 0


def _measure(way: str) -> Measurement:
    home = Path(tempfile.mkdtemp(prefix=f"securecart-bench-{way}-"))
    command = {
        "platform": [
            sys.executable,
            str(ROOT / "orchestrator.py"),
            "up",
            "--yes",
            "--json",
            "--home",
            str(home),
        ],
        "sequential": [
            sys.executable,
            __file__.replace("cold_up", "plain_automation"),
            "sequential",
            str(home),
        ],
        "threads": [sys.executable, __file__.replace("cold_up", "plain_automation"), "threads", str(home)],
    }[way]
    try:
        return measured(command, lambda: lifecycle.status(home).info)
    finally:
        lifecycle.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _print_bound(result: Measurement) -> None:
    record = json.loads(result.stdout)
    print(f"  engine calls: {record['engine_calls']}, stacks: {len(record['stacks'])}, result: {record['result']}")
    bound = max(_critical_path(record), result.cpu / 2)
    print(
        f"  lower bound {bound:.1f} s = max(critical path {_critical_path(record):.1f} s, "
        f"CPU {result.cpu:.1f} s / 2 cores); wall over it: {result.wall / bound:.2f}"
    )


def _critical_path(record: dict[str, list[dict[str, object]]]) -> float:
    from securecart.config.loader import load_fleet
    from securecart.plan.graph import build_graph
    from stacks import stack_specs

    graph = build_graph(stack_specs(load_fleet(ROOT / "stacks" / "fleet.yaml")))
    seconds = {str(stack["name"]): float(str(stack["seconds"])) for stack in record["stacks"]}
    ends: dict[str, float] = {}
    for name, spec in graph.stacks.items():
        ends[name] = seconds[name] + max((ends[needed] for needed in spec.depends_on), default=0.0)
    return max(ends.values())


if __name__ == "__main__":
    sys.exit(main())
