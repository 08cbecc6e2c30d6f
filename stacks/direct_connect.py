"""Stack ``direct-connect-NAME``: a Direct Connect connection with its gateway, and the networks or hubs behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network

from securecart.components.direct_connect import DirectConnect, DirectConnectArgs, GatewayEnd, associate
from securecart.components.direct_connect_network import (
    DirectConnectNetwork,
    DirectConnectNetworkArgs,
    FailoverArgs,
)
from securecart.components.site_access import SiteAccess
from securecart.config.model import DirectConnect as DirectConnectConfig
from securecart.config.model import Fleet, Hub, Network
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.site_access import ReachInputs, access_args, network_ask, reach_inputs
from stacks.topology import direct_connect_stack, hub_stack, network_stack


@dataclass(frozen=True)
class EndInputs:
    """What a network or hub behind the gateway takes from the fleet file."""

    account: str
    """Account that owns it."""
    region: str
    """Its region."""
    prefixes: tuple[IPv4Network, ...]
    """Blocks that are announced to the site for it."""


@dataclass(frozen=True)
class DirectConnectInputs:
    """What a Direct Connect connection takes from the fleet file."""

    link: DirectConnectArgs
    """The connection, its gateway and its virtual interface."""
    networks: Mapping[str, EndInputs]
    """Networks behind the gateway."""
    hubs: Mapping[str, EndInputs]
    """Hubs behind the gateway, instead of networks."""
    failover: FailoverArgs | None
    """The site's VPN device, where networks fail over to VPN."""
    cidrs: tuple[IPv4Network, ...]
    """Blocks of the site."""
    reaches: Mapping[str, ReachInputs]
    """What the site reaches, by network name."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each connection, owned by the account that orders it."""
    for name, link in fleet.direct_connects.items():
        networks = {each: fleet.networks[each] for each in sorted(link.networks)}
        hubs = {each: fleet.hubs[each] for each in sorted(link.hubs)}
        owners: tuple[Network | Hub, ...] = (*networks.values(), *hubs.values())
        yield StackSpec(
            name=direct_connect_stack(name),
            kind="direct-connect",
            subject=name,
            account=link.account,
            region=link.region,
            asks=(
                *(Ask(f"vpc-{each}", network_stack(each), ("vpc_id",)) for each in networks),
                *(Ask(f"hub-{each}", hub_stack(each), ("transit_gateway_id",)) for each in hubs),
                *(network_ask(reach) for reach in sorted(link.reaches, key=lambda each: each.network)),
            ),
            protected=any(owner.protected for owner in owners),
            other_accounts=tuple(sorted({owner.account for owner in owners} - {link.account})),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> DirectConnectInputs:
    """Return the inputs of one connection; networks and hubs by name, so that their order moves nothing.

    Raises:
        ProgramError: the sites of a network run out of ACL numbers.
    """
    link = fleet.direct_connects[spec.subject]
    device = link.failover.customer_gateway if link.failover else None
    return DirectConnectInputs(
        link=DirectConnectArgs(
            location=link.location,
            bandwidth=link.bandwidth,
            gateway_asn=link.gateway_asn,
            transit=link.vif == "transit",
            vlan=link.vlan,
            bgp_asn=link.bgp_asn,
        ),
        networks={each: _network(fleet.networks[each]) for each in sorted(link.networks)},
        hubs={each: _hub(fleet.hubs[each], link) for each in sorted(link.hubs)},
        failover=FailoverArgs(device.ip_address, device.bgp_asn) if device else None,
        cidrs=link.cidrs,
        reaches={
            reach.network: reach_inputs(fleet, spec.name, spec.subject, link.cidrs, reach)
            for reach in sorted(link.reaches, key=lambda each: each.network)
        },
    )


def _network(network: Network) -> EndInputs:
    """Return one network behind the gateway: its own block is announced for it."""
    return EndInputs(network.account, network.region, (network.cidr,))


def _hub(hub: Hub, link: DirectConnectConfig) -> EndInputs:
    """Return one hub behind the gateway: every allowed prefix is announced for it."""
    return EndInputs(hub.account, hub.region, tuple(sorted(link.allowed_prefixes)))


def program(run: StackRun[DirectConnectInputs]) -> Outputs:
    """Deploy the connection, put networks or hubs behind it, and open what the site reaches."""
    given, name = run.inputs, run.spec.subject
    scope = run.scope(run.spec.account, run.spec.region)
    link = DirectConnect(name, scope, given.link)
    for hub, end in given.hubs.items():
        gateway_id = run.upstream(f"hub-{hub}").text("transit_gateway_id")
        owner = run.scope(end.account, end.region).within(link)
        associate(scope.within(link), owner, hub, link.dx_gateway_id, GatewayEnd(gateway_id, end.prefixes))
    for network, end in given.networks.items():
        _connect(run, link, network, end)
    return {"dx_gateway_id": link.dx_gateway_id, "connection_id": link.connection_id}


def _connect(run: StackRun[DirectConnectInputs], link: DirectConnect, network: str, end: EndInputs) -> None:
    """Put one network behind the gateway, and let the site in where it is listed."""
    given, scope = run.inputs, run.scope(end.account, end.region)
    (cidr,) = end.prefixes
    connected = DirectConnectNetwork(
        network,
        scope,
        DirectConnectNetworkArgs(
            site=run.spec.subject,
            gateway_scope=run.scope(run.spec.account, run.spec.region),
            dx_gateway_id=link.dx_gateway_id,
            gateway_asn=given.link.gateway_asn,
            vpc_id=run.upstream(f"vpc-{network}").text("vpc_id"),
            cidr=cidr,
            failover=given.failover,
        ),
    )
    if network in given.reaches:
        upstream = run.upstream(f"network-{network}")
        gateway_id = connected.vpn_gateway_id
        opened = access_args(given.reaches[network], upstream, given.cidrs, vpn_gateway_id=gateway_id)
        SiteAccess(network, scope.within(connected), opened)


KIND = stack_kind("direct-connect", stacks=stacks, inputs=inputs, program=program)
"""A Direct Connect connection."""
