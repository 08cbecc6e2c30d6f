"""Breaks of the rules on Transit Gateways, their attachments and their peering, and on VPC peerings."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

HUB, HUBS, ATTACH, PEERING = "hub-us-east-1", "hub-peering-hubs", "attach-prod", "peering-prod-payments"
_DEV_ACCOUNT, _PAYMENTS_ACCOUNT = "210000000002", "210000000005"

_HUBS = (
    change("tgw-no-auto-accept", HUB, "TransitGateway", "us-east-1", auto_accept_shared_attachments="enable"),
    change("tgw-no-default-route-tables", HUB, "TransitGateway", "us-east-1", default_route_table_propagation="enable"),
    change(
        "flow-log-on-every-transit-gateway",
        HUB,
        "FlowLog",
        "us-east-1-flow-log",
        Address("TransitGateway", "us-east-1"),
        transit_gateway_id="tgw-elsewhere",
    ),
    change("ram-no-external-principals", HUB, "ResourceShare", "us-east-1", allow_external_principals=True),
    change("ram-principals-attach", HUB, "PrincipalAssociation", "us-east-1-dev", principal=_PAYMENTS_ACCOUNT),
    change("tgw-table-per-segment", HUB, "RouteTable", "dev", tags={"securecart:segment": "all"}),
    Break(
        "tgw-segments-apart",
        HUBS,
        Address("RouteTablePropagation", "across"),
        {"transitGatewayAttachmentId": "tgw-attach-elsewhere", "transitGatewayRouteTableId": "tgw-rtb-elsewhere"},
        adds="aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation",
    ),
    change("tgw-static-routes-listed", HUBS, "Route", "us-east-1-prod-to-prod-eu", destination_cidr_block="10.0.0.0/8"),
)

_ATTACHMENTS = (
    change(
        "tgw-attachment-no-default-route-tables",
        ATTACH,
        "VpcAttachmentAccepter",
        "prod",
        transit_gateway_default_route_table_association=True,
    ),
    change(
        "route-transit-gateway-in-segment",
        ATTACH,
        "Route",
        "us-east-1a-to-prod-eu",
        destination_cidr_block="10.10.0.0/16",
    ),
)

_PEERINGS = (
    change("peering-listed", PEERING, "VpcPeeringConnection", "prod-payments", peer_owner_id=_DEV_ACCOUNT),
    change("peering-no-auto-accept", PEERING, "VpcPeeringConnection", "prod-payments", auto_accept=True),
    change(
        "peering-accepted-by-peer",
        PEERING,
        "VpcPeeringConnectionAccepter",
        "prod-payments",
        Address("VpcPeeringConnection", "prod-payments"),
        vpc_peering_connection_id="pcx-elsewhere",
    ),
    Break(
        "peering-routes-listed",
        PEERING,
        Address("Route", "to-the-whole-vpc"),
        {
            "routeTableId": "rtb-elsewhere",
            "destinationCidrBlock": "10.40.0.0/16",
            "vpcPeeringConnectionId": "pcx-elsewhere",
        },
        adds="aws:ec2/route:Route",
    ),
    change(
        "peering-routes-in-listed-tables",
        PEERING,
        "Route",
        "payments-private-us-east-1a-to-prod-private",
        whole(PEERING),
        destination_cidr_block="10.30.32.0/20",
    ),
)

JUDGED: tuple[Break, ...] = (*_HUBS, *_ATTACHMENTS, *_PEERINGS)
