from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import AWAY, DEV, HUB, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder


@pytest.fixture(scope="module")
def shared(build: Builder) -> dict[str, Any]:
    """A gateway shared with the dev account."""
    gateway = build.gateway()
    build.share(gateway, DEV)
    return gateway


def routes(ec2: Any, table: str, **filters: str) -> dict[str, tuple[str, str]]:
    """Destination to type and state of the routes that a search finds."""
    asked = [{"Name": name.replace("__", ".").replace("_", "-"), "Values": [text]} for name, text in filters.items()]
    asked = asked or [{"Name": "state", "Values": ["active", "blackhole"]}]
    found = ec2.search_transit_gateway_routes(TransitGatewayRouteTableId=table, Filters=asked)["Routes"]
    return {route["DestinationCidrBlock"]: (route["Type"], route["State"]) for route in found}


def test_an_attachment_is_associated_with_one_table_and_propagates_to_several(
    build: Builder, shared: dict[str, Any]
) -> None:
    network, tables = build.network(), [build.table(shared), build.table(shared)]
    pairs = [
        {"TransitGatewayAttachmentId": attachment, "TransitGatewayRouteTableId": table}
        for attachment in [build.accepted(network, shared)]
        for table in tables
    ]
    build.hub.associate_transit_gateway_route_table(**pairs[0])
    code = refusal(build.hub.associate_transit_gateway_route_table, **pairs[1])
    assert code == "Resource.AlreadyAssociated"
    for pair in pairs:
        build.hub.enable_transit_gateway_route_table_propagation(**pair)
    for table, associated in zip(tables, (1, 0), strict=True):
        named = {"TransitGatewayRouteTableId": table}
        associations = build.hub.get_transit_gateway_route_table_associations(**named)["Associations"]
        assert len(associations) == associated
        [propagation] = build.hub.get_transit_gateway_route_table_propagations(**named)[
            "TransitGatewayRouteTablePropagations"
        ]
        assert (propagation["ResourceId"], propagation["State"]) == (network.vpc, "enabled")
        assert routes(build.hub, table) == {network.cidr: ("propagated", "active")}
    build.hub.disable_transit_gateway_route_table_propagation(**pairs[0])
    assert routes(build.hub, tables[0]) == {}
    assert routes(build.hub, tables[1]) == {network.cidr: ("propagated", "active")}
    code = refusal(build.hub.disable_transit_gateway_route_table_propagation, **pairs[0])
    assert code == "TransitGatewayRouteTablePropagation.NotFound"


def test_an_attachment_that_is_not_accepted_cannot_be_associated(build: Builder, shared: dict[str, Any]) -> None:
    attachment = build.attach(build.network(), shared)
    pair = {"TransitGatewayAttachmentId": attachment, "TransitGatewayRouteTableId": build.table(shared)}
    assert refusal(build.hub.associate_transit_gateway_route_table, **pair) == "IncorrectState"


def test_the_tables_of_a_shared_gateway_are_its_owners_alone(
    build: Builder, accounts: Accounts, shared: dict[str, Any]
) -> None:
    table = build.table(shared)
    dev = accounts.client("ec2", DEV)
    named = {"TransitGatewayRouteTableId": table}
    assert refusal(dev.get_transit_gateway_route_table_associations, **named) == "InvalidRouteTableID.NotFound"
    code = refusal(dev.create_transit_gateway_route_table, TransitGatewayId=shared["TransitGatewayId"])
    assert code == "InvalidTransitGatewayID.NotFound"


def test_a_table_with_an_association_cannot_be_deleted(build: Builder, shared: dict[str, Any]) -> None:
    attachment, table = build.accepted(build.network(), shared), build.table(shared)
    pair = {"TransitGatewayAttachmentId": attachment, "TransitGatewayRouteTableId": table}
    build.hub.associate_transit_gateway_route_table(**pair)
    named = {"TransitGatewayRouteTableId": table}
    assert refusal(build.hub.delete_transit_gateway_route_table, **named) == "IncorrectState"
    build.hub.disassociate_transit_gateway_route_table(**pair)
    assert refusal(build.hub.disassociate_transit_gateway_route_table, **pair) == "InvalidAssociation.NotFound"
    build.hub.delete_transit_gateway_route_table(**named)
    missing = {"TransitGatewayRouteTableIds": [table]}
    code = refusal(build.hub.describe_transit_gateway_route_tables, **missing)
    assert code == "InvalidRouteTableID.NotFound"


def test_a_static_route_hides_a_propagated_one_and_outlives_its_attachment_as_a_blackhole(
    build: Builder, shared: dict[str, Any]
) -> None:
    network, table = build.network(), build.table(shared)
    attachment = build.accepted(network, shared)
    pair = {"TransitGatewayAttachmentId": attachment, "TransitGatewayRouteTableId": table}
    build.hub.enable_transit_gateway_route_table_propagation(**pair)
    build.hub.create_transit_gateway_route(**pair, DestinationCidrBlock=network.cidr)
    assert routes(build.hub, table) == {network.cidr: ("static", "active")}
    network.ec2.delete_transit_gateway_vpc_attachment(TransitGatewayAttachmentId=attachment)
    assert routes(build.hub, table) == {network.cidr: ("static", "blackhole")}
    route = {"TransitGatewayRouteTableId": table, "DestinationCidrBlock": network.cidr}
    build.hub.delete_transit_gateway_route(**route)
    assert refusal(build.hub.delete_transit_gateway_route, **route) == "InvalidRoute.NotFound"
    assert routes(build.hub, table) == {}


