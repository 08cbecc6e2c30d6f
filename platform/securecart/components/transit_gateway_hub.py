"""A Transit Gateway with a route table per segment, shared to the accounts whose networks attach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.flow_log import transit_gateway_flow_log
from securecart.components.sdk import ec2transitgateway, ram
from securecart.program.scope import Scope

INTER_REGION = "inter-region"
"""Key of the route table that peerings with other regions' hubs use; no segment may have this name."""


@dataclass(frozen=True)
class TransitGatewayHubArgs:
    """What a hub needs."""

    asn: int
    """Private ASN of the Amazon side, 64512-65534 or 4200000000-4294967294 (VPC Transit Gateways guide)."""
    route_tables: Sequence[str]
    """Keys of the route tables: the segments, and ``inter-region`` where the hub is peered."""
    share_with: Mapping[str, str]
    """Account ids by account name that may attach networks."""
    flow_log_bucket_arn: pulumi.Input[str]
    """ARN of the bucket that takes the flow log."""


class TransitGatewayHub(pulumi.ComponentResource):
    """A Transit Gateway on which nothing is accepted, associated or propagated by itself."""

    transit_gateway_id: pulumi.Output[str]
    """Id of the Transit Gateway."""
    transit_gateway_arn: pulumi.Output[str]
    """ARN of the Transit Gateway."""
    route_table_ids: Mapping[str, pulumi.Output[str]]
    """Transit Gateway route table id of each key."""

    def __init__(self, name: str, scope: Scope, args: TransitGatewayHubArgs) -> None:
        """Create the Transit Gateway, its route tables, its flow log and its share."""
        super().__init__("securecart:network:TransitGatewayHub", name, None, scope.component_opts())
        inner = scope.within(self)
        gateway = _transit_gateway(inner, name, args.asn)
        self.route_table_ids = {key: _route_table(inner, key, gateway.id).id for key in args.route_tables}
        transit_gateway_flow_log(inner, f"{name}-flow-log", gateway.id, args.flow_log_bucket_arn)
        if args.share_with:
            _share(inner, name, gateway.arn, args.share_with)
        self.transit_gateway_id, self.transit_gateway_arn = gateway.id, gateway.arn
        self.register_outputs({"transit_gateway_id": gateway.id, "route_table_ids": dict(self.route_table_ids)})


def _transit_gateway(scope: Scope, name: str, asn: int) -> ec2transitgateway.TransitGateway:
    """Create the Transit Gateway; every attachment is accepted and routed by a resource of its own."""
    return ec2transitgateway.TransitGateway(
        name,
        description=f"SecureCart hub {name}",
        amazon_side_asn=asn,
        auto_accept_shared_attachments="disable",
        default_route_table_association="disable",
        default_route_table_propagation="disable",
        dns_support="enable",
        vpn_ecmp_support="enable",
        security_group_referencing_support="disable",
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _route_table(scope: Scope, key: str, gateway_id: pulumi.Input[str]) -> ec2transitgateway.RouteTable:
    """Create the route table of a segment, empty."""
    return ec2transitgateway.RouteTable(
        key, transit_gateway_id=gateway_id, tags=scope.tags(key, segment=key), opts=scope.opts()
    )


def _share(scope: Scope, name: str, gateway_arn: pulumi.Input[str], accounts: Mapping[str, str]) -> None:
    """Share the Transit Gateway within the organization, where no account has to accept an invitation."""
    share = ram.ResourceShare(
        name,
        name=f"{name}-transit-gateway",
        allow_external_principals=False,
        tags=scope.tags(f"{name}-transit-gateway"),
        opts=scope.opts(),
    )
    ram.ResourceAssociation(name, resource_arn=gateway_arn, resource_share_arn=share.arn, opts=scope.opts())
    for account, account_id in sorted(accounts.items()):
        ram.PrincipalAssociation(
            f"{name}-{account}", principal=account_id, resource_share_arn=share.arn, opts=scope.opts()
        )
