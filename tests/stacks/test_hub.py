"""The hubs, their peering and the attachments of the default fleet."""

from ipaddress import ip_network

import pytest

TABLES = "ec2transitgateway/routeTable:RouteTable"
PROPAGATION = "ec2transitgateway/routeTablePropagation:RouteTablePropagation"
ASSOCIATION = "ec2transitgateway/routeTableAssociation:RouteTableAssociation"


def test_each_hub_has_a_table_per_segment_and_one_for_the_other_region(recordings):
    assert set(recordings["hub-us-east-1"].all(TABLES)) == {"dev", "staging", "prod", "inter-region"}
    assert set(recordings["hub-eu-west-1"].all(TABLES)) == {"prod", "inter-region"}


def test_each_hub_is_shared_with_the_accounts_that_attach_to_it_and_no_others(recordings):
    def principals(stack: str) -> set[object]:
        found = recordings[stack].all("ram/principalAssociation:PrincipalAssociation").values()
        return {item.inputs["principal"] for item in found}

    assert principals("hub-us-east-1") == {"210000000002", "210000000003", "210000000004"}
    assert principals("hub-eu-west-1") == {"210000000004"}


@pytest.mark.parametrize("segment", ["dev", "staging", "prod"])
def test_a_network_uses_and_feeds_no_segment_but_its_own(recordings, segment):
    recording = recordings[f"attach-{segment}"]
    table = f"hub-us-east-1.route_table_ids.{segment}"
    assert recording.one(ASSOCIATION).inputs["transitGatewayRouteTableId"] == table
    fed = {item.inputs["transitGatewayRouteTableId"] for item in recording.all(PROPAGATION).values()}
    assert fed - {"hub-us-east-1.route_table_ids.inter-region"} == {table}


def test_only_segments_that_cross_regions_feed_the_inter_region_table(recordings):
    feeding = {
        name
        for name in ("dev", "staging", "prod", "prod-eu")
        if any(key.endswith("-inter-region") for key in recordings[f"attach-{name}"].all(PROPAGATION))
    }
    assert feeding == {"prod", "prod-eu"}


def test_prod_routes_to_prod_in_the_other_region_and_dev_nowhere(recordings):
    routes = recordings["attach-prod"].all("ec2/route:Route").values()
    assert {route.inputs["destinationCidrBlock"] for route in routes} == {"10.31.0.0/16"}
    assert recordings["attach-dev"].has_none("ec2/route:Route")
    assert recordings["attach-staging"].has_none("ec2/route:Route")


def test_hub_peering_carries_prod_alone(recordings, fleet):
    routes = recordings["hub-peering-hubs"].all("ec2transitgateway/route:Route")
    carried = {ip_network(route.inputs["destinationCidrBlock"]) for route in routes.values()}
    assert carried == {fleet.networks["prod"].cidr, fleet.networks["prod-eu"].cidr}
    assert {route.inputs["transitGatewayRouteTableId"].rpartition(".")[2] for route in routes.values()} == {"prod"}


def test_the_archive_lets_in_the_accounts_that_log_in_its_region(recordings):
    policies = recordings["log-archive-eu-west-1"].all("s3/bucketPolicy:BucketPolicy")
    policy = str(policies["flow-logs"].inputs["policy"])
    assert "210000000001" in policy
    assert "210000000004" in policy
    assert "210000000002" not in policy
