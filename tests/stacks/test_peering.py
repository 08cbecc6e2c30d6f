"""The peerings of the default fleet."""

ROUTE = "ec2/route:Route"


def test_routes_are_no_wider_than_the_private_tiers_on_both_sides(recordings):
    routes = recordings["peering-prod-payments"].all(ROUTE)
    assert {item.inputs["destinationCidrBlock"] for item in routes.values()} == {
        "10.30.32.0/19",
        "10.40.32.0/19",
    }
    assert all(".route_table_ids_private." in item.inputs["routeTableId"] for item in routes.values())
    assert len(routes) == 3 + 2


def test_a_peering_to_another_region_names_it(recordings):
    connection = recordings["peering-prod-eu-payments"].one("ec2/vpcPeeringConnection:VpcPeeringConnection")
    assert connection.inputs["peerRegion"] == "us-east-1"


def test_two_peerings_of_one_network_use_different_acl_numbers(recordings):
    def numbers(stack: str) -> set[tuple[object, object]]:
        rules = recordings[stack].all("ec2/networkAclRule:NetworkAclRule").values()
        return {
            (item.inputs["ruleNumber"], item.inputs["egress"])
            for item in rules
            if item.inputs["networkAclId"] == "network-payments.network_acl_ids.private"
        }

    first, second = numbers("peering-prod-payments"), numbers("peering-prod-eu-payments")
    assert first == {(214, False), (235, True)}
    assert second == {(215, False), (236, True)}


def test_the_payments_service_takes_prods_private_tier_on_443(recordings):
    rule = recordings["peering-prod-payments"].one("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
    assert rule.inputs["securityGroupId"] == "network-payments.security_group_ids.service"
    assert (rule.inputs["cidrIpv4"], rule.inputs["fromPort"], rule.inputs["toPort"]) == (
        "10.30.32.0/19",
        443,
        443,
    )
