"""docs/costs.md: counts are those of the stacks, prices those of the table, and every month is count times price."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from securecart.prices import AS_OF, PRICES, SHIELD_ADVANCED, price

PAGE = Path(__file__).resolve().parents[2] / "docs" / "costs.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text().splitlines()
    if re.match(r"\| .* \| \d+\.\d\d \|$", line)
]
ANYWHERE = ("both", "all")
"""What the page says of components whose price is the same in every region."""
Units = Callable[[Mapping[str, object]], int]
"""How many times AWS counts one resource, by its inputs."""


class Counted(NamedTuple):
    """How a component is counted in the stacks."""

    type: str
    units: Units = lambda inputs: 1


def subnets_of(kind: str) -> Units:
    return lambda inputs: len(inputs["subnetIds"]) if inputs["vpcEndpointType"] == kind else 0


def are(key: str, value: object, times: int = 1) -> Units:
    return lambda inputs: times if inputs.get(key) == value else 0


BALANCER = "lb/loadBalancer:LoadBalancer"
ENDPOINT = "ec2/vpcEndpoint:VpcEndpoint"
VPN = "ec2/vpnConnection:VpnConnection"
ACCELERATOR = "globalaccelerator/accelerator:Accelerator"
CHECK = "route53/healthCheck:HealthCheck"
COMPONENTS = {
    "NAT gateways": Counted("ec2/natGateway:NatGateway"),
    "public IPv4 addresses of NAT gateways": Counted("ec2/eip:Eip"),
    "interface endpoints": Counted(ENDPOINT, subnets_of("Interface")),
    "gateway endpoints": Counted(ENDPOINT, are("vpcEndpointType", "Gateway")),
    "Transit Gateway VPC attachments": Counted("ec2transitgateway/vpcAttachment:VpcAttachment"),
    "Transit Gateway peering attachments": Counted(
        "ec2transitgateway/peeringAttachment:PeeringAttachment", lambda inputs: 2
    ),
    "Transit Gateway VPN attachments": Counted(VPN, lambda inputs: int("transitGatewayId" in inputs)),
    "VPN connections": Counted(VPN),
    "public IPv4 addresses of VPN tunnels": Counted(VPN, lambda inputs: 2),
    "secrets of VPN tunnels": Counted(VPN, are("presharedKeyStorage", "SecretsManager")),
    "Direct Connect port of 1 Gbps": Counted("directconnect/connection:Connection", are("bandwidth", "1Gbps")),
    "Application Load Balancers": Counted(BALANCER, are("loadBalancerType", "application")),
    "public IPv4 addresses of load balancers": Counted(
        BALANCER, lambda inputs: 0 if inputs["internal"] else len(inputs["subnets"])
    ),
    "Network Load Balancers": Counted(BALANCER, are("loadBalancerType", "network")),
    "PrivateLink endpoints": Counted(ENDPOINT, subnets_of("Interface")),
    "web ACLs": Counted("wafv2/webAcl:WebAcl"),
    "rules of web ACLs": Counted("wafv2/webAcl:WebAcl", lambda inputs: len(inputs["rules"])),
    "secrets of distributions": Counted("secretsmanager/secret:Secret"),
    "CloudFront distributions": Counted("cloudfront/distribution:Distribution"),
    "public certificates": Counted("acm/certificate:Certificate"),
    "Global Accelerator": Counted(ACCELERATOR),
    "public IPv4 addresses of accelerators": Counted(ACCELERATOR, are("ipAddressType", "IPV4", 2)),
    "hosted zone": Counted("route53/zone:Zone"),
    "health checks": Counted(CHECK),
    "HTTPS of health checks": Counted(CHECK, are("type", "HTTPS")),
    "KMS keys": Counted("kms/key:Key"),
    "alarms": Counted("cloudwatch/metricAlarm:MetricAlarm"),
}


def row_id(row):
    return f"{row[0]}, {row[2]}"


def count(component, stacks, region, recordings):
    """Return how often AWS counts a component in the stacks named so, in one region."""
    kind, units = COMPONENTS[component]
    return sum(
        units(item.inputs)
        for name, recording in recordings.items()
        if name.startswith(prefixes_of(stacks))
        for item in recording.resources
        if item.type == f"aws:{kind}" and (region in ANYWHERE or region_of(item, recording) == region)
    )


def prefixes_of(stacks):
    return tuple(each.strip(" `").removesuffix("*") for each in stacks.split(","))


def region_of(item, recording):
    return recording.provider_of(item).inputs["region"]


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_a_component_is_counted_as_often_as_the_stacks_have_it(row, recordings):
    assert count(row[0], row[1], row[2], recordings) == int(row[4])


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_a_price_is_that_of_the_table_and_a_month_is_the_count_times_it(row):
    found = price(row[0], row[2])
    assert row[5] == str(found)
    assert Decimal(row[6]) == (int(row[4]) * found.month).quantize(Decimal("0.01"))


def test_every_component_with_a_price_has_a_row_in_each_of_its_regions():
    assert {(row[0], row[2]) for row in ROWS} == PRICES.keys() - {(SHIELD_ADVANCED, "all")}
    assert {row[0] for row in ROWS} == COMPONENTS.keys()


def test_no_resource_of_a_priced_type_is_left_out(recordings):
    for kind in {each.type for each in COMPONENTS.values()}:
        named = {prefix for row in ROWS if COMPONENTS[row[0]].type == kind for prefix in prefixes_of(row[1])}
        holders = {name for name, found in recordings.items() if any(x.type == f"aws:{kind}" for x in found.resources)}
        assert holders
        assert {name for name in holders if not name.startswith(tuple(named))} == set(), kind


def test_the_sum_is_that_of_the_months():
    (told,) = re.findall(r"^\*\*Together: ([0-9.]+) a month\.\*\*$", PAGE.read_text(), flags=re.MULTILINE)
    assert Decimal(told) == sum(Decimal(row[6]) for row in ROWS)


def test_every_component_says_where_its_price_comes_from_and_of_when_it_is():
    sources = PAGE.read_text().partition("## Where the prices come from")[2]
    assert {row[0] for row in ROWS}
    for row in ROWS:
        assert f"| {row[0]} | {price(row[0], row[2]).source} | {AS_OF} |" in sources


def test_shield_advanced_is_told_apart_with_the_price_of_the_table():
    found = price(SHIELD_ADVANCED)
    (line,) = [line for line in PAGE.read_text().splitlines() if line.startswith(f"| {SHIELD_ADVANCED} |")]
    for part in (str(found), found.source, AS_OF):
        assert part in line
