"""Resource Access Manager's structures, as its JSON answers hold them (RAM API reference, Data types)."""

from __future__ import annotations

from typing import cast

from moto.core.utils import unix_time
from moto.ram.models import ResourceShare

from securecart.sandbox.moto_extensions.support import Document


def share_tags(share: ResourceShare) -> dict[str, str]:
    """The share's tags, key to value, kept on moto's own object."""
    return cast("dict[str, str]", vars(share).setdefault("securecart_tags", {}))


def share_document(share: ResourceShare) -> Document:
    """ResourceShare."""
    tags = [{"key": key, "value": value} for key, value in share_tags(share).items()]
    return share.describe() | ({"tags": tags} if tags else {})


def association_documents(share: ResourceShare, kind: str, status: str = "ASSOCIATED") -> list[Document]:
    """ResourceShareAssociation for each principal (PRINCIPAL) or each resource (RESOURCE) of the share."""
    entities = share.principals if kind == "PRINCIPAL" else share.resource_arns
    return [association_document(share, kind, entity, status) for entity in entities]


def association_document(share: ResourceShare, kind: str, entity: str, status: str) -> Document:
    """ResourceShareAssociation of one principal or one resource."""
    return {
        "resourceShareArn": share.arn,
        "resourceShareName": share.name,
        "associatedEntity": entity,
        "associationType": kind,
        "status": status,
        "creationTime": unix_time(share.creation_time),
        "lastUpdatedTime": unix_time(share.last_updated_time),
        "external": False,
    }


def resource_type(arn: str) -> str:
    """RAM's name for a resource's type: ec2:TransitGateway for an ARN with transit-gateway/ID."""
    service, kind = arn.split(":")[2], arn.split(":", 5)[5].partition("/")[0]
    return f"{service}:{''.join(word.capitalize() for word in kind.split('-'))}"


def principal_document(share: ResourceShare, principal: str) -> Document:
    """Principal, as ListPrincipals shows it."""
    return {
        "id": principal,
        "resourceShareArn": share.arn,
        "creationTime": unix_time(share.creation_time),
        "lastUpdatedTime": unix_time(share.last_updated_time),
        "external": False,
    }


def resource_document(share: ResourceShare, arn: str) -> Document:
    """Resource, as ListResources shows it."""
    return {
        "arn": arn,
        "type": resource_type(arn),
        "resourceShareArn": share.arn,
        "status": "AVAILABLE",
        "creationTime": unix_time(share.creation_time),
        "lastUpdatedTime": unix_time(share.last_updated_time),
        "resourceRegionScope": "REGIONAL",
    }
