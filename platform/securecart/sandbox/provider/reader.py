"""Reads a resource's state from AWS's answers, so that drift is really seen."""

from __future__ import annotations

import re
from collections.abc import Mapping

from securecart.errors import SandboxError
from securecart.sandbox.provider import tags
from securecart.sandbox.provider.calls import make
from securecart.sandbox.provider.failures import AwsCallError
from securecart.sandbox.provider.shapes import from_aws, scalar
from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.provider.template import search
from securecart.sandbox.types.vocabulary import Lookup, Read

_FIELD = re.compile(r"\{(\w+)\}")


def read_found(subject: Subject, resource_id: str, known: Mapping[str, object]) -> dict[str, object] | None:
    """Return what AWS tells of a resource, hidden members among it; None when it is gone.

    Args:
        subject: The resource type, where it is.
        resource_id: Pulumi's id of the resource.
        known: What is known of it already: its last inputs and state; empty when it is imported.
    """
    scope = subject.scope({**imported(subject, resource_id), **known}, resource_id)
    read = subject.kind.read
    try:
        found = _described(subject, read, scope) if isinstance(read, Read) else read(subject.service, scope)
    except AwsCallError as error:
        if error.code in subject.kind.gone:
            return None
        raise
    return None if found is None else {**imported(subject, resource_id), **found}


def state_of(
    subject: Subject, resource_id: str, found: Mapping[str, object], inputs: Mapping[str, object] | None
) -> dict[str, object]:
    """Return the Pulumi state that AWS's answer amounts to.

    Args:
        subject: The resource type, where it is.
        resource_id: Pulumi's id of the resource.
        found: What `read_found` returned.
        inputs: The resource's inputs, for what AWS does not report; None when it is imported.
    """
    given = inputs or {}
    typed = {name: from_aws(found.get(name), kind) for name, kind in subject.schema.outputs.items()}
    state = {name: value for name, value in typed.items() if value is not None}
    for name, prop in subject.kind.properties.items():
        if (prop.local or prop.unread) and name not in state:
            state[name] = given.get(name, prop.default)
        if prop.shared and inputs is not None and inputs.get(name) is None:
            state.pop(name, None)
    state["region"] = subject.service.region
    if subject.kind.tagging:
        all_tags = tags.as_map(found.get("tagList"), subject.kind.tagging)
        state["tagsAll"] = all_tags
        state["tags"] = tags.own_tags(all_tags, subject.default_tags, given.get("tags"))
    scope = subject.scope({**found, **state}, resource_id)
    state.update({name: text.format_map(scope) for name, text in subject.kind.formats.items()})
    return {name: value for name, value in state.items() if value is not None}


def inputs_of(subject: Subject, state: Mapping[str, object], before: Mapping[str, object] | None) -> dict[str, object]:
    """Return the inputs that would make this state.

    Args:
        subject: The resource type, where it is.
        state: The state.
        before: The last inputs, whose set of names and own spelling are kept; None when it is imported.
    """
    names = [*subject.kind.properties, *(("tags",) if subject.kind.tagging else ())]
    if before is None:
        return {name: state[name] for name in names if state.get(name) not in (None, "", [], {})}
    kept = dict(before)
    for name in names:
        prop = subject.kind.properties.get(name)
        old, new = before.get(name), state.get(name)
        spelled = prop.normalise if prop and prop.normalise else lambda value: value
        if old is not None and spelled(old) != spelled(new):
            kept[name] = new
    return {name: value for name, value in kept.items() if value is not None}


def imported(subject: Subject, resource_id: str) -> dict[str, object]:
    """Return the properties that stand in an id of the declaration's `import_id`; {} when none do."""
    form = subject.kind.import_id
    if not form or not resource_id:
        return {}
    pattern = "".join(
        f"(?P<{part}>.+?)" if position % 2 else re.escape(part) for position, part in enumerate(_FIELD.split(form))
    )
    match = re.fullmatch(pattern, resource_id)
    types = subject.schema.inputs
    parts = match.groupdict().items() if match else ()
    try:
        return {name: scalar(value, types[name]) if name in types else value for name, value in parts}
    except ValueError:
        return {}


def require_import_form(subject: Subject, resource_id: str) -> None:
    """Refuse an id that is not of the form that importing needs.

    Raises:
        SandboxError: It is not.
    """
    if subject.kind.import_id and not imported(subject, resource_id):
        raise SandboxError(
            f"{subject.kind.token} cannot be imported by this id",
            value=resource_id,
            rule=f"its form is {subject.kind.import_id}",
            remedy="give the id in that form",
        )


def found_in(
    subject: Subject, resource_id: str, answer: Mapping[str, object], scope: Mapping[str, object]
) -> dict[str, object] | None:
    """Return what the answer of the create call tells of the resource; None when it does not tell all."""
    read = subject.kind.read
    item = search(subject.kind.made, answer, scope) if subject.kind.made else None
    if item is None or not isinstance(read, Read):
        return None
    return {**imported(subject, resource_id), **_understood(subject, read, item, scope)}


def _described(subject: Subject, read: Read, scope: Mapping[str, object]) -> dict[str, object] | None:
    item = search(read.item, make(subject.service, read.call, scope), scope)
    return None if item is None else _understood(subject, read, item, scope)


def _understood(subject: Subject, read: Read, item: object, scope: Mapping[str, object]) -> dict[str, object]:
    present = {key.lower(): value for key, value in item.items()} if isinstance(item, Mapping) else {}
    found = {name: present[name.lower()] for name in subject.schema.outputs if name.lower() in present}
    found.pop("tags", None)
    if subject.kind.tagging and "tags" in present:
        found["tagList"] = present["tags"]
    found.update({name: search(expression, item, scope) for name, expression in read.sets.items()})
    for lookup in read.also:
        found.update(look_up(subject, lookup, {**scope, **found}))
    if read.convert and isinstance(item, Mapping):
        found.update(read.convert(item, scope))
    return found


def look_up(subject: Subject, lookup: Lookup, scope: Mapping[str, object]) -> dict[str, object]:
    """Return what a lookup finds, by the names that it sets."""
    try:
        answer = make(subject.service, lookup.call, scope)
    except AwsCallError as error:
        if error.code in lookup.absent:
            return {}
        raise
    return {name: search(expression, answer, scope) for name, expression in lookup.sets.items()}
