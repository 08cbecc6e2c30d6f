"""Resource shares seen from both sides.

moto lacks: AssociateResourceShare, DisassociateResourceShare, tags, shares of other accounts, lists of
principals and resources, invitations, the permissions of a share, and it answers with any association status
that is asked for. AWS: RAM API reference, the operations below. Within one organization a share needs no
invitation (RAM user guide, "Sharing with AWS Organizations"), and the sandbox's accounts count as one, so
there never is an invitation. Added: paths in moto's URL table and methods of its RAM response.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from moto.core.exceptions import JsonRESTError
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ram.exceptions import InvalidParameterException, UnknownResourceException
from moto.ram.models import ResourceAccessManagerBackend, ResourceShare
from moto.ram.responses import ResourceAccessManagerResponse
from moto.ram.urls import url_paths
from moto.ram.utils import AWS_MANAGED_PERMISSIONS, format_ram_permission

from securecart.sandbox.moto_extensions.ram_documents import (
    association_document,
    association_documents,
    principal_document,
    resource_document,
    resource_type,
    share_document,
    share_tags,
)
from securecart.sandbox.moto_extensions.shares import active_shares, covers
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    _Response = ResourceAccessManagerResponse
else:
    _Response = object

_GATEWAY_PERMISSION = ("AWSRAMDefaultPermissionTransitGateway", "ec2:TransitGateway")
"""Name and resource type of what moto's table of AWS's managed permissions lacks."""
_OPERATIONS = (
    "acceptresourceshareinvitation",
    "associateresourceshare",
    "disassociateresourceshare",
    "getresourceshareinvitations",
    "listprincipals",
    "listresources",
    "listresourcesharepermissions",
    "rejectresourceshareinvitation",
    "tagresource",
    "untagresource",
)


def check_resources(backend: ResourceAccessManagerBackend, arns: Iterable[str]) -> None:
    """Refuse a transit gateway that is not the caller's own, in this region: sharing on is not possible.

    Raises:
        UnknownResourceException: As RAM answers for a resource that it cannot find.
    """
    for arn in arns:
        if ":transit-gateway/" not in arn:
            continue
        gateways = ec2_backends[backend.account_id][backend.region_name].transit_gateways.values()
        if arn not in {gateway.arn for gateway in gateways}:
            raise UnknownResourceException(f"Resource {arn} could not be found.")


def _own_share(backend: ResourceAccessManagerBackend, arn: str) -> ResourceShare:
    for share in backend.resource_shares:
        if share.arn == arn and share.status == "ACTIVE":
            return share
    raise UnknownResourceException(f"ResourceShare {arn} could not be found.")


def _visible(backend: ResourceAccessManagerBackend, owner: str) -> list[ResourceShare]:
    """The caller's own shares (SELF), deleted ones included, or those of others that include it."""
    if owner == "SELF":
        return list(backend.resource_shares)
    if owner != "OTHER-ACCOUNTS":
        raise InvalidParameterException(
            f"{owner} is not a valid resource owner. Specify either SELF or OTHER-ACCOUNTS and try again."
        )
    return [
        share
        for share in active_shares(backend.region_name)
        if share.account_id != backend.account_id
        and any(covers(principal, backend.account_id) for principal in share.principals)
    ]


