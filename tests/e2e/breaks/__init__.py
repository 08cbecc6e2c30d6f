"""How each rule of the policy pack is broken in the default fleet, and which resource it must then name.

No two breaks touch the same property, so that one preview of a few stacks shows nearly all of them.
"""

from __future__ import annotations

from tests.e2e.breaks import accounts, connections, direct_connects, endpoints, networks, sites, tables
from tests.e2e.broken_programs import Break

__all__ = ["BREAKS", "JUDGED", "REFUSED"]

JUDGED: tuple[Break, ...] = (
    *accounts.JUDGED,
    *networks.JUDGED,
    *tables.JUDGED,
    *connections.JUDGED,
    *sites.JUDGED,
    *direct_connects.JUDGED,
    *endpoints.JUDGED,
)
"""Breaks that the sandbox's provider takes: the preview goes on to the rules that judge the stack as a whole."""
REFUSED: tuple[Break, ...] = (*networks.REFUSED, *tables.REFUSED)
"""Breaks by properties that the sandbox cannot realise. The policies are asked about the resource all the same, and
block it, but the preview ends there: one break for a stack."""
BREAKS: tuple[Break, ...] = (*JUDGED, *REFUSED)
"""One for each rule."""
