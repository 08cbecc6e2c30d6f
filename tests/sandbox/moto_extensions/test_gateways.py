from __future__ import annotations

from tests.sandbox.accounts import DEV, HUB, PAYMENTS, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder


def test_a_gateway_with_default_tables_disabled_has_no_route_table(build: Builder) -> None:
    gateway = build.gateway()
    assert gateway["Options"]["DefaultRouteTableAssociation"] == "disable"
    assert "AssociationDefaultRouteTableId" not in gateway["Options"]
    assert "PropagationDefaultRouteTableId" not in gateway["Options"]
    of_gateway = [{"Name": "transit-gateway-id", "Values": [gateway["TransitGatewayId"]]}]
    assert build.hub.describe_transit_gateway_route_tables(Filters=of_gateway)["TransitGatewayRouteTables"] == []


def test_a_gateway_with_default_association_keeps_its_default_table(build: Builder) -> None:
    gateway = build.gateway(DefaultRouteTableAssociation="enable")
    table_id = gateway["Options"]["AssociationDefaultRouteTableId"]
    [table] = build.hub.describe_transit_gateway_route_tables(TransitGatewayRouteTableIds=[table_id])[
        "TransitGatewayRouteTables"
    ]
    assert table["DefaultAssociationRouteTable"] is True
    assert table["DefaultPropagationRouteTable"] is False


def test_a_gateway_is_seen_by_the_accounts_that_it_is_shared_with_and_no_other(
    build: Builder, accounts: Accounts
) -> None:
    gateway = build.gateway()
    build.share(gateway, DEV)
    named = {"TransitGatewayIds": [gateway["TransitGatewayId"]]}
    [seen] = accounts.client("ec2", DEV).describe_transit_gateways(**named)["TransitGateways"]
    assert seen["OwnerId"] == HUB
    payments = accounts.client("ec2", PAYMENTS)
    assert refusal(payments.describe_transit_gateways, **named) == "InvalidTransitGatewayID.NotFound"


def test_only_the_owner_changes_or_deletes_a_shared_gateway(build: Builder, accounts: Accounts) -> None:
    gateway = build.gateway()
    build.share(gateway, DEV)
    dev, named = accounts.client("ec2", DEV), {"TransitGatewayId": gateway["TransitGatewayId"]}
    assert refusal(dev.delete_transit_gateway, **named) == "InvalidTransitGatewayID.NotFound"
    assert refusal(dev.modify_transit_gateway, **named) == "InvalidTransitGatewayID.NotFound"
    assert build.hub.delete_transit_gateway(**named)["TransitGateway"]["State"] == "deleted"


def test_a_gateway_with_an_attachment_cannot_be_deleted(build: Builder) -> None:
    gateway, network = build.gateway(), build.network(HUB)
    attachment = build.attach(network, gateway)
    named = {"TransitGatewayId": gateway["TransitGatewayId"]}
    assert refusal(build.hub.delete_transit_gateway, **named) == "IncorrectState"
    build.hub.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    build.hub.delete_transit_gateway(**named)
    missing = {"TransitGatewayIds": [gateway["TransitGatewayId"]]}
    assert refusal(build.hub.describe_transit_gateways, **missing) == "InvalidTransitGatewayID.NotFound"


def test_the_cidr_blocks_of_a_gateway_are_added_and_removed(build: Builder) -> None:
    named = {"TransitGatewayId": build.gateway()["TransitGatewayId"]}
    added = {"AddTransitGatewayCidrBlocks": ["10.200.0.0/24", "10.201.0.0/24"]}
    options = build.hub.modify_transit_gateway(**named, Options=added)["TransitGateway"]["Options"]
    assert options["TransitGatewayCidrBlocks"] == ["10.200.0.0/24", "10.201.0.0/24"]
    removed = {"RemoveTransitGatewayCidrBlocks": ["10.200.0.0/24"], "DnsSupport": "disable"}
    options = build.hub.modify_transit_gateway(**named, Options=removed)["TransitGateway"]["Options"]
    assert options["TransitGatewayCidrBlocks"] == ["10.201.0.0/24"]
    assert options["DnsSupport"] == "disable"


def test_a_filter_that_does_not_exist_is_refused(build: Builder) -> None:
    filters = [{"Name": "colour", "Values": ["red"]}]
    assert refusal(build.hub.describe_transit_gateways, Filters=filters) == "InvalidParameterValue"
