"""Routes of a VPC: the target has to exist and to be reachable from the VPC.

moto lacks: routes to another account's transit gateway (it takes them and forgets the target), and refusal of
a NAT gateway that does not exist or of an internet gateway of another VPC. AWS: a route may point to a
transit gateway only once the VPC's attachment is available, else InvalidTransitGatewayID.NotFound; an
internet gateway has to be attached to the route table's VPC (VPC user guide, "Configure route tables").
Added: CreateRoute and ReplaceRoute check first, then moto's own run, then the shared gateway is put in.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.route_tables import RouteTable
from moto.ec2.models.transit_gateway import TransitGateway
from moto.ec2.responses import EC2Response
from moto.ec2.responses.route_tables import RouteTables
from moto.ec2.utils import generate_route_id

from securecart.sandbox.moto_extensions.attachment_model import VpcAttachment, attachments
from securecart.sandbox.moto_extensions.gateways import NOT_FOUND, visible_gateways
from securecart.sandbox.moto_extensions.support import (
    EC2Operations,
    attached_vpc,
    ec2_error,
    extend,
)


def attached_gateway(backend: EC2Backend, vpc_id: str, gateway_id: str) -> TransitGateway:
    """The transit gateway that the VPC has an available attachment to.

    Raises:
        EC2ClientError: InvalidTransitGatewayID.NotFound.
    """
    attached = any(
        isinstance(one, VpcAttachment)
        and (one.resource_id, one.gateway.id, one.state) == (vpc_id, gateway_id, "available")
        for one in attachments(backend).values()
    )
    gateway = next((one for one in visible_gateways(backend) if one.id == gateway_id), None)
    if not attached or gateway is None:
        raise ec2_error(NOT_FOUND, f"The transitGateway ID '{gateway_id}' does not exist.")
    return gateway


def check_target(backend: EC2Backend, table: RouteTable, nat_gateway_id: str, gateway_id: str) -> None:
    """Refuse a NAT gateway that does not exist, and an internet gateway of another VPC.

    Raises:
        EC2ClientError: InvalidNatGatewayID.NotFound, InvalidParameterValue.
    """
    if nat_gateway_id and nat_gateway_id not in backend.nat_gateways:
        raise ec2_error("InvalidNatGatewayID.NotFound", f"The natGateway ID '{nat_gateway_id}' does not exist")
    is_internet = gateway_id.startswith("igw-")
    if is_internet and attached_vpc(backend.get_internet_gateway(gateway_id)) != table.vpc_id:
        raise ec2_error(
            "InvalidParameterValue",
            f"route table {table.id} and network gateway {gateway_id} belong to different networks",
        )


class _Responses(EC2Operations):
    def create_route(self) -> ActionResult:
        gateway = self._checked_gateway()
        answer = RouteTables.create_route(self)
        self._put_gateway(gateway)
        return answer

    def replace_route(self) -> ActionResult:
        gateway = self._checked_gateway()
        answer = RouteTables.replace_route(self)
        self._put_gateway(gateway)
        return answer

    def _checked_gateway(self) -> TransitGateway | None:
        backend: EC2Backend = self.ec2_backend
        table = backend.get_route_table(self._get_param("RouteTableId"))
        check_target(backend, table, self._get_param("NatGatewayId") or "", self._get_param("GatewayId") or "")
        gateway_id = self._get_param("TransitGatewayId")
        return attached_gateway(backend, table.vpc_id, gateway_id) if gateway_id else None

    def _put_gateway(self, gateway: TransitGateway | None) -> None:
        if gateway is not None:
            table = self.ec2_backend.get_route_table(self._get_param("RouteTableId"))
            members = ("DestinationCidrBlock", "DestinationIpv6CidrBlock", "DestinationPrefixListId")
            destination = next(self._get_param(member) for member in members if self._get_param(member))
            table._routes[generate_route_id(table.id, destination)].transit_gateway = gateway


def install() -> None:
    """Add these operations to moto's EC2, on the class that answers: moto's own stay behind them."""
    extend(EC2Response, _Responses)
