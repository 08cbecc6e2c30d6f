"""The ways to the internet: an internet gateway for the public tier, NAT gateways for the private one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from securecart.components.blocks import ANYWHERE
from securecart.components.sdk import ec2
from securecart.components.subnet_tier import SubnetTier
from securecart.config.model import Nat, Tier
from securecart.program.scope import Scope


@dataclass(frozen=True)
class InternetAccessArgs:
    """What internet access needs."""

    vpc_id: pulumi.Input[str]
    """Id of the VPC."""
    public: SubnetTier
    """Tier that reaches the internet gateway and holds the NAT gateways."""
    private: SubnetTier | None
    """Tier that reaches the internet through NAT; None where there is no such tier."""
    nat: Nat
    """How many NAT gateways: none, a single one, or one per zone."""


class InternetAccess(pulumi.ComponentResource):
    """An internet gateway, NAT gateways and the default routes to them; no other tier gets one."""

    nat_gateway_ids: Mapping[str, pulumi.Output[str]]
    """NAT gateway id of each zone that has one."""

    def __init__(self, name: str, scope: Scope, args: InternetAccessArgs) -> None:
        """Create the gateways and the default routes of the public and the private tier."""
        super().__init__("securecart:network:InternetAccess", name, None, scope.component_opts())
        inner = scope.within(self)
        # In place, it would have to leave the old VPC while that still has public addresses, which EC2 refuses.
        moves = inner.opts(replace_on_changes=["vpcId"])
        gateway = ec2.InternetGateway(name, vpc_id=args.vpc_id, tags=inner.tags(name), opts=moves)
        for az, table_id in args.public.route_table_ids.items():
            ec2.Route(
                f"{Tier.PUBLIC}-{az}-internet",
                route_table_id=table_id,
                destination_cidr_block=str(ANYWHERE),
                gateway_id=gateway.id,
                opts=inner.opts(),
            )
        self.nat_gateway_ids = {
            az: _nat_gateway(inner, az, args.public.subnet_ids[az], gateway).id for az in nat_azs(args)
        }
        if args.private is not None:
            _private_routes(inner, args.private, self.nat_gateway_ids)
        self.register_outputs({"nat_gateway_ids": dict(self.nat_gateway_ids)})


def nat_azs(args: InternetAccessArgs) -> tuple[str, ...]:
    """Return the zones that get a NAT gateway.

    A single one stands in the first zone by name, so it stays when the fleet file changes their order.
    """
    azs = sorted(args.public.subnet_ids)
    return tuple({Nat.NONE: [], Nat.SINGLE: azs[:1], Nat.PER_AZ: azs}[args.nat])


def _nat_gateway(
    scope: Scope, az: str, subnet_id: pulumi.Input[str], internet_gateway: ec2.InternetGateway
) -> ec2.NatGateway:
    """Create a NAT gateway with its address; it works only once the VPC has its internet gateway.

    The address outlives the gateway, since partners may have it on their lists. One address serves one gateway at a
    time (EC2 API, CreateNatGateway: Resource.AlreadyAssociated), so the old gateway goes before the new one comes.
    """
    name = f"nat-{az}"
    address = ec2.Eip(
        name,
        domain="vpc",
        tags=scope.tags(name, tier=Tier.PUBLIC),
        opts=scope.opts(depends_on=[internet_gateway]),
    )
    return ec2.NatGateway(
        name,
        allocation_id=address.allocation_id,
        subnet_id=subnet_id,
        connectivity_type="public",
        tags=scope.tags(name, tier=Tier.PUBLIC),
        opts=scope.opts(depends_on=[internet_gateway], delete_before_replace=True),
    )


def _private_routes(scope: Scope, private: SubnetTier, nat_gateway_ids: Mapping[str, pulumi.Output[str]]) -> None:
    """Send each zone's private tier to its own NAT gateway, or to the only one; without any, nowhere."""
    if not nat_gateway_ids:
        return
    shared = next(iter(nat_gateway_ids.values()))
    for az, table_id in private.route_table_ids.items():
        ec2.Route(
            f"{Tier.PRIVATE}-{az}-internet",
            route_table_id=table_id,
            destination_cidr_block=str(ANYWHERE),
            nat_gateway_id=nat_gateway_ids.get(az, shared),
            opts=scope.opts(),
        )
