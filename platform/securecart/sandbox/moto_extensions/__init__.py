"""What moto lacks and SecureCart's network needs, added in the server's process by one call.

Each module says what moto lacks, what AWS does and where that is written, and how it is added.
"""

from __future__ import annotations


def install() -> None:
    """Add every extension to moto's classes. Imports moto's EC2, S3 and RAM: about a second."""
    from securecart.sandbox.moto_extensions import (
        all_attachments,
        deletions,
        flow_logs,
        gateway_peering,
        gateway_routes,
        gateways,
        network_acls,
        ram,
        route_tables,
        security_groups,
        vpc_attachments,
        vpc_peering,
        vpc_routes,
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
    ):
        extension.install()
