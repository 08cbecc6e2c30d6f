"""Tags: the provider's default tags under the resource's own, and the changes between two sets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from securecart.sandbox.provider.values import UNKNOWN
from securecart.sandbox.types.vocabulary import Tagging


def merge(defaults: Mapping[str, str], given: object) -> object:
    """Return `tagsAll`: the default tags, overridden by the given ones; UNKNOWN while those are unknown."""
    if given is UNKNOWN:
        return UNKNOWN
    own = given if isinstance(given, Mapping) else {}
    return {**defaults, **{str(key): value for key, value in own.items() if value is not None}}


def as_list(tags: object, tagging: Tagging) -> list[dict[str, object]] | None:
    """Return a map of tags as AWS's list of pairs; None when there are none."""
    if not isinstance(tags, Mapping) or not tags:
        return None
    return [{tagging.key: key, tagging.value: value} for key, value in tags.items()]


def as_map(listed: object, tagging: Tagging) -> dict[str, str]:
    """Return AWS's list of pairs as a map, without the tags that AWS itself sets."""
    pairs: Iterable[object] = listed if isinstance(listed, list) else ()
    found = {str(pair[tagging.key]): str(pair[tagging.value]) for pair in pairs if isinstance(pair, Mapping)}
    return {key: value for key, value in sorted(found.items()) if not key.startswith("aws:")}


def own_tags(found: Mapping[str, str], defaults: Mapping[str, str], given: object) -> dict[str, str]:
    """Return `tags`: what was found without the default tags, save those that the program gave itself."""
    named = given if isinstance(given, Mapping) else {}
    return {key: value for key, value in found.items() if key in named or defaults.get(key) != value}


def change_scope(old: object, new: object, tagging: Tagging) -> dict[str, object]:
    """Return what the tagging calls of a declaration need: the changes, None for those that are empty."""
    before = old if isinstance(old, Mapping) else {}
    after = new if isinstance(new, Mapping) else {}
    added = {key: value for key, value in after.items() if before.get(key) != value}
    removed = sorted(str(key) for key in before if key not in after)
    return {
        "addedTags": as_list(added, tagging),
        "removedTags": [{tagging.key: key} for key in removed] or None,
        "removedKeys": removed or None,
    }
