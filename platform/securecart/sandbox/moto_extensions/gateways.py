"""Transit gateways: default route tables only where wanted, and use by the accounts they are shared with.

moto lacks: it makes a default route table whatever the options say, shows a gateway to its owner alone, keeps
CIDR blocks to add under that very name, and lets a gateway with attachments be deleted. AWS:
DefaultRouteTableAssociation and DefaultRouteTablePropagation decide, and with both disabled there is no default
table (EC2 API, CreateTransitGateway); AddTransitGatewayCidrBlocks and RemoveTransitGatewayCidrBlocks change
TransitGatewayCidrBlocks (EC2 API, ModifyTransitGatewayOptions); DescribeTransitGateways also shows gateways shared
with the caller (VPC transit gateways guide, "Working with shared transit gateways"); a gateway with attachments
cannot be deleted (EC2 API, DeleteTransitGateway). Added: methods of EC2Backend are replaced.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend, ec2_backends
from moto.ec2.models.transit_gateway import TransitGateway, TransitGatewayBackend

from securecart.sandbox.moto_extensions.attachment_model import attachments
from securecart.sandbox.moto_extensions.shares import is_shared
from securecart.sandbox.moto_extensions.support import (
    EC2Methods,
    Reader,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)

NOT_FOUND = "InvalidTransitGatewayID.NotFound"
_OPTIONS = {
    "amazon-side-asn": "AmazonSideAsn",
    "association-default-route-table-id": "AssociationDefaultRouteTableId",
    "auto-accept-shared-attachments": "AutoAcceptSharedAttachments",
    "default-route-table-association": "DefaultRouteTableAssociation",
    "default-route-table-propagation": "DefaultRouteTablePropagation",
    "dns-support": "DnsSupport",
    "propagation-default-route-table-id": "PropagationDefaultRouteTableId",
    "vpn-ecmp-support": "VpnEcmpSupport",
}


def _reads_option(member: str) -> Reader[TransitGateway]:
    return lambda gateway: str(gateway.options.get(member, ""))


_READERS: dict[str, Reader[TransitGateway]] = {
    "transit-gateway-id": lambda gateway: gateway.id,
    "state": lambda gateway: gateway.state,
    "owner-id": lambda gateway: gateway.owner_id,
    **{f"options.{name}": _reads_option(member) for name, member in _OPTIONS.items()},
}


def missing_gateway(gateway_id: str) -> EC2ClientError:
    """The error for a gateway that does not exist or that the caller may not use: the two look the same."""
    return ec2_error(NOT_FOUND, f"Transit Gateway {gateway_id} was deleted or does not exist.")


def visible_gateways(backend: EC2Backend) -> Iterator[TransitGateway]:
    """The account's own gateways of this region, then those shared with it."""
    yield from backend.transit_gateways.values()
    for account, region, other in ec2_backends.iter_backends():
        if region == backend.region_name and account != backend.account_id:
            for gateway in vars(other)["transit_gateways"].values():
                if is_shared(gateway.arn, backend.account_id, region):
                    yield gateway


def usable_gateway(backend: EC2Backend, gateway_id: str) -> TransitGateway:
    """The gateway with this id, own or shared.

    Raises:
        EC2ClientError: InvalidTransitGatewayID.NotFound.
    """
    for gateway in visible_gateways(backend):
        if gateway.id == gateway_id:
            return gateway
    raise missing_gateway(gateway_id)


def own_gateway(backend: EC2Backend, gateway_id: str) -> TransitGateway:
    """The account's own gateway with this id.

    Raises:
        EC2ClientError: InvalidTransitGatewayID.NotFound.
    """
    gateway = backend.transit_gateways.get(gateway_id)
    if gateway is None:
        raise missing_gateway(gateway_id)
    return gateway


def _changed_blocks(options: Mapping[str, object], changes: dict[str, object]) -> list[str]:
    """The gateway's CIDR blocks after a change, whose words for them are taken out of `changes`."""
    removed = cast("list[str]", changes.pop("RemoveTransitGatewayCidrBlocks", []))
    added = cast("list[str]", changes.pop("AddTransitGatewayCidrBlocks", []))
    had = cast("list[str]", options.get("TransitGatewayCidrBlocks") or [])
    kept = [block for block in had if block not in removed]
    return kept + [block for block in added if block not in kept]


class _Gateways(EC2Methods):
    def create_transit_gateway(
        self,
        description: str | None,
        options: dict[str, str] | None = None,
        tags: list[dict[str, str]] | None = None,
    ) -> TransitGateway:
        gateway = TransitGatewayBackend.create_transit_gateway(self, description, options, tags)
        table = gateway.default_route_table
        association = gateway.options["DefaultRouteTableAssociation"] == "enable"
        propagation = gateway.options["DefaultRouteTablePropagation"] == "enable"
        table.default_association_route_table = association
        table.default_propagation_route_table = propagation
        if not association:
            del gateway.options["AssociationDefaultRouteTableId"]
        if not propagation:
            del gateway.options["PropagationDefaultRouteTableId"]
        if not association and not propagation:
            del self.transit_gateways_route_tables[table.id]
        return gateway

    def describe_transit_gateways(
        self, filters: Mapping[str, Sequence[str]] | None, transit_gateway_ids: list[str] | None
    ) -> list[TransitGateway]:
        ids = transit_gateway_ids or []
        found = [gateway for gateway in visible_gateways(self) if not ids or gateway.id in ids]
        require_all(found, ids, lambda gateway: gateway.id, NOT_FOUND)
        return select(found, filters or {}, _READERS, lambda gateway: tags_of(self, gateway.id))

    def modify_transit_gateway(
        self, transit_gateway_id: str, description: str | None = None, options: dict[str, str] | None = None
    ) -> TransitGateway:
        gateway = own_gateway(self, transit_gateway_id)
        changes: dict[str, object] = dict(options or {})
        blocks = _changed_blocks(gateway.options, changes)
        gateway.description = description or gateway.description
        vars(gateway)["options"] |= changes | {"TransitGatewayCidrBlocks": blocks}
        return gateway

    def delete_transit_gateway(self, transit_gateway_id: str) -> TransitGateway:
        gateway = own_gateway(self, transit_gateway_id)
        attached = [
            attachment.id
            for attachment in attachments(self).values()
            if attachment.is_live and gateway.id in attachment.gateway_ids
        ]
        if attached:
            raise ec2_error("IncorrectState", f"{gateway.id} has non-deleted Attachments: {', '.join(attached)}.")
        for table in list(self.transit_gateways_route_tables.values()):
            if table.transit_gateway_id == gateway.id:
                del self.transit_gateways_route_tables[table.id]
        gateway.state = "deleted"
        return self.transit_gateways.pop(gateway.id)


def install() -> None:
    """Add these methods to moto's EC2."""
    extend(EC2Backend, _Gateways)
