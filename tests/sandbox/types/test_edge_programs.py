"""The real engine deploys each family of hybrid connectivity and of the edge, changes it and takes it down."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi import ResourceOptions
from pulumi_aws import (
    cloudfront,
    cloudwatch,
    directconnect,
    ec2,
    ec2transitgateway,
    globalaccelerator,
    secretsmanager,
    wafv2,
)

from tests.sandbox.provider.harness import Sandbox, World
from tests.sandbox.provider.test_engine import Deployment, provider
from tests.sandbox.types.cases_cloudfront import CACHING

Program = Callable[[], None]
_SEEN = {"cloudwatch_metrics_enabled": True, "metric_name": "edge", "sampled_requests_enabled": True}


@pytest.fixture
def deployment(sandbox: Sandbox, tmp_path: Path):
    made = Deployment(sandbox, tmp_path)
    yield made
    made.stack.destroy()


def state(directory: Path) -> str:
    [stored] = directory.glob(".pulumi/stacks/**/dev.json")
    return stored.read_text()


def office(account: str, action: str = "restart") -> Program:
    def program() -> None:
        opts = ResourceOptions(provider=provider(account))
        fixed = ResourceOptions(provider=opts.provider, ignore_changes=["secretString"])
        password = secretsmanager.get_random_password_output(
            password_length=32, exclude_punctuation=True, opts=pulumi.InvokeOutputOptions(provider=opts.provider)
        )
        secret = secretsmanager.Secret("key", name="office/key", recovery_window_in_days=0, opts=opts)
        key = pulumi.Output.concat("k", password.random_password)
        version = secretsmanager.SecretVersion("key", secret_id=secret.id, secret_string=key, opts=fixed)
        hub = ec2transitgateway.TransitGateway(
            "hub",
            amazon_side_asn=64600,
            default_route_table_association="disable",
            default_route_table_propagation="disable",
            opts=opts,
        )
        table = ec2transitgateway.RouteTable("office", transit_gateway_id=hub.id, opts=opts)
        customer = ec2.CustomerGateway("office", bgp_asn="65010", ip_address="192.0.2.10", type="ipsec.1", opts=opts)
        connection = ec2.VpnConnection(
            "office",
            customer_gateway_id=customer.id,
            transit_gateway_id=hub.id,
            type="ipsec.1",
            tunnel1_ike_versions=["ikev2"],
            tunnel1_dpd_timeout_action=action,
            tunnel1_preshared_key=version.secret_string.apply(lambda text: text or ""),
            opts=opts,
        )
        pair = {
            "transit_gateway_route_table_id": table.id,
            "transit_gateway_attachment_id": connection.transit_gateway_attachment_id,
        }
        ec2transitgateway.RouteTableAssociation("office", **pair, opts=opts)
        ec2transitgateway.Route("office", **pair, destination_cidr_block="192.168.0.0/16", opts=opts)
        pulumi.export("connection", connection.id)
        pulumi.export("key", connection.tunnel1_preshared_key)

    return program


def test_an_office_is_connected_to_the_hub_with_a_key_that_stays_secret(
    deployment: Deployment, world: World, tmp_path: Path
):
    made = deployment.up(office(world.home))
    boto: Any = world.boto("ec2")
    [seen] = boto.describe_vpn_connections(VpnConnectionIds=[made.outputs["connection"].value])["VpnConnections"]
    first, second = seen["Options"]["TunnelOptions"]
    secrets: Any = world.boto("secretsmanager")
    assert secrets.get_secret_value(SecretId="office/key")["SecretString"] == first["PreSharedKey"]
    assert made.outputs["key"].secret
    assert made.outputs["key"].value == first["PreSharedKey"]
    stored = state(tmp_path)
    assert seen["VpnConnectionId"] in stored
    assert first["PreSharedKey"] not in stored
    assert second["PreSharedKey"] not in stored

    changed = deployment.up(office(world.home, "clear")).summary.resource_changes
    assert changed["update"] == 1
    [seen] = boto.describe_vpn_connections(VpnConnectionIds=[seen["VpnConnectionId"]])["VpnConnections"]
    assert seen["Options"]["TunnelOptions"][0]["DpdTimeoutAction"] == "clear"
    assert seen["Options"]["TunnelOptions"][0]["PreSharedKey"] == first["PreSharedKey"]


def line(account: str, prefixes: list[str]) -> Program:
    def program() -> None:
        opts = ResourceOptions(provider=provider(account))
        vpc = ec2.Vpc("vpc", cidr_block="10.0.0.0/16", opts=opts)
        vgw = ec2.VpnGateway("vgw", vpc_id=vpc.id, opts=opts)
        ec2.VpnGatewayRoutePropagation("vgw", vpn_gateway_id=vgw.id, route_table_id=vpc.main_route_table_id, opts=opts)
        port = directconnect.Connection("port", bandwidth="1Gbps", location="EqDC2", opts=opts)
        gateway = directconnect.Gateway("gateway", amazon_side_asn="64700", opts=opts)
        directconnect.PrivateVirtualInterface(
            "vif",
            connection_id=port.id,
            dx_gateway_id=gateway.id,
            address_family="ipv4",
            bgp_asn=65020,
            vlan=101,
            opts=opts,
        )
        directconnect.GatewayAssociation(
            "vgw", dx_gateway_id=gateway.id, associated_gateway_id=vgw.id, allowed_prefixes=prefixes, opts=opts
        )
        pulumi.export("port", port.id)
        pulumi.export("gateway", gateway.arn)

    return program


def test_a_line_leads_to_the_vpcs_gateway_and_what_moto_lacks_is_recorded(deployment: Deployment, world: World):
    made = deployment.up(line(world.home, ["10.0.0.0/16"]))
    dx: Any = world.boto("directconnect")
    [port] = dx.describe_connections(connectionId=made.outputs["port"].value)["connections"]
    assert port["bandwidth"] == "1Gbps"
    assert f"::{world.home}:dx-gateway/" in made.outputs["gateway"].value
    entries = {one.type: one.status for one in world.sandbox.provider.inventory.entries() if one.account == world.home}
    assert entries["aws:directconnect/connection:Connection"] == "realised"
    assert entries["aws:directconnect/privateVirtualInterface:PrivateVirtualInterface"] == "recorded"

    deployment.up(line(world.home, ["10.0.0.0/16", "10.1.0.0/16"]))
    held = [one for one in world.sandbox.provider.store.list() if one.account == world.home]
    [association] = [one for one in held if one.type == "aws:directconnect/gatewayAssociation:GatewayAssociation"]
    assert association.properties["allowedPrefixes"] == ["10.0.0.0/16", "10.1.0.0/16"]
    assert association.properties["associatedGatewayType"] == "virtualPrivateGateway"

    deployment.stack.destroy()
    assert [one for one in world.sandbox.provider.store.list() if one.account == world.home] == []


def shop(account: str, limit: int = 100) -> Program:
    def program() -> None:
        opts = ResourceOptions(provider=provider(account))
        attackers = wafv2.IpSet("attackers", scope="CLOUDFRONT", ip_address_version="IPV4", opts=opts)
        acl = wafv2.WebAcl(
            "edge",
            scope="CLOUDFRONT",
            default_action={"allow": {}},
            visibility_config=_SEEN,
            rules=[
                {
                    "name": "attackers",
                    "priority": 0,
                    "action": {"block": {}},
                    "statement": {"ip_set_reference_statement": {"arn": attackers.arn}},
                    "visibility_config": _SEEN,
                },
                {
                    "name": "rate",
                    "priority": 1,
                    "action": {"block": {}},
                    "statement": {"rate_based_statement": {"limit": limit, "aggregate_key_type": "IP"}},
                    "visibility_config": _SEEN,
                },
                {
                    "name": "common",
                    "priority": 2,
                    "override_action": {"none": {}},
                    "statement": {
                        "managed_rule_group_statement": {"vendor_name": "AWS", "name": "AWSManagedRulesCommonRuleSet"}
                    },
                    "visibility_config": _SEEN,
                },
            ],
            opts=opts,
        )
        logs = cloudwatch.LogGroup("edge", name="aws-waf-logs-edge", retention_in_days=365, opts=opts)
        wafv2.WebAclLoggingConfiguration("edge", resource_arn=acl.arn, log_destination_configs=[logs.arn], opts=opts)
        control = cloudfront.OriginAccessControl(
            "images",
            origin_access_control_origin_type="s3",
            signing_behavior="always",
            signing_protocol="sigv4",
            opts=opts,
        )
        distribution = cloudfront.Distribution(
            "shop",
            enabled=True,
            origins=[
                {
                    "origin_id": "images",
                    "domain_name": "images.s3.us-east-1.amazonaws.com",
                    "origin_access_control_id": control.id,
                }
            ],
            default_cache_behavior={
                "target_origin_id": "images",
                "viewer_protocol_policy": "redirect-to-https",
                "allowed_methods": ["GET", "HEAD"],
                "cached_methods": ["GET", "HEAD"],
                "cache_policy_id": CACHING,
            },
            restrictions={"geo_restriction": {"restriction_type": "none"}},
            viewer_certificate={"cloudfront_default_certificate": True},
            web_acl_id=acl.arn,
            opts=opts,
        )
        accelerator = globalaccelerator.Accelerator("shop", opts=opts)
        listener = globalaccelerator.Listener(
            "https",
            accelerator_arn=accelerator.arn,
            protocol="TCP",
            port_ranges=[{"from_port": 443, "to_port": 443}],
            opts=opts,
        )
        globalaccelerator.EndpointGroup("home", listener_arn=listener.arn, health_check_port=443, opts=opts)
        pulumi.export("distribution", distribution.id)
        pulumi.export("capacity", acl.capacity)
        pulumi.export("accelerator", accelerator.dns_name)

    return program


def test_a_shop_at_the_edge_is_deployed_changed_and_taken_down_in_amazons_order(deployment: Deployment, world: World):
    made = deployment.up(shop(world.home))
    edge: Any = world.boto("cloudfront")
    distribution = edge.get_distribution(Id=made.outputs["distribution"].value)["Distribution"]
    waf: Any = world.boto("wafv2")
    [summary] = waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"]
    assert distribution["DistributionConfig"]["WebACLId"] == summary["ARN"]
    assert distribution["DistributionConfig"]["Origins"]["Items"][0]["OriginAccessControlId"]
    assert made.outputs["capacity"].value == 1 + 2 + 700
    assert made.outputs["accelerator"].value.endswith(".awsglobalaccelerator.com")

    again = deployment.up(shop(world.home)).summary.resource_changes
    assert set(again) == {"same"}
    changed = deployment.up(shop(world.home, limit=200)).summary.resource_changes
    assert changed["update"] == 1
    found = waf.get_web_acl(Name=summary["Name"], Scope="CLOUDFRONT", Id=summary["Id"])["WebACL"]
    rates = [rule["Statement"]["RateBasedStatement"]["Limit"] for rule in found["Rules"] if rule["Name"] == "rate"]
    assert rates == [200]

    deployment.stack.destroy()
    assert waf.list_web_acls(Scope="CLOUDFRONT")["WebACLs"] == []
    assert edge.list_distributions()["DistributionList"]["Quantity"] == 0


def watched(account: str, threshold: float) -> Program:
    def program() -> None:
        opts = ResourceOptions(provider=provider(account))
        cloudwatch.LogGroup("vpn", retention_in_days=30, opts=opts)
        statement = {
            "Effect": "Allow",
            "Principal": {"Service": "delivery.logs.amazonaws.com"},
            "Action": ["logs:CreateLogStream", "logs:PutLogEvents"],
            "Resource": "*",
        }
        cloudwatch.LogResourcePolicy(
            "delivery",
            policy_name="delivery",
            policy_document=json.dumps({"Version": "2012-10-17", "Statement": [statement]}),
            opts=opts,
        )
        alarm = cloudwatch.MetricAlarm(
            "down",
            comparison_operator="LessThanThreshold",
            evaluation_periods=1,
            metric_name="TunnelState",
            namespace="AWS/VPN",
            period=60,
            statistic="Maximum",
            threshold=threshold,
            dimensions={"VpnId": "vpn-1"},
            opts=opts,
        )
        pulumi.export("alarm", alarm.name)

    return program


def test_logs_and_alarms_are_deployed_and_changed(deployment: Deployment, world: World):
    made = deployment.up(watched(world.home, 1))
    watch: Any = world.boto("cloudwatch")
    [seen] = watch.describe_alarms(AlarmNames=[made.outputs["alarm"].value])["MetricAlarms"]
    assert (seen["MetricName"], seen["Threshold"]) == ("TunnelState", 1)
    assert deployment.up(watched(world.home, 0.5)).summary.resource_changes["update"] == 1
    [seen] = watch.describe_alarms(AlarmNames=[made.outputs["alarm"].value])["MetricAlarms"]
    assert seen["Threshold"] == 0.5
