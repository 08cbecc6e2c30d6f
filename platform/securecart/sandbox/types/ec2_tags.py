"""Tags of EC2 resources."""

from __future__ import annotations

from dataclasses import replace

from securecart.sandbox.types.vocabulary import Call, Tagging

EC2_TAGS = Tagging(
    steps=(
        Call(
            "DeleteTags",
            {"Resources": ["$id"], "Tags": "$removedTags"},
            when="removedTags",
        ),
        Call("CreateTags", {"Resources": ["$id"], "Tags": "$addedTags"}, when="addedTags"),
    )
)
"""Tags that the create call takes as TagSpecifications (`with_tags`); other calls change them."""

EC2_TAGS_LATER = replace(EC2_TAGS, at_create=True)
"""The same for resources that are adopted or accepted: no create call takes their tags."""


def with_tags(resource_type: str) -> list[object]:
    """Return the template of TagSpecifications.

    Args:
        resource_type: EC2's name of the resource type, such as `vpc`.
    """
    return [{"ResourceType": resource_type, "Tags": "$tagList!"}]
