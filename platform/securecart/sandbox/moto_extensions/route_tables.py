"""Association with, and propagation to, the route tables of a transit gateway.

moto lacks: propagation of one attachment to several tables, tables and attachments checked, a second
association refused; its answers are those of the gateway's owner alone. AWS: an attachment is associated with
exactly one route table and may propagate to several (VPC transit gateways guide, "How transit gateways
work"); a second association is Resource.AlreadyAssociated; peering attachments take static routes only (same
guide, "Transit gateway peering"). Added: methods of moto's EC2 responses are replaced; moto's own tables keep
both relations.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.transit_gateway_route_tables import (
    RouteTableAssociation,
    RouteTablePropagation,
    TransitGatewayRouteTable,
)
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.attachment_model import (
    Attachment,
    PeeringAttachment,
    associated_table,
    find_attachment,
)
from securecart.sandbox.moto_extensions.gateways import own_gateway
from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)

TABLE_NOT_FOUND = "InvalidRouteTableID.NotFound"
_READERS = {
    "transit-gateway-attachment-id": lambda one: one["TransitGatewayAttachmentId"],
    "resource-id": lambda one: one["ResourceId"],
    "resource-type": lambda one: one["ResourceType"],
}
_TABLE_READERS = {
    "transit-gateway-route-table-id": lambda table: table.id,
    "transit-gateway-id": lambda table: table.transit_gateway_id,
    "state": lambda table: table.state,
    "default-association-route-table": lambda table: str(table.default_association_route_table).lower(),
    "default-propagation-route-table": lambda table: str(table.default_propagation_route_table).lower(),
}


def find_table(backend: EC2Backend, table_id: str) -> TransitGatewayRouteTable:
    """The route table of this account's gateways with this id.

    Raises:
        EC2ClientError: InvalidRouteTableID.NotFound.
    """
    table = backend.transit_gateways_route_tables.get(table_id)
    if table is None:
        raise ec2_error(TABLE_NOT_FOUND, f"Transit Gateway Route Table {table_id} was deleted or does not exist.")
    return table


def find_pair(backend: EC2Backend, attachment_id: str, table_id: str) -> tuple[Attachment, TransitGatewayRouteTable]:
    """An available attachment and a route table of the same gateway.

    Raises:
        EC2ClientError: Either is missing, the attachment is not available, or the gateways differ.
    """
    attachment, table = find_attachment(backend, attachment_id), find_table(backend, table_id)
    if table.transit_gateway_id not in attachment.gateway_ids:
        raise ec2_error("InvalidParameterValue", f"{attachment.id} and {table.id} belong to different gateways.")
    if attachment.state != "available":
        raise ec2_error("IncorrectState", f"{attachment.id} is in invalid state: {attachment.state}.")
    return attachment, table


def associate(backend: EC2Backend, attachment_id: str, table_id: str) -> Document:
    """Route what arrives from the attachment by this table.

    Raises:
        EC2ClientError: Resource.AlreadyAssociated, or as find_pair says.
    """
    attachment, table = find_pair(backend, attachment_id, table_id)
    if associated_table(attachment, attachment.seen_from(backend)):
        raise ec2_error(
            "Resource.AlreadyAssociated",
            f"Transit Gateway Attachment {attachment.id} is already associated to a route table.",
        )
    resource_id, _ = attachment.resource_seen_from(backend)
    table.route_table_associations[attachment.id] = RouteTableAssociation(
        resource_id, attachment.resource_type, "associated", attachment.id
    )
    return _relation(backend, attachment, "associated") | {"TransitGatewayRouteTableId": table.id}


def disassociate(backend: EC2Backend, attachment_id: str, table_id: str) -> Document:
    """Undo associate.

    Raises:
        EC2ClientError: InvalidAssociation.NotFound, or one of the two does not exist.
    """
    attachment, table = find_attachment(backend, attachment_id), find_table(backend, table_id)
    if table.route_table_associations.pop(attachment.id, None) is None:
        raise ec2_error("InvalidAssociation.NotFound", f"{attachment.id} is not associated with {table.id}.")
    return _relation(backend, attachment, "disassociating") | {"TransitGatewayRouteTableId": table.id}


def propagate(backend: EC2Backend, attachment_id: str, table_id: str) -> Document:
    """Let the attachment's own routes appear in this table.

    Raises:
        EC2ClientError: It already does, it is a peering attachment, or as find_pair says.
    """
    attachment, table = find_pair(backend, attachment_id, table_id)
    if isinstance(attachment, PeeringAttachment):
        raise ec2_error("InvalidParameterValue", f"{attachment.id} is a peering attachment: it cannot propagate.")
    if any(one.transitGatewayAttachmentId == attachment.id for one in table.route_table_propagation):
        raise ec2_error(
            "TransitGatewayRouteTablePropagation.Duplicate",
            f"{attachment.id} already propagates to {table.id}.",
        )
    table.route_table_propagation.append(
        RouteTablePropagation(attachment.resource_id, attachment.resource_type, "enabled", attachment.id)
    )
    return _relation(backend, attachment, "enabled") | {"TransitGatewayRouteTableId": table.id}


def stop_propagating(backend: EC2Backend, attachment_id: str, table_id: str) -> Document:
    """Undo propagate.

    Raises:
        EC2ClientError: TransitGatewayRouteTablePropagation.NotFound, or one of the two does not exist.
    """
    attachment, table = find_attachment(backend, attachment_id), find_table(backend, table_id)
    kept = [one for one in table.route_table_propagation if one.transitGatewayAttachmentId != attachment.id]
    if len(kept) == len(table.route_table_propagation):
        raise ec2_error(
            "TransitGatewayRouteTablePropagation.NotFound",
            f"{attachment.id} does not propagate to {table.id}.",
        )
    table.route_table_propagation = kept
    return _relation(backend, attachment, "disabled") | {"TransitGatewayRouteTableId": table.id}


def detach(attachment: Attachment) -> None:
    """Take a deleted attachment out of its gateways' tables; static routes to it become blackholes."""
    for gateway in attachment.gateways:
        for table in gateway.backend().transit_gateways_route_tables.values():
            table.route_table_associations.pop(attachment.id, None)
            table.route_table_propagation = [
                one for one in table.route_table_propagation if one.transitGatewayAttachmentId != attachment.id
            ]


