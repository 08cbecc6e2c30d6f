from __future__ import annotations

from tests.sandbox.accounts import HUB, refusal
from tests.sandbox.moto_extensions.conftest import Builder


def test_a_vpn_connection_on_a_gateway_has_an_attachment_that_can_be_associated(build: Builder) -> None:
    gateway = build.gateway()
    customer = build.hub.create_customer_gateway(Type="ipsec.1", BgpAsn=65010, IpAddress="198.51.100.7")
    vpn = build.hub.create_vpn_connection(
        Type="ipsec.1",
        CustomerGatewayId=customer["CustomerGateway"]["CustomerGatewayId"],
        TransitGatewayId=gateway["TransitGatewayId"],
    )["VpnConnection"]["VpnConnectionId"]
    of_gateway = [{"Name": "transit-gateway-id", "Values": [gateway["TransitGatewayId"]]}]
    [attachment] = build.hub.describe_transit_gateway_attachments(Filters=of_gateway)["TransitGatewayAttachments"]
    assert (attachment["ResourceType"], attachment["ResourceId"]) == ("vpn", vpn)
    assert (attachment["TransitGatewayOwnerId"], attachment["State"]) == (HUB, "available")
    table = build.table(gateway)
    build.hub.associate_transit_gateway_route_table(
        TransitGatewayAttachmentId=attachment["TransitGatewayAttachmentId"], TransitGatewayRouteTableId=table
    )
    by_table = [{"Name": "association.transit-gateway-route-table-id", "Values": [table]}]
    found = build.hub.describe_transit_gateway_attachments(Filters=by_table)["TransitGatewayAttachments"]
    assert [one["ResourceId"] for one in found] == [vpn]


def test_an_attachment_that_does_not_exist_is_an_error(build: Builder) -> None:
    code = refusal(
        build.hub.describe_transit_gateway_attachments,
        TransitGatewayAttachmentIds=["tgw-attach-0123456789abcdef0"],
    )
    assert code == "InvalidTransitGatewayAttachmentID.NotFound"
