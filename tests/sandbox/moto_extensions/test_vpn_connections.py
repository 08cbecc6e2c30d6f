from __future__ import annotations

import json
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, HUB, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder
from tests.sandbox.moto_extensions.test_vpn_gateways import customer, gateway

KEY = "Jf83kq0_alpha.1"


def connect(ec2: Any, *tunnels: dict[str, object], **more: Any) -> dict[str, Any]:
    options = {"TunnelOptions": list(tunnels), **more.pop("Options", {})}
    target = more if {"TransitGatewayId", "VpnGatewayId"} & set(more) else {"VpnGatewayId": gateway(ec2), **more}
    answer = ec2.create_vpn_connection(CustomerGatewayId=customer(ec2), Type="ipsec.1", Options=options, **target)
    return answer["VpnConnection"]


def seen(ec2: Any, connection: str) -> dict[str, Any]:
    [found] = ec2.describe_vpn_connections(VpnConnectionIds=[connection])["VpnConnections"]
    return found


def attachments(ec2: Any, connection: str) -> list[dict[str, Any]]:
    filters = [{"Name": "resource-id", "Values": [connection]}, {"Name": "resource-type", "Values": ["vpn"]}]
    return ec2.describe_transit_gateway_attachments(Filters=filters)["TransitGatewayAttachments"]


@pytest.fixture
def dev(accounts: Accounts) -> Any:
    return accounts.client("ec2", DEV)


def test_each_tunnel_tells_the_options_that_it_was_given(dev: Any) -> None:
    given = {
        "PreSharedKey": KEY,
        "TunnelInsideCidr": "169.254.10.0/30",
        "IKEVersions": [{"Value": "ikev2"}],
        "Phase1EncryptionAlgorithms": [{"Value": "AES256-GCM-16"}],
        "Phase1DHGroupNumbers": [{"Value": 20}],
        "DPDTimeoutAction": "restart",
        "DPDTimeoutSeconds": 40,
        "EnableTunnelLifecycleControl": True,
    }
    made = connect(dev, given)
    first, second = seen(dev, made["VpnConnectionId"])["Options"]["TunnelOptions"]
    told = {
        "IKEVersions": "IkeVersions",
        "DPDTimeoutAction": "DpdTimeoutAction",
        "DPDTimeoutSeconds": "DpdTimeoutSeconds",
    }
    assert {told.get(name, name): value for name, value in given.items()}.items() <= first.items()
    assert second["PreSharedKey"] != KEY
    assert "IkeVersions" not in second
    assert first["OutsideIpAddress"] != second["OutsideIpAddress"]
    assert KEY in made["CustomerGatewayConfiguration"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"PreSharedKey": "short"},
        {"PreSharedKey": "0leading_zero"},
        {"PreSharedKey": "has a space in it"},
        {"TunnelInsideCidr": "169.254.10.0/29"},
        {"TunnelInsideCidr": "10.0.0.0/30"},
        {"TunnelInsideCidr": "169.254.169.252/30"},
        {"IKEVersions": [{"Value": "ikev3"}]},
        {"Phase1DHGroupNumbers": [{"Value": 5}]},
        {"Phase2EncryptionAlgorithms": [{"Value": "3DES"}]},
        {"Phase2LifetimeSeconds": 3601},
        {"DPDTimeoutSeconds": 29},
        {"StartupAction": "begin"},
    ],
)
def test_options_that_a_tunnel_cannot_have_are_refused(dev: Any, wrong: dict[str, object]) -> None:
    assert refusal(connect, ec2=dev, **{"Options": {"TunnelOptions": [wrong]}}) == "InvalidParameterValue"


def test_a_refused_key_is_not_told(dev: Any) -> None:
    with pytest.raises(dev.exceptions.ClientError) as caught:
        connect(dev, {"PreSharedKey": "0sesame"})
    assert "PreSharedKey" in str(caught.value)
    assert "sesame" not in str(caught.value)


def test_logs_need_a_group(dev: Any) -> None:
    on = {"LogOptions": {"CloudWatchLogOptions": {"LogEnabled": True}}}
    assert refusal(connect, ec2=dev, **{"Options": {"TunnelOptions": [on]}}) == "MissingParameter"


def test_one_tunnel_changes_and_the_other_stays(dev: Any) -> None:
    made = connect(dev, {"PreSharedKey": KEY}, {"PreSharedKey": KEY})
    address = made["Options"]["TunnelOptions"][1]["OutsideIpAddress"]
    named = {"VpnConnectionId": made["VpnConnectionId"], "VpnTunnelOutsideIpAddress": address}
    dev.modify_vpn_tunnel_options(**named, TunnelOptions={"PreSharedKey": "another_key"})
    first, second = seen(dev, made["VpnConnectionId"])["Options"]["TunnelOptions"]
    assert (first["PreSharedKey"], second["PreSharedKey"]) == (KEY, "another_key")
    code = refusal(dev.modify_vpn_tunnel_options, **{**named, "VpnTunnelOutsideIpAddress": "1.2.3.4"}, TunnelOptions={})
    assert code == "InvalidParameterValue"


