"""Names made from the fleet's names: of stacks and of buckets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.limits import LimitName, limit

STACK_PREFIXES: Final = {
    "hubs": "hub",
    "networks": "network",
    "vpns": "vpn",
    "direct_connects": "direct-connect",
    "endpoint_services": "endpoint-service",
    "partner_endpoints": "partner-endpoint",
    "certificates": "certificate",
    "load_balancers": "load-balancer",
    "distributions": "distribution",
    "accelerators": "accelerator",
}
"""Beginning of the stack's name, for each section whose objects are stacks."""

CONNECTION_PREFIXES: Final = {"attachment": "attach", "peering": "peering", "hub-peering": "hub-peering"}
"""Beginning of the stack's name, for each kind of connection. No other begins like ``log-archive-REGION``."""

_BUCKET_REST: Final = len("-flow-logs-") + len("012345678901-")


def _stacks(draft: Draft) -> Iterator[tuple[str, KeyPath]]:
    """Name of every stack, and the object it comes from."""
    for section, prefix in STACK_PREFIXES.items():
        for name in sorted(draft.declared.get(section, ())):
            yield f"{prefix}-{name}", (section, name)
    for name, network in draft.networks.items():
        if network.endpoints is not None:
            yield f"endpoints-{name}", ("networks", name, "endpoints")
    for name, connection in draft.connections.items():
        yield f"{CONNECTION_PREFIXES[connection.kind]}-{name}", ("connections", name)


def _colliding_stacks(draft: Draft) -> Iterator[Breach]:
    stacks = list(_stacks(draft))
    for first, again in repeated(name for name, _ in stacks):
        message = f"its stack would be called {stacks[again][0]!r}, as another one already is"
        yield Breach(stacks[again][1], message, (stacks[first][1],))


def _long_buckets(draft: Draft) -> Iterator[Breach]:
    longest = limit(LimitName.BUCKET_NAME_LENGTH).value
    region = max(draft.regions or ("",), key=len)
    length = len(draft.name or "") + _BUCKET_REST + len(region)
    if length > longest:
        message = f"the bucket of flow logs in {region} would have a name of {length} characters"
        yield Breach(("name",), message, remedy=f"shorten the fleet's name by {length - longest}")


NAME_RULES: Final[tuple[Rule, ...]] = (
    Rule("stack-name-unique", "No two stacks have the same name.", "rename one of the two", _colliding_stacks),
    Rule(
        "bucket-name-length",
        "The log bucket's name, made of fleet, account and region, has at most 63 characters.",
        "shorten the fleet's name",
        _long_buckets,
    ),
)
"""Rules about names."""
