"""Cases of policies/rules/vpn.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, office

_TGW_ROUTE = "aws:ec2transitgateway/route:Route"
_CONNECTION = "aws:ec2/vpnConnection:VpnConnection"

VIOLATIONS: tuple[Case, ...] = (
    Case("vpn-device-listed", "another device", office, "CustomerGateway", props={"ipAddress": "203.0.113.99"}),
    Case(
        "vpn-device-listed",
        "in a network's stack",
        dev,
        "Vpc",
        add=("aws:ec2/customerGateway:CustomerGateway", {"ipAddress": "203.0.113.10"}),
    ),
    Case("vpn-tunnels-strong", "IKEv1 too", office, "VpnConnection", props={"tunnel2IkeVersions": ["ikev1", "ikev2"]}),
    Case("vpn-tunnels-strong", "any version", office, "VpnConnection", drop=("tunnel1IkeVersions",)),
    Case(
        "vpn-tunnels-strong",
        "AES with 128 bits",
        office,
        "VpnConnection",
        props={"tunnel1Phase2EncryptionAlgorithms": ["AES256", "AES128"]},
    ),
    Case(
        "vpn-tunnels-strong",
        "SHA-1",
        office,
        "VpnConnection",
        props={"tunnel2Phase1IntegrityAlgorithms": ["SHA1"]},
    ),
    Case("vpn-tunnels-strong", "group 2", office, "VpnConnection", props={"tunnel2Phase2DhGroupNumbers": [14, 2]}),
    Case("vpn-tunnels-strong", "group 24", office, "VpnConnection", props={"tunnel1Phase1DhGroupNumbers": [24]}),
    Case("vpn-tunnels-strong", "no group", office, "VpnConnection", props={"tunnel1Phase1DhGroupNumbers": []}),
    Case("vpn-tunnels-restart", "left to others", office, "VpnConnection", drop=("tunnel1StartupAction",)),
    Case("vpn-tunnels-restart", "cleared", office, "VpnConnection", props={"tunnel2DpdTimeoutAction": "clear"}),
    Case("vpn-tunnels-logged", "one of them", office, "VpnConnection", drop=("tunnel2LogOptions",)),
    Case(
        "vpn-tunnels-logged",
        "switched off",
        office,
        "VpnConnection",
        props={"tunnel1LogOptions": {"cloudwatchLogOptions": {"logEnabled": False}}},
    ),
    Case("vpn-keys-in-secrets-manager", "elsewhere", office, "VpnConnection", drop=("presharedKeyStorage",)),
    Case("vpn-keys-in-secrets-manager", "given", office, "VpnConnection", props={"tunnel2PresharedKey": "written"}),
    Case("vpn-static-on-hubs", "by BGP", office, "VpnConnection", drop=("staticRoutesOnly",)),
    Case("vpn-logs-encrypted", "by no key", office, "LogGroup", drop=("kmsKeyId",)),
    Case("vpn-logs-encrypted", "for a month", office, "LogGroup", props={"retentionInDays": 30}),
    Case("vpn-own-table", "in none", office, "RouteTableAssociation", remove=True),
    Case(
        "vpn-own-table",
        "in a segment's",
        office,
        "RouteTableAssociation",
        props={"transitGatewayRouteTableId": "tgw-rtb-prod"},
    ),
    Case(
        "vpn-own-table",
        "a tier routed in a segment",
        office,
        "Route",
        "office-to-dev",
        {"transitGatewayRouteTableId": "tgw-rtb-prod"},
    ),
    Case(
        "vpn-routes-listed",
        "the whole network",
        office,
        "Route",
        "office-to-prod",
        {"destinationCidrBlock": "10.30.0.0/16"},
    ),
    Case(
        "vpn-routes-listed",
        "a network that is not listed",
        office,
        "Route",
        "office-to-prod",
        add=(_TGW_ROUTE, {"destinationCidrBlock": "10.31.32.0/19"}),
    ),
    Case("vpn-routes-listed", "no way back", office, "Route", "dev-to-office", remove=True),
    Case(
        "vpn-routes-listed",
        "a way back from elsewhere",
        office,
        "Route",
        "dev-to-office",
        add=(_TGW_ROUTE, {"destinationCidrBlock": "192.168.100.0/24"}),
    ),
    Case("vpn-tunnel-alarms", "one is gone", office, "MetricAlarm", "office-tunnel1", remove=True),
    Case(
        "vpn-tunnel-alarms",
        "about something else",
        office,
        "MetricAlarm",
        "office-tunnel2",
        {"dimensions": {"VpnId": "vpn-other", "TunnelIpAddress": "192.0.2.2"}},
    ),
    Case(
        "vpn-tunnel-alarms",
        "silence is well",
        office,
        "MetricAlarm",
        "office-tunnel2",
        {"treatMissingData": "notBreaching"},
    ),
    Case("vpn-tunnel-alarms", "one connection more", office, "VpnConnection", add=(_CONNECTION, {"id": "vpn-2"})),
)

UNDECIDED: tuple[Case, ...] = (
    Case("vpn-device-listed", "the address", office, "CustomerGateway", props={"ipAddress": UNKNOWN}),
    Case("vpn-tunnels-strong", "a list", office, "VpnConnection", props={"tunnel1Phase1DhGroupNumbers": UNKNOWN}),
    Case("vpn-tunnels-strong", "an item", office, "VpnConnection", props={"tunnel1Phase1DhGroupNumbers": [UNKNOWN]}),
    Case("vpn-tunnels-restart", "the action", office, "VpnConnection", props={"tunnel1StartupAction": UNKNOWN}),
    Case("vpn-tunnels-logged", "the options", office, "VpnConnection", props={"tunnel1LogOptions": UNKNOWN}),
    Case("vpn-keys-in-secrets-manager", "where", office, "VpnConnection", props={"presharedKeyStorage": UNKNOWN}),
    Case("vpn-keys-in-secrets-manager", "a key", office, "VpnConnection", props={"tunnel1PresharedKey": UNKNOWN}),
    Case("vpn-static-on-hubs", "the setting", office, "VpnConnection", props={"staticRoutesOnly": UNKNOWN}),
    Case("vpn-logs-encrypted", "the key", office, "LogGroup", props={"kmsKeyId": UNKNOWN}),
    Case(
        "vpn-own-table", "which table", office, "RouteTableAssociation", props={"transitGatewayRouteTableId": UNKNOWN}
    ),
    Case("vpn-routes-listed", "a block", office, "Route", "office-to-prod", {"destinationCidrBlock": UNKNOWN}),
    Case("vpn-tunnel-alarms", "about what", office, "MetricAlarm", "office-tunnel1", {"dimensions": UNKNOWN}),
)
