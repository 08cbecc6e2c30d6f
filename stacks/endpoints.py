"""Stack ``endpoints-NETWORK``: the VPC endpoints of a network's private tier."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.endpoint_policies import Grants
from securecart.components.vpc_endpoints import VpcEndpoints, VpcEndpointsArgs
from securecart.config.endpoints import Endpoints, GatewayService, InterfaceService, expanded
from securecart.config.model import Fleet, Network
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import endpoints_stack, log_archive_bucket, network_stack, networks_with_endpoints

_GROUP = "endpoints"
"""Component whose security group the interfaces take."""


@dataclass(frozen=True)
class EndpointsInputs:
    """What the endpoints of a network take from the fleet file."""

    azs: tuple[str, ...]
    """Availability zones of the network."""
    gateway: tuple[GatewayService, ...]
    """Services with a gateway endpoint."""
    interface: tuple[InterfaceService, ...]
    """Services with an interface endpoint."""
    grants: Grants
    """Whom and what their policies let through."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each network with endpoints."""
    for name, (network, _) in networks_with_endpoints(fleet).items():
        yield StackSpec(
            name=endpoints_stack(name),
            kind="endpoints",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(
                Ask(
                    "network",
                    network_stack(name),
                    ("vpc_id", "route_table_ids_private", "subnet_ids_private", f"security_group_ids[{_GROUP}]"),
                ),
            ),
            protected=network.protected,
            environment=network.environment.value,
        )


def inputs(fleet: Fleet, spec: StackSpec) -> EndpointsInputs:
    """Return the inputs of one network's endpoints, by name, so that their order in the fleet file moves nothing."""
    network, endpoints = networks_with_endpoints(fleet)[spec.subject]
    return EndpointsInputs(
        azs=tuple(sorted(network.azs)),
        gateway=tuple(sorted(endpoints.gateway)),
        interface=tuple(sorted(endpoints.interface)),
        grants=_grants(fleet, network, endpoints),
    )


def _grants(fleet: Fleet, network: Network, endpoints: Endpoints) -> Grants:
    """Return whom and what the policies let through."""
    account_id = fleet.accounts[network.account].id
    return Grants(
        account_id=account_id,
        region=network.region,
        organization_id=fleet.organization_id,
        buckets=tuple(sorted(expanded(name, account_id, network.region) for name in endpoints.buckets)),
        tables=tuple(sorted(expanded(name, account_id, network.region) for name in endpoints.tables)),
        log_account_id=fleet.accounts[fleet.log_archive.account].id,
        log_bucket=log_archive_bucket(fleet, network.region),
    )


def program(run: StackRun[EndpointsInputs]) -> Outputs:
    """Deploy the endpoints."""
    given, network = run.inputs, run.upstream("network")
    endpoints = VpcEndpoints(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        VpcEndpointsArgs(
            vpc_id=network.text("vpc_id"),
            gateway=given.gateway,
            interface=given.interface,
            route_table_ids={az: network.entry("route_table_ids_private", az) for az in given.azs},
            subnet_ids={az: network.entry("subnet_ids_private", az) for az in given.azs},
            security_group_id=network.entry("security_group_ids", _GROUP),
            grants=given.grants,
        ),
    )
    return {"endpoint_ids": dict(endpoints.endpoint_ids)}


KIND = stack_kind("endpoints", stacks=stacks, inputs=inputs, program=program)
"""The VPC endpoints of a network."""
