"""Breaks of the rules on sites beyond AWS: their VPN connections, and what they are let into."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

OFFICE = "vpn-office"
_CONNECTION, _ROUTE = "VpnConnection", "Route"
_AT = Address(_CONNECTION, "office")
_BLOCK = "192.168.100.0_24"

JUDGED: tuple[Break, ...] = (
    change("vpn-device-listed", OFFICE, "CustomerGateway", "office", ip_address="203.0.113.99"),
    change("vpn-tunnels-strong", OFFICE, _CONNECTION, "office", tunnel1_phase1_dh_group_numbers=[2]),
    change("vpn-tunnels-restart", OFFICE, _CONNECTION, "office", tunnel2_startup_action="add"),
    change(
        "vpn-tunnels-logged",
        OFFICE,
        _CONNECTION,
        "office",
        tunnel2_log_options={"cloudwatch_log_options": {"log_enabled": False}},
    ),
    change("vpn-keys-in-secrets-manager", OFFICE, _CONNECTION, "office", preshared_key_storage="Standard"),
    change("vpn-static-on-hubs", OFFICE, _CONNECTION, "office", static_routes_only=False),
    change("vpn-logs-encrypted", OFFICE, "LogGroup", "office", retention_in_days=30),
    change(
        "vpn-own-table",
        OFFICE,
        "RouteTableAssociation",
        "office",
        _AT,
        transit_gateway_route_table_id="tgw-rtb-elsewhere",
    ),
    change("vpn-routes-listed", OFFICE, _ROUTE, "office-to-prod-private", destination_cidr_block="10.30.0.0/16"),
    change("vpn-tunnel-alarms", OFFICE, "MetricAlarm", "office-tunnel1", _AT, treat_missing_data="ignore"),
    change(
        "site-routes-listed",
        OFFICE,
        _ROUTE,
        f"prod-private-us-east-1a-to-{_BLOCK}",
        destination_cidr_block="192.168.0.0/16",
    ),
    change(
        "site-routes-in-listed-tables",
        OFFICE,
        _ROUTE,
        f"staging-private-us-east-1a-to-{_BLOCK}",
        whole(OFFICE),
        destination_cidr_block="192.168.100.0/25",
    ),
    change("nacl-site-rows", OFFICE, "NetworkAclRule", "prod-private-in-202", whole(OFFICE), to_port=444),
    change(
        "sg-site-rows",
        OFFICE,
        "SecurityGroupIngressRule",
        f"prod-ecs-in-office-{_BLOCK}-443",
        whole(OFFICE),
        from_port=444,
        to_port=444,
    ),
)
"""Breaks of an office's stack."""
