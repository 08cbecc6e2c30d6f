"""docs/costs.md: the counts are those of the stacks, and every month is count times price."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

PAGE = Path(__file__).resolve().parents[2] / "docs" / "costs.md"
HOURS = 730
"""Hours of a month, as AWS's price pages count."""
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.read_text().splitlines()
    if re.match(r"\| .* \| \d+\.\d\d \|$", line)
]
TYPES = {
    "NAT gateways": "ec2/natGateway:NatGateway",
    "public IPv4 addresses of NAT gateways": "ec2/eip:Eip",
    "gateway endpoints": "ec2/vpcEndpoint:VpcEndpoint",
    "interface endpoints": "ec2/vpcEndpoint:VpcEndpoint",
    "Transit Gateway VPC attachments": "ec2transitgateway/vpcAttachment:VpcAttachment",
    "Transit Gateway peering attachments": "ec2transitgateway/peeringAttachment:PeeringAttachment",
}


def units(component, inputs):
    """Return how many times AWS counts one resource."""
    kind = inputs.get("vpcEndpointType")
    if component == "interface endpoints":
        return len(inputs["subnetIds"]) if kind == "Interface" else 0
    if component == "gateway endpoints":
        return int(kind == "Gateway")
    return 2 if component == "Transit Gateway peering attachments" else 1


def row_id(row):
    return f"{row[0]}, {row[2]}"


@pytest.mark.parametrize("row", [row for row in ROWS if row[0] in TYPES], ids=row_id)
def test_a_component_is_counted_as_often_as_the_stacks_have_it(row, recordings, specs):
    component, region = row[0], row[2]
    prefix = row[1].strip("`").removesuffix("*")
    counted = sum(
        units(component, item.inputs)
        for name, recording in recordings.items()
        if name.startswith(prefix) and region in (specs[name].region, "both")
        for item in recording.resources
        if item.type == f"aws:{TYPES[component]}"
    )
    assert counted == int(row[4])


@pytest.mark.parametrize("row", ROWS, ids=row_id)
def test_a_month_is_the_count_times_the_price(row):
    price, _, period = row[5].partition(" ")
    hours = {"an hour": HOURS, "a month": 1, "": 0}[period]
    assert Decimal(row[6]) == (int(row[4]) * Decimal(price if hours else 0) * hours).quantize(Decimal("0.01"))


def test_every_component_says_where_its_price_comes_from():
    assert {row[0] for row in ROWS} >= set(TYPES)
    sources = PAGE.read_text().partition("## Where the prices come from")[2]
    assert [row[0] for row in ROWS if f"| {row[0]} |" not in sources] == []
