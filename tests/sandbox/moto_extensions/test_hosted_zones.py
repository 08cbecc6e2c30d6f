from __future__ import annotations

import itertools

from tests.sandbox.accounts import DEV, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder

_NUMBERS = itertools.count(1)


def named(name: str = "") -> dict[str, str]:
    unique = f"zone{next(_NUMBERS)}"
    return {"Name": name or f"{unique}.example.com", "CallerReference": unique}


def test_a_vpc_makes_a_zone_private(build: Builder, accounts: Accounts) -> None:
    network, route53 = build.network(DEV), accounts.client("route53", DEV)
    vpc = {"VPCId": network.vpc, "VPCRegion": "us-east-1"}
    made = route53.create_hosted_zone(**named(), VPC=vpc)["HostedZone"]
    assert made["Config"]["PrivateZone"] is True
    assert route53.get_hosted_zone(Id=made["Id"])["VPCs"] == [vpc]
    public = route53.create_hosted_zone(**named())["HostedZone"]
    assert public["Config"]["PrivateZone"] is False


def test_a_vpc_has_one_private_zone_of_a_name(build: Builder, accounts: Accounts) -> None:
    network, other, route53 = build.network(DEV), build.network(DEV), accounts.client("route53", DEV)
    vpc, second = ({"VPCId": one.vpc, "VPCRegion": "us-east-1"} for one in (network, other))
    first = route53.create_hosted_zone(**named("inside.example.com"), VPC=vpc)["HostedZone"]
    again = named("inside.example.com")
    assert refusal(route53.create_hosted_zone, **again, VPC=vpc) == "ConflictingDomainExists"
    made = route53.create_hosted_zone(**again, VPC=second)["HostedZone"]
    assert made["Id"] != first["Id"]
    joined = {"HostedZoneId": made["Id"], "VPC": vpc}
    assert refusal(route53.associate_vpc_with_hosted_zone, **joined) == "ConflictingDomainExists"
    assert refusal(route53.disassociate_vpc_from_hosted_zone, **joined) == "VPCAssociationNotFound"


def test_a_vpc_that_does_not_exist_is_refused(accounts: Accounts) -> None:
    route53 = accounts.client("route53", DEV)
    vpc = {"VPCId": "vpc-0123456789abcdef0", "VPCRegion": "us-east-1"}
    assert refusal(route53.create_hosted_zone, **named(), VPC=vpc) == "InvalidVPCId"


def test_each_zone_has_four_name_servers_of_its_own(accounts: Accounts) -> None:
    route53 = accounts.client("route53", DEV)
    zones = [route53.create_hosted_zone(**named()) for _ in range(2)]
    servers = [tuple(one["DelegationSet"]["NameServers"]) for one in zones]
    assert [len(set(one)) for one in servers] == [4, 4]
    assert servers[0] != servers[1]
    records = route53.list_resource_record_sets(HostedZoneId=zones[0]["HostedZone"]["Id"])["ResourceRecordSets"]
    values = {one["Type"]: [value["Value"] for value in one["ResourceRecords"]] for one in records}
    assert values["NS"] == [f"{server}." for server in servers[0]]
    assert values["SOA"][0].startswith(f"{servers[0][0]}. ")
