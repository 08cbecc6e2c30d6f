"""Row C6, read back: by boto3 what the sandbox realises, from the recorded state what it cannot."""

from __future__ import annotations

import pytest

from .fleets import resources

pytestmark = pytest.mark.xdist_group("deployed")

PARTNER = "192.168.110.0/24"
NETWORKS = {
    "prod": ("prod", "us-east-1", "10.30.0.0/16", 3),
    "prod-eu": ("prod", "eu-west-1", "10.31.0.0/16", 3),
    "payments": ("payments", "us-east-1", "10.40.0.0/16", 0),
}


def tag(resource: dict, key: str) -> str:
    return next((t["Value"] for t in resource.get("Tags", []) if t["Key"] == key), "")


@pytest.fixture(scope="module")
def recorded(deployed) -> dict[str, list[dict]]:
    """Outputs of the stack's resources, by the last part of their type."""
    found: dict[str, list[dict]] = {}
    for resource in resources(deployed, "direct-connect-logistics").values():
        outputs = {**resource.get("outputs", {}), "id": resource.get("id")}
        found.setdefault(resource["type"].rpartition(":")[2], []).append(outputs)
    return found


def gateway_of(deployed, network: str):
    account, region, _, _ = NETWORKS[network]
    ec2 = deployed.client(account, "ec2", region)
    gateways = ec2.describe_vpn_gateways()["VpnGateways"]
    (gateway,) = [each for each in gateways if tag(each, "Name") == f"logistics-{network}"]
    return ec2, gateway


def test_the_connection_is_a_dedicated_gigabit(deployed):
    (found,) = deployed.client("network", "directconnect").describe_connections()["connections"]
    assert (found["location"], found["bandwidth"]) == ("EqDC2", "1Gbps")


def test_the_gateway_and_its_private_interface_are_recorded(recorded):
    (gateway,), (interface,) = recorded["Gateway"], recorded["PrivateVirtualInterface"]
    assert gateway["amazonSideAsn"] == "64520"
    assert (interface["vlan"], interface["bgpAsn"]) == (101, 65020)
    assert interface["dxGatewayId"] == gateway["id"]
    assert "TransitVirtualInterface" not in recorded


@pytest.mark.parametrize("network", NETWORKS)
def test_each_network_has_a_gateway_that_its_owner_proposes_and_the_hubs_account_accepts(deployed, recorded, network):
    account, _, cidr, _ = NETWORKS[network]
    _, gateway = gateway_of(deployed, network)
    proposals = [each for each in recorded["GatewayAssociationProposal"] if each["allowedPrefixes"] == [cidr]]
    (proposal,) = proposals
    assert proposal["associatedGatewayId"] == gateway["VpnGatewayId"]
    (accepted,) = [each for each in recorded["GatewayAssociation"] if each.get("proposalId") == proposal["id"]]
    assert accepted["associatedGatewayOwnerAccountId"] == deployed.fleet.accounts[account].id


@pytest.mark.parametrize("network", NETWORKS)
def test_the_gateway_is_attached_to_the_networks_vpc(deployed, network):
    _, _, cidr, _ = NETWORKS[network]
    ec2, gateway = gateway_of(deployed, network)
    (attached,) = [each["VpcId"] for each in gateway["VpcAttachments"] if each["State"] == "attached"]
    (vpc,) = ec2.describe_vpcs(VpcIds=[attached])["Vpcs"]
    assert vpc["CidrBlock"] == cidr


@pytest.mark.parametrize("network", NETWORKS)
def test_a_vpn_connection_on_the_same_gateway_stands_in(deployed, network):
    ec2, gateway = gateway_of(deployed, network)
    filters = [{"Name": "vpn-gateway-id", "Values": [gateway["VpnGatewayId"]]}]
    (connection,) = ec2.describe_vpn_connections(Filters=filters)["VpnConnections"]
    assert connection["Options"]["StaticRoutesOnly"] is False
    tunnels = connection["Options"]["TunnelOptions"]
    assert [{v["Value"] for v in tunnel["IkeVersions"]} for tunnel in tunnels] == [{"ikev2"}, {"ikev2"}]


@pytest.mark.parametrize("network", NETWORKS)
def test_the_listed_tiers_and_no_others_lead_to_the_partner(deployed, network):
    ec2, gateway = gateway_of(deployed, network)
    (vpc_id,) = [each["VpcId"] for each in gateway["VpcAttachments"]]
    tables = ec2.describe_route_tables(Filters=[{"Name": "vpc-id", "Values": [vpc_id]}])["RouteTables"]
    leading = [
        (tag(table, "securecart:tier"), route["GatewayId"])
        for table in tables
        for route in table["Routes"]
        if route.get("DestinationCidrBlock") == PARTNER
    ]
    assert leading == [("private", gateway["VpnGatewayId"])] * NETWORKS[network][3]
