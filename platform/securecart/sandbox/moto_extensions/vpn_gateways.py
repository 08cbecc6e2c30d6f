"""Virtual private gateways and customer gateways.

moto lacks: the propagation of a gateway's routes into route tables, the ASN that AWS chooses, a customer gateway's
device name and certificate, and every refusal. AWS: one gateway for each VPC and one VPC for each gateway (EC2 API,
Error codes, InvalidVpcState and VpnGatewayAttachmentLimitExceeded); a gateway in use is not deleted, IncorrectState;
EnableVgwRoutePropagation wants the gateway attached to the route table's VPC (Gateway.NotAttached); an identical
request for a customer gateway answers the existing one (EC2 API, CreateCustomerGateway). Added: operations in front
of moto's own. The tables' propagating gateways are kept in moto's RouteTable.
"""

from __future__ import annotations

from typing import cast

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.customer_gateways import CustomerGateway
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.models.vpn_gateway import VpnGateway
from moto.ec2.responses import EC2Response
from moto.ec2.responses.customer_gateways import CustomerGateways
from moto.ec2.responses.virtual_private_gateways import VirtualPrivateGateways

from securecart.sandbox.moto_extensions.support import (
    EC2Operations,
    ec2_error,
    extend,
)

GATEWAY_NOT_FOUND = "InvalidVpnGatewayID.NotFound"
CUSTOMER_GATEWAY_NOT_FOUND = "InvalidCustomerGatewayID.NotFound"
_DEFAULT_ASN = 64512
"""EC2 API, CreateVpnGateway: the ASN of the Amazon side when none is given."""
_LIVE = ("pending", "available")


def gateway_of_vpc(backend: EC2Backend, vpc_id: str) -> str | None:
    """Id of the virtual private gateway that is attached to a VPC."""
    return next((one.id for one in backend.vpn_gateways.values() if attached_vpc_of(one) == vpc_id), None)


def attached_vpc_of(gateway: VpnGateway) -> str | None:
    """Id of the VPC that a virtual private gateway is attached to."""
    return next((one.vpc_id for one in gateway.attachments.values() if one.state == "attached"), None)


def live_gateway(backend: EC2Backend, gateway_id: str) -> VpnGateway:
    """The virtual private gateway with this id.

    Raises:
        EC2ClientError: InvalidVpnGatewayID.NotFound.
    """
    gateway = backend.vpn_gateways.get(gateway_id)
    if gateway is None or gateway.state not in _LIVE:
        raise ec2_error(GATEWAY_NOT_FOUND, f"The vpnGateway ID '{gateway_id}' does not exist")
    return gateway


def live_customer_gateway(backend: EC2Backend, gateway_id: str) -> CustomerGateway:
    """The customer gateway with this id.

    Raises:
        EC2ClientError: InvalidCustomerGatewayID.NotFound.
    """
    gateway = backend.customer_gateways.get(gateway_id)
    if gateway is None or gateway.state not in _LIVE:
        raise ec2_error(CUSTOMER_GATEWAY_NOT_FOUND, f"The customerGateway ID '{gateway_id}' does not exist")
    return gateway


def connections_of(backend: EC2Backend, gateway_id: str) -> list[str]:
    """Ids of the VPN connections that end at a virtual private or customer gateway."""
    return [
        one.id
        for one in backend.vpn_connections.values()
        if one.state in _LIVE and gateway_id in (one.vpn_gateway_id, one.customer_gateway_id)
    ]


def propagating(table: RouteTable) -> list[dict[str, str]]:
    """A route table's PropagatingVgws: kept in moto's table under the name that its serializer looks for."""
    return cast("list[dict[str, str]]", vars(table).setdefault("propagating_vgws", []))


