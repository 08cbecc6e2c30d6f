"""Where a value comes from: a property of a resource, or an output of another stack.

The SDK already carries, with every Output, the resources that it was made of, through ``apply``, ``all`` and the
rest. An output of another stack is given a marker in that set, so that it is followed the same way: through any
computation, whether the value is known or not, and also where the other stack does not exist yet.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar, cast

import pulumi

T = TypeVar("T")
Owners = Mapping[int, tuple[pulumi.Resource, str]]
"""Resource and property of each Output that is a resource's own, by the Output's ``id()``."""


@dataclass(frozen=True, order=True)
class Source:
    """One place that a value comes from: either an output of another stack, or a resource of the same stack."""

    stack: str = ""
    """The other stack; empty for a resource of the same stack."""
    output: str = ""
    """Its output."""
    key: str = ""
    """Entry of that output, where it maps keys to values and one was taken."""
    urn: str = ""
    """The resource of the same stack."""
    property: str = ""
    """Its property in Pulumi's spelling; empty where the value was computed from it on the way."""


class StackOutputMarker(pulumi.ComponentResource):
    """Stands in an Output's set of resources for an output of another stack.

    It is never registered. To the SDK it is a local component without children, which adds no dependency to what
    the engine is told (``pulumi.runtime.rpc._add_dependency``).
    """

    def __init__(self, source: Source) -> None:
        """Keep the source; the base class's constructor, which registers, is left out on purpose."""
        self.source = source
        self._childResources = set()
        self._remote = False


class PropertyMarker(pulumi.ComponentResource):
    """Stands in an Output's set of resources for one property of a resource, beside that resource; never registered."""

    def __init__(self, resource: pulumi.Resource, name: str) -> None:
        """Keep both; the base class's constructor is left out as in ``StackOutputMarker``."""
        self.resource, self.property = resource, name
        self._childResources = set()
        self._remote = False


def computed(output: pulumi.Output[T], resource: pulumi.Resource, name: str) -> pulumi.Output[T]:
    """Return the same output as one that was computed from a property, which the SDK forgets on the way.

    Args:
        output: What was computed, by ``apply`` or ``all``.
        resource: One of the resources that it was computed from.
        name: The resource's property, in Python's spelling.
    """

    async def resources() -> set[pulumi.Resource]:
        return {*await output.resources(), PropertyMarker(resource, pulumi_name(name))}

    value = cast(Awaitable[T], output.future(with_unknowns=True))
    return pulumi.Output(resources(), value, output.is_known(), output.is_secret())


def marked(output: pulumi.Output[T], source: Source) -> pulumi.Output[T]:
    """Return the same output as one that comes from another stack's output; a wider mark of that stack goes."""

    async def resources() -> set[pulumi.Resource]:
        kept = {each for each in await output.resources() if not _wider(each, source)}
        return {*kept, StackOutputMarker(source)}

    value = cast(Awaitable[T], output.future(with_unknowns=True))
    return pulumi.Output(resources(), value, output.is_known(), output.is_secret())


def owners_of(resources: Iterable[pulumi.Resource]) -> Owners:
    """Return whose property each Output of these resources is."""
    return {
        id(value): (resource, pulumi_name(name))
        for resource in resources
        for name, value in vars(resource).items()
        if isinstance(value, pulumi.Output) and not name.startswith("_")
    }


async def sources_of(value: object, owners: Owners) -> tuple[Source, ...]:
    """Return where a value comes from, whatever Outputs are nested in it; sorted, none twice."""
    found: set[Source] = set()
    for output in _outputs_in(value):
        owner = owners.get(id(output))
        if owner is not None:
            found.add(Source(urn=await _urn(owner[0]), property=owner[1]))
            continue
        found |= await _sources_of_computed(output)
    return tuple(sorted(found))


async def _sources_of_computed(output: pulumi.Output[object]) -> set[Source]:
    """Return what an output was computed from: each resource by its property where that is known."""
    resources = await output.resources()
    properties = {
        Source(urn=await _urn(each.resource), property=each.property)
        for each in resources
        if isinstance(each, PropertyMarker)
    }
    outputs = {each.source for each in resources if isinstance(each, StackOutputMarker)}
    named = {source.urn for source in properties}
    others = {await _urn(each) for each in resources if not isinstance(each, StackOutputMarker | PropertyMarker)}
    return {*properties, *outputs, *(Source(urn=urn) for urn in others - named)}


def _outputs_in(value: object) -> Iterator[pulumi.Output[object]]:
    """Yield the Outputs in a nest of mappings, lists and argument classes."""
    if isinstance(value, pulumi.Output):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _outputs_in(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _outputs_in(item)
    elif hasattr(value, "__dict__") and not isinstance(value, pulumi.Resource | type):
        yield from _outputs_in(vars(value))


async def _urn(resource: pulumi.Resource) -> str:
    return await resource.urn.future(with_unknowns=True) or ""


def _wider(resource: pulumi.Resource, source: Source) -> bool:
    return isinstance(resource, StackOutputMarker) and (resource.source.stack, resource.source.output) == (
        source.stack,
        source.output,
    )


def pulumi_name(name: str) -> str:
    """Return a property's Python name in Pulumi's spelling: ``vpc_id`` is ``vpcId``."""
    head, *rest = name.split("_")
    return head + "".join(part.capitalize() for part in rest)
