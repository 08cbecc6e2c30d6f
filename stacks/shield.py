"""Stack ``shield-ACCOUNT``: Shield Advanced for whatever of one account faces the internet, where it is switched on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from securecart.components.shield_advanced import REGION, ShieldAdvanced
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import (
    accelerator_stack,
    balancer_network,
    distribution_stack,
    dns_stack,
    load_balancer_stack,
    shield_stack,
)


@dataclass(frozen=True)
class Exposed:
    """Something that faces the internet."""

    account: str
    """Account that owns it."""
    ask: Ask
    """Where its ARN is, under its own name."""
    protected: bool
    """Whether destroy spares it unless it is named."""


@dataclass(frozen=True)
class ShieldInputs:
    """What Shield Advanced takes from the fleet file."""

    resources: Mapping[str, str]
    """The output that holds each resource's ARN, by the resource's name."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each account with something that faces the internet, if Shield Advanced is on."""
    if not fleet.shield.advanced:
        return
    exposed = tuple(_exposed(fleet))
    for account in sorted({each.account for each in exposed}):
        own = [each for each in exposed if each.account == account]
        yield StackSpec(
            name=shield_stack(account),
            kind="shield",
            subject=account,
            account=account,
            region=REGION,
            asks=tuple(each.ask for each in own),
            protected=any(each.protected for each in own),
        )


def _exposed(fleet: Fleet) -> Iterator[Exposed]:
    """Yield whatever Shield Advanced protects."""
    for name in sorted(fleet.load_balancers):
        network = balancer_network(fleet, name)
        stack = load_balancer_stack(name)
        yield Exposed(network.account, Ask(stack, stack, ("load_balancer_arn",)), network.protected)
    for name, distribution in sorted(fleet.distributions.items()):
        network, stack = balancer_network(fleet, distribution.load_balancer), distribution_stack(name)
        yield Exposed(distribution.account, Ask(stack, stack, ("distribution_arn",)), network.protected)
    for name, accelerator in sorted(fleet.accelerators.items()):
        networks, stack = (
            [balancer_network(fleet, each) for each in accelerator.load_balancers],
            accelerator_stack(name),
        )
        protected = any(network.protected for network in networks)
        yield Exposed(networks[0].account, Ask(stack, stack, ("accelerator_arn",)), protected)
    if fleet.dns is not None:
        yield Exposed(fleet.dns.account, Ask(dns_stack(), dns_stack(), ("zone_arn",)), protected=True)


def inputs(fleet: Fleet, spec: StackSpec) -> ShieldInputs:
    """Return what one account has to be protected."""
    asks = [each.ask for each in _exposed(fleet) if each.account == spec.account]
    return ShieldInputs({ask.alias: ask.outputs[0] for ask in asks})


def program(run: StackRun[ShieldInputs]) -> Outputs:
    """Subscribe the account, and protect what it has."""
    scope = run.scope(run.spec.account, run.spec.region)
    arns = {name: run.upstream(name).text(output) for name, output in run.inputs.resources.items()}
    shield = ShieldAdvanced(run.fleet_name, scope, arns)
    return {"protection_ids": dict(shield.protection_ids)}


KIND = stack_kind("shield", stacks=stacks, inputs=inputs, program=program)
"""Shield Advanced in one account."""
