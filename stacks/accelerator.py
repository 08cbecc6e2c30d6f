"""Stack ``accelerator-NAME``: a Global Accelerator in front of load balancers in several regions, and its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from securecart.components.alias_record import AliasArgs, alias_records
from securecart.components.global_accelerator import AcceleratorEnd, GlobalAccelerator
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import accelerator_stack, balancer_network, load_balancer_stack, required_dns, zone_ask


@dataclass(frozen=True)
class EndInputs:
    """What a load balancer behind an accelerator takes from the fleet file."""

    region: str
    """Its region."""
    weight: int
    """Share of its region's traffic among endpoints."""
    traffic_dial_percentage: float
    """Part of the traffic meant for its region that it takes, in percent."""


@dataclass(frozen=True)
class AcceleratorInputs:
    """What an accelerator takes from the fleet file."""

    host: str
    """Its name in the zone."""
    load_balancers: Mapping[str, EndInputs]
    """Load balancers behind it, by name."""
    zone_account: str
    """Account of the zone."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each accelerator, owned by the account of its load balancers.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    for name, accelerator in fleet.accelerators.items():
        ends = sorted(accelerator.load_balancers)
        networks = [balancer_network(fleet, each) for each in ends]
        (account,) = {network.account for network in networks}
        environments = {network.environment.value for network in networks}
        yield StackSpec(
            name=accelerator_stack(name),
            kind="accelerator",
            subject=name,
            account=account,
            region=fleet.home_region,
            asks=(
                *(Ask(f"load-balancer-{each}", load_balancer_stack(each), ("load_balancer_arn",)) for each in ends),
                zone_ask(),
            ),
            protected=any(network.protected for network in networks),
            environment=environments.pop() if len(environments) == 1 else "shared",
            other_accounts=tuple({required_dns(fleet).account} - {account}),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> AcceleratorInputs:
    """Return the inputs of one accelerator; load balancers by name, so that their order moves nothing.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    accelerator = fleet.accelerators[spec.subject]
    return AcceleratorInputs(
        host=accelerator.host,
        load_balancers={
            name: EndInputs(balancer_network(fleet, name).region, end.weight, end.traffic_dial_percentage)
            for name, end in sorted(accelerator.load_balancers.items())
        },
        zone_account=required_dns(fleet).account,
    )


def program(run: StackRun[AcceleratorInputs]) -> Outputs:
    """Deploy the accelerator, and lead its host to it."""
    given, name = run.inputs, run.spec.subject
    ends = {
        key: AcceleratorEnd(
            region=end.region,
            load_balancer_arn=run.upstream(f"load-balancer-{key}").text("load_balancer_arn"),
            weight=end.weight,
            traffic_dial_percentage=end.traffic_dial_percentage,
        )
        for key, end in given.load_balancers.items()
    }
    accelerator = GlobalAccelerator(name, run.scope(run.spec.account, run.spec.region), ends)
    alias_records(
        run.scope(given.zone_account, run.spec.region).within(accelerator),
        name,
        AliasArgs(
            zone_id=run.upstream("dns").text("zone_id"),
            host=given.host,
            target_dns_name=accelerator.dns_name,
            target_zone_id=accelerator.hosted_zone_id,
            ipv6=False,
            # There is nothing else to answer with.
            evaluate_target_health=False,
        ),
    )
    return {"accelerator_arn": accelerator.arn, "dns_name": accelerator.dns_name}


KIND = stack_kind("accelerator", stacks=stacks, inputs=inputs, program=program)
"""A Global Accelerator."""
