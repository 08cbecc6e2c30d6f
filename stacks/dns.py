"""Stack ``dns``: the public hosted zone that holds every name of the fleet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.public_zone import PublicZone
from securecart.config.model import Fleet
from securecart.plan.stack import StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import dns_stack, required_dns


@dataclass(frozen=True)
class DnsInputs:
    """What the zone takes from the fleet file."""

    zone: str
    """Domain name of the zone."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield the zone's stack, if the fleet has one. It is protected: a new zone has other name servers."""
    if fleet.dns is not None:
        yield StackSpec(
            name=dns_stack(),
            kind="dns",
            subject=dns_stack(),
            account=fleet.dns.account,
            region=fleet.home_region,
            protected=True,
        )


def inputs(fleet: Fleet, spec: StackSpec) -> DnsInputs:
    """Return the inputs of the zone.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    return DnsInputs(required_dns(fleet).zone)


def program(run: StackRun[DnsInputs]) -> Outputs:
    """Deploy the zone."""
    zone = PublicZone("zone", run.scope(run.spec.account, run.spec.region), run.inputs.zone)
    return {"zone_id": zone.zone_id, "zone_arn": zone.arn, "name_servers": zone.name_servers}


KIND = stack_kind("dns", stacks=stacks, inputs=inputs, program=program)
"""The public hosted zone."""
