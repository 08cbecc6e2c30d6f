from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import AWAY, DEV, HOME, PAYMENTS, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network


def request(requester: Network, accepter: Network, account: str, region: str) -> str:
    answer = requester.ec2.create_vpc_peering_connection(
        VpcId=requester.vpc,
        PeerVpcId=accepter.vpc,
        PeerOwnerId=account,
        PeerRegion=region,
        TagSpecifications=[{"ResourceType": "vpc-peering-connection", "Tags": [{"Key": "Side", "Value": "requester"}]}],
    )
    return answer["VpcPeeringConnection"]["VpcPeeringConnectionId"]


def seen(network: Network, peering: str) -> dict[str, Any]:
    answer = network.ec2.describe_vpc_peering_connections(VpcPeeringConnectionIds=[peering])
    [connection] = answer["VpcPeeringConnections"]
    return connection


@pytest.mark.parametrize("region", [HOME, AWAY])
def test_the_other_account_accepts_and_both_see_the_peering_active(build: Builder, region: str) -> None:
    requester, accepter = build.network(DEV), build.network(PAYMENTS, region)
    peering = request(requester, accepter, PAYMENTS, region)
    named = {"VpcPeeringConnectionId": peering}
    for side in (requester, accepter):
        assert seen(side, peering)["Status"]["Code"] == "pending-acceptance"
    assert refusal(requester.ec2.accept_vpc_peering_connection, **named) == "OperationNotPermitted"
    accepter.ec2.accept_vpc_peering_connection(**named)
    for side in (requester, accepter):
        connection = seen(side, peering)
        assert connection["Status"]["Code"] == "active"
        assert connection["RequesterVpcInfo"]["OwnerId"] == DEV
        assert connection["RequesterVpcInfo"]["CidrBlockSet"] == [{"CidrBlock": requester.cidr}]
        assert connection["AccepterVpcInfo"]["OwnerId"] == PAYMENTS
        assert connection["AccepterVpcInfo"]["Region"] == region
    accepter.ec2.delete_vpc_peering_connection(**named)
    for side in (requester, accepter):
        assert seen(side, peering)["Status"]["Code"] == "deleted"


def test_each_side_has_tags_of_its_own(build: Builder) -> None:
    requester, accepter = build.network(DEV), build.network(PAYMENTS)
    peering = request(requester, accepter, PAYMENTS, HOME)
    accepter.ec2.create_tags(Resources=[peering], Tags=[{"Key": "Side", "Value": "accepter"}])
    assert seen(requester, peering)["Tags"] == [{"Key": "Side", "Value": "requester"}]
    assert seen(accepter, peering)["Tags"] == [{"Key": "Side", "Value": "accepter"}]
    found = accepter.ec2.describe_vpc_peering_connections(
        Filters=[
            {"Name": "tag:Side", "Values": ["accepter"]},
            {"Name": "requester-vpc-info.vpc-id", "Values": [requester.vpc]},
        ]
    )
    assert [one["VpcPeeringConnectionId"] for one in found["VpcPeeringConnections"]] == [peering]


def test_each_side_sets_its_own_options_once_the_peering_is_active(build: Builder) -> None:
    requester, accepter = build.network(DEV), build.network(PAYMENTS)
    named = {"VpcPeeringConnectionId": request(requester, accepter, PAYMENTS, HOME)}
    resolve = {"AccepterPeeringConnectionOptions": {"AllowDnsResolutionFromRemoteVpc": True}}
    change = accepter.ec2.modify_vpc_peering_connection_options
    assert refusal(change, **named, **resolve) == "OperationNotPermitted"
    accepter.ec2.accept_vpc_peering_connection(**named)
    other_side = requester.ec2.modify_vpc_peering_connection_options
    assert refusal(other_side, **named, **resolve) == "OperationNotPermitted"
    change(**named, **resolve)
    options = seen(requester, named["VpcPeeringConnectionId"])["AccepterVpcInfo"]["PeeringOptions"]
    assert options["AllowDnsResolutionFromRemoteVpc"] is True


def test_a_peering_that_does_not_exist_is_an_error(build: Builder) -> None:
    code = refusal(build.hub.describe_vpc_peering_connections, VpcPeeringConnectionIds=["pcx-0123456789abcdef0"])
    assert code == "InvalidVpcPeeringConnectionID.NotFound"
