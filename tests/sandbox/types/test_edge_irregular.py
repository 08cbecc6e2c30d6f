"""What single types of hybrid connectivity and of the edge do beyond the common contract."""

from __future__ import annotations

import json
from typing import Any

import grpc
import pytest
from botocore.exceptions import ClientError

from tests.sandbox.provider.harness import World
from tests.sandbox.types import cases_cloudfront, cases_vpn, cases_waf, parts
from tests.sandbox.types.cases_watch import SECRET

VPN = "aws:ec2/vpnConnection:VpnConnection"
VGW = "aws:ec2/vpnGateway:VpnGateway"


def on_gateway(world: World, **more: object) -> dict[str, object]:
    return {
        "customerGatewayId": cases_vpn.customer_gateway(world),
        "vpnGatewayId": cases_vpn.vpn_gateway(world),
        "type": "ipsec.1",
        **more,
    }


def test_a_connection_ends_at_exactly_one_gateway(world: World):
    both = on_gateway(world, transitGatewayId="tgw-1")
    neither = {name: value for name, value in both.items() if name not in ("vpnGatewayId", "transitGatewayId")}
    for inputs in (both, neither):
        _, failures = world.at().check(VPN, inputs)
        assert "needs exactly one of vpnGatewayId, transitGatewayId" in failures["vpnGatewayId"]
    _, failures = world.at().check(VPN, on_gateway(world))
    assert not failures


def test_a_dropped_option_of_a_tunnel_becomes_amazons_default(world: World):
    made = world.make(VPN, on_gateway(world, tunnel1DpdTimeoutSeconds=60, tunnel1IkeVersions=["ikev2"]))
    wanted = {name: value for name, value in made.inputs.items() if not name.startswith("tunnel1")}
    assert world.at().diff(made, wanted).diffs == {"tunnel1DpdTimeoutSeconds", "tunnel1IkeVersions"}
    changed = world.at().update(made, wanted)
    assert not world.at().diff(changed, wanted).detailed.get("tunnel1DpdTimeoutSeconds")
    assert changed.state["tunnel1DpdTimeoutSeconds"] == 30
    assert changed.state["tunnel1IkeVersions"] == ["ikev1", "ikev2"]


def test_amazons_default_is_no_difference_from_none(world: World):
    made = world.make(VPN, on_gateway(world, tunnel1DpdTimeoutAction="clear", tunnel2StartupAction="add"))
    without = {name: value for name, value in made.inputs.items() if not name.startswith("tunnel")}
    assert not world.at().diff(made, without).detailed


def test_a_tunnels_addresses_are_known(world: World):
    made = world.make(VPN, on_gateway(world, tunnel1InsideCidr="169.254.10.0/30"))
    assert made.state["tunnel1VgwInsideAddress"] == "169.254.10.1"
    assert made.state["tunnel1CgwInsideAddress"] == "169.254.10.2"
    assert made.state["tunnel1BgpAsn"] == "64512"
    assert {one["outsideIpAddress"] for one in made.state["vgwTelemetries"]} == {
        made.state["tunnel1Address"],
        made.state["tunnel2Address"],
    }


def test_a_gateway_waits_for_its_connection_to_go(world: World):
    gateway = world.make(VGW, {})
    connection = world.make(VPN, {**on_gateway(world), "vpnGatewayId": gateway.id})
    waiting = world.at().deletion(gateway)
    with pytest.raises(grpc.FutureTimeoutError):
        waiting.result(timeout=0.5)
    world.at().delete(connection)
    waiting.result(timeout=10)
    [seen] = world.boto("ec2").describe_vpn_gateways(VpnGatewayIds=[gateway.id])["VpnGateways"]
    assert seen["State"] == "deleted"


