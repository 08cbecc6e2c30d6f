"""The orchestrator over broken programs: `python -m tests.e2e.broken_orchestrator RULES preview --select ...`.

RULES are ids with commas between them; each is broken as tests/e2e/breaks.py says, and an empty word breaks none.
"""

from __future__ import annotations

import sys
from pathlib import Path

from policies.facts import document
from securecart.cli.app import main
from stacks import KINDS
from tests.e2e.breaks import BREAKS
from tests.e2e.broken_programs import broken

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    wanted = set(sys.argv[1].split(",")) - {""}
    chosen = [each for each in BREAKS if each.rule in wanted]
    assert wanted == {each.rule for each in chosen}, "a rule that no break is known for"
    sys.exit(main(sys.argv[2:], root=ROOT, kinds=[broken(kind, chosen) for kind in KINDS], facts=document))
