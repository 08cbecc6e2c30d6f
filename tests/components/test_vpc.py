"""A VPC, its emptied defaults and its flow log."""

from ipaddress import IPv4Network

import pytest

from securecart.components.vpc import Vpc, VpcArgs
from tests.components.recording import Recording


@pytest.fixture
def recording(deploy) -> Recording:
    args = VpcArgs(IPv4Network("10.30.0.0/16"), "arn:aws:s3:::logs")
    return deploy(lambda scope: Vpc("prod", scope("prod", "us-east-1"), args))


def test_vpc_has_its_block_and_resolves_names(recording):
    vpc = recording.one("ec2/vpc:Vpc").inputs
    assert vpc["cidrBlock"] == "10.30.0.0/16"
    assert vpc["enableDnsSupport"] is True
    assert vpc["enableDnsHostnames"] is True


def test_default_security_group_is_adopted_and_empty(recording):
    group = recording.one("ec2/defaultSecurityGroup:DefaultSecurityGroup").inputs
    assert group["vpcId"] == "Vpc/prod"
    assert (group["ingress"], group["egress"]) == ([], [])


def test_default_network_acl_is_adopted_and_empty(recording):
    acl = recording.one("ec2/defaultNetworkAcl:DefaultNetworkAcl")
    assert acl.inputs["defaultNetworkAclId"] == "default-acl/prod"
    assert (acl.inputs["ingress"], acl.inputs["egress"]) == ([], [])


def test_default_network_acl_leaves_its_subnets_to_aws(recording):
    acl = recording.one("ec2/defaultNetworkAcl:DefaultNetworkAcl")
    assert acl.ignore_changes == ("subnetIds",)
    assert "subnetIds" not in acl.inputs


def test_default_route_table_is_adopted_and_empty(recording):
    table = recording.one("ec2/defaultRouteTable:DefaultRouteTable").inputs
    assert table["defaultRouteTableId"] == "default-table/prod"
    assert table["routes"] == []


def test_flow_log_keeps_all_traffic_in_the_archive_every_minute(recording):
    log = recording.one("ec2/flowLog:FlowLog").inputs
    assert log["vpcId"] == "Vpc/prod"
    assert log["trafficType"] == "ALL"
    assert (log["logDestinationType"], log["logDestination"]) == ("s3", "arn:aws:s3:::logs")
    assert log["maxAggregationInterval"] == 60
    assert log["destinationOptions"]["hiveCompatiblePartitions"] is False
