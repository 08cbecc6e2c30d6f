"""Rows N1 to N7, read back with boto3 from each account of the deployed default fleet."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

pytestmark = pytest.mark.xdist_group("deployed")

NETWORKS = {
    "dev": ("dev", "us-east-1", "10.10.0.0/16", 2, 1),
    "staging": ("staging", "us-east-1", "10.20.0.0/16", 2, 1),
    "prod": ("prod", "us-east-1", "10.30.0.0/16", 3, 3),
    "prod-eu": ("prod", "eu-west-1", "10.31.0.0/16", 3, 3),
    "payments": ("payments", "us-east-1", "10.40.0.0/16", 2, 0),
}
"""Network: account, region, CIDR, availability zones, NAT gateways. As mission and fleet file have them."""

APPLICATION = ("dev", "staging", "prod", "prod-eu")
every_network = pytest.mark.parametrize("network", NETWORKS)
every_application = pytest.mark.parametrize("network", APPLICATION)

# The firm's table, with the additions of decisions D1 to D3: number, action, protocol, ports, peer.
PROD_ACLS = {
    ("public", "in"): [
        (100, "allow", "6", (80, 80), "0.0.0.0/0"),
        (101, "allow", "6", (443, 443), "0.0.0.0/0"),
        (102, "deny", "6", (3389, 3389), "0.0.0.0/0"),
        (103, "allow", "6", (1024, 65535), "10.30.32.0/19"),
        (104, "deny", "-1", None, "10.0.0.0/8"),
        (105, "allow", "6", (1024, 65535), "0.0.0.0/0"),
        (110, "deny", "-1", None, "0.0.0.0/0"),
    ],
    ("public", "out"): [
        (120, "allow", "6", (80, 80), "10.30.0.0/16"),
        (121, "allow", "6", (443, 443), "10.30.0.0/16"),
        (122, "allow", "6", (8080, 8080), "10.30.32.0/19"),
        (123, "deny", "6", (3389, 3389), "0.0.0.0/0"),
        (124, "allow", "6", (1024, 65535), "10.30.32.0/19"),
        (125, "deny", "-1", None, "10.0.0.0/8"),
        (126, "allow", "6", (443, 443), "0.0.0.0/0"),
        (127, "allow", "6", (1024, 65535), "0.0.0.0/0"),
        (130, "deny", "-1", None, "0.0.0.0/0"),
    ],
    ("database", "in"): [
        (300, "allow", "6", (5432, 5432), "10.30.32.0/19"),
        (310, "deny", "-1", None, "0.0.0.0/0"),
    ],
    ("database", "out"): [
        (311, "allow", "6", (32768, 61000), "10.30.32.0/19"),
        (320, "deny", "-1", None, "0.0.0.0/0"),
    ],
}

PROD_GROUPS = {
    "alb": {
        ("in", 80, 80, "0.0.0.0/0"),
        ("in", 443, 443, "0.0.0.0/0"),
        ("out", 80, 80, "10.30.0.0/16"),
        ("out", 443, 443, "10.30.0.0/16"),
        ("out", 8080, 8080, "ecs"),
    },
    "ecs": {
        ("in", 8080, 8080, "alb"),
        ("in", 443, 443, "192.168.100.0/24"),
        ("in", 443, 443, "192.168.110.0/24"),
        ("out", 5432, 5432, "rds"),
        ("out", 443, 443, "endpoints"),
        ("out", 443, 443, "prefix list"),
        ("out", 443, 443, "0.0.0.0/0"),
    },
    "rds": {("in", 5432, 5432, "ecs")},
    "lambda": {("out", 443, 443, "0.0.0.0/0")},
    "endpoints": {("in", 443, 443, "10.30.32.0/19")},
}


def tag(resource: dict, key: str) -> str:
    return next((t["Value"] for t in resource.get("Tags", []) if t["Key"] == key), "")


def vpc_of(deployed, network: str):
    account, region, cidr, _, _ = NETWORKS[network]
    ec2 = deployed.client(account, "ec2", region)
    (vpc,) = [v for v in ec2.describe_vpcs()["Vpcs"] if v["CidrBlock"] == cidr]
    return ec2, vpc["VpcId"], [{"Name": "vpc-id", "Values": [vpc["VpcId"]]}]


def routes_by_tier(deployed, network: str) -> dict[str, list[list[dict]]]:
    ec2, _, only = vpc_of(deployed, network)
    tables = ec2.describe_route_tables(Filters=only)["RouteTables"]
    tiers: dict[str, list[list[dict]]] = {}
    for table in tables:
        tiers.setdefault(tag(table, "securecart:tier"), []).append(table["Routes"])
    return tiers


@every_network
def test_each_vpc_lies_in_its_own_account_and_in_no_other(deployed, network):
    account, region, cidr, _, _ = NETWORKS[network]
    _, vpc_id, _ = vpc_of(deployed, network)
    assert vpc_id.startswith("vpc-")
    for other in set(deployed.fleet.accounts) - {account}:
        vpcs = deployed.client(other, "ec2", region).describe_vpcs()["Vpcs"]
        assert cidr not in [vpc["CidrBlock"] for vpc in vpcs]


def test_no_two_networks_overlap(deployed):
    blocks = [ip_network(cidr) for _, _, cidr, _, _ in NETWORKS.values()]
    assert not any(a.overlaps(b) for a in blocks for b in blocks if a is not b)


@every_network
def test_each_tier_has_a_subnet_and_a_route_table_in_each_zone(deployed, network):
    ec2, _, only = vpc_of(deployed, network)
    zones = NETWORKS[network][3]
    subnets = ec2.describe_subnets(Filters=only)["Subnets"]
    tiers = {"private", "database"} | ({"public"} if network in APPLICATION else set())
    assert {tag(s, "securecart:tier") for s in subnets} == tiers
    for tier in tiers:
        own = [s for s in subnets if tag(s, "securecart:tier") == tier]
        assert len({s["AvailabilityZone"] for s in own}) == len(own) == zones
        assert not any(s["MapPublicIpOnLaunch"] for s in own)
        associated = {
            association["SubnetId"]: table["RouteTableId"]
            for table in ec2.describe_route_tables(Filters=only)["RouteTables"]
            for association in table["Associations"]
            if "SubnetId" in association
        }
        assert len({associated[s["SubnetId"]] for s in own}) == zones


@every_network
def test_the_database_tier_reaches_only_its_own_vpc(deployed, network):
    tables = routes_by_tier(deployed, network)["database"]
    assert len(tables) == NETWORKS[network][3]
    assert all([route["DestinationCidrBlock"] for route in table] == [NETWORKS[network][2]] for table in tables)


@every_application
def test_only_the_public_tier_routes_to_the_internet_gateway(deployed, network):
    tiers = routes_by_tier(deployed, network)
    for table in tiers["public"]:
        (default,) = [r for r in table if r["DestinationCidrBlock"] == "0.0.0.0/0"]
        assert default["GatewayId"].startswith("igw-")
    for tier in ("private", "database", ""):
        assert not [r for t in tiers[tier] for r in t if r.get("GatewayId", "").startswith("igw-")]


@every_application
def test_the_private_tier_leaves_by_nat_gateways_in_the_public_tier(deployed, network):
    ec2, _, only = vpc_of(deployed, network)
    gateways = ec2.describe_nat_gateways(Filters=only)["NatGateways"]
    assert len(gateways) == NETWORKS[network][4]
    tiers = {s["SubnetId"]: tag(s, "securecart:tier") for s in ec2.describe_subnets(Filters=only)["Subnets"]}
    assert {tiers[g["SubnetId"]] for g in gateways} == {"public"}
    used = {
        r["NatGatewayId"]
        for t in routes_by_tier(deployed, network)["private"]
        for r in t
        if r.get("DestinationCidrBlock") == "0.0.0.0/0"
    }
    assert used == {g["NatGatewayId"] for g in gateways}


def test_payments_has_no_way_to_the_internet(deployed):
    ec2, vpc_id, only = vpc_of(deployed, "payments")
    gateways = ec2.describe_internet_gateways()["InternetGateways"]
    assert not [g for g in gateways if any(a["VpcId"] == vpc_id for a in g["Attachments"])]
    tables = [t for tables in routes_by_tier(deployed, "payments").values() for t in tables]
    assert tables
    assert not [r for table in tables for r in table if r.get("DestinationCidrBlock") == "0.0.0.0/0"]
    assert ec2.describe_nat_gateways(Filters=only)["NatGateways"] == []


@pytest.mark.parametrize(("tier", "direction"), PROD_ACLS)
def test_network_acls_of_prod_are_the_firms_table_and_nothing_else(deployed, tier, direction):
    ec2, _, only = vpc_of(deployed, "prod")
    acls = ec2.describe_network_acls(Filters=only)["NetworkAcls"]
    (acl,) = [a for a in acls if tag(a, "securecart:tier") == tier]
    assert len(acl["Associations"]) == 3
    found = [
        (
            e["RuleNumber"],
            e["RuleAction"],
            e["Protocol"],
            (e["PortRange"]["From"], e["PortRange"]["To"]) if e["Protocol"] == "6" else None,
            e["CidrBlock"],
        )
        for e in sorted(acl["Entries"], key=lambda e: e["RuleNumber"])
        if e["Egress"] == (direction == "out") and e["RuleNumber"] != 32767
    ]
    assert found == PROD_ACLS[tier, direction]


@pytest.mark.parametrize("component", PROD_GROUPS)
def test_security_groups_of_prod_are_the_firms_table_and_nothing_else(deployed, component):
    ec2, _, only = vpc_of(deployed, "prod")
    groups = {
        tag(g, "securecart:component"): g["GroupId"]
        for g in ec2.describe_security_groups(Filters=only)["SecurityGroups"]
    }
    names = {group_id: name for name, group_id in groups.items()}
    rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [groups[component]]}])
    found = set()
    for rule in rules["SecurityGroupRules"]:
        assert rule["Description"]
        assert rule["IpProtocol"] == "tcp"
        peer = rule.get("CidrIpv4") or ("prefix list" if rule.get("PrefixListId") else "")
        peer = peer or names[rule["ReferencedGroupInfo"]["GroupId"]]
        found.add(("out" if rule["IsEgress"] else "in", rule["FromPort"], rule["ToPort"], peer))
    assert found == PROD_GROUPS[component]


@every_network
def test_default_group_and_default_acl_let_nothing_through(deployed, network):
    ec2, _, only = vpc_of(deployed, network)
    (group,) = [g for g in ec2.describe_security_groups(Filters=only)["SecurityGroups"] if g["GroupName"] == "default"]
    assert group["IpPermissions"] == group["IpPermissionsEgress"] == []
    (acl,) = [a for a in ec2.describe_network_acls(Filters=only)["NetworkAcls"] if a["IsDefault"]]
    assert [e for e in acl["Entries"] if e["RuleNumber"] != 32767] == []
    assert acl["Associations"] == []


@every_network
def test_flow_logs_of_each_vpc_go_to_the_log_archive(deployed, network):
    region = NETWORKS[network][1]
    ec2, vpc_id, _ = vpc_of(deployed, network)
    logs = [log for log in ec2.describe_flow_logs()["FlowLogs"] if log["ResourceId"] == vpc_id]
    (log,) = logs
    archive = deployed.fleet.accounts["log-archive"].id
    bucket = f"securecart-flow-logs-{archive}-{region}"
    assert log["TrafficType"] == "ALL"
    assert log["LogDestination"].startswith(f"arn:aws:s3:::{bucket}")
    s3 = deployed.client("log-archive", "s3", region)
    rule = s3.get_bucket_encryption(Bucket=bucket)["ServerSideEncryptionConfiguration"]["Rules"][0]
    assert rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] == "aws:kms"


@pytest.mark.parametrize("region", ["us-east-1", "eu-west-1"])
def test_flow_logs_of_each_transit_gateway_go_to_the_log_archive(deployed, region):
    ec2 = deployed.client("network", "ec2", region)
    (gateway,) = ec2.describe_transit_gateways()["TransitGateways"]
    (log,) = ec2.describe_flow_logs()["FlowLogs"]
    assert log["ResourceId"] == gateway["TransitGatewayId"]
    archive = deployed.fleet.accounts["log-archive"].id
    assert log["LogDestination"].startswith(f"arn:aws:s3:::securecart-flow-logs-{archive}-{region}")
