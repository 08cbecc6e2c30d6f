"""What happens to a resource, as a sentence: who is told apart by environment, noun and name, then what it means.

Outside words (names, environments, types without a row) pass through ``quote``, so that each form of a report can
mark or escape them without looking for them in a finished sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from securecart.plan.fleet_plan import Operation, PlannedResource
from securecart.report.plan_vocabulary import VOCABULARY
from securecart.report.plan_vocabulary.effect import ANY_PROPERTY, Effect, TypeWords, access, nothing

Quote = Callable[[str], str]

ENVIRONMENT_TAG: Final = "securecart:environment"
"""Tag that every resource of the fleet has, where its type knows tags."""
VERBS: Final[Mapping[Operation, str]] = {
    Operation.CREATE: "creates",
    Operation.UPDATE: "updates",
    Operation.REPLACE: "replaces",
    Operation.DELETE: "deletes",
    Operation.READ: "reads",
    Operation.SAME: "keeps",
}
"""Each operation as the verb of a sentence."""

_TAGS: Final = frozenset({"tags", "tagsAll"})
_SCAFFOLDING: Final = ("securecart:", "pulumi:")
_ALIASES: Final = {"aws:alb/": "aws:lb/"}
_MOST_NAMES: Final = 5
_IN_PLACE: Final = nothing("it stays, and is changed in place")
_UNKNOWN_TYPE: Final = (
    access("what uses it loses it until the new one is in place"),
    access("what uses it loses it"),
)


def is_scaffolding(token: str) -> bool:
    """Whether a type exists in Pulumi's state alone: components, providers, the stack itself."""
    return token.startswith(_SCAFFOLDING)


def words_of(token: str) -> TypeWords | None:
    """Return the row of a type; None where the tables lack it."""
    for alias, known in _ALIASES.items():
        if token.startswith(alias):
            token = known + token.removeprefix(alias)
    return VOCABULARY.get(token)


def effect_of(resource: PlannedResource) -> Effect:
    """Return what happens to those who depend on a resource; several updates in one count as the worst of them."""
    words = words_of(resource.type)
    if is_scaffolding(resource.type):
        return nothing("it exists in Pulumi's state alone")
    match resource.operation:
        case Operation.REPLACE:
            return words.replace if words else _UNKNOWN_TYPE[0]
        case Operation.DELETE:
            return words.delete if words else _UNKNOWN_TYPE[1]
        case Operation.UPDATE:
            return _of_updates(words.update if words else {}, resource.diffs)
        case _:
            return nothing("nobody uses it yet" if resource.operation is Operation.CREATE else "it stays as it is")


def environment_of(resource: PlannedResource, otherwise: str) -> str:
    """Return the environment that a resource's tags name, or the one of its stack."""
    tags = resource.inputs.get("tags")
    tagged = tags.get(ENVIRONMENT_TAG) if isinstance(tags, Mapping) else None
    return tagged if isinstance(tagged, str) and tagged and not tagged.startswith("[") else otherwise


def phrase(operation: Operation, environment: str, token: str, names: Sequence[str], quote: Quote = str) -> str:
    """Return the first half of a sentence: ``replaces the prod NAT gateway us-east-1a``."""
    row = words_of(token)
    noun = row.noun if row else quote(token.rsplit(":", 1)[-1])
    of = f"{quote(environment)} " if environment else ""
    if len(names) == 1:
        name = "" if names[0] == environment else f" {quote(names[0])}"
        return f"{VERBS[operation]} the {of}{noun}{name}"
    shown = ", ".join(map(quote, names[:_MOST_NAMES]))
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f"{VERBS[operation]} {len(names)} {of}{plural(noun) if row else noun} ({shown}{more}), each"


def plural(noun: str) -> str:
    """Return the plural of a noun whose head word is last."""
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def top_level(path: str) -> str:
    """Return the input property in which a property path begins."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def _of_updates(updates: Mapping[str, Effect], diffs: Iterable[str]) -> Effect:
    found: list[Effect] = []
    for name in dict.fromkeys(map(top_level, diffs)):
        effect = updates.get(name) or (None if name in _TAGS else updates.get(ANY_PROPERTY))
        if effect is not None and effect not in found:
            found.append(effect)
    if not found:
        return _IN_PLACE
    found.sort(key=lambda effect: effect.severity)
    return Effect(found[0].severity, "; ".join(effect.words for effect in found))
