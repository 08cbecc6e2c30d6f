"""Create, read, update and delete of one resource, as its declaration tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from securecart.errors import SecureCartError
from securecart.sandbox.provider import tags
from securecart.sandbox.provider.calls import make, run
from securecart.sandbox.provider.diff import compare, same
from securecart.sandbox.provider.failures import AwsCallError, PartlyCreatedError
from securecart.sandbox.provider.patience import Patience, insist
from securecart.sandbox.provider.reader import found_in, look_up, read_found, state_of
from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.provider.template import search
from securecart.sandbox.provider.values import UNKNOWN
from securecart.sandbox.types.vocabulary import Call

State = dict[str, object]


@dataclass(frozen=True)
class Made:
    """A resource as it is."""

    id: str
    """Its id."""
    state: State
    """Its outputs."""


class Backend(Protocol):
    """Where resources come to be: in AWS (moto), or in the sandbox's own store."""

    def create(self, subject: Subject, inputs: Mapping[str, object]) -> Made:
        """Make a resource."""

    def read(self, subject: Subject, resource_id: str, known: State, inputs: State) -> Made | None:
        """Return a resource's id and state, or None when it is gone."""

    def update(self, subject: Subject, resource_id: str, old: State, inputs: State) -> State:
        """Change a resource in place and return its state."""

    def delete(self, subject: Subject, resource_id: str, old: State, patience: Patience) -> None:
        """Remove a resource, once nothing uses it; one that is gone already is no error."""


class Realised:
    """The backend that makes AWS calls."""

    def create(self, subject: Subject, inputs: Mapping[str, object]) -> Made:
        """Make a resource.

        Raises:
            AwsCallError: AWS refused the first call; nothing was made.
            PartlyCreatedError: It was made, but a later step failed.
        """
        first, *rest = subject.kind.create
        scope = subject.scope(inputs)
        for lookup in subject.kind.before_create:
            scope.update(look_up(subject, lookup, scope))
        if not isinstance(first, Call):
            raise SecureCartError("a declaration whose first step is no Call", value=subject.kind.token)
        answer = make(subject.service, first, scope)
        resource_id = _identify(subject, answer, scope)
        try:
            scope["id"] = resource_id
            run(subject.service, rest, scope)
            changed = self._finish(subject, inputs, scope)
            told = None if rest or changed else found_in(subject, resource_id, answer, scope)
            found = told or read_found(subject, resource_id, {**scope, **inputs})
        except SecureCartError as error:
            raise PartlyCreatedError(resource_id, {**inputs, **_region(subject)}, error) from error
        if found is None:
            raise SecureCartError("AWS does not know the resource that it just made", value=resource_id)
        return Made(resource_id, state_of(subject, resource_id, found, inputs))

    def _finish(self, subject: Subject, inputs: Mapping[str, object], scope: State) -> bool:
        """Send what AWS's create call does not take, and return whether anything; AWS's defaults need no call."""
        changed = False
        for update in subject.kind.updates:
            told = [
                name
                for name in update.properties
                if not same(subject.kind.properties[name], subject.kind.properties[name].default, inputs.get(name))
            ]
            if update.at_create and told:
                run(subject.service, update.steps, {**scope, "old": {}})
                changed = True
        tagging = subject.kind.tagging
        if tagging and tagging.at_create and scope["tagList"]:
            change = tags.change_scope({}, subject.tags_all(inputs), tagging)
            run(subject.service, tagging.steps, {**scope, **change})
            changed = True
        return changed

    def read(self, subject: Subject, resource_id: str, known: State, inputs: State) -> Made | None:
        """Return a resource's id and state, or None when it is gone."""
        found = read_found(subject, resource_id, {**inputs, **known})
        if found is None:
            return None
        real_id = found.get(subject.kind.found_id)
        found_id = real_id if isinstance(real_id, str) and not known else resource_id
        return Made(found_id, state_of(subject, found_id, found, inputs if known else None))

    def update(self, subject: Subject, resource_id: str, old: State, inputs: State) -> State:
        """Change in place what differs, with the calls that the declaration names.

        Raises:
            AwsCallError: AWS refused a call.
            SecureCartError: The resource is gone.
        """
        found = self._found_first(subject, resource_id, old)
        if found is None:
            raise _gone(subject, resource_id)
        beyond = {name: value for name, value in found.items() if name not in subject.kind.properties}
        scope = {**subject.scope({**beyond, **inputs}, resource_id), "old": old}
        changed = set(compare(subject, old, old, inputs).names)
        for update in subject.kind.updates:
            if changed.intersection(update.properties):
                run(subject.service, update.steps, scope)
        tagging = subject.kind.tagging
        if tagging and changed & {"tags", "tagsAll"}:
            change = tags.change_scope(old.get("tagsAll"), subject.tags_all(inputs), tagging)
            run(subject.service, tagging.steps, {**scope, **change})
        found = read_found(subject, resource_id, {**_kept(subject, old, inputs), **inputs})
        if found is None:
            raise _gone(subject, resource_id)
        return state_of(subject, resource_id, found, inputs)

    def delete(self, subject: Subject, resource_id: str, old: State, patience: Patience) -> None:
        """Remove a resource, once nothing uses it; one that is gone already is no error.

        Raises:
            StillInUseError: Something used it until the patience was at its end.
            AwsCallError: AWS refused for another reason.
        """
        if subject.kind.delete:
            insist(lambda: self._delete(subject, resource_id, old), subject.kind.busy, patience)

    def _delete(self, subject: Subject, resource_id: str, old: State) -> None:
        """Try to remove a resource; steps that an earlier attempt carried out find nothing to do."""
        found = self._found_first(subject, resource_id, old)
        if found is None:
            return
        scope = subject.scope({**old, **found}, resource_id)
        try:
            for lookup in subject.kind.before_delete:
                scope.update(look_up(subject, lookup, scope))
            run(subject.service, subject.kind.delete, scope)
        except AwsCallError as error:
            if error.code not in subject.kind.gone:
                raise

    def _found_first(self, subject: Subject, resource_id: str, old: State) -> State | None:
        """Return what AWS tells, for declarations whose steps need it; None when the resource is gone."""
        return read_found(subject, resource_id, old) if subject.kind.find_first else {}


