"""Resource Access Manager. Sources: RAM API reference; pulumi-aws 7 resource documentation.

The sandbox's accounts are one organization with sharing enabled, in which there are no invitations (RAM user
guide, "Sharing with AWS Organizations"); so aws.ram.ResourceShareAccepter has nothing to accept: it is not
declared.
"""

from __future__ import annotations

from securecart.sandbox.types.vocabulary import (
    Call,
    Fill,
    Property,
    Read,
    ResourceType,
    Tagging,
    Update,
    properties,
)

_TAGS = Tagging(
    steps=(
        Call("UntagResource", {"resourceShareArn": "$id", "tagKeys": "$removedKeys"}, when="removedKeys"),
        Call("TagResource", {"resourceShareArn": "$id", "tags": "$addedTags"}, when="addedTags"),
    ),
    key="key",
    value="value",
)
_GONE = ("UnknownResourceException", "ResourceShareNotFound")
_LIVE = "[?!contains(['DELETED', 'DELETING'], status)] | [0]"

RESOURCE_SHARE = ResourceType(
    token="aws:ram/resourceShare:ResourceShare",
    service="ram",
    properties={
        "name": Property(autoname="{name}"),
        "allowExternalPrincipals": Property(default=False),
        "permissionArns": Property(replace=True, computed=True, unread=True),
    },
    create=(Call("CreateResourceShare", Fill(tags="$tagList")),),
    id="resourceShare.resourceShareArn",
    read=Read(
        Call("GetResourceShares", {"resourceOwner": "SELF", "resourceShareArns": ["$id"]}),
        item=f"resourceShares{_LIVE}",
        sets={"arn": "resourceShareArn"},
    ),
    updates=(
        Update(
            ("name", "allowExternalPrincipals"),
            (Call("UpdateResourceShare", Fill(resourceShareArn="$id")),),
        ),
    ),
    delete=(Call("DeleteResourceShare", {"resourceShareArn": "$id"}),),
    tagging=_TAGS,
    gone=_GONE,
    find_first=True,
)

_HELD = "resourceShareAssociations[?!contains(['DISASSOCIATED', 'DISASSOCIATING', 'FAILED'], status)] | [0]"


def _association(token: str, member: str, listed: str, kind: str) -> ResourceType:
    """A share's association with one principal or one resource.

    Args:
        token: Pulumi type token.
        member: The property that names what is associated.
        listed: RAM's parameter for it, a list.
        kind: RAM's word for the kind of association.
    """
    params = {"resourceShareArn": "$resourceShareArn", listed: [f"${member}"]}
    query = {
        "associationType": kind,
        "resourceShareArns": ["$resourceShareArn"],
        ("principal" if kind == "PRINCIPAL" else "resourceArn"): f"${member}",
    }
    return ResourceType(
        token=token,
        service="ram",
        properties=properties(f"{member} resourceShareArn", replace=True),
        create=(Call("AssociateResourceShare", params),),
        id=f"{{resourceShareArn}},{{{member}}}",
        read=Read(Call("GetResourceShareAssociations", query), item=_HELD, sets={member: "associatedEntity"}),
        delete=(Call("DisassociateResourceShare", params),),
        gone=_GONE,
        import_id=f"{{resourceShareArn}},{{{member}}}",
        unique=(member, "resourceShareArn"),
        find_first=True,
    )


TYPES = (
    RESOURCE_SHARE,
    _association("aws:ram/resourceAssociation:ResourceAssociation", "resourceArn", "resourceArns", "RESOURCE"),
    _association("aws:ram/principalAssociation:PrincipalAssociation", "principal", "principals", "PRINCIPAL"),
)
