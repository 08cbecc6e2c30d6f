"""What a rule sees: one resource, or a whole stack with references between its resources resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar, cast

from policies.facts import StackFacts
from policies.values import UNKNOWN, Props, Unknown, nested, text

TAG_PREFIX = "securecart:"
T = TypeVar("T")


@dataclass(frozen=True)
class ProviderView:
    """The provider that a resource is registered with."""

    name: str
    """Logical name, for example ``prod-us-east-1``; default providers are called ``default_VERSION``."""
    urn: str
    """URN of the provider."""
    props: Props
    """Its inputs; nested objects arrive as JSON text."""


@dataclass(frozen=True)
class Resource:
    """One resource as the engine shows it: inputs in a resource rule, outputs in a stack rule."""

    urn: str
    """URN of the resource."""
    type: str
    """Type token, for example ``aws:ec2/vpc:Vpc``."""
    name: str
    """Logical name."""
    props: Props
    """Properties, UNKNOWN where not known yet."""
    provider: ProviderView | None = None
    """Provider; None for components and for providers themselves."""
    dependencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """URNs that each property's value comes from; known even when the value is not. Stack rules only."""

    def label(self, name: str) -> str | Unknown | None:
        """Return the value of the tag ``securecart:NAME``; None where it is absent."""
        tags = self.props.get("tags")
        return UNKNOWN if tags is UNKNOWN else text(nested(tags), f"{TAG_PREFIX}{name}")


@dataclass(frozen=True)
class Stack:
    """All resources of a stack."""

    resources: tuple[Resource, ...]
    """Resources in the engine's order."""
    facts: StackFacts
    """What the fleet file says about the stack."""
    _computed: dict[object, object] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, compute: Callable[[Stack], T]) -> T:
        """Return what a pure function makes of this stack, computed at the first call: many rules ask it."""
        if compute not in self._computed:
            self._computed[compute] = compute(self)
        return cast(T, self._computed[compute])

    @property
    def urn(self) -> str:
        """URN of the stack itself, the subject of what is missing; without a root the first resource's."""
        roots = (resource.urn for resource in self.resources if resource.type == "pulumi:pulumi:Stack")
        return next(roots, self.resources[0].urn)

    @cached_property
    def _by_type(self) -> Mapping[str, tuple[Resource, ...]]:
        groups: dict[str, list[Resource]] = {}
        for resource in self.resources:
            groups.setdefault(resource.type, []).append(resource)
        return {kind: tuple(members) for kind, members in groups.items()}

    @cached_property
    def _by_urn(self) -> Mapping[str, Resource]:
        return {resource.urn: resource for resource in self.resources}

    def of(self, types: Iterable[str]) -> tuple[Resource, ...]:
        """Return the resources of the given types."""
        return tuple(resource for kind in types for resource in self._by_type.get(kind, ()))

    def sources(self, resource: Resource, key: str, types: Iterable[str]) -> tuple[Resource, ...]:
        """Return the resources of the given types that a property's value comes from."""
        known = (self._by_urn.get(urn) for urn in resource.dependencies.get(key, ()))
        wanted = frozenset(types)
        return tuple(source for source in known if source is not None and source.type in wanted)

    def target(
        self, resource: Resource, key: str, types: Iterable[str], attribute: str = "id"
    ) -> Resource | Unknown | None:
        """Return the resource of this stack that a property refers to by an attribute, ``id`` mostly.

        None: absent, or a resource of another stack. UNKNOWN: the value is not known and comes from no single
        resource of these types.
        """
        value = text(resource.props, key)
        if value is None:
            return None
        wanted = tuple(types)
        if value is not UNKNOWN:
            for candidate in self.of(wanted):
                if text(candidate.props, attribute) == value:
                    return candidate
        sources = self.sources(resource, key, wanted)
        if value is not UNKNOWN:
            # A known value that a source contradicts belongs elsewhere, whatever it was computed from.
            sources = tuple(s for s in sources if not isinstance(text(s.props, attribute), str))
        if len(sources) == 1:
            return sources[0]
        return UNKNOWN if value is UNKNOWN or sources else None


def is_same(found: Resource | Unknown | None, wanted: Resource) -> bool | None:
    """Tell whether what a property refers to is this resource; None where that is not known."""
    return None if found is UNKNOWN else found is wanted
