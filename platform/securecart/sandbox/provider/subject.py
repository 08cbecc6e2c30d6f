"""What every operation on a resource works with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from securecart.sandbox.provider import tags
from securecart.sandbox.provider.clients import ServiceCalls
from securecart.sandbox.provider.schema import ResourceSchema
from securecart.sandbox.types.vocabulary import Property, ResourceType

REGION = Property(replace=True, computed=True)
"""The input that every type of the provider has."""


@dataclass(frozen=True)
class Subject:
    """A resource type in one account and region."""

    kind: ResourceType
    """Its declaration."""
    schema: ResourceSchema
    """What the real provider says of it."""
    service: ServiceCalls
    """Its service, in the account and region."""
    default_tags: Mapping[str, str]
    """Tags of the provider."""

    @property
    def properties(self) -> Mapping[str, Property]:
        """Return the supported inputs, with those that every type has."""
        return {**self.kind.properties, "region": REGION}

    def scope(self, members: Mapping[str, object], resource_id: str = "") -> dict[str, object]:
        """Return the scope in which the declaration's templates are expanded."""
        scope: dict[str, object] = {
            **{name: self._sent(name, value) for name, value in members.items() if value is not None},
            "account": self.service.account,
            "region": self.service.region,
            "id": resource_id or None,
        }
        for name, group in self.kind.first_of.items():
            given = next((scope[member] for member in group if scope.get(member)), None)
            scope.update({name: given} if given is not None else {})
        scope.update({name: derive(scope) for name, derive in self.kind.derived.items()})
        if self.kind.tagging:
            scope["tagList"] = tags.as_list(self.tags_all(members), self.kind.tagging)
        return scope

    def _sent(self, name: str, value: object) -> object:
        prop = self.kind.properties.get(name)
        return prop.send(value) if prop and prop.send else value

    def tags_all(self, members: Mapping[str, object]) -> object:
        """Return `tagsAll` for these inputs."""
        return tags.merge(self.default_tags, members.get("tags"))
