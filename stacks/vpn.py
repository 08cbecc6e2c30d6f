"""Stack ``vpn-NAME``: an office's Site-to-Site VPN connection on a hub, and its way into the networks it reaches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network

from securecart.components.office_vpn import OfficeTarget, OfficeVpn, OfficeVpnArgs
from securecart.config.model import Fleet, Reach, Vpn
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.site_access import ReachInputs, access_args, network_ask, reach_inputs
from stacks.topology import attachment_of, hub_stack


@dataclass(frozen=True)
class VpnInputs:
    """What an office's VPN connection takes from the fleet file."""

    ip_address: IPv4Address
    """Public address of the office's VPN device."""
    bgp_asn: int
    """ASN of the office's VPN device."""
    cidrs: tuple[IPv4Network, ...]
    """Blocks of the office."""
    segments: tuple[str, ...]
    """Segments with a network that the office reaches."""
    reaches: Mapping[str, ReachInputs]
    """What the office reaches, by network name."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each office, owned by the hub's account."""
    for name, vpn in fleet.vpns.items():
        hub = fleet.hubs[vpn.hub]
        networks = [fleet.networks[reach.network] for reach in vpn.reaches]
        yield StackSpec(
            name=vpn_stack(name),
            kind="vpn",
            subject=name,
            account=hub.account,
            region=hub.region,
            asks=(
                Ask("hub", hub_stack(vpn.hub), _hub_outputs(fleet, vpn)),
                *(ask for reach in vpn.reaches for ask in _asks(fleet, vpn, reach)),
            ),
            protected=hub.protected or any(network.protected for network in networks),
            other_accounts=tuple(sorted({network.account for network in networks} - {hub.account})),
        )


def vpn_stack(name: str) -> str:
    """Return the name of an office's stack."""
    return f"vpn-{name}"


def _hub_outputs(fleet: Fleet, vpn: Vpn) -> tuple[str, ...]:
    return ("transit_gateway_id", *(f"route_table_ids[{segment}]" for segment in _segments(fleet, vpn)))


def _segments(fleet: Fleet, vpn: Vpn) -> tuple[str, ...]:
    return tuple(sorted({attachment_of(fleet, reach.network, vpn.hub)[1].segment for reach in vpn.reaches}))


def _asks(fleet: Fleet, vpn: Vpn, reach: Reach) -> Iterator[Ask]:
    name, _ = attachment_of(fleet, reach.network, vpn.hub)
    yield Ask(f"attach-{reach.network}", f"attach-{name}", ("attachment_id",))
    yield network_ask(reach)


def inputs(fleet: Fleet, spec: StackSpec) -> VpnInputs:
    """Return the inputs of one office's connection; networks by name, so that their order moves nothing.

    Raises:
        ProgramError: a network is not attached to the hub, or its sites run out of ACL numbers.
    """
    vpn = fleet.vpns[spec.subject]
    return VpnInputs(
        ip_address=vpn.customer_gateway.ip_address,
        bgp_asn=vpn.customer_gateway.bgp_asn,
        cidrs=vpn.cidrs,
        segments=_segments(fleet, vpn),
        reaches={
            reach.network: reach_inputs(fleet, spec.name, spec.subject, vpn.cidrs, reach)
            for reach in sorted(vpn.reaches, key=lambda each: each.network)
        },
    )


def program(run: StackRun[VpnInputs]) -> Outputs:
    """Deploy the connection, with routes on the hub and in the networks, and what they open for the office."""
    given, hub = run.inputs, run.upstream("hub")
    gateway_id = hub.text("transit_gateway_id")
    targets = {
        network: OfficeTarget(
            scope=run.scope(reach.account, reach.region),
            attachment_id=run.upstream(f"attach-{network}").text("attachment_id"),
            blocks={tier.value: block for tier, block in reach.blocks.items()},
            access=access_args(reach, run.upstream(f"network-{network}"), given.cidrs, transit_gateway_id=gateway_id),
        )
        for network, reach in given.reaches.items()
    }
    office = OfficeVpn(
        run.spec.subject,
        run.scope(run.spec.account, run.spec.region),
        OfficeVpnArgs(
            ip_address=given.ip_address,
            bgp_asn=given.bgp_asn,
            cidrs=given.cidrs,
            transit_gateway_id=gateway_id,
            segment_table_ids={segment: hub.entry("route_table_ids", segment) for segment in given.segments},
            targets=targets,
        ),
    )
    return {"vpn_connection_id": office.vpn_connection_id, "preshared_key_arn": office.preshared_key_arn}


KIND = stack_kind("vpn", stacks=stacks, inputs=inputs, program=program)
"""An office's VPN connection."""