def planned(subject: Subject, inputs: Mapping[str, object]) -> State:
    """Return the outputs of a create in preview: what is known, and UNKNOWN for what AWS will choose."""
    state: State = {name: UNKNOWN for name in subject.schema.outputs if name not in subject.schema.inputs}
    state.update(dict.fromkeys(subject.kind.chosen, UNKNOWN))
    for name, prop in subject.kind.properties.items():
        if prop.computed:
            state[name] = UNKNOWN
    state.update({**_region(subject), **inputs})
    if subject.kind.tagging:
        state["tagsAll"] = subject.tags_all(inputs)
    return state


def planned_update(subject: Subject, old: State, inputs: Mapping[str, object]) -> State:
    """Return the outputs of an update in preview: the state, with the new inputs in it."""
    kept = {name: value for name, value in old.items() if name not in subject.kind.properties}
    chosen = {name: old.get(name) for name, prop in subject.kind.properties.items() if prop.computed}
    state = {**kept, **chosen, **inputs}
    if subject.kind.tagging:
        state["tagsAll"] = subject.tags_all(inputs)
        state["tags"] = inputs.get("tags")
    return state


def _kept(subject: Subject, old: State, inputs: Mapping[str, object]) -> State:
    """Return what stays known of a resource that is changed: not what the program gave before and gives no more."""
    properties = subject.kind.properties
    dropped = {name for name, prop in properties.items() if name not in inputs and not prop.computed}
    return {name: value for name, value in old.items() if name not in dropped}


def _identify(subject: Subject, answer: Mapping[str, object], scope: State) -> str:
    form = subject.kind.id
    if not isinstance(form, str):
        return form({**scope, "answer": answer})
    found = form.format_map(scope) if "{" in form else search(form, answer, scope)
    if not isinstance(found, str) or not found:
        raise SecureCartError(f"AWS's answer holds no id of a {subject.kind.token}", rule=f"looked at {form}")
    return found


def _region(subject: Subject) -> State:
    return {"region": subject.service.region}


def _gone(subject: Subject, resource_id: str) -> SecureCartError:
    return SecureCartError(f"{subject.kind.token} is gone", value=resource_id, remedy="run refresh, then up again")