def test_a_connection_on_a_hub_is_an_attachment_that_routes_follow(build: Builder) -> None:
    hub = build.gateway()
    made = connect(build.hub, TransitGatewayId=hub["TransitGatewayId"])
    [attachment] = attachments(build.hub, made["VpnConnectionId"])
    assert attachment["State"] == "available"
    assert "Association" not in attachment
    named = {"TransitGatewayAttachmentId": attachment["TransitGatewayAttachmentId"]}
    table = build.table(hub)
    build.hub.associate_transit_gateway_route_table(TransitGatewayRouteTableId=table, **named)
    build.hub.create_transit_gateway_route(
        TransitGatewayRouteTableId=table, DestinationCidrBlock="192.168.0.0/16", **named
    )
    assert refusal(build.hub.delete_transit_gateway, TransitGatewayId=hub["TransitGatewayId"]) == "IncorrectState"
    build.hub.delete_vpn_connection(VpnConnectionId=made["VpnConnectionId"])
    assert attachments(build.hub, made["VpnConnectionId"]) == []
    found = build.hub.search_transit_gateway_routes(
        TransitGatewayRouteTableId=table, Filters=[{"Name": "type", "Values": ["static"]}]
    )
    assert [route["State"] for route in found["Routes"]] == ["blackhole"]


def test_a_connection_joins_the_hubs_default_table_where_the_hub_says_so(build: Builder) -> None:
    hub = build.gateway(DefaultRouteTableAssociation="enable", DefaultRouteTablePropagation="enable")
    made = connect(build.hub, TransitGatewayId=hub["TransitGatewayId"])
    [attachment] = attachments(build.hub, made["VpnConnectionId"])
    table = hub["Options"]["AssociationDefaultRouteTableId"]
    assert attachment["Association"]["TransitGatewayRouteTableId"] == table


def test_a_connection_moves_from_a_gateway_to_a_hub(build: Builder) -> None:
    hub, ec2 = build.gateway(), build.hub
    connection = connect(ec2)["VpnConnectionId"]
    assert attachments(ec2, connection) == []
    ec2.modify_vpn_connection(VpnConnectionId=connection, TransitGatewayId=hub["TransitGatewayId"])
    assert seen(ec2, connection)["TransitGatewayId"] == hub["TransitGatewayId"]
    assert "VpnGatewayId" not in seen(ec2, connection)
    assert len(attachments(ec2, connection)) == 1


def test_a_connection_ends_at_one_gateway_and_the_gateways_stay_while_it_is_there(dev: Any) -> None:
    both = {"VpnGatewayId": gateway(dev), "TransitGatewayId": "tgw-1"}
    assert refusal(connect, ec2=dev, **both) == "InvalidParameterCombination"
    fast = {"Options": {"EnableAcceleration": True}}
    assert refusal(connect, ec2=dev, **fast) == "InvalidParameterCombination"
    made = connect(dev)
    customer_gateway, vpn_gateway = made["CustomerGatewayId"], made["VpnGatewayId"]
    assert refusal(dev.delete_customer_gateway, CustomerGatewayId=customer_gateway) == "IncorrectState"
    assert refusal(dev.delete_vpn_gateway, VpnGatewayId=vpn_gateway) == "IncorrectState"
    dev.delete_vpn_connection(VpnConnectionId=made["VpnConnectionId"])
    dev.delete_vpn_gateway(VpnGatewayId=vpn_gateway)
    named = {"VpnConnectionId": made["VpnConnectionId"]}
    assert refusal(dev.delete_vpn_connection, **named) == "InvalidVpnConnectionID.NotFound"
    assert seen(dev, made["VpnConnectionId"])["State"] == "deleted"


def test_static_routes_are_for_static_connections_on_gateways(dev: Any) -> None:
    named = {"DestinationCidrBlock": "192.168.0.0/16"}
    dynamic = connect(dev)["VpnConnectionId"]
    assert refusal(dev.create_vpn_connection_route, VpnConnectionId=dynamic, **named) == "InvalidParameterValue"
    static = connect(dev, Options={"StaticRoutesOnly": True})["VpnConnectionId"]
    dev.create_vpn_connection_route(VpnConnectionId=static, **named)
    assert [route["DestinationCidrBlock"] for route in seen(dev, static)["Routes"]] == ["192.168.0.0/16"]
    dev.delete_vpn_connection_route(VpnConnectionId=static, **named)
    assert seen(dev, static)["Routes"] == []


def test_keys_in_secrets_manager_are_in_no_answer(accounts: Accounts) -> None:
    ec2, secrets = accounts.client("ec2", HUB), accounts.client("secretsmanager", HUB)
    made = connect(ec2, {"PreSharedKey": KEY}, PreSharedKeyStorage="SecretsManager")
    told = json.dumps(seen(ec2, made["VpnConnectionId"]), default=str)
    assert made["PreSharedKeyArn"] in told
    assert KEY not in told
    assert json.loads(secrets.get_secret_value(SecretId=made["PreSharedKeyArn"])["SecretString"])["tunnel1"] == KEY
    address = made["Options"]["TunnelOptions"][0]["OutsideIpAddress"]
    named = {"VpnConnectionId": made["VpnConnectionId"], "VpnTunnelOutsideIpAddress": address}
    ec2.modify_vpn_tunnel_options(**named, TunnelOptions={"PreSharedKey": "another_key"})
    kept = secrets.get_secret_value(SecretId=made["PreSharedKeyArn"])["SecretString"]
    assert json.loads(kept)["tunnel1"] == "another_key"
    ec2.modify_vpn_tunnel_options(**named, TunnelOptions={}, PreSharedKeyStorage="Standard")
    assert refusal(secrets.get_secret_value, SecretId=made["PreSharedKeyArn"]) == "ResourceNotFoundException"
    assert seen(ec2, made["VpnConnectionId"])["Options"]["TunnelOptions"][0]["PreSharedKey"] == "another_key"
    assert refusal(connect, ec2=ec2, PreSharedKeyStorage="Paper") == "InvalidParameterValue"
