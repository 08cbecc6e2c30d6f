"""Conforming stacks with one thing changed."""

from __future__ import annotations

from dataclasses import replace

from policies.values import Props
from policies.views import Resource, Stack


def find(stack: Stack, kind: str, name: str = "") -> Resource:
    """Return the one resource of a type (its last part) and name; a test must never miss what it breaks."""
    found = [x for x in stack.resources if x.type.endswith(f":{kind}") and name in ("", x.name)]
    assert found, f"no {kind} {name} in {stack.facts.name}"
    return found[0]


def with_props(stack: Stack, resource: Resource, changes: Props, drop: tuple[str, ...] = ()) -> Stack:
    """Return the stack with some of a resource's properties changed and their old sources forgotten."""
    props = {key: value for key, value in {**resource.props, **changes}.items() if key not in drop}
    sources = {key: urns for key, urns in resource.dependencies.items() if key not in {*changes, *drop}}
    changed = replace(resource, props=props, dependencies=sources)
    return Stack(tuple(changed if x is resource else x for x in stack.resources), stack.facts)


def without(stack: Stack, resource: Resource) -> Stack:
    """Return the stack without a resource."""
    return Stack(tuple(x for x in stack.resources if x is not resource), stack.facts)


def with_resource(stack: Stack, kind: str, name: str, like: Resource, props: Props) -> Stack:
    """Return the stack with one more resource, under the provider of another one."""
    urn = f"urn:pulumi:{stack.facts.name}::securecart::{kind}::{name}"
    added = Resource(urn, kind, name, props, like.provider, {})
    return Stack((*stack.resources, added), stack.facts)
