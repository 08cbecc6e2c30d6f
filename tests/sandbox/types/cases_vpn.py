"""Cases of virtual private gateways, customer gateways and VPN connections."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit, tag_edit

KEY = "Jf83kq0_alpha.1"
_NEW_KEY = "Zz19.other_key"
_STRONG = {
    "IkeVersions": ["ikev2"],
    "Phase1EncryptionAlgorithms": ["AES256", "AES256-GCM-16"],
    "Phase2EncryptionAlgorithms": ["AES256-GCM-16"],
    "Phase1IntegrityAlgorithms": ["SHA2-384"],
    "Phase2IntegrityAlgorithms": ["SHA2-512"],
    "Phase1DhGroupNumbers": [20, 14],
    "Phase2DhGroupNumbers": [21],
    "DpdTimeoutAction": "restart",
    "DpdTimeoutSeconds": 40,
    "StartupAction": "start",
    "EnableTunnelLifecycleControl": True,
    "Phase1LifetimeSeconds": 3600,
    "Phase2LifetimeSeconds": 1800,
    "RekeyFuzzPercentage": 50,
    "RekeyMarginTimeSeconds": 270,
    "ReplayWindowSize": 256,
}


def _ec2(world: World) -> Any:
    return world.boto("ec2")


def customer_gateway(world: World, address: str = "192.0.2.10") -> str:
    inputs = {"bgpAsn": "65010", "ipAddress": address, "type": "ipsec.1", "deviceName": f"office{next(world.names)}"}
    return world.make("aws:ec2/customerGateway:CustomerGateway", inputs).id


def vpn_gateway(world: World, **inputs: object) -> str:
    return world.make("aws:ec2/vpnGateway:VpnGateway", inputs).id


def static_connection(world: World) -> str:
    inputs = {
        "customerGatewayId": customer_gateway(world),
        "vpnGatewayId": vpn_gateway(world),
        "type": "ipsec.1",
        "staticRoutesOnly": True,
    }
    return world.make("aws:ec2/vpnConnection:VpnConnection", inputs).id


def strong_tunnels() -> dict[str, object]:
    return {f"tunnel{number}{name}": value for number in (1, 2) for name, value in _STRONG.items()}


def log_options(account: str, *, group: str = "vpn", form: str = "json") -> dict[str, object]:
    arn = f"arn:aws:logs:{REGION}:{account}:log-group:{group}"
    return {"cloudwatchLogOptions": {"logEnabled": True, "logGroupArn": arn, "logOutputFormat": form}}


def _gateway(world: World, it: Resource) -> Any:
    [found] = _ec2(world).describe_vpn_gateways(VpnGatewayIds=[it.id])["VpnGateways"]
    return found if found["State"] == "available" else None


def _vpc_of_gateway(world: World, it: Resource) -> Any:
    attachments = _gateway(world, it)["VpcAttachments"]
    return [one["VpcId"] for one in attachments if one["State"] == "attached"]


def _attached(world: World, it: Resource) -> Any:
    ids = [it.inputs["vpnGatewayId"]]
    [found] = _ec2(world).describe_vpn_gateways(VpnGatewayIds=ids)["VpnGateways"]
    return [one for one in found["VpcAttachments"] if one["State"] == "attached"]


def _attachment_inputs(world: World) -> dict[str, object]:
    return {"vpnGatewayId": vpn_gateway(world), "vpcId": parts.vpc(world)}


def _propagation_inputs(world: World) -> dict[str, object]:
    vpc_id = parts.vpc(world)
    return {"vpnGatewayId": vpn_gateway(world, vpcId=vpc_id), "routeTableId": parts.route_table(world, vpc_id)}


def _propagating(world: World, it: Resource) -> Any:
    ids = [it.inputs["routeTableId"]]
    [table] = _ec2(world).describe_route_tables(RouteTableIds=ids)["RouteTables"]
    return table.get("PropagatingVgws")


def _customer(world: World, it: Resource) -> Any:
    [found] = _ec2(world).describe_customer_gateways(CustomerGatewayIds=[it.id])["CustomerGateways"]
    return found if found["State"] == "available" else None


def connection(world: World, it: Resource) -> Any:
    [found] = _ec2(world).describe_vpn_connections(VpnConnectionIds=[it.id])["VpnConnections"]
    return found if found["State"] == "available" else None


def _tunnel(world: World, it: Resource, number: int) -> Any:
    address = it.state[f"tunnel{number}Address"]
    options = connection(world, it)["Options"]["TunnelOptions"]
    return next(one for one in options if one["OutsideIpAddress"] == address)


def _connection_inputs(world: World) -> dict[str, object]:
    return {
        "customerGatewayId": customer_gateway(world),
        "transitGatewayId": parts.gateway(world),
        "type": "ipsec.1",
        "tunnel1PresharedKey": KEY,
        "tunnel2PresharedKey": KEY,
        "tunnel1InsideCidr": "169.254.10.0/30",
        "tunnel1LogOptions": log_options(world.home),
        **strong_tunnels(),
    }


def _stored_keys(world: World, it: Resource) -> Any:
    found = world.boto("secretsmanager").get_secret_value(SecretId=connection(world, it)["PreSharedKeyArn"])
    return json.loads(found["SecretString"])


def _routes(world: World, it: Resource) -> Any:
    ids = [it.inputs["vpnConnectionId"]]
    [found] = _ec2(world).describe_vpn_connections(VpnConnectionIds=ids)["VpnConnections"]
    return [route["DestinationCidrBlock"] for route in found["Routes"]]


CASES = (
    Case(
        token="aws:ec2/vpnGateway:VpnGateway",
        inputs=lambda world: {"amazonSideAsn": "64620", "vpcId": parts.vpc(world), "tags": {"Name": "vgw"}},
        seen=_gateway,
        edits=(
            Edit(
                lambda world, it: {"vpcId": parts.vpc(world, "10.9.0.0/16")},
                _vpc_of_gateway,
                lambda world, it: [it.inputs["vpcId"]],
            ),
            tag_edit(),
        ),
        replacing={"amazonSideAsn": "64621", "availabilityZone": "us-east-1b"},
        equal={"amazonSideAsn": 64620},
    ),
    Case(
        token="aws:ec2/vpnGatewayAttachment:VpnGatewayAttachment",
        inputs=_attachment_inputs,
        seen=_attached,
        replacing={"vpcId": "vpc-1", "vpnGatewayId": "vgw-1"},
    ),
    Case(
        token="aws:ec2/vpnGatewayRoutePropagation:VpnGatewayRoutePropagation",
        inputs=_propagation_inputs,
        seen=_propagating,
        replacing={"routeTableId": "rtb-1", "vpnGatewayId": "vgw-1"},
    ),
    Case(
        token="aws:ec2/customerGateway:CustomerGateway",
        inputs=lambda world: {
            "bgpAsn": "65010",
            "ipAddress": "192.0.2.10",
            "type": "ipsec.1",
            "deviceName": "office",
            "tags": {"Name": "office"},
        },
        seen=_customer,
        edits=(tag_edit(),),
        replacing={
            "bgpAsn": "65011",
            "ipAddress": "192.0.2.11",
            "deviceName": "other",
            "certificateArn": "arn:aws:acm:x",
        },
        equal={"bgpAsn": 65010},
    ),
    Case(
        token="aws:ec2/vpnConnection:VpnConnection",
        inputs=_connection_inputs,
        seen=connection,
        edits=(
            Edit(
                lambda world, it: {"tunnel1DpdTimeoutAction": "clear"},
                lambda world, it: _tunnel(world, it, 1)["DpdTimeoutAction"],
                "clear",
            ),
            Edit(
                lambda world, it: {"tunnel2Phase1DhGroupNumbers": [19]},
                lambda world, it: [one["Value"] for one in _tunnel(world, it, 2)["Phase1DHGroupNumbers"]],
                [19],
            ),
            Edit(
                lambda world, it: {"tunnel2PresharedKey": _NEW_KEY},
                lambda world, it: _tunnel(world, it, 2)["PreSharedKey"],
                _NEW_KEY,
            ),
            Edit(
                lambda world, it: {"tunnel2LogOptions": log_options(world.home, group="other", form="text")},
                lambda world, it: _tunnel(world, it, 2)["LogOptions"]["CloudWatchLogOptions"]["LogOutputFormat"],
                "text",
            ),
            Edit(
                lambda world, it: {"localIpv4NetworkCidr": "192.168.0.0/16"},
                lambda world, it: connection(world, it)["Options"]["LocalIpv4NetworkCidr"],
                "192.168.0.0/16",
            ),
            Edit(
                lambda world, it: {"customerGatewayId": customer_gateway(world, "192.0.2.99")},
                lambda world, it: connection(world, it)["CustomerGatewayId"],
                lambda world, it: it.inputs["customerGatewayId"],
            ),
            Edit(
                lambda world, it: {"presharedKeyStorage": "SecretsManager"},
                _stored_keys,
                {"tunnel1": KEY, "tunnel2": _NEW_KEY},
            ),
            tag_edit(),
        ),
        replacing={
            "tunnel1InsideCidr": "169.254.11.0/30",
            "tunnel2InsideCidr": "169.254.12.0/30",
            "tunnel1InsideIpv6Cidr": "fd00::/126",
            "enableAcceleration": True,
            "staticRoutesOnly": True,
            "tunnelInsideIpVersion": "ipv6",
        },
        equal={"tunnel1Phase1DhGroupNumbers": [14, 20], "tunnel2DpdTimeoutSeconds": "40"},
    ),
    Case(
        token="aws:ec2/vpnConnectionRoute:VpnConnectionRoute",
        inputs=lambda world: {"vpnConnectionId": static_connection(world), "destinationCidrBlock": "192.168.10.0/24"},
        seen=_routes,
        replacing={"vpnConnectionId": "vpn-1", "destinationCidrBlock": "192.168.11.0/24"},
        equal={"destinationCidrBlock": "192.168.10.7/24"},
    ),
)
