"""VPC attachments across accounts, with acceptance.

moto lacks: attachments to another account's gateway, AcceptTransitGatewayVpcAttachment and
RejectTransitGatewayVpcAttachment, subnet checks, and the request's tags; it associates every attachment with
the default route table. AWS: an account attaches its own VPC to a gateway shared with it, and the attachment
is pendingAcceptance until the gateway's owner accepts, unless AutoAcceptSharedAttachments is enabled (VPC
transit gateways guide, "Accept a shared attachment"); one subnet for each Availability Zone (EC2 API,
CreateTransitGatewayVpcAttachment); default association and propagation follow the gateway's options. Added:
methods of moto's EC2 responses are replaced.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.transit_gateway import TransitGateway
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.attachment_model import (
    ATTACHMENT_NOT_FOUND,
    Attachment,
    VpcAttachment,
    attachments,
    find_attachment,
    reference,
)
from securecart.sandbox.moto_extensions.gateways import usable_gateway
from securecart.sandbox.moto_extensions.route_tables import associate, detach, propagate
from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    ec2_backend,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)

_DEFAULT_OPTIONS = {
    "DnsSupport": "enable",
    "SecurityGroupReferencingSupport": "enable",
    "Ipv6Support": "disable",
    "ApplianceModeSupport": "disable",
}
_READERS = {
    "transit-gateway-attachment-id": lambda one: one.id,
    "transit-gateway-id": lambda one: one.gateway.id,
    "vpc-id": lambda one: one.resource_id,
    "state": lambda one: one.state,
}


def create(
    backend: EC2Backend,
    gateway: TransitGateway,
    vpc_id: str,
    subnet_ids: list[str],
    options: Mapping[str, str],
) -> VpcAttachment:
    """Attach this account's VPC to an own or shared gateway; the owner of another one has to accept.

    Raises:
        EC2ClientError: No such VPC or subnet, unsuitable subnets, or the VPC is already attached.
    """
    backend.get_vpc(vpc_id)
    check_subnets(backend, vpc_id, subnet_ids)
    for other in attachments(backend).values():
        if other.is_live and (other.gateway.id, other.resource_id) == (gateway.id, vpc_id):
            raise ec2_error(
                "DuplicateTransitGatewayAttachment",
                f"{gateway.id} has non-deleted Transit Gateway Attachments with same VPC ID.",
            )
    attachment = VpcAttachment(
        gateway=reference(gateway),
        resource_type="vpc",
        resource_id=vpc_id,
        resource_owner=backend.account_id,
        state="pendingAcceptance",
        region=backend.region_name,
        subnet_ids=list(subnet_ids),
        options=_DEFAULT_OPTIONS | dict(options),
    )
    for concerned in _backends(attachment):
        attachments(concerned)[attachment.id] = attachment
    own = gateway.owner_id == backend.account_id
    if own or gateway.options["AutoAcceptSharedAttachments"] == "enable":
        make_available(attachment)
    return attachment


def check_subnets(backend: EC2Backend, vpc_id: str, subnet_ids: Sequence[str]) -> None:
    """Refuse subnets that do not exist, lie in another VPC, or share an Availability Zone.

    Raises:
        EC2ClientError: InvalidSubnetID.NotFound, InvalidParameterValue, DuplicateSubnetsInSameZone.
    """
    if not subnet_ids:
        raise ec2_error("MissingParameter", "The request must contain the parameter SubnetIds")
    subnets = [backend.get_subnet(subnet_id) for subnet_id in subnet_ids]
    for subnet in subnets:
        if subnet.vpc_id != vpc_id:
            raise ec2_error("InvalidParameterValue", f"Subnet {subnet.id} does not belong to VPC {vpc_id}.")
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        raise ec2_error("DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ")


def make_available(attachment: Attachment) -> None:
    """Become available, with the default association and propagation of the gateway's options."""
    owner = attachment.gateway.backend()
    attachment.state = "available"
    options = owner.transit_gateways[attachment.gateway.id].options
    if options["DefaultRouteTableAssociation"] == "enable":
        associate(owner, attachment.id, options["AssociationDefaultRouteTableId"])
    if options["DefaultRouteTablePropagation"] == "enable":
        propagate(owner, attachment.id, options["PropagationDefaultRouteTableId"])


def delete(attachment: VpcAttachment) -> None:
    """Take the attachment out of every route table and out of both accounts."""
    detach(attachment)
    for backend in _backends(attachment):
        attachments(backend).pop(attachment.id, None)
        backend.tags.pop(attachment.id, None)
    attachment.state = "deleted"


