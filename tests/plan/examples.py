"""Bases, planned resources, stack plans and manifests that tests vary in one place each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from securecart.execute.plan_folder import PlanFolder
from securecart.plan.basis import Basis
from securecart.plan.fleet_plan import Author, Manifest, Operation, PlannedResource, PlannedStack, StackPlan

VPC = "aws:ec2/vpc:Vpc"

_words = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), min_size=1, max_size=8)
_scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | _words
_values = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3), max_leaves=6
)
documents = st.dictionaries(_words, _values, max_size=4)
"""Nests of JSON data."""
digests = st.dictionaries(_words, _words, max_size=4)
"""Digests by path."""

PART_VALUES = {
    "program": digests,
    "packages": digests,
    "inputs": documents,
    "policies": digests,
    "facts": documents,
    "provider": digests,
    "target": documents,
    "engine": _words,
    "settings": _words,
    "upstream": digests,
    "memory": _words,
    "state": _words,
}
"""Any value of each part of a basis."""


def a_basis(**parts: object) -> Basis:
    """Return a basis with some parts other than usual."""
    usual = {
        "program": {"stacks/network.py": "1" * 64},
        "packages": {"python": "3.11.7"},
        "inputs": {"cidr": "10.10.0.0/16"},
        "policies": {"policies/acl.py": "2" * 64},
        "facts": {"name": "network-dev"},
        "provider": {},
        "target": {"kind": "sandbox"},
        "engine": "3.259.0",
        "settings": "",
        "upstream": {"hub-us-east-1.id": "3" * 64},
    }
    return Basis.model_validate({**usual, **parts})


def a_resource(name: str = "dev", **parts: object) -> PlannedResource:
    """Return a planned VPC."""
    urn = f"urn:pulumi:network-dev::securecart::{VPC}::{name}"
    usual = {
        "urn": urn,
        "type": VPC,
        "name": name,
        "operation": Operation.CREATE,
        "inputs": {"cidrBlock": "10.0.0.0/8"},
    }
    return PlannedResource.model_validate({**usual, **parts})


def a_stack_plan(name: str = "network-dev", **parts: object) -> StackPlan:
    """Return the plan of a stack with one resource."""
    usual = {
        "name": name,
        "kind": "network",
        "account": "dev",
        "region": "us-east-1",
        "environment": "dev",
        "protected": False,
        "runs": True,
        "why": ("no successful run of it is known here",),
        "basis": a_basis(),
        "resources": (a_resource(),),
    }
    return StackPlan.model_validate({**usual, **parts})


def a_manifest(stacks: tuple[PlannedStack, ...] = ()) -> Manifest:
    """Return a manifest that is not sealed yet."""
    return Manifest(
        created="2026-01-01T00:00:00+00:00",
        by=Author(user="ana", host="laptop", commit="4" * 40, dirty=True),
        fleet="securecart",
        target="sandbox",
        fleet_file="5" * 64,
        programs={"stacks/network.py": "1" * 64},
        policies={"policies/acl.py": "2" * 64},
        lock="6" * 64,
        engine="3.259.0",
        stacks=stacks,
        orphans=("network-old",),
    )


def save_plan(root: Path, key: bytes, plans: Sequence[StackPlan]) -> str:
    """Save plans of stacks into a folder, with an engine's plan for each that runs; return the plan's id."""
    folder = PlanFolder(root, key)
    folder.prepare()
    for plan in plans:
        if plan.runs:
            (folder.stacks / f"{plan.name}.engine.json").write_text(f'{{"plan of": "{plan.name}"}}\n')
        folder.write_stack(plan, f"+ {plan.name}")
    return folder.seal(a_manifest(tuple(folder.planned_stack(plan) for plan in plans)))
