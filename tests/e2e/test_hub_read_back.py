"""Rows N4 and N5, read back with boto3: hubs, shares, attachments, segments, peerings."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

ATTACHED = {
    "dev": ("dev", "us-east-1", "10.10.0.0/16"),
    "staging": ("staging", "us-east-1", "10.20.0.0/16"),
    "prod": ("prod", "us-east-1", "10.30.0.0/16"),
    "prod-eu": ("prod", "eu-west-1", "10.31.0.0/16"),
}
OFFICE = "192.168.100.0/24"


def tag(resource: dict, key: str) -> str:
    return next((t["Value"] for t in resource.get("Tags", []) if t["Key"] == key), "")


def hub(deployed, region: str):
    ec2 = deployed.client("network", "ec2", region)
    (gateway,) = ec2.describe_transit_gateways()["TransitGateways"]
    return ec2, gateway


def attachment_of(deployed, network: str) -> dict:
    account, region, cidr = ATTACHED[network]
    ec2 = deployed.client(account, "ec2", region)
    (vpc,) = [v for v in ec2.describe_vpcs()["Vpcs"] if v["CidrBlock"] == cidr]
    filters = [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]
    (attachment,) = ec2.describe_transit_gateway_vpc_attachments(Filters=filters)["TransitGatewayVpcAttachments"]
    return attachment


def associations(ec2) -> dict[str, set[str]]:
    """Return attachment ids by the segment of the route table that they associate with."""
    tables = ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
    return {
        tag(table, "securecart:segment"): {
            entry["TransitGatewayAttachmentId"]
            for entry in ec2.get_transit_gateway_route_table_associations(
                TransitGatewayRouteTableId=table["TransitGatewayRouteTableId"]
            )["Associations"]
        }
        for table in tables
    }


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_a_hub_accepts_nothing_by_itself(deployed, region):
    _, gateway = hub(deployed, region)
    options = gateway["Options"]
    assert options["AutoAcceptSharedAttachments"] == "disable"
    assert options["DefaultRouteTableAssociation"] == "disable"
    assert options["DefaultRouteTablePropagation"] == "disable"


@pytest.mark.parametrize(("region", "accounts"), [("us-east-1", {"dev", "staging", "prod"}), ("eu-west-1", {"prod"})])
def test_a_hub_is_shared_with_the_attached_accounts_and_no_other(deployed, region, accounts):
    _, gateway = hub(deployed, region)
    ram = deployed.client("network", "ram", region)
    (share,) = [s for s in ram.get_resource_shares(resourceOwner="SELF")["resourceShares"] if s["status"] == "ACTIVE"]
    assert share["allowExternalPrincipals"] is False

    def entities(kind: str) -> set[str]:
        found = ram.get_resource_share_associations(associationType=kind)["resourceShareAssociations"]
        return {entry["associatedEntity"] for entry in found if entry["status"] == "ASSOCIATED"}

    assert entities("RESOURCE") == {gateway["TransitGatewayArn"]}
    assert entities("PRINCIPAL") == {deployed.fleet.accounts[name].id for name in accounts}


@pytest.mark.parametrize("network", ATTACHED)
def test_each_attachment_is_owned_by_its_network_and_accepted_by_the_hub(deployed, network):
    account, region, _ = ATTACHED[network]
    attachment = attachment_of(deployed, network)
    assert attachment["State"] == "available"
    assert attachment["VpcOwnerId"] == deployed.fleet.accounts[account].id
    ec2, gateway = hub(deployed, region)
    seen = ec2.describe_transit_gateway_vpc_attachments()["TransitGatewayVpcAttachments"]
    assert attachment["TransitGatewayAttachmentId"] in {a["TransitGatewayAttachmentId"] for a in seen}
    assert attachment["TransitGatewayId"] == gateway["TransitGatewayId"]


def test_dev_staging_and_prod_lie_in_route_tables_of_their_own(deployed):
    ec2, _ = hub(deployed, "us-east-1")
    found = associations(ec2)
    for name in ("dev", "staging", "prod"):
        assert found[name] == {attachment_of(deployed, name)["TransitGatewayAttachmentId"]}


def test_a_segment_propagates_only_its_own_attachments(deployed):
    ec2, _ = hub(deployed, "us-east-1")
    own = {name: attachment_of(deployed, name)["TransitGatewayAttachmentId"] for name in ("dev", "staging", "prod")}
    checked = set()
    for table in ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]:
        segment = tag(table, "securecart:segment")
        entries = ec2.get_transit_gateway_route_table_propagations(
            TransitGatewayRouteTableId=table["TransitGatewayRouteTableId"]
        )["TransitGatewayRouteTablePropagations"]
        if segment in own:
            assert {e["TransitGatewayAttachmentId"] for e in entries} == {own[segment]}
            checked.add(segment)
    assert checked == own.keys()


def test_the_hubs_of_the_two_regions_are_peered_and_prod_has_a_route_across(deployed):
    for region, other_cidr in (("us-east-1", "10.31.0.0/16"), ("eu-west-1", "10.30.0.0/16")):
        ec2, _ = hub(deployed, region)
        (peering,) = ec2.describe_transit_gateway_peering_attachments()["TransitGatewayPeeringAttachments"]
        assert peering["State"] == "available"
        (prod,) = [
            t
            for t in ec2.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
            if tag(t, "securecart:segment") == "prod"
        ]
        routes = ec2.search_transit_gateway_routes(
            TransitGatewayRouteTableId=prod["TransitGatewayRouteTableId"],
            Filters=[{"Name": "type", "Values": ["static"]}],
        )["Routes"]
        # Static routes to offices belong to test_vpn_read_back.
        across = [r for r in routes if r["DestinationCidrBlock"] != OFFICE]
        assert [r["DestinationCidrBlock"] for r in across] == [other_cidr]
        attachments = across[0]["TransitGatewayAttachments"]
        assert attachments[0]["TransitGatewayAttachmentId"] == peering["TransitGatewayAttachmentId"]


@pytest.mark.parametrize(
    ("requester", "region", "cidr", "private"),
    [
        ("prod", "us-east-1", "10.30.0.0/16", "10.30.32.0/19"),
        ("prod", "eu-west-1", "10.31.0.0/16", "10.31.32.0/19"),
    ],
)
def test_peering_to_payments_is_active_and_accepted_by_payments(deployed, requester, region, cidr, private):
    ec2 = deployed.client(requester, "ec2", region)
    connections = [
        c
        for c in ec2.describe_vpc_peering_connections()["VpcPeeringConnections"]
        if c["RequesterVpcInfo"].get("CidrBlock") == cidr
    ]
    (connection,) = connections
    assert connection["Status"]["Code"] == "active"
    assert connection["AccepterVpcInfo"]["OwnerId"] == deployed.fleet.accounts["payments"].id
    peering_id = connection["VpcPeeringConnectionId"]
    assert _routes(ec2, peering_id) == {("private", "10.40.32.0/19")}
    payments = deployed.client("payments", "ec2", "us-east-1")
    assert _routes(payments, peering_id) == {("private", private)}


def _routes(ec2, peering_id: str) -> set[tuple[str, str]]:
    return {
        (tag(table, "securecart:tier"), route["DestinationCidrBlock"])
        for table in ec2.describe_route_tables()["RouteTables"]
        for route in table["Routes"]
        if route.get("VpcPeeringConnectionId") == peering_id
    }


def test_no_route_of_dev_or_staging_leads_to_another_environment(deployed):
    for account in ("dev", "staging"):
        ec2 = deployed.client(account, "ec2", "us-east-1")
        routes = [r for t in ec2.describe_route_tables()["RouteTables"] for r in t["Routes"]]
        assert any(r.get("NatGatewayId") for r in routes)
        leading = [r for r in routes if r.get("TransitGatewayId") or r.get("VpcPeeringConnectionId")]
        assert [r["DestinationCidrBlock"] for r in leading if r["DestinationCidrBlock"] != OFFICE] == []
