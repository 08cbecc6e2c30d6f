"""SecureCart's stacks: one readable program per kind, and the default fleet file."""

from __future__ import annotations

from securecart.config.model import Fleet
from securecart.errors import ProgramError
from securecart.plan.stack import StackSpec
from securecart.program.kind import StackKind
from stacks import (
    accelerator,
    attach,
    certificate,
    direct_connect,
    distribution,
    dns,
    endpoint_service,
    endpoints,
    hub,
    hub_peering,
    load_balancer,
    log_archive,
    network,
    partner_endpoint,
    peering,
    records,
    shield,
    vpn,
)

KINDS: tuple[StackKind, ...] = (
    log_archive.KIND,
    hub.KIND,
    hub_peering.KIND,
    network.KIND,
    endpoints.KIND,
    attach.KIND,
    peering.KIND,
    vpn.KIND,
    direct_connect.KIND,
    dns.KIND,
    endpoint_service.KIND,
    partner_endpoint.KIND,
    certificate.KIND,
    load_balancer.KIND,
    distribution.KIND,
    accelerator.KIND,
    records.KIND,
    shield.KIND,
)
"""Every kind of stack."""


def stack_specs(fleet: Fleet) -> tuple[StackSpec, ...]:
    """Return every stack of a fleet, kind by kind, in the order of the fleet file."""
    return tuple(spec for kind in KINDS for spec in kind.stacks(fleet))


def kind_of(spec: StackSpec) -> StackKind:
    """Return the kind that deploys a stack.

    Raises:
        ProgramError: no program of this name is registered.
    """
    for kind in KINDS:
        if kind.name == spec.kind:
            return kind
    raise ProgramError(
        f"stack {spec.name!r} is of an unknown kind",
        value=spec.kind,
        rule=f"one of {', '.join(kind.name for kind in KINDS)}",
        remedy="register the kind in stacks/__init__.py",
    )
