"""Site-to-Site VPN connections on virtual private gateways and transit gateways.

moto lacks: the options of connections and tunnels, static routes, telemetry, ModifyVpnConnection and its like, the
storage of keys in Secrets Manager, refusals, and the removal of a deleted connection's attachment. AWS: each tunnel
echoes its options (EC2 API, TunnelOption); a connection on a transit gateway is an attachment of it, associated and
propagated as the gateway's options say; static routes are those of a connection with a virtual private gateway (EC2
API, CreateVpnConnectionRoute); with PreSharedKeyStorage SecretsManager the keys lie in a secret and answers do not
hold them (Site-to-Site VPN user guide). Added: moto's operations are replaced; its dictionary of connections is kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from ipaddress import ip_network
from typing import cast

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses import EC2Response
from moto.secretsmanager.models import secretsmanager_backends

from securecart.sandbox.moto_extensions.attachment_model import attachments
from securecart.sandbox.moto_extensions.gateways import own_gateway
from securecart.sandbox.moto_extensions.route_tables import detach
from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)
from securecart.sandbox.moto_extensions.vpc_attachments import make_available
from securecart.sandbox.moto_extensions.vpn_gateways import live_customer_gateway, live_gateway
from securecart.sandbox.moto_extensions.vpn_model import Tunnel, VpnConnection, check_tunnel

NOT_FOUND = "InvalidVpnConnectionID.NotFound"
_READERS = {
    "vpn-connection-id": lambda one: one.id,
    "customer-gateway-id": lambda one: one.customer_gateway_id,
    "vpn-gateway-id": lambda one: one.vpn_gateway_id or [],
    "transit-gateway-id": lambda one: one.transit_gateway_id or [],
    "state": lambda one: one.state,
    "type": lambda one: "ipsec.1",
}
_STORAGES = (None, "Standard", "SecretsManager")
_IPV4 = {"LocalIpv4NetworkCidr": "0.0.0.0/0", "RemoteIpv4NetworkCidr": "0.0.0.0/0"}
"""EC2 API, VpnConnectionOptionsSpecification: what both sides default to."""


def connections(backend: EC2Backend) -> dict[str, VpnConnection]:
    """Every VPN connection, deleted ones too, by id: moto's own dictionary."""
    return cast("dict[str, VpnConnection]", backend.vpn_connections)


def find_connection(backend: EC2Backend, connection_id: str) -> VpnConnection:
    """The live connection with this id.

    Raises:
        EC2ClientError: InvalidVpnConnectionID.NotFound.
    """
    found = connections(backend).get(connection_id)
    if found is None or found.state != "available":
        raise ec2_error(NOT_FOUND, f"The vpnConnection ID '{connection_id}' does not exist")
    return found


def check_target(backend: EC2Backend, vpn_gateway_id: str | None, transit_gateway_id: str | None) -> None:
    """Refuse two ends on AWS's side, and one that does not exist.

    Raises:
        EC2ClientError: InvalidParameterCombination, or that the gateway is not found.
    """
    if vpn_gateway_id and transit_gateway_id:
        raise ec2_error("InvalidParameterCombination", "Give either a VpnGatewayId or a TransitGatewayId.")
    if vpn_gateway_id:
        live_gateway(backend, vpn_gateway_id)
    if transit_gateway_id:
        own_gateway(backend, transit_gateway_id)


def attach(backend: EC2Backend, connection: VpnConnection) -> None:
    """Attach the connection to its transit gateway, where it has one."""
    if connection.transit_gateway_id:
        made = backend.create_transit_gateway_vpn_attachment(connection.id, connection.transit_gateway_id)
        make_available(attachments(backend)[made.id])


def leave(backend: EC2Backend, connection: VpnConnection) -> None:
    """Take the connection's attachment out of its gateway and of its tables."""
    for attachment in [one for one in attachments(backend).values() if one.resource_id == connection.id]:
        detach(attachment)
        attachment.state = "deleted"
        del attachments(backend)[attachment.id]


def store_keys(backend: EC2Backend, connection: VpnConnection) -> None:
    """Put the keys of both tunnels into a secret of the service, or renew them there."""
    secrets = secretsmanager_backends[backend.account_id][backend.region_name]
    keys = json.dumps({f"tunnel{number}": one.key for number, one in enumerate(connection.tunnels, 1)})
    if connection.key_arn:
        secrets.put_secret_value(connection.key_arn, keys, "", "", ["AWSCURRENT"])
        return
    secret = secrets.create_managed_secret(
        service_name="s2svpn",
        secret_id=f"s2svpn!{connection.id}",
        secret_string=keys,
        description="Pre-shared keys of a VPN connection",
    )
    connection.key_arn = secret.arn


def forget_keys(backend: EC2Backend, connection: VpnConnection) -> None:
    """Delete the secret of the keys, where there is one."""
    if connection.key_arn:
        secrets = secretsmanager_backends[backend.account_id][backend.region_name]
        secrets.delete_secret(connection.key_arn, recovery_window_in_days=None, force_delete_without_recovery=True)
        connection.key_arn = None


def document(backend: EC2Backend, connection: VpnConnection) -> Document:
    """VpnConnection, with the BGP numbers of both ends."""
    customer = backend.customer_gateways[connection.customer_gateway_id].bgp_asn
    if connection.transit_gateway_id:
        amazon = backend.transit_gateways[connection.transit_gateway_id].options["AmazonSideAsn"]
    else:
        amazon = vars(backend.vpn_gateways[connection.vpn_gateway_id or ""])["amazon_side_asn"]
    return connection.document(tags_of(backend, connection.id), str(customer), str(amazon))


