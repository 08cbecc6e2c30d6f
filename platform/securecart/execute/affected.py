"""Which stacks a range of commits touches: by what each program and the policies read, not by paths alone."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from securecart.errors import BadInputError
from securecart.execute.freshness import Facts
from securecart.plan.basis import changed_paths
from securecart.plan.graph import StackGraph, build_graph
from securecart.program.kind import StackKind
from securecart.sources.compare import Comparison, compared
from securecart.sources.digest import file_digests
from securecart.sources.packages import RUNTIME_LOCK
from securecart.sources.parts import Sources
from securecart.sources.tree import SourceTree

_ENGINE_FILES = ("engine/go.mod", "engine/go.sum", "platform/securecart/setup/version.py")
"""Files that decide which engine is installed."""


@dataclass(frozen=True)
class Affected:
    """What a range of commits touches."""

    reasons: Mapping[str, str]
    """Stacks that it touches itself, each with the first reason."""
    names: tuple[str, ...]
    """Those, and all that need them, upstream first."""
    notes: tuple[str, ...]
    """What could not be compared."""


@dataclass(frozen=True)
class Scene:
    """What is compared."""

    root: Path
    """The checkout."""
    fleet_path: Path
    """The fleet file."""
    graph: StackGraph
    """The fleet's stacks as they are now."""
    kinds: Sequence[StackKind]
    """Programs of every kind."""
    facts: Facts
    """What the policies read of a fleet about a stack."""
    target: str
    """Name of the target, whose settings count."""
    sandbox: bool
    """Whether the target is the sandbox, whose files then count, too."""


def affected_by(scene: Scene, term: str) -> Affected:
    """Return the stacks that ``REF``, ``A..B`` or ``A...B`` touches, with those that need them.

    Raises:
        BadInputError: the term names no commits.
    """
    trees = compared(scene.root, term)
    notes: list[str] = []
    reasons = dict(_reasons(scene, trees, notes))
    chosen = set(reasons).union(*(scene.graph.downstream(name) for name in reasons))
    return Affected(reasons, tuple(name for name in scene.graph.stacks if name in chosen), tuple(notes))


def _reasons(scene: Scene, trees: Comparison, notes: list[str]) -> Iterator[tuple[str, str]]:
    before, after = Sources(trees.before), Sources(trees.after)
    if common := next(_common(scene, before, after), ""):
        yield from ((name, common) for name in scene.graph.stacks)
        return
    fleets = _fleets(scene, trees, notes)
    if fleets is None:
        yield from ((name, "the fleet file before cannot be read") for name in scene.graph.stacks)
        return
    old, new = (_Fleet(fleet, scene) for fleet in fleets)
    programs = {kind.name: _first_change(_program(before, kind), _program(after, kind)) for kind in scene.kinds}
    for name, spec in scene.graph.stacks.items():
        if reason := programs[spec.kind] or _fleet_reason(name, old, new):
            yield name, reason


def _common(scene: Scene, before: Sources, after: Sources) -> Iterator[str]:
    """Yield what touches every stack."""
    files = (RUNTIME_LOCK, *_ENGINE_FILES)
    yield from _changes(file_digests(before.tree, files), file_digests(after.tree, files))
    yield from _changes(before.policy_pack(), after.policy_pack())
    if scene.sandbox:
        yield from _changes(before.sandbox(), after.sandbox())


class _Fleet:
    """A fleet, with what programs and policies read of it."""

    def __init__(self, fleet: Fleet, scene: Scene) -> None:
        self.fleet, self._facts, self._target = fleet, scene.facts, fleet.targets.get(scene.target)
        self._kinds = {kind.name: kind for kind in scene.kinds}
        self.stacks = build_graph(spec for kind in scene.kinds for spec in kind.stacks(fleet)).stacks

    def read_of(self, name: str) -> dict[str, object]:
        """Return all that is read of the fleet for a stack."""
        spec = self.stacks[name]
        return {
            "inputs": self._kinds[spec.kind].bind(self.fleet, spec).given,
            "facts": self._facts(self.fleet, name),
            "target": self._target.model_dump(mode="json") if self._target is not None else None,
        }


def _fleet_reason(name: str, old: _Fleet, new: _Fleet) -> str:
    if name not in new.stacks:
        return ""
    if name not in old.stacks:
        return "is new in the fleet file"
    before, after = old.read_of(name), new.read_of(name)
    if json.dumps(before) == json.dumps(after):
        return ""
    return f"fleet file: {next(changed_paths(before, after), 'the order of entries')}"


def _fleets(scene: Scene, trees: Comparison, notes: list[str]) -> tuple[Fleet, Fleet] | None:
    now = load_fleet(scene.fleet_path)
    try:
        path = scene.fleet_path.relative_to(scene.root).as_posix()
    except ValueError:
        notes.append(f"{scene.fleet_path} lies outside the checkout: its changes are not compared")
        return now, now
    try:
        return _loaded(trees.before, path), _loaded(trees.after, path)
    except BadInputError as error:
        notes.append(f"every stack counts as affected: the fleet file of {trees.before.label}: {error}")
        return None


def _loaded(tree: SourceTree, path: str) -> Fleet:
    content = tree.read(path)
    if content is None:
        raise BadInputError(f"{tree.label} has no {path}", remedy="name a commit that has the fleet file")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / Path(path).name
        copy.write_bytes(content)
        return load_fleet(copy)


def _program(sources: Sources, kind: StackKind) -> Mapping[str, str]:
    return sources.program(kind.module) if sources.has_program(kind.module) else {}


def _first_change(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    return next(_changes(before, after), "")


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[str]:
    return (f"{path} was changed" for path in _sorted_union(before, after) if before.get(path) != after.get(path))


def _sorted_union(one: Iterable[str], other: Iterable[str]) -> list[str]:
    return sorted({*one, *other})
