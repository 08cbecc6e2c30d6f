"""What the types of Elastic Load Balancing share: tags, and attributes that are pairs of a key and a text.

Sources: ELB API reference, ModifyLoadBalancerAttributes and its like.
"""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import compact
from securecart.sandbox.types.vocabulary import Aws, Call, Hook, Lookup, Scope, Tagging

TAGS = Tagging(
    steps=(
        Call("RemoveTags", {"ResourceArns": ["$id"], "TagKeys": "$removedKeys"}, when="removedKeys"),
        Call("AddTags", {"ResourceArns": ["$id"], "Tags": "$addedTags"}, when="addedTags"),
    )
)
"""Tags that the create call takes; other calls change them."""
TAGS_FOUND = Lookup(Call("DescribeTags", {"ResourceArns": ["$id"]}), {"tagList": "TagDescriptions[0].Tags"})


def attribute(key: str) -> str:
    """Return the JMESPath of an attribute in an answer.

    Args:
        key: AWS's key, such as `idle_timeout.timeout_seconds`.
    """
    return f"(Attributes[?Key=='{key}'].Value | [0])"


def logs(value: object) -> object:
    """Return settings of logs for comparing: where they are off, the rest of them does not count."""
    return compact(value) if isinstance(value, Mapping) and value.get("enabled") is True else None


def set_attributes(operation: str, arn_member: str, keys: Mapping[str, str], defaults: Mapping[str, object]) -> Hook:
    """Return the step that sends the attributes that change.

    Args:
        operation: The operation that takes them.
        arn_member: Its member for the resource.
        keys: Property, or member of one such as `accessLogs.bucket`, to AWS's key.
        defaults: Values that AWS has without being told, by property.
    """

    def send(aws: Aws, scope: Scope) -> None:
        old = scope.get("old")
        before = {**defaults, **(old if isinstance(old, Mapping) else {})}
        changes = {key: _changed(path, before, scope) for path, key in keys.items()}
        listed = [{"Key": key, "Value": value} for key, value in changes.items() if value is not None]
        if listed:
            aws.call(operation, {arn_member: scope["id"], "Attributes": listed})

    return send


def _changed(path: str, before: Mapping[str, object], scope: Scope) -> str | None:
    """An attribute's new text; None where it does not change."""
    new = _at(scope, path)
    same = new is None or new == _at(before, path)
    return None if same else str(new).lower() if isinstance(new, bool) else str(new)


def _at(values: Mapping[str, object], path: str) -> object:
    name, _, member = path.partition(".")
    value = values.get(name)
    if not member:
        return value
    return value.get(member) if isinstance(value, Mapping) else None
