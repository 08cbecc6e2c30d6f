"""How each rule of the policy pack is broken in the default fleet with Shield Advanced, and what it must then name.

No two breaks touch the same property, so that one preview of a few stacks shows nearly all of them.
"""

from __future__ import annotations

from tests.e2e.breaks import (
    accounts,
    connections,
    direct_connects,
    distributions,
    endpoints,
    load_balancers,
    networks,
    privatelink,
    routing,
    sites,
    tables,
)
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
    *load_balancers.JUDGED,
    *distributions.JUDGED,
    *privatelink.JUDGED,
    *routing.JUDGED,
)
"""Breaks that the sandbox's provider takes: the preview goes on to the rules that judge the stack as a whole."""
REFUSED: tuple[Break, ...] = (*networks.REFUSED, *tables.REFUSED, *load_balancers.REFUSED)
"""Breaks by properties that the sandbox cannot realise. The policies are asked about the resource all the same, and
block it, but the preview ends there: one break for a stack."""
BREAKS: tuple[Break, ...] = (*JUDGED, *REFUSED)
"""One for each rule."""
