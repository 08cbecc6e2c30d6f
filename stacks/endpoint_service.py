"""Stack ``endpoint-service-NAME``: a service offered by PrivateLink, with the firm's own consumers of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from securecart.components.endpoint_service import Consumer, EndpointService, EndpointServiceArgs
from securecart.components.privatelink_table import LOAD_BALANCER, client_rules
from securecart.components.security_group_rules import GroupRule
from securecart.components.service_load_balancer import ServiceLoadBalancerArgs
from securecart.config.model import Dns, Fleet
from securecart.config.model import EndpointService as Offer
from securecart.errors import ProgramError
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import dns_stack, endpoint_service_stack, network_stack

_ENDPOINTS = "endpoints"
"""Component whose security group a consumer's endpoint takes."""


@dataclass(frozen=True)
class ConsumerInputs:
    """What one of the firm's own consumers takes from the fleet file."""

    account: str
    """Account that owns the network."""
    region: str
    """Its region, the service's own."""
    azs: tuple[str, ...]
    """Availability zones that it shares with the service."""


@dataclass(frozen=True)
class EndpointServiceInputs:
    """What a service takes from the fleet file."""

    azs: tuple[str, ...]
    """Availability zones of the service's network."""
    deletion_protection: bool
    """Whether AWS refuses to delete the load balancer."""
    rules: tuple[GroupRule, ...]
    """Rules that let the clients into the load balancer's group."""
    private_dns_name: str
    """Name that consumers use."""
    zone_account: str
    """Account of the hosted zone."""
    zone_region: str
    """Region by which its provider enters that account."""
    allowed_principals: tuple[str, ...]
    """Who may ask for a connection."""
    consumers: Mapping[str, ConsumerInputs]
    """The firm's own consumers, by network."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each service, owned by its network's account.

    Raises:
        ProgramError: the fleet has no zone that could prove the service's name.
    """
    for name, offer in fleet.endpoint_services.items():
        network = fleet.networks[offer.network]
        consumers = [fleet.networks[each] for each in offer.consumers]
        accounts = {_zone(fleet, name).account, *(consumer.account for consumer in consumers)}
        yield StackSpec(
            name=endpoint_service_stack(name),
            kind="endpoint-service",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(
                Ask("zone", dns_stack(), ("zone_id",)),
                _network_ask("network", offer.network, LOAD_BALANCER),
                *(_network_ask(f"consumer-{each}", each, _ENDPOINTS) for each in offer.consumers),
            ),
            protected=network.protected or any(consumer.protected for consumer in consumers),
            environment=network.environment.value,
            other_accounts=tuple(sorted(accounts - {network.account})),
        )


def _zone(fleet: Fleet, service: str) -> Dns:
    if fleet.dns is None:
        raise ProgramError(
            f"the name of endpoint service {service!r} cannot be proven",
            rule="a TXT record of the fleet's hosted zone proves the name",
            remedy="give the fleet a zone under `dns`",
        )
    return fleet.dns


def _network_ask(alias: str, network: str, group: str) -> Ask:
    return Ask(alias, network_stack(network), ("vpc_id", "subnet_ids_private", f"security_group_ids[{group}]"))


def inputs(fleet: Fleet, spec: StackSpec) -> EndpointServiceInputs:
    """Return the inputs of one service; networks and zones by name, so that their order moves nothing.

    Raises:
        ProgramError: the fleet has no zone that could prove the service's name.
    """
    offer = fleet.endpoint_services[spec.subject]
    network = fleet.networks[offer.network]
    return EndpointServiceInputs(
        azs=tuple(sorted(network.azs)),
        deletion_protection=network.protected,
        rules=client_rules(fleet, offer),
        private_dns_name=offer.private_dns_name,
        zone_account=_zone(fleet, spec.subject).account,
        zone_region=fleet.home_region,
        allowed_principals=_principals(fleet, offer),
        consumers={
            name: ConsumerInputs(
                account=fleet.networks[name].account,
                region=fleet.networks[name].region,
                azs=tuple(sorted({*fleet.networks[name].azs} & {*network.azs})),
            )
            for name in sorted(offer.consumers)
        },
    )


def _principals(fleet: Fleet, offer: Offer) -> tuple[str, ...]:
    """Return the consumers' accounts, and whom the fleet file names besides."""
    ids = {fleet.accounts[fleet.networks[name].account].id for name in offer.consumers}
    return tuple(sorted({*(f"arn:aws:iam::{account_id}:root" for account_id in ids), *offer.allowed_principals}))


def program(run: StackRun[EndpointServiceInputs]) -> Outputs:
    """Deploy the service, and connect its consumers."""
    given, network = run.inputs, run.upstream("network")
    service = EndpointService(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        EndpointServiceArgs(
            load_balancer=ServiceLoadBalancerArgs(
                vpc_id=network.text("vpc_id"),
                subnet_ids={az: network.entry("subnet_ids_private", az) for az in given.azs},
                security_group_id=network.entry("security_group_ids", LOAD_BALANCER),
                deletion_protection=given.deletion_protection,
            ),
            rules=given.rules,
            private_dns_name=given.private_dns_name,
            zone_id=run.upstream("zone").text("zone_id"),
            zone_scope=run.scope(given.zone_account, given.zone_region),
            allowed_principals=given.allowed_principals,
            consumers={name: _consumer(run, name, consumer) for name, consumer in given.consumers.items()},
        ),
    )
    return {"service_name": service.service_name, "endpoint_ids": dict(service.endpoint_ids)}


def _consumer(run: StackRun[EndpointServiceInputs], name: str, given: ConsumerInputs) -> Consumer:
    """Return a consumer with the ids of its network."""
    network = run.upstream(f"consumer-{name}")
    return Consumer(
        scope=run.scope(given.account, given.region),
        vpc_id=network.text("vpc_id"),
        subnet_ids={az: network.entry("subnet_ids_private", az) for az in given.azs},
        security_group_id=network.entry("security_group_ids", _ENDPOINTS),
    )


KIND = stack_kind("endpoint-service", stacks=stacks, inputs=inputs, program=program)
"""A service offered by PrivateLink."""