def test_rules_may_be_given_as_wafs_own_json(world: World):
    def rules(*countries: str) -> str:
        inside = {"GeoMatchStatement": {"CountryCodes": list(countries)}}
        seen = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "countries"}
        rule = {
            "Name": "countries",
            "Priority": 0,
            "Action": {"Block": {}},
            "Statement": {"NotStatement": {"Statement": inside}},
            "VisibilityConfig": seen,
        }
        return json.dumps([rule])

    plain = {key: value for key, value in cases_waf.acl_inputs(world).items() if key != "rules"}
    made = world.make(cases_waf.ACL, {**plain, "ruleJson": rules("US")})
    assert "rules" not in made.state
    wanted = {**made.inputs, "ruleJson": rules("US", "DE")}
    assert world.at().diff(made, wanted).diffs == {"ruleJson"}
    changed = world.at().update(made, wanted)
    [rule] = cases_waf.acl(world, changed)["Rules"]
    inner = rule["Statement"]["NotStatement"]["Statement"]["GeoMatchStatement"]
    assert inner["CountryCodes"] == ["US", "DE"]
    found = world.at().read(changed)
    assert found is not None
    assert not world.at().diff(found, wanted).detailed


def test_dropped_rules_are_taken_from_the_web_acl(world: World):
    made = world.make(cases_waf.ACL, cases_waf.acl_inputs(world))
    assert cases_waf.acl(world, made)["Rules"]
    changed = world.at().update(made, {**made.inputs, "rules": []})
    assert cases_waf.acl(world, changed)["Rules"] == []


def test_rules_are_the_same_in_another_order_and_none_is_another_action(world: World):
    made = world.make(cases_waf.ACL, cases_waf.acl_inputs(world))
    rules: Any = made.inputs["rules"]
    assert not world.at().diff(made, {**made.inputs, "rules": rules[::-1]}).detailed
    counted = [{**rule, "overrideAction": {"count": {}}} if "overrideAction" in rule else rule for rule in rules]
    assert world.at().diff(made, {**made.inputs, "rules": counted}).diffs == {"rules"}


def test_a_distribution_that_is_to_be_kept_is_only_disabled(world: World):
    inputs = cases_cloudfront.distribution_inputs(world, retainOnDelete=True)
    made = world.make(cases_cloudfront.DISTRIBUTION, inputs)
    assert cases_cloudfront.distribution(world, made)["Enabled"] is True
    world.at().delete(made)
    assert cases_cloudfront.distribution(world, made)["Enabled"] is False


def test_a_secret_without_a_window_goes_at_once_and_its_name_is_free(world: World):
    made = world.make(SECRET, {"name": "keys", "recoveryWindowInDays": 0})
    world.at().delete(made)
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        world.boto("secretsmanager").describe_secret(SecretId=made.id)
    again = world.make(SECRET, {"name": "keys", "recoveryWindowInDays": 7})
    world.at().delete(again)
    assert world.boto("secretsmanager").describe_secret(SecretId=again.id)["DeletedDate"]


def test_a_secrets_new_version_is_the_current_one(world: World):
    secret = world.make(SECRET, {"name": "keys", "policy": parts.policy(), "recoveryWindowInDays": 0})
    token = "aws:secretsmanager/secretVersion:SecretVersion"
    for text in ("first", "second"):
        made = world.make(token, {"secretId": secret.id, "secretString": text})
        assert made.state["versionStages"] == ["AWSCURRENT"]
    assert world.boto("secretsmanager").get_secret_value(SecretId=secret.id)["SecretString"] == "second"


@pytest.mark.parametrize(
    ("token", "name", "value"),
    [
        ("aws:directconnect/privateVirtualInterface:PrivateVirtualInterface", "addressFamily", "ipv5"),
        ("aws:globalaccelerator/listener:Listener", "protocol", "HTTP"),
        ("aws:globalaccelerator/endpointGroup:EndpointGroup", "healthCheckProtocol", "UDP"),
    ],
)
def test_a_value_that_amazon_does_not_know_is_refused_of_what_is_only_recorded(
    world: World, token: str, name: str, value: str
):
    _, failures = world.at().check(token, {name: value})
    assert f"'{value}' is not one of" in failures[name]