class _Responses(_Response):
    def create_resource_share(self) -> str:
        asked = self.request_params
        check_resources(self.ram_backend, asked.get("resourceArns", []))
        self.ram_backend.create_resource_share(**asked)
        share = self.ram_backend.resource_shares[-1]
        share_tags(share).update(_pairs(asked.get("tags", [])))
        return json.dumps({"resourceShare": share_document(share)})

    def get_resource_shares(self) -> str:
        asked = self.request_params
        arns, status = asked.get("resourceShareArns"), asked.get("resourceShareStatus")
        found = [
            share
            for share in _visible(self.ram_backend, str(asked.get("resourceOwner")))
            if (not arns or share.arn in arns)
            and (not status or share.status == status)
            and (not asked.get("name") or share.name == asked["name"])
            and _has_tags(share, asked.get("tagFilters", []))
        ]
        missing = sorted(set(arns or []) - {share.arn for share in found}) if not status else []
        if missing:
            raise UnknownResourceException(f"ResourceShare {missing[0]} could not be found.")
        return json.dumps({"resourceShares": [share_document(share) for share in found]})

    def associate_resource_share(self) -> str:
        asked = self.request_params
        share = _own_share(self.ram_backend, asked["resourceShareArn"])
        principals, arns = asked.get("principals", []), asked.get("resourceArns", [])
        check_resources(self.ram_backend, arns)
        share.add_principals([one for one in principals if one not in share.principals])
        share.add_resources([one for one in arns if one not in share.resource_arns])
        share.last_updated_time = utcnow()
        return self._associations(share, principals, arns, "ASSOCIATING")

    def disassociate_resource_share(self) -> str:
        asked = self.request_params
        share = _own_share(self.ram_backend, asked["resourceShareArn"])
        principals, arns = asked.get("principals", []), asked.get("resourceArns", [])
        share.principals = [one for one in share.principals if one not in principals]
        share.resource_arns = [one for one in share.resource_arns if one not in arns]
        share.last_updated_time = utcnow()
        return self._associations(share, principals, arns, "DISASSOCIATING")

    def get_resource_share_associations(self) -> str:
        asked = self.request_params
        kind, status = asked.get("associationType"), asked.get("associationStatus")
        # Moto's own method is asked first, for its checks of the request.
        self.ram_backend.get_resource_share_associations(
            kind, status, [], asked.get("resourceArn"), asked.get("principal")
        )
        wanted = asked.get("principal") or asked.get("resourceArn")
        found = [
            one
            for share in self.ram_backend.resource_shares
            if share.status == "ACTIVE" and share.arn in (asked.get("resourceShareArns") or [share.arn])
            for one in association_documents(share, str(kind))
            if wanted in (None, one["associatedEntity"]) and status in (None, "ASSOCIATED")
        ]
        return json.dumps({"resourceShareAssociations": found})

    def list_principals(self) -> str:
        asked = self.request_params
        found = [
            principal_document(share, principal)
            for share in self._listed()
            for principal in share.principals
            if principal in (asked.get("principals") or [principal])
            and asked.get("resourceArn") in (None, *share.resource_arns)
        ]
        return json.dumps({"principals": found})

    def list_resources(self) -> str:
        asked = self.request_params
        found = [
            resource_document(share, arn)
            for share in self._listed()
            for arn in share.resource_arns
            if arn in (asked.get("resourceArns") or [arn])
            and asked.get("resourceType", resource_type(arn)) == resource_type(arn)
            and asked.get("principal") in (None, *share.principals)
        ]
        return json.dumps({"resources": found})

    def list_resource_share_permissions(self) -> str:
        share = _own_share(self.ram_backend, self.request_params["resourceShareArn"])
        kinds = {resource_type(arn).lower() for arn in share.resource_arns}
        found = [
            permission.describe()
            for permission in self.ram_backend.managed_permissions
            if permission.is_resource_type_default and permission.resource_type.lower() in kinds
        ]
        return json.dumps({"permissions": [one | {"status": "ASSOCIATED"} for one in found]}, default=str)

    def get_resource_share_invitations(self) -> str:
        if self.request_params.get("resourceShareInvitationArns"):
            raise _no_invitation(self.request_params["resourceShareInvitationArns"][0])
        return json.dumps({"resourceShareInvitations": []})

    def accept_resource_share_invitation(self) -> str:
        raise _no_invitation(self.request_params["resourceShareInvitationArn"])

    def reject_resource_share_invitation(self) -> str:
        raise _no_invitation(self.request_params["resourceShareInvitationArn"])

    def tag_resource(self) -> str:
        asked = self.request_params
        share_tags(_own_share(self.ram_backend, asked["resourceShareArn"])).update(_pairs(asked["tags"]))
        return "{}"

    def untag_resource(self) -> str:
        tags = share_tags(_own_share(self.ram_backend, self.request_params["resourceShareArn"]))
        for key in self.request_params["tagKeys"]:
            tags.pop(key, None)
        return "{}"

    def _listed(self) -> list[ResourceShare]:
        asked = self.request_params
        return [
            share
            for share in _visible(self.ram_backend, str(asked.get("resourceOwner")))
            if share.status == "ACTIVE" and share.arn in (asked.get("resourceShareArns") or [share.arn])
        ]

    def _associations(self, share: ResourceShare, principals: Sequence[str], arns: Sequence[str], status: str) -> str:
        found = [association_document(share, "PRINCIPAL", one, status) for one in principals]
        found += [association_document(share, "RESOURCE", one, status) for one in arns]
        return json.dumps({"resourceShareAssociations": found})


def _no_invitation(arn: str) -> JsonRESTError:
    return JsonRESTError(
        "ResourceShareInvitationArnNotFoundException", f"ResourceShareInvitation {arn} could not be found."
    )


def _pairs(tags: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {tag["key"]: tag.get("value", "") for tag in tags}


def _has_tags(share: ResourceShare, filters: Iterable[Mapping[str, object]]) -> bool:
    tags = share_tags(share)
    return all(
        tags.get(str(one["tagKey"])) in cast("Sequence[str]", one.get("tagValues") or list(tags.values()))
        for one in filters
    )


def install() -> None:
    """Add these operations to moto's RAM."""
    extend(ResourceAccessManagerResponse, _Responses)
    AWS_MANAGED_PERMISSIONS.append(format_ram_permission(*_GATEWAY_PERMISSION))
    for operation in _OPERATIONS:
        url_paths[f"{{0}}/{operation}$"] = ResourceAccessManagerResponse.dispatch
