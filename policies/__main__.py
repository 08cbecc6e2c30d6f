"""Entry of the pack for the official CLI: ``pulumi preview --policy-pack policies``."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Make the repository importable, then serve the pack until the engine lets go of it."""
    root = Path(__file__).resolve().parent.parent
    sys.path[:0] = [str(root), str(root / "platform")]
    from pulumi_policy import PolicyPack

    from policies.judge import PACK_NAME, fleet_from_environment
    from policies.pack import policies

    PolicyPack(PACK_NAME, policies(fleet_from_environment()))


if __name__ == "__main__":
    main()
