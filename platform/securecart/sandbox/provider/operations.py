"""The provider's operations on resources, in Python values; the servicer translates them to and from gRPC."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from securecart.sandbox.provider.check import Failure, Naming, check
from securecart.sandbox.provider.diff import Difference, compare
from securecart.sandbox.provider.failures import PartlyCreatedError, UnknownTypeError
from securecart.sandbox.provider.instances import Instance
from securecart.sandbox.provider.inventory import Inventory, ResourceEntry, Status
from securecart.sandbox.provider.lifecycle import Backend, Made, Realised, State, planned, planned_update
from securecart.sandbox.provider.patience import Patience
from securecart.sandbox.provider.reader import inputs_of, require_import_form
from securecart.sandbox.provider.recorded import Recorded
from securecart.sandbox.provider.schema import SchemaSource
from securecart.sandbox.provider.subject import Subject
from securecart.sandbox.provider.turns import Changes
from securecart.sandbox.store import Store
from securecart.sandbox.types.vocabulary import ResourceType


@dataclass(frozen=True)
class Asked:
    """Which resource a request is about."""

    instance: Instance
    """The provider instance that it came to."""
    urn: str
    """Pulumi URN of the resource."""
    token: str
    """Pulumi type token."""
    id: str = ""
    """The resource's id; empty before it is created."""


@dataclass(frozen=True)
class Found:
    """What a read found."""

    id: str
    """The resource's id; another than asked for where importing takes another."""
    state: State
    """Outputs."""
    inputs: State
    """Inputs that would make that state."""


@dataclass(frozen=True)
class Operations:
    """The resource operations over a set of declarations."""

    types: Mapping[str, ResourceType]
    """Declarations by token."""
    inventory: Inventory = field(default_factory=Inventory)
    """What exists."""
    store: Store = field(default_factory=Store)
    """What is only recorded."""
    schemas: SchemaSource = field(default_factory=SchemaSource)
    """The real provider's schemas."""
    changes: Changes = field(default_factory=Changes)
    """What may have freed a resource whose deletion waits."""

    def check(self, asked: Asked, news: State, naming: Naming) -> tuple[State, list[Failure]]:
        """Return the inputs with defaults filled in, and what is refused."""
        return check(self._subject(asked, news), news, naming)

    def diff(self, asked: Asked, state: State, old_inputs: State, news: State, ignore: list[str]) -> Difference:
        """Compare a resource's state with new inputs."""
        region = news.get("region") or asked.instance.settings.region
        return compare(self._subject(asked, {"region": region}), state, old_inputs, news, ignore)

    def create(self, asked: Asked, inputs: State, *, preview: bool) -> Made:
        """Make a resource, or in preview say what it would be."""
        subject = self._subject(asked, inputs)
        if preview:
            return Made("", planned(subject, inputs))
        try:
            made = self._backend(subject).create(subject, inputs)
        except PartlyCreatedError as error:
            self._note(asked, subject, error.resource_id)
            raise
        self._note(asked, subject, made.id)
        return made

    def read(self, asked: Asked, known: State, inputs: State | None) -> Found | None:
        """Return a resource as it is, or None when it is gone.

        Args:
            asked: The resource.
            known: Its last state; empty when it is imported.
            inputs: Its last inputs; None when it is imported.
        """
        subject = self._subject(asked, known)
        if not known:
            require_import_form(subject, asked.id)
        made = self._backend(subject).read(subject, asked.id, known, inputs or {})
        if made is None:
            self.inventory.remove(asked.urn, asked.id)
            return None
        if inputs:
            self._note(asked, subject, asked.id)
        return Found(made.id, made.state, inputs_of(subject, made.state, inputs))

    def update(self, asked: Asked, old: State, inputs: State, *, preview: bool) -> State:
        """Change a resource in place, or in preview say what it would be."""
        subject = self._subject(asked, old)
        if preview:
            return planned_update(subject, old, inputs)
        state = self._backend(subject).update(subject, asked.id, old, inputs)
        self.changes.note()
        self._note(asked, subject, asked.id)
        return state

    def delete(self, asked: Asked, old: State, patience: Patience) -> None:
        """Remove a resource, once nothing uses it."""
        subject = self._subject(asked, old)
        self._backend(subject).delete(subject, asked.id, old, patience)
        self.changes.note()
        self.inventory.remove(asked.urn, asked.id)

    def _subject(self, asked: Asked, members: Mapping[str, object]) -> Subject:
        kind = self.types.get(asked.token)
        if kind is None:
            raise UnknownTypeError(
                "the sandbox's provider does not know the resource type",
                value=asked.token,
                rule="every type is declared under securecart/sandbox/types",
                remedy="declare it there, or leave it out of the sandbox target",
            )
        region = members.get("region")
        service = asked.instance.service(kind.service, region if isinstance(region, str) else "")
        return Subject(kind, self.schemas.get(kind.token), service, asked.instance.settings.default_tags)

    def _backend(self, subject: Subject) -> Backend:
        return Recorded(self.store) if subject.kind.recorded else Realised()

    def _note(self, asked: Asked, subject: Subject, resource_id: str) -> None:
        status: Status = "recorded" if subject.kind.recorded else "realised"
        self.inventory.add(
            ResourceEntry(
                urn=asked.urn,
                type=asked.token,
                id=resource_id,
                account=subject.service.account,
                region=subject.service.region,
                status=status,
            )
        )
