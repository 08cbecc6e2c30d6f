"""Row C5, read back with boto3: the office's tunnels, its way into the listed tiers, and nothing besides."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

OFFICE = "192.168.100.0/24"
TIERS = {"prod": "10.30.32.0/19", "staging": "10.20.32.0/19"}
ZONES = {"prod": 3, "staging": 2}


def tag(resource: dict, key: str) -> str:
    return next((t["Value"] for t in resource.get("Tags", []) if t["Key"] == key), "")


@pytest.fixture
def hub(deployed):
    return deployed.client("network", "ec2")


@pytest.fixture
def connection(hub) -> dict:
    (found,) = [c for c in hub.describe_vpn_connections()["VpnConnections"] if tag(c, "Name") == "office"]
    return found


@pytest.fixture
def attachment_id(hub, connection) -> str:
    filters = [{"Name": "resource-id", "Values": [connection["VpnConnectionId"]]}]
    (found,) = hub.describe_transit_gateway_attachments(Filters=filters)["TransitGatewayAttachments"]
    assert found["ResourceType"] == "vpn"
    return found["TransitGatewayAttachmentId"]


@pytest.fixture
def tables(hub) -> dict[str, str]:
    """Route tables of the hub: ids by segment, or by the site whose own it is."""
    found = hub.describe_transit_gateway_route_tables()["TransitGatewayRouteTables"]
    return {
        tag(table, "securecart:segment") or tag(table, "securecart:site"): table["TransitGatewayRouteTableId"]
        for table in found
    }


def static_routes(hub, table_id: str) -> dict[str, str]:
    """Attachment that each static route leads to, by destination."""
    filters = [{"Name": "type", "Values": ["static"]}]
    routes = hub.search_transit_gateway_routes(TransitGatewayRouteTableId=table_id, Filters=filters)["Routes"]
    return {
        route["DestinationCidrBlock"]: route["TransitGatewayAttachments"][0]["TransitGatewayAttachmentId"]
        for route in routes
    }


def test_the_device_is_the_offices(hub, connection):
    ids = [connection["CustomerGatewayId"]]
    (device,) = hub.describe_customer_gateways(CustomerGatewayIds=ids)["CustomerGateways"]
    assert (device["IpAddress"], device["BgpAsn"]) == ("203.0.113.10", "65010")


def test_both_tunnels_take_strong_algorithms_alone(connection):
    tunnels = connection["Options"]["TunnelOptions"]
    assert len(tunnels) == 2
    for tunnel in tunnels:
        values = {key: {v["Value"] for v in tunnel[key]} for key in tunnel if isinstance(tunnel[key], list)}
        assert values["IkeVersions"] == {"ikev2"}
        for phase in ("Phase1", "Phase2"):
            assert values[f"{phase}EncryptionAlgorithms"] == {"AES256", "AES256-GCM-16"}
            assert values[f"{phase}IntegrityAlgorithms"] == {"SHA2-256", "SHA2-384", "SHA2-512"}
            assert values[f"{phase}DHGroupNumbers"] == set(range(14, 22))
        assert (tunnel["DpdTimeoutAction"], tunnel["StartupAction"]) == ("restart", "start")


def test_both_tunnels_log_to_an_encrypted_group_that_exists(deployed, connection):
    groups = deployed.client("network", "logs").describe_log_groups()["logGroups"]
    encrypted = {group["arn"].removesuffix(":*"): group.get("kmsKeyId") for group in groups}
    logs = [tunnel["LogOptions"]["CloudWatchLogOptions"] for tunnel in connection["Options"]["TunnelOptions"]]
    assert [each["LogEnabled"] for each in logs] == [True, True]
    assert all(encrypted[each["LogGroupArn"]] for each in logs)


def test_the_keys_are_in_secrets_manager_and_nowhere_else(deployed, connection):
    secrets = deployed.client("network", "secretsmanager")
    secret = json.loads(secrets.get_secret_value(SecretId=connection["PreSharedKeyArn"])["SecretString"])
    assert set(secret) == {"tunnel1", "tunnel2"}
    assert all(len(key) >= 8 for key in secret.values())
    # State, events, logs and records: whatever the run left in its home, but not the sandbox's own memory.
    files = [path for path in deployed.home.rglob("*") if path.is_file() and "sandbox" not in path.name]
    assert files
    for key in secret.values():
        assert not [path for path in files if key.encode() in path.read_bytes()]


def test_the_office_is_in_a_table_of_its_own(hub, tables, attachment_id):
    joined = {
        name: [
            entry["TransitGatewayAttachmentId"]
            for entry in hub.get_transit_gateway_route_table_associations(TransitGatewayRouteTableId=table)[
                "Associations"
            ]
        ]
        for name, table in tables.items()
    }
    assert joined["office"] == [attachment_id]
    assert [name for name, ids in joined.items() if attachment_id in ids] == ["office"]


def test_its_table_leads_to_the_listed_tiers_and_to_nothing_else(hub, tables):
    assert static_routes(hub, tables["office"]).keys() == set(TIERS.values())
    propagations = hub.get_transit_gateway_route_table_propagations(TransitGatewayRouteTableId=tables["office"])
    assert propagations["TransitGatewayRouteTablePropagations"] == []


def test_the_segments_of_the_listed_networks_alone_lead_back(hub, tables, attachment_id):
    back = {name for name, table in tables.items() if static_routes(hub, table).get(OFFICE) == attachment_id}
    assert back == set(TIERS)


@pytest.mark.parametrize("network", TIERS)
def test_every_route_table_of_the_listed_tier_and_no_other_leads_to_the_office(deployed, network):
    tables = deployed.client(network, "ec2").describe_route_tables()["RouteTables"]
    leading = [
        tag(table, "securecart:tier")
        for table in tables
        for route in table["Routes"]
        if route.get("DestinationCidrBlock") == OFFICE and route.get("TransitGatewayId")
    ]
    assert leading == ["private"] * ZONES[network]


@pytest.mark.parametrize("network", TIERS)
def test_the_acl_takes_the_office_on_443_alone(deployed, network):
    acls = deployed.client(network, "ec2").describe_network_acls()["NetworkAcls"]
    entries = [
        (tag(acl, "securecart:tier"), e["Egress"], e["RuleNumber"], e["RuleAction"], e["Protocol"], _ports(e))
        for acl in acls
        for e in acl["Entries"]
        if e.get("CidrBlock") == OFFICE
    ]
    assert sorted(entries, key=lambda entry: entry[2]) == [
        ("private", False, 202, "allow", "6", (443, 443)),
        ("private", False, 203, "deny", "-1", None),
        ("private", True, 239, "allow", "6", (1024, 65535)),
    ]


def _ports(entry: dict) -> tuple[int, int] | None:
    """Ports of an entry; one for every protocol has none, whatever is written there."""
    return None if entry["Protocol"] == "-1" else (entry["PortRange"]["From"], entry["PortRange"]["To"])


@pytest.mark.parametrize("network", TIERS)
def test_the_listed_group_and_no_other_lets_the_office_in(deployed, network):
    groups = deployed.client(network, "ec2").describe_security_groups()["SecurityGroups"]
    letting = [
        (tag(group, "securecart:component"), permission["FromPort"], permission["ToPort"])
        for group in groups
        for permission in group["IpPermissions"]
        for block in permission["IpRanges"]
        if block["CidrIp"] == OFFICE
    ]
    assert letting == [("ecs", 443, 443)]


def test_each_tunnel_has_an_alarm(deployed, connection):
    alarms = deployed.client("network", "cloudwatch").describe_alarms()["MetricAlarms"]
    watched = {
        dimension["Value"]
        for alarm in alarms
        if (alarm["Namespace"], alarm["MetricName"]) == ("AWS/VPN", "TunnelState")
        and {"Name": "VpnId", "Value": connection["VpnConnectionId"]} in alarm["Dimensions"]
        for dimension in alarm["Dimensions"]
        if dimension["Name"] == "TunnelIpAddress"
    }
    assert watched == {tunnel["OutsideIpAddress"] for tunnel in connection["Options"]["TunnelOptions"]}