def test_routes_are_searched_by_what_contains_them_and_what_they_contain(
    build: Builder, shared: dict[str, Any]
) -> None:
    table = build.table(shared)
    for block in ("172.16.0.0/12", "172.16.0.0/16", "172.16.5.0/24"):
        build.hub.create_transit_gateway_route(
            TransitGatewayRouteTableId=table, DestinationCidrBlock=block, Blackhole=True
        )
    assert set(routes(build.hub, table)) == {"172.16.0.0/12", "172.16.0.0/16", "172.16.5.0/24"}
    longest = routes(build.hub, table, route_search__longest_prefix_match="172.16.5.9/32")
    assert set(longest) == {"172.16.5.0/24"}
    inside = routes(build.hub, table, route_search__subnet_of_match="172.16.0.0/16")
    assert set(inside) == {"172.16.0.0/16", "172.16.5.0/24"}
    around = routes(build.hub, table, route_search__supernet_of_match="172.16.0.0/16")
    assert set(around) == {"172.16.0.0/12", "172.16.0.0/16"}
    assert set(routes(build.hub, table, route_search__exact_match="172.16.0.0/12")) == {"172.16.0.0/12"}


def test_a_destination_has_one_static_route_which_can_be_replaced(build: Builder, shared: dict[str, Any]) -> None:
    attachment, table = build.accepted(build.network(), shared), build.table(shared)
    route = {"TransitGatewayRouteTableId": table, "DestinationCidrBlock": "192.0.2.0/24"}
    build.hub.create_transit_gateway_route(**route, Blackhole=True)
    code = refusal(build.hub.create_transit_gateway_route, **route, TransitGatewayAttachmentId=attachment)
    assert code == "RouteAlreadyExists"
    build.hub.replace_transit_gateway_route(**route, TransitGatewayAttachmentId=attachment)
    assert routes(build.hub, table) == {"192.0.2.0/24": ("static", "active")}
    assert refusal(build.hub.create_transit_gateway_route, **route) == "InvalidParameterCombination"


def test_a_peering_is_accepted_on_the_far_side_and_seen_from_each_side(build: Builder, accounts: Accounts) -> None:
    near, far = build.gateway(), build.gateway(AWAY)
    away = accounts.client("ec2", HUB, AWAY)
    peering = build.peered(near, far)
    named = {"TransitGatewayAttachmentId": peering}
    assert refusal(build.hub.accept_transit_gateway_peering_attachment, **named) == "InvalidParameterValue"
    away.accept_transit_gateway_peering_attachment(**named)
    sides = ((build.hub, near, far), (away, far, near))
    for ec2, own, other in sides:
        ids = {"TransitGatewayAttachmentIds": [peering]}
        [seen] = ec2.describe_transit_gateway_attachments(**ids)["TransitGatewayAttachments"]
        assert (seen["State"], seen["ResourceType"]) == ("available", "peering")
        assert seen["TransitGatewayId"] == own["TransitGatewayId"]
        assert seen["ResourceId"] == other["TransitGatewayId"]
        [peered] = ec2.describe_transit_gateway_peering_attachments(**ids)["TransitGatewayPeeringAttachments"]
        assert peered["RequesterTgwInfo"]["TransitGatewayId"] == near["TransitGatewayId"]
        assert (peered["AccepterTgwInfo"]["Region"], peered["Status"]["Code"]) == (AWAY, "available")


def test_both_hubs_route_to_their_peering_and_associate_it_with_a_table_of_their_own(
    build: Builder, accounts: Accounts
) -> None:
    near, far = build.gateway(), build.gateway(AWAY)
    away = accounts.client("ec2", HUB, AWAY)
    peering = build.peered(near, far)
    away.accept_transit_gateway_peering_attachment(TransitGatewayAttachmentId=peering)
    for ec2, table, block in (
        (build.hub, build.table(near), "10.200.0.0/16"),
        (away, build.table(far, AWAY), "10.100.0.0/16"),
    ):
        pair = {"TransitGatewayAttachmentId": peering, "TransitGatewayRouteTableId": table}
        ec2.associate_transit_gateway_route_table(**pair)
        ec2.create_transit_gateway_route(**pair, DestinationCidrBlock=block)
        assert routes(ec2, table) == {block: ("static", "active")}
        [seen] = ec2.describe_transit_gateway_attachments(TransitGatewayAttachmentIds=[peering])[
            "TransitGatewayAttachments"
        ]
        assert seen["Association"]["TransitGatewayRouteTableId"] == table
        code = refusal(ec2.enable_transit_gateway_route_table_propagation, **pair)
        assert code == "InvalidParameterValue"
    away.delete_transit_gateway_peering_attachment(TransitGatewayAttachmentId=peering)
    code = refusal(build.hub.describe_transit_gateway_peering_attachments, TransitGatewayAttachmentIds=[peering])
    assert code == "InvalidTransitGatewayAttachmentID.NotFound"


def test_a_peering_with_a_gateway_that_does_not_exist_fails(build: Builder) -> None:
    peering = build.peered(build.gateway(), {"TransitGatewayId": "tgw-0123456789abcdef0"})
    [seen] = build.hub.describe_transit_gateway_peering_attachments(TransitGatewayAttachmentIds=[peering])[
        "TransitGatewayPeeringAttachments"
    ]
    assert seen["State"] == "failed"
