"""Attachments of every kind together, and those of VPNs.

moto lacks: the view of each account that an attachment concerns. AWS: DescribeTransitGatewayAttachments shows
an attachment to the resource's owner and to the gateway's, with ResourceOwnerId and TransitGatewayOwnerId
apart (EC2 API, TransitGatewayAttachment). Added: the operation is replaced, and moto's VPN connections, which
make an attachment of their own, make one of this kind.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.attachment_model import (
    ATTACHMENT_NOT_FOUND,
    Attachment,
    attachment_document,
    attachments,
    reference,
)
from securecart.sandbox.moto_extensions.gateways import own_gateway
from securecart.sandbox.moto_extensions.support import (
    EC2Methods,
    EC2Operations,
    extend,
    require_all,
    select,
    tags_of,
)

_READERS = {
    "transit-gateway-attachment-id": lambda one: one["TransitGatewayAttachmentId"],
    "transit-gateway-id": lambda one: one["TransitGatewayId"],
    "transit-gateway-owner-id": lambda one: one["TransitGatewayOwnerId"],
    "resource-id": lambda one: one["ResourceId"],
    "resource-owner-id": lambda one: one["ResourceOwnerId"],
    "resource-type": lambda one: one["ResourceType"],
    "state": lambda one: one["State"],
    "association.transit-gateway-route-table-id": lambda one: one.get("Association", {}).get(
        "TransitGatewayRouteTableId", []
    ),
    "association.state": lambda one: one.get("Association", {}).get("State", []),
}


class _Vpn(EC2Methods):
    # All that moto reads of the attachment is there, though it is none of moto's class.
    def create_transit_gateway_vpn_attachment(  # type: ignore[override]
        self, vpn_id: str, transit_gateway_id: str, tags: dict[str, str] | None = None
    ) -> Attachment:
        attachment = Attachment(
            gateway=reference(own_gateway(self, transit_gateway_id)),
            resource_type="vpn",
            resource_id=vpn_id,
            resource_owner=self.account_id,
            state="available",
        )
        attachments(self)[attachment.id] = attachment
        self.create_tags([attachment.id], tags or {})
        return attachment


class _Responses(EC2Operations):
    def describe_transit_gateway_attachments(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("TransitGatewayAttachmentIds", [])
        wanted = [one for one in attachments(backend).values() if not ids or one.id in ids]
        require_all(wanted, ids, lambda one: one.id, ATTACHMENT_NOT_FOUND)
        found = [attachment_document(backend, one) for one in wanted]
        found = select(
            found,
            self._filters_from_querystring(),
            _READERS,
            lambda one: tags_of(backend, str(one["TransitGatewayAttachmentId"])),
        )
        return ActionResult({"TransitGatewayAttachments": found})


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Backend, _Vpn)
    extend(EC2Response, _Responses)
