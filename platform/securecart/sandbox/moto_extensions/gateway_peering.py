"""Peering of two transit gateways, in one account or two, in different regions.

moto lacks: the accepter's view (its own gateway, the requester's as the resource), deletion that takes the
peering out of the route tables, tags, and errors for ids that do not exist. AWS: the accepter's side accepts,
from the accepter's region; afterwards the peering is available under one id on both sides (VPC transit
gateways guide, "Transit gateway peering attachments"). Added: methods of moto's EC2 responses are replaced.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.attachment_model import (
    ATTACHMENT_NOT_FOUND,
    GatewayRef,
    PeeringAttachment,
    attachments,
    find_attachment,
    reference,
)
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

_READERS = {
    "transit-gateway-attachment-id": lambda one: one.id,
    "local-owner-id": lambda one: one.gateway.account,
    "remote-owner-id": lambda one: one.accepter.account,
    "state": lambda one: one.state,
    "transit-gateway-id": lambda one: one.gateway_ids,
}
_MESSAGES = {
    "pending-acceptance": "Pending Acceptance",
    "available": "Available",
    "rejected": "Rejected",
    "deleted": "Deleted",
    "failed": "The peer transit gateway does not exist",
}


def create(requester: GatewayRef, accepter: GatewayRef) -> PeeringAttachment:
    """Ask the accepter's side for a peering. A gateway that does not exist makes it fail, as in AWS."""
    exists = accepter.id in accepter.backend().transit_gateways
    attachment = PeeringAttachment(
        gateway=requester,
        accepter=accepter,
        resource_type="peering",
        resource_id=accepter.id,
        resource_owner=accepter.account,
        state="pendingAcceptance" if exists else "failed",
        status="pending-acceptance" if exists else "failed",
    )
    for side in attachment.gateways if exists else [requester]:
        attachments(side.backend())[attachment.id] = attachment
    return attachment


def document(backend: EC2Backend, attachment: PeeringAttachment) -> Document:
    """TransitGatewayPeeringAttachment, as this account and region sees it."""
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "RequesterTgwInfo": attachment.gateway.document(),
        "AccepterTgwInfo": attachment.accepter.document(),
        "Options": {"DynamicRouting": "disable"},
        "Status": {"Code": attachment.status, "Message": _MESSAGES[attachment.status]},
        "State": attachment.state,
        "CreationTime": attachment.created,
        "Tags": tags_of(backend, attachment.id),
    }


def _find_pending(backend: EC2Backend, attachment_id: str, verb: str) -> PeeringAttachment:
    """The peering that waits for this account and region."""
    attachment = _find(backend, attachment_id)
    if (backend.account_id, backend.region_name) != (attachment.accepter.account, attachment.accepter.region):
        raise ec2_error("InvalidParameterValue", f"Cannot {verb} {attachment.id} as the source of the peering request.")
    if attachment.state != "pendingAcceptance":
        raise ec2_error("IncorrectState", f"{attachment.id} is in invalid state: {attachment.state}.")
    return attachment


def _find(backend: EC2Backend, attachment_id: str) -> PeeringAttachment:
    attachment = find_attachment(backend, attachment_id)
    if not isinstance(attachment, PeeringAttachment):
        raise ec2_error(ATTACHMENT_NOT_FOUND, f"Transit Gateway Peering Attachment {attachment_id} does not exist.")
    return attachment


class _Responses(EC2Operations):
    def create_transit_gateway_peering_attachment(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        attachment = create(
            reference(own_gateway(backend, self._get_param("TransitGatewayId"))),
            GatewayRef(
                id=self._get_param("PeerTransitGatewayId"),
                account=self._get_param("PeerAccountId"),
                region=self._get_param("PeerRegion"),
            ),
        )
        tags = self._parse_tag_specification().get("transit-gateway-attachment", {})
        backend.create_tags([attachment.id], tags)
        return self._shown_peering(attachment)

    def describe_transit_gateway_peering_attachments(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("TransitGatewayAttachmentIds", [])
        found = [one for one in attachments(backend).values() if isinstance(one, PeeringAttachment)]
        found = [one for one in found if not ids or one.id in ids]
        require_all(found, ids, lambda one: one.id, ATTACHMENT_NOT_FOUND)
        found = select(found, self._filters_from_querystring(), _READERS, lambda one: tags_of(backend, one.id))
        return ActionResult({"TransitGatewayPeeringAttachments": [document(backend, one) for one in found]})

    def accept_transit_gateway_peering_attachment(self) -> ActionResult:
        attachment = _find_pending(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"), "accept")
        attachment.state = attachment.status = "available"
        return self._shown_peering(attachment)

    def reject_transit_gateway_peering_attachment(self) -> ActionResult:
        attachment = _find_pending(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"), "reject")
        attachment.state = attachment.status = "rejected"
        return self._shown_peering(attachment)

    def delete_transit_gateway_peering_attachment(self) -> ActionResult:
        attachment = _find(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"))
        detach(attachment)
        attachment.state = attachment.status = "deleted"
        shown = self._shown_peering(attachment)
        for side in attachment.gateways:
            attachments(side.backend()).pop(attachment.id, None)
            side.backend().tags.pop(attachment.id, None)
        return shown

    def _shown_peering(self, attachment: PeeringAttachment) -> ActionResult:
        return ActionResult({"TransitGatewayPeeringAttachment": document(self.ec2_backend, attachment)})


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
