"""A VPN connection with its device and its alarms."""

from ipaddress import IPv4Address

import pytest

from securecart.components.vpn_connection import VpnConnectionArgs, vpn_connection

CONNECTION = "ec2/vpnConnection:VpnConnection"


@pytest.fixture
def recording(deploy):
    def program(scope_of) -> None:
        args = VpnConnectionArgs(IPv4Address("203.0.113.10"), 65010, "arn:log", transit_gateway_id="tgw-1")
        vpn_connection(scope_of("network", "us-east-1"), "office", args)

    return deploy(program)


def test_the_device_is_named_by_address_and_asn(recording):
    device = recording.one("ec2/customerGateway:CustomerGateway").inputs
    assert (device["ipAddress"], device["bgpAsn"], device["type"]) == ("203.0.113.10", "65010", "ipsec.1")


def test_the_connection_ends_on_one_gateway(recording):
    inputs = recording.one(CONNECTION).inputs
    assert inputs["transitGatewayId"] == "tgw-1"
    assert "vpnGatewayId" not in inputs
    assert inputs["customerGatewayId"] == "CustomerGateway/office"


def test_aws_makes_the_keys_and_the_program_holds_none(recording):
    inputs = recording.one(CONNECTION).inputs
    assert inputs["presharedKeyStorage"] == "SecretsManager"
    assert not [key for key in inputs if key.endswith("PresharedKey")]


def test_both_tunnels_log_to_the_group(recording):
    inputs = recording.one(CONNECTION).inputs
    for tunnel in ("tunnel1", "tunnel2"):
        logs = inputs[f"{tunnel}LogOptions"]["cloudwatchLogOptions"]
        assert (logs["logEnabled"], logs["logGroupArn"], logs["logOutputFormat"]) == (True, "arn:log", "json")


def test_each_tunnel_has_an_alarm_that_silence_raises_too(recording):
    alarms = recording.all("cloudwatch/metricAlarm:MetricAlarm")
    assert len(alarms) == 2
    assert {alarm.inputs["dimensions"]["TunnelIpAddress"] for alarm in alarms.values()} == {
        "first-tunnel/office",
        "second-tunnel/office",
    }
    for alarm in alarms.values():
        assert alarm.inputs["dimensions"]["VpnId"] == "VpnConnection/office"
        assert (alarm.inputs["namespace"], alarm.inputs["metricName"]) == ("AWS/VPN", "TunnelState")
        assert (alarm.inputs["comparisonOperator"], alarm.inputs["threshold"]) == ("LessThanThreshold", 1)
        assert alarm.inputs["treatMissingData"] == "breaching"