def _relation(backend: EC2Backend, attachment: Attachment, state: str) -> dict[str, object]:
    resource_id, _ = attachment.resource_seen_from(backend)
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "ResourceId": resource_id,
        "ResourceType": attachment.resource_type,
        "State": state,
    }


class _Responses(EC2Operations):
    def create_transit_gateway_route_table(self) -> ActionResult:
        gateway = own_gateway(self.ec2_backend, self._get_param("TransitGatewayId"))
        tags = self._parse_tag_specification().get("transit-gateway-route-table", {})
        table = self.ec2_backend.create_transit_gateway_route_table(transit_gateway_id=gateway.id, tags=tags)
        return ActionResult({"TransitGatewayRouteTable": table})

    def describe_transit_gateway_route_tables(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("TransitGatewayRouteTableIds", [])
        found = [one for one in backend.transit_gateways_route_tables.values() if not ids or one.id in ids]
        require_all(found, ids, lambda table: table.id, TABLE_NOT_FOUND)
        filters = self._filters_from_querystring()
        found = select(found, filters, _TABLE_READERS, lambda table: tags_of(backend, table.id))
        return ActionResult({"TransitGatewayRouteTables": found})

    def delete_transit_gateway_route_table(self) -> ActionResult:
        table = find_table(self.ec2_backend, self._get_param("TransitGatewayRouteTableId"))
        if table.route_table_associations:
            raise ec2_error("IncorrectState", f"{table.id} has associations: disassociate its attachments first.")
        table.state = "deleted"
        del self.ec2_backend.transit_gateways_route_tables[table.id]
        return ActionResult({"TransitGatewayRouteTable": table})

    def associate_transit_gateway_route_table(self) -> ActionResult:
        return ActionResult({"Association": associate(self.ec2_backend, *self._pair())})

    def disassociate_transit_gateway_route_table(self) -> ActionResult:
        return ActionResult({"Association": disassociate(self.ec2_backend, *self._pair())})

    def enable_transit_gateway_route_table_propagation(self) -> ActionResult:
        return ActionResult({"Propagation": propagate(self.ec2_backend, *self._pair())})

    def disable_transit_gateway_route_table_propagation(self) -> ActionResult:
        return ActionResult({"Propagation": stop_propagating(self.ec2_backend, *self._pair())})

    def get_transit_gateway_route_table_associations(self) -> ActionResult:
        table = find_table(self.ec2_backend, self._get_param("TransitGatewayRouteTableId"))
        found = [
            _relation(self.ec2_backend, find_attachment(self.ec2_backend, attachment_id), "associated")
            for attachment_id in table.route_table_associations
        ]
        return ActionResult({"Associations": self._selected(found)})

    def get_transit_gateway_route_table_propagations(self) -> ActionResult:
        table = find_table(self.ec2_backend, self._get_param("TransitGatewayRouteTableId"))
        found = [
            _relation(self.ec2_backend, find_attachment(self.ec2_backend, one.transitGatewayAttachmentId), "enabled")
            for one in table.route_table_propagation
        ]
        return ActionResult({"TransitGatewayRouteTablePropagations": self._selected(found)})

    def get_transit_gateway_attachment_propagations(self) -> ActionResult:
        attachment = find_attachment(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"))
        found = [
            {"TransitGatewayRouteTableId": table.id, "State": "enabled"}
            for table in self.ec2_backend.transit_gateways_route_tables.values()
            if any(one.transitGatewayAttachmentId == attachment.id for one in table.route_table_propagation)
        ]
        return ActionResult({"TransitGatewayAttachmentPropagations": found})

    def _pair(self) -> tuple[str, str]:
        return self._get_param("TransitGatewayAttachmentId"), self._get_param("TransitGatewayRouteTableId")

    def _selected(self, found: list[dict[str, object]]) -> list[dict[str, object]]:
        return select(found, self._filters_from_querystring(), _READERS, lambda one: [])


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
