"""Stack ``partner-endpoint-NAME``: an interface endpoint to another firm's service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.partner_endpoint import PartnerEndpoint, PartnerEndpointArgs
from securecart.components.private_endpoint import PrivateEndpointArgs
from securecart.config.model import Fleet
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import network_stack, partner_endpoint_stack

_GROUP = "endpoints"
"""Component whose security group the endpoint takes."""


@dataclass(frozen=True)
class PartnerEndpointInputs:
    """What an endpoint to a partner's service takes from the fleet file."""

    azs: tuple[str, ...]
    """Availability zones of the network."""
    service_name: str
    """Name of the partner's service."""
    private_dns: bool
    """Whether the partner's own name leads to the endpoint."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each partner's service."""
    for name, endpoint in fleet.partner_endpoints.items():
        network = fleet.networks[endpoint.network]
        yield StackSpec(
            name=partner_endpoint_stack(name),
            kind="partner-endpoint",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(
                Ask(
                    "network",
                    network_stack(endpoint.network),
                    ("vpc_id", "subnet_ids_private", f"security_group_ids[{_GROUP}]"),
                ),
            ),
            protected=network.protected,
            environment=network.environment.value,
        )


def inputs(fleet: Fleet, spec: StackSpec) -> PartnerEndpointInputs:
    """Return the inputs of one endpoint; zones by name, so that their order in the fleet file moves nothing."""
    endpoint = fleet.partner_endpoints[spec.subject]
    return PartnerEndpointInputs(
        azs=tuple(sorted(fleet.networks[endpoint.network].azs)),
        service_name=endpoint.service_name,
        private_dns=endpoint.private_dns,
    )


def program(run: StackRun[PartnerEndpointInputs]) -> Outputs:
    """Deploy the endpoint."""
    given, network = run.inputs, run.upstream("network")
    endpoint = PartnerEndpoint(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        PartnerEndpointArgs(
            endpoint=PrivateEndpointArgs(
                service_name=given.service_name,
                vpc_id=network.text("vpc_id"),
                subnet_ids={az: network.entry("subnet_ids_private", az) for az in given.azs},
                security_group_id=network.entry("security_group_ids", _GROUP),
            ),
            private_dns=given.private_dns,
        ),
    )
    return {"endpoint_id": endpoint.endpoint_id}


KIND = stack_kind("partner-endpoint", stacks=stacks, inputs=inputs, program=program)
"""An endpoint to a partner's service."""