class _Responses(EC2Operations):
    def create_vpn_connection(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        customer = live_customer_gateway(backend, self._get_param("CustomerGatewayId"))
        targets = self._get_param("VpnGatewayId"), self._get_param("TransitGatewayId")
        check_target(backend, *targets)
        options = dict(self._get_param("Options", {}))
        given = [*options.pop("TunnelOptions", []), {}, {}][:2]
        if _told(options, "EnableAcceleration") and not targets[1]:
            raise ec2_error("InvalidParameterCombination", "Acceleration needs a transit gateway.")
        for tunnel in given:
            check_tunnel(tunnel)
        connection = VpnConnection(
            customer_gateway_id=customer.id,
            vpn_gateway_id=targets[0],
            transit_gateway_id=targets[1],
            options=_filled(options),
            tunnels=[Tunnel(dict(tunnel)) for tunnel in given],
        )
        connections(backend)[connection.id] = connection
        self._store_vpn_keys(connection)
        attach(backend, connection)
        backend.create_tags([connection.id], self._parse_tag_specification().get("vpn-connection", {}))
        return self._shown_vpn(connection)

    def describe_vpn_connections(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("VpnConnectionIds", [])
        found = [one for one in connections(backend).values() if not ids or one.id in ids]
        require_all(found, ids, lambda one: one.id, NOT_FOUND)
        found = [one for one in found if one.state == "available" or ids]
        filters = self._filters_from_querystring()
        found = select(found, filters, _READERS, lambda one: tags_of(backend, one.id))
        shown = [document(backend, one) if one.state == "available" else _deleted(one) for one in found]
        return ActionResult({"VpnConnections": shown})

    def modify_vpn_connection(self) -> ActionResult:
        backend, connection = self.ec2_backend, self._named_vpn()
        customer = self._get_param("CustomerGatewayId")
        targets = self._get_param("VpnGatewayId"), self._get_param("TransitGatewayId")
        check_target(backend, *targets)
        if customer:
            connection.customer_gateway_id = live_customer_gateway(backend, customer).id
        if any(targets):
            leave(backend, connection)
            connection.vpn_gateway_id, connection.transit_gateway_id = targets
            attach(backend, connection)
        return self._shown_vpn(connection)

    def modify_vpn_connection_options(self) -> ActionResult:
        connection = self._named_vpn()
        for name in ("LocalIpv4NetworkCidr", "RemoteIpv4NetworkCidr", "LocalIpv6NetworkCidr", "RemoteIpv6NetworkCidr"):
            value = self._get_param(name)
            connection.options |= {name: value} if value else {}
        return self._shown_vpn(connection)

    def modify_vpn_tunnel_options(self) -> ActionResult:
        connection, outside = self._named_vpn(), self._get_param("VpnTunnelOutsideIpAddress")
        tunnel = next((one for one in connection.tunnels if one.outside == outside), None)
        if tunnel is None:
            raise ec2_error("InvalidParameterValue", f"{connection.id} has no tunnel with the address {outside}.")
        options = self._get_param("TunnelOptions", {})
        check_tunnel(options)
        tunnel.options |= options
        self._store_vpn_keys(connection)
        return self._shown_vpn(connection)

    def delete_vpn_connection(self) -> ActionResult:
        connection = self._named_vpn()
        leave(self.ec2_backend, connection)
        forget_keys(self.ec2_backend, connection)
        connection.state = "deleted"
        return EmptyResult()

    def create_vpn_connection_route(self) -> ActionResult:
        connection, cidr = self._named_vpn(), str(ip_network(self._get_param("DestinationCidrBlock")))
        if not connection.vpn_gateway_id or not _told(connection.options, "StaticRoutesOnly"):
            rule = "static routes are for a static connection on a virtual private gateway"
            raise ec2_error("InvalidParameterValue", f"{connection.id} takes no static route: {rule}.")
        if cidr not in connection.routes:
            connection.routes.append(cidr)
        return EmptyResult()

    def delete_vpn_connection_route(self) -> ActionResult:
        connection, cidr = self._named_vpn(), self._get_param("DestinationCidrBlock")
        if cidr not in connection.routes:
            raise ec2_error("InvalidRoute.NotFound", f"{connection.id} has no route to {cidr}.")
        connection.routes.remove(cidr)
        return EmptyResult()

    def _named_vpn(self) -> VpnConnection:
        return find_connection(self.ec2_backend, self._get_param("VpnConnectionId"))

    def _shown_vpn(self, connection: VpnConnection) -> ActionResult:
        return ActionResult({"VpnConnection": document(self.ec2_backend, connection)})

    def _store_vpn_keys(self, connection: VpnConnection) -> None:
        """Keep the keys where the request says; without a word of it, where they are."""
        storage = self._get_param("PreSharedKeyStorage")
        if storage not in _STORAGES:
            raise ec2_error(
                "InvalidParameterValue", f"PreSharedKeyStorage is Standard or SecretsManager, not {storage}."
            )
        if storage == "SecretsManager" or (storage is None and connection.key_arn):
            store_keys(self.ec2_backend, connection)
        elif storage == "Standard":
            forget_keys(self.ec2_backend, connection)


def _told(options: Mapping[str, object], name: str) -> bool:
    return str(options.get(name)).lower() == "true"


def _filled(options: Mapping[str, object]) -> dict[str, object]:
    inside = str(options.get("TunnelInsideIpVersion", "ipv4"))
    return {
        **(_IPV4 if inside == "ipv4" else {}),
        "EnableAcceleration": False,
        "StaticRoutesOnly": False,
        "OutsideIpAddressType": "PublicIpv4",
        "TunnelInsideIpVersion": inside,
        **options,
    }


def _deleted(connection: VpnConnection) -> Document:
    return {"VpnConnectionId": connection.id, "State": connection.state, "Type": "ipsec.1"}


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