def document(backend: EC2Backend, attachment: VpcAttachment) -> Document:
    """TransitGatewayVpcAttachment, as this account sees it."""
    return {
        "TransitGatewayAttachmentId": attachment.id,
        "TransitGatewayId": attachment.gateway.id,
        "VpcId": attachment.resource_id,
        "VpcOwnerId": attachment.resource_owner,
        "State": attachment.state,
        "SubnetIds": attachment.subnet_ids,
        "CreationTime": attachment.created,
        "Options": attachment.options,
        "Tags": tags_of(backend, attachment.id),
    }


def _backends(attachment: VpcAttachment) -> list[EC2Backend]:
    """The memories of the VPC's owner and of the gateway's, which may be one and the same."""
    return [ec2_backend(attachment.resource_owner, attachment.region), attachment.gateway.backend()]


def _find(backend: EC2Backend, attachment_id: str) -> VpcAttachment:
    attachment = find_attachment(backend, attachment_id)
    if not isinstance(attachment, VpcAttachment):
        raise ec2_error(ATTACHMENT_NOT_FOUND, f"Transit Gateway VPC Attachment {attachment_id} does not exist.")
    return attachment


def _find_pending(backend: EC2Backend, attachment_id: str) -> VpcAttachment:
    """The attachment that waits for this account, the gateway's owner."""
    attachment = _find(backend, attachment_id)
    if attachment.gateway.account != backend.account_id:
        raise ec2_error(ATTACHMENT_NOT_FOUND, f"Transit Gateway Attachment {attachment_id} does not exist.")
    if attachment.state != "pendingAcceptance":
        raise ec2_error("IncorrectState", f"{attachment.id} is in invalid state: {attachment.state}.")
    return attachment


class _Responses(EC2Operations):
    def create_transit_gateway_vpc_attachment(self) -> ActionResult:
        gateway = usable_gateway(self.ec2_backend, self._get_param("TransitGatewayId"))
        vpc_id, subnet_ids = self._get_param("VpcId"), self._get_param("SubnetIds", [])
        attachment = create(self.ec2_backend, gateway, vpc_id, subnet_ids, self._get_param("Options", {}))
        tags = self._parse_tag_specification().get("transit-gateway-attachment", {})
        self.ec2_backend.create_tags([attachment.id], tags)
        return self._shown(attachment)

    def modify_transit_gateway_vpc_attachment(self) -> ActionResult:
        attachment = self._named_attachment()
        removed, added = self._get_param("RemoveSubnetIds", []), self._get_param("AddSubnetIds", [])
        kept = [subnet_id for subnet_id in attachment.subnet_ids if subnet_id not in removed]
        subnet_ids = kept + [subnet_id for subnet_id in added if subnet_id not in kept]
        check_subnets(ec2_backend(attachment.resource_owner, attachment.region), attachment.resource_id, subnet_ids)
        attachment.subnet_ids = subnet_ids
        attachment.options |= self._get_param("Options", {})
        return self._shown(attachment)

    def accept_transit_gateway_vpc_attachment(self) -> ActionResult:
        attachment = _find_pending(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"))
        make_available(attachment)
        return self._shown(attachment)

    def reject_transit_gateway_vpc_attachment(self) -> ActionResult:
        attachment = _find_pending(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"))
        attachment.state = "rejected"
        return self._shown(attachment)

    def delete_transit_gateway_vpc_attachment(self) -> ActionResult:
        attachment = self._named_attachment()
        delete(attachment)
        return self._shown(attachment)

    def describe_transit_gateway_vpc_attachments(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("TransitGatewayAttachmentIds", [])
        found = [one for one in attachments(backend).values() if isinstance(one, VpcAttachment)]
        found = [one for one in found if not ids or one.id in ids]
        require_all(found, ids, lambda one: one.id, ATTACHMENT_NOT_FOUND)
        found = select(found, self._filters_from_querystring(), _READERS, lambda one: tags_of(backend, one.id))
        return ActionResult({"TransitGatewayVpcAttachments": [document(backend, one) for one in found]})

    def _named_attachment(self) -> VpcAttachment:
        return _find(self.ec2_backend, self._get_param("TransitGatewayAttachmentId"))

    def _shown(self, attachment: VpcAttachment) -> ActionResult:
        return ActionResult({"TransitGatewayVpcAttachment": document(self.ec2_backend, attachment)})


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