class _Gateways(EC2Operations):
    def create_vpn_gateway(self) -> ActionResult:
        answer = VirtualPrivateGateways.create_vpn_gateway(self)
        gateway = cast("dict[str, VpnGateway]", answer.result)["VpnGateway"]
        vars(gateway)["amazon_side_asn"] = int(gateway.amazon_side_asn or _DEFAULT_ASN)
        return answer

    def delete_vpn_gateway(self) -> ActionResult:
        gateway = live_gateway(self.ec2_backend, self._get_param("VpnGatewayId"))
        if attached_vpc_of(gateway) or connections_of(self.ec2_backend, gateway.id):
            raise ec2_error("IncorrectState", f"The vpnGateway '{gateway.id}' is in use.")
        return VirtualPrivateGateways.delete_vpn_gateway(self)

    def attach_vpn_gateway(self) -> ActionResult:
        backend, vpc_id = self.ec2_backend, self._get_param("VpcId")
        gateway = live_gateway(backend, self._get_param("VpnGatewayId"))
        backend.get_vpc(vpc_id)
        if gateway_of_vpc(backend, vpc_id) not in (None, gateway.id):
            raise ec2_error("InvalidVpcState", f"{vpc_id} already has a virtual private gateway attached to it.")
        if attached_vpc_of(gateway) not in (None, vpc_id):
            raise ec2_error("VpnGatewayAttachmentLimitExceeded", f"{gateway.id} is attached to another VPC.")
        return VirtualPrivateGateways.attach_vpn_gateway(self)

    def detach_vpn_gateway(self) -> ActionResult:
        backend, vpc_id = self.ec2_backend, self._get_param("VpcId")
        gateway = live_gateway(backend, self._get_param("VpnGatewayId"))
        if attached_vpc_of(gateway) != vpc_id:
            raise ec2_error("InvalidVpnGatewayAttachment.NotFound", f"{gateway.id} is not attached to {vpc_id}.")
        for table in backend.route_tables.values():
            if table.vpc_id == vpc_id:
                propagating(table).clear()
        return VirtualPrivateGateways.detach_vpn_gateway(self)

    def enable_vgw_route_propagation(self) -> ActionResult:
        backend = self.ec2_backend
        table = backend.get_route_table(self._get_param("RouteTableId"))
        gateway = live_gateway(backend, self._get_param("GatewayId"))
        if attached_vpc_of(gateway) != table.vpc_id:
            raise ec2_error("Gateway.NotAttached", f"{gateway.id} is not attached to the VPC of {table.id}.")
        if {"GatewayId": gateway.id} not in propagating(table):
            propagating(table).append({"GatewayId": gateway.id})
        return EmptyResult()

    def disable_vgw_route_propagation(self) -> ActionResult:
        table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
        named = {"GatewayId": self._get_param("GatewayId")}
        if named in propagating(table):
            propagating(table).remove(named)
        return EmptyResult()


class _CustomerGateways(EC2Operations):
    def create_customer_gateway(self) -> ActionResult:
        wanted = self._customer_gateway_wanted()
        for gateway in self.ec2_backend.customer_gateways.values():
            if gateway.state in _LIVE and {name: vars(gateway).get(name) for name in wanted} == wanted:
                return ActionResult({"CustomerGateway": gateway})
        if not wanted["ip_address"] and not wanted["certificate_arn"]:
            raise ec2_error("MissingParameter", "The request must contain the parameter ipAddress")
        answer = CustomerGateways.create_customer_gateway(self)
        made = cast("dict[str, CustomerGateway]", answer.result)["CustomerGateway"]
        vars(made).update(wanted)
        return answer

    def delete_customer_gateway(self) -> ActionResult:
        gateway = live_customer_gateway(self.ec2_backend, self._get_param("CustomerGatewayId"))
        if connections_of(self.ec2_backend, gateway.id):
            raise ec2_error("IncorrectState", f"The customer gateway '{gateway.id}' is in use.")
        return CustomerGateways.delete_customer_gateway(self)

    def _customer_gateway_wanted(self) -> dict[str, object]:
        """What makes a customer gateway the same as another, by the names of moto's members."""
        asn = self._get_param("BgpAsn") or self._get_param("BgpAsnExtended") or 65000
        return {
            "type": self._get_param("Type"),
            "ip_address": self._get_param("IpAddress") or self._get_param("PublicIp"),
            "bgp_asn": str(asn),
            "device_name": self._get_param("DeviceName"),
            "certificate_arn": self._get_param("CertificateArn"),
        }


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Gateways)
    extend(EC2Response, _CustomerGateways)
