"""The backend for types that moto has no API for: what was asked for is recorded, no more."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from securecart.sandbox.provider.lifecycle import Made, State
from securecart.sandbox.provider.patience import Patience
from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.store import RecordedResource, Store, StoreKey

_ID_DIGITS = 17


class Recorded:
    """Keeps resources in the sandbox's store."""

    def __init__(self, store: Store) -> None:
        """Record into this store."""
        self._store = store

    def create(self, subject: Subject, inputs: Mapping[str, object]) -> Made:
        """Record a new resource under a made-up id."""
        scope = {**subject.scope(inputs), "random": uuid.uuid4().hex[:_ID_DIGITS]}
        form = subject.kind.id
        resource_id = form.format_map(scope) if isinstance(form, str) else form(scope)
        return Made(resource_id, self._put(subject, resource_id, inputs))

    def read(self, subject: Subject, resource_id: str, known: State, inputs: State) -> Made | None:
        """Return what is recorded, or None when nothing is."""
        found = self._store.get(_key(subject, resource_id))
        return Made(resource_id, dict(found.properties)) if found else None

    def update(self, subject: Subject, resource_id: str, old: State, inputs: State) -> State:
        """Record the new inputs in place of the old ones."""
        return self._put(subject, resource_id, inputs)

    def delete(self, subject: Subject, resource_id: str, old: State, patience: Patience) -> None:
        """Forget a resource, which nothing can use; one that is not recorded is no error."""
        self._store.remove(_key(subject, resource_id))

    def _put(self, subject: Subject, resource_id: str, inputs: Mapping[str, object]) -> State:
        state: State = {**inputs, "region": subject.service.region}
        if subject.kind.tagging:
            state["tagsAll"] = subject.tags_all(inputs)
        scope = subject.scope(state, resource_id)
        state.update({name: form.format_map(scope) for name, form in subject.kind.formats.items()})
        account, region, token, _ = _key(subject, resource_id)
        self._store.put(
            RecordedResource(
                account=account,
                region=region,
                type=token,
                id=resource_id,
                properties=state,
                reason=subject.kind.recorded,
            )
        )
        return state


def _key(subject: Subject, resource_id: str) -> StoreKey:
    return subject.service.account, subject.service.region, subject.kind.token, resource_id
