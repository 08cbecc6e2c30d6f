"""Attachments of transit gateways: one object for each, seen from every account and region concerned.

The object lies in moto's `transit_gateway_attachments` of every account and region that it concerns. What
differs by viewer (gateway id, resource, association, tags) is worked out when it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from moto.core.utils import utcnow
from moto.ec2.models import EC2Backend
from moto.ec2.models.transit_gateway import TransitGateway
from moto.ec2.utils import random_transit_gateway_attachment_id

from securecart.sandbox.moto_extensions.support import Document, ec2_backend, ec2_error, tags_of

ATTACHMENT_NOT_FOUND = "InvalidTransitGatewayAttachmentID.NotFound"
_ENDED = frozenset({"deleted", "rejected", "failed"})


@dataclass(frozen=True)
class GatewayRef:
    """Where a transit gateway is."""

    id: str
    """Id, tgw-..."""
    account: str
    """Account id of its owner."""
    region: str
    """Region."""

    def document(self) -> Document:
        """TransitGatewayPeeringAttachment's PeeringTgwInfo."""
        return {"TransitGatewayId": self.id, "OwnerId": self.account, "Region": self.region}

    def backend(self) -> EC2Backend:
        """EC2's memory of the gateway's account and region."""
        return ec2_backend(self.account, self.region)


@dataclass(kw_only=True)
class Attachment:
    """What every kind of attachment has. A VPN's needs no more."""

    gateway: GatewayRef
    """The gateway; of a peering, the requester's."""
    resource_type: str
    """TransitGatewayAttachmentResourceType: vpc, vpn or peering."""
    resource_id: str
    """Id of the VPC or VPN; of a peering, the accepter's gateway."""
    resource_owner: str
    """Account id of the resource's owner."""
    state: str
    """TransitGatewayAttachmentState, such as available or pendingAcceptance."""
    id: str = field(default_factory=random_transit_gateway_attachment_id)
    """Id, tgw-attach-..."""
    created: datetime = field(default_factory=utcnow)
    """When it was asked for."""

    @property
    def is_live(self) -> bool:
        """Whether it still counts against its gateway: pending ones do."""
        return self.state not in _ENDED

    @property
    def gateways(self) -> Sequence[GatewayRef]:
        """The gateways that it attaches something to."""
        return (self.gateway,)

    @property
    def gateway_ids(self) -> Sequence[str]:
        """Ids of the gateways that it attaches something to."""
        return [gateway.id for gateway in self.gateways]

    @property
    def transit_gateway_id(self) -> str:
        """Moto's name for the gateway's id."""
        return self.gateway.id

    def seen_from(self, backend: EC2Backend) -> GatewayRef:
        """The gateway on the viewer's side."""
        return self.gateway

    def resource_seen_from(self, backend: EC2Backend) -> tuple[str, str]:
        """Resource id and its owner's account id, on the far side from the viewer."""
        return self.resource_id, self.resource_owner

    def destination_cidrs(self) -> list[str]:
        """What the attachment propagates to route tables: nothing that the sandbox knows of."""
        return []


@dataclass(kw_only=True)
class VpcAttachment(Attachment):
    """An attachment of a VPC."""

    region: str
    """Region of VPC and gateway."""
    subnet_ids: list[str]
    """One subnet for each Availability Zone that it serves."""
    options: dict[str, str]
    """ModifyTransitGatewayVpcAttachmentRequestOptions."""

    def destination_cidrs(self) -> list[str]:
        """The VPC's IPv4 CIDR blocks (VPC transit gateways guide, "Route propagation")."""
        vpc = ec2_backend(self.resource_owner, self.region).vpcs.get(self.resource_id)
        if vpc is None or self.state != "available":
            return []
        return [str(block["cidr_block"]) for block in vpc.get_cidr_block_association_set(ipv6=False)]


@dataclass(kw_only=True)
class PeeringAttachment(Attachment):
    """An attachment of one gateway to another; both sides know it by the same id."""

    accepter: GatewayRef
    """The gateway whose owner has to accept."""
    status: str = "pending-acceptance"
    """PeeringAttachmentStatus's code, an older name of the state."""

    @property
    def gateways(self) -> Sequence[GatewayRef]:
        """Both gateways."""
        return (self.gateway, self.accepter)

    def seen_from(self, backend: EC2Backend) -> GatewayRef:
        """The accepter's gateway in the accepter's account and region, else the requester's."""
        here = (backend.account_id, backend.region_name)
        return self.accepter if here == (self.accepter.account, self.accepter.region) else self.gateway

    def resource_seen_from(self, backend: EC2Backend) -> tuple[str, str]:
        """The other side's gateway."""
        other = self.gateway if self.seen_from(backend) is self.accepter else self.accepter
        return other.id, other.account


def reference(gateway: TransitGateway) -> GatewayRef:
    """Where this gateway is."""
    return GatewayRef(id=gateway.id, account=gateway.owner_id, region=gateway.ec2_backend.region_name)


def attachments(backend: EC2Backend) -> dict[str, Attachment]:
    """Every attachment that concerns this account and region, by id: moto's own dictionary."""
    return cast("dict[str, Attachment]", backend.transit_gateway_attachments)


def find_attachment(backend: EC2Backend, attachment_id: str) -> Attachment:
    """The attachment with this id.

    Raises:
        EC2ClientError: InvalidTransitGatewayAttachmentID.NotFound.
    """
    attachment = attachments(backend).get(attachment_id)
    if attachment is None:
        raise ec2_error(
            ATTACHMENT_NOT_FOUND, f"Transit Gateway Attachment {attachment_id} was deleted or does not exist."
        )
    return attachment


def associated_table(attachment: Attachment, gateway: GatewayRef) -> str | None:
    """Id of the gateway's route table that the attachment is associated with: at most one."""
    for table in gateway.backend().transit_gateways_route_tables.values():
        if table.transit_gateway_id == gateway.id and attachment.id in table.route_table_associations:
            return str(table.id)
    return None


def attachment_document(backend: EC2Backend, attachment: Attachment) -> Document:
    """TransitGatewayAttachment, as this account and region sees it."""
    gateway = attachment.seen_from(backend)
    resource_id, resource_owner = attachment.resource_seen_from(backend)
    table = associated_table(attachment, gateway)
    association = {"TransitGatewayRouteTableId": table, "State": "associated"} if table else None
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "TransitGatewayId": gateway.id,
        "TransitGatewayOwnerId": gateway.account,
        "ResourceOwnerId": resource_owner,
        "ResourceType": attachment.resource_type,
        "ResourceId": resource_id,
        "State": attachment.state,
        "CreationTime": attachment.created,
        "Tags": tags_of(backend, attachment.id),
        **({"Association": association} if association else {}),
    }
