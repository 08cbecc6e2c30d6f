"""Entry point: `python orchestrator.py COMMAND`. Wires stack programs and policies into the command line."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> int:
    """Run one command of the orchestrator; returns its exit code."""
    sys.path[:0] = [str(ROOT), str(ROOT / "platform")]
    from policies.facts import document
    from securecart.cli.app import main as run
    from stacks import KINDS

    return run(sys.argv[1:], root=ROOT, kinds=KINDS, facts=document)


if __name__ == "__main__":
    sys.exit(main())
