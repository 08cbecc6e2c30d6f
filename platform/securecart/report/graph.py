"""The graph of stacks as text, Graphviz dot, Mermaid or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from securecart.plan.graph import StackGraph
from securecart.plan.stack import StackSpec

Nodes = Sequence[tuple[StackSpec, tuple[str, ...]]]


def render(graph: StackGraph, names: Sequence[str], form: str) -> str:
    """Render the selected stacks, upstream first, with the selected stacks that each directly waits for."""
    chosen = frozenset(names)
    nodes = [(graph.stacks[name], tuple(sorted(graph.stacks[name].depends_on & chosen))) for name in names]
    return FORMATS[form](nodes)


def _text(nodes: Nodes) -> str:
    width = max((len(spec.name) for spec, _ in nodes), default=0)
    lines = [
        f"{spec.name:<{width}}  {spec.account}/{spec.region}" + (f"  after {', '.join(needs)}" if needs else "")
        for spec, needs in nodes
    ]
    return "".join(f"{line}\n" for line in lines)


def _dot(nodes: Nodes) -> str:
    lines = [f'  "{spec.name}" [label="{spec.name}\\n{spec.account} {spec.region}"];' for spec, _ in nodes]
    lines += [f'  "{needed}" -> "{spec.name}";' for spec, needs in nodes for needed in needs]
    return "digraph stacks {\n  rankdir=LR;\n  node [shape=box];\n" + "".join(f"{line}\n" for line in lines) + "}\n"


def _mermaid(nodes: Nodes) -> str:
    lines = [f'  {_id(spec.name)}["{spec.name}<br/>{spec.account} {spec.region}"]' for spec, _ in nodes]
    lines += [f"  {_id(needed)} --> {_id(spec.name)}" for spec, needs in nodes for needed in needs]
    return "flowchart LR\n" + "".join(f"{line}\n" for line in lines)


def _json(nodes: Nodes) -> str:
    stacks = [
        {
            "name": spec.name,
            "kind": spec.kind,
            "account": spec.account,
            "other_accounts": list(spec.other_accounts),
            "region": spec.region,
            "environment": spec.environment,
            "protected": spec.protected,
            "depends_on": list(needs),
            "asks": {ask.stack: list(ask.outputs) for ask in spec.asks},
        }
        for spec, needs in nodes
    ]
    return json.dumps({"stacks": stacks}, indent=2) + "\n"


def _id(name: str) -> str:
    return name.replace("-", "_").replace(".", "_")


FORMATS: Mapping[str, Callable[[Nodes], str]] = {
    "text": _text,
    "dot": _dot,
    "mermaid": _mermaid,
    "json": _json,
}
