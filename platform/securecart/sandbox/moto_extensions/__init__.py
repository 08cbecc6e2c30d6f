"""What moto lacks and SecureCart's network needs, added in the server's process by one call.

Each module says what moto lacks, what AWS does and where that is written, and how it is added.
"""

from __future__ import annotations


def install() -> None:
    """Add every extension to moto's classes. Imports the moto services that they extend: a second or two."""
    from securecart.sandbox.moto_extensions import (
        all_attachments,
        certificates,
        deletions,
        direct_connect,
        distributions,
        dns_records,
        endpoint_services,
        endpoints,
        flow_logs,
        gateway_peering,
        gateway_routes,
        gateways,
        health_checks,
        hosted_zones,
        interfaces,
        listeners,
        load_balancers,
        log_deliveries,
        log_groups,
        network_acls,
        prefix_lists,
        ram,
        route_tables,
        security_groups,
        shield_subscriptions,
        target_groups,
        vpc_attachments,
        vpc_peering,
        vpc_routes,
        vpn_connections,
        vpn_gateways,
        web_acls,
    )

    for extension in (
        gateways,
        all_attachments,
        vpc_attachments,
        gateway_peering,
        route_tables,
        gateway_routes,
        vpc_routes,
        vpc_peering,
        flow_logs,
        security_groups,
        network_acls,
        deletions,
        ram,
        vpn_gateways,
        vpn_connections,
        hosted_zones,
        dns_records,
        health_checks,
        certificates,
        web_acls,
        distributions,
        interfaces,
        load_balancers,
        target_groups,
        listeners,
        direct_connect,
        log_deliveries,
        log_groups,
        shield_subscriptions,
        endpoints,
        endpoint_services,
        prefix_lists,
    ):
        extension.install()
