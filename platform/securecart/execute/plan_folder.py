"""Saved plans on disk: written whole, sealed, and read back only if nothing in them was touched."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from securecart.errors import BadInputError, PlanTamperedError
from securecart.plan.fleet_plan import FleetPlan, Manifest, PlannedStack, StackPlan

MANIFEST = "manifest.json"
STACKS = "stacks"


class PlanFolder:
    """A folder that holds one saved plan, or is to hold one."""

    def __init__(self, root: Path, key: bytes) -> None:
        """Name the folder, and the key of its seal."""
        self.root, self._key = root, key

    @property
    def stacks(self) -> Path:
        """Folder of the stacks' files."""
        return self.root / STACKS

    def prepare(self) -> None:
        """Make the folder empty; an older plan in it, also one that was not finished, goes.

        Raises:
            BadInputError: it holds something else, which is left as it is.
        """
        if self.root.exists():
            if not self._holds_only_a_plan():
                raise BadInputError(
                    f"{self.root} is not empty and holds no plan",
                    rule="a plan is saved into a new folder, or over an older plan",
                    remedy="name another folder",
                )
            (self.root / MANIFEST).unlink(missing_ok=True)
            shutil.rmtree(self.stacks, ignore_errors=True)
        self.stacks.mkdir(parents=True, mode=0o700)

    def _holds_only_a_plan(self) -> bool:
        """Whether nothing is in the folder that a plan does not have: others name files manifest.json, too."""
        if not self.root.is_dir() or {path.name for path in self.root.iterdir()} - {MANIFEST, STACKS}:
            return False
        manifest, stacks = self.root / MANIFEST, self.stacks
        if manifest.exists() and not _looks_like_a_manifest(manifest):
            return False
        return not stacks.exists() or all(path.name.endswith(_SUFFIXES) for path in stacks.iterdir())

    def discard(self) -> None:
        """Remove a plan that was begun."""
        shutil.rmtree(self.root)

    def write_stack(self, plan: StackPlan, diff: str) -> None:
        """Write one stack's plan and rendered diff; the engine's own plan is there already where the stack runs."""
        (self.stacks / f"{plan.name}.json").write_text(plan.model_dump_json(indent=2) + "\n", encoding="utf-8")
        if plan.runs:
            (self.stacks / f"{plan.name}.diff").write_text(diff + "\n", encoding="utf-8")

    def planned_stack(self, plan: StackPlan) -> PlannedStack:
        """Return a stack's place in the manifest, with the digests of its files."""
        files = sorted(path for path in self.stacks.iterdir() if path.name.removeprefix(plan.name) in _SUFFIXES)
        digests = {f"{STACKS}/{path.name}": _sha256(path.read_bytes()) for path in files}
        return PlannedStack(name=plan.name, runs=plan.runs, files=digests)

    def seal(self, manifest: Manifest) -> str:
        """Write the manifest with its seal, which ends the plan; return the plan's id."""
        sealed = manifest.model_copy(update={"seal": self._seal_of(manifest)})
        content = _written(sealed)
        (self.root / MANIFEST).write_bytes(content)
        return _sha256(content)

    def read(self) -> FleetPlan:
        """Read the plan back.

        Raises:
            BadInputError: there is no plan in the folder.
            PlanTamperedError: a file was changed, added or removed since the plan was sealed, or another key sealed it.
        """
        try:
            content = (self.root / MANIFEST).read_bytes()
        except OSError as error:
            raise BadInputError(
                f"{self.root} holds no plan ({MANIFEST} cannot be read)",
                remedy="save one with `preview --out DIR`",
            ) from error
        try:
            manifest = Manifest.model_validate_json(content)
        except ValidationError as error:
            raise PlanTamperedError(f"{MANIFEST} is no manifest of this version of the platform") from error
        problems = [*self._seal_problems(manifest, content), *self._file_problems(manifest)]
        if problems:
            raise PlanTamperedError("the plan is not the one that was saved", problems)
        stacks = tuple(self._stack(stack.name) for stack in manifest.stacks)
        return FleetPlan(manifest=manifest, id=_sha256(content), stacks=stacks)

    def take(self, plan: FleetPlan, to: Path) -> Path:
        """Copy the engine's plans out of the folder, so that what runs is what was checked; return where to.

        Raises:
            PlanTamperedError: a file was changed since the plan was read.
        """
        to.mkdir(parents=True, mode=0o700)
        for stack in plan.manifest.stacks:
            name = f"{STACKS}/{stack.name}.engine.json"
            if name not in stack.files:
                continue
            content = (self.root / name).read_bytes()
            if _sha256(content) != stack.files[name]:
                raise PlanTamperedError("the plan is not the one that was read", [f"{name} was changed"])
            (to / f"{stack.name}.engine.json").write_bytes(content)
        return to

    def _stack(self, name: str) -> StackPlan:
        try:
            return StackPlan.model_validate_json((self.stacks / f"{name}.json").read_bytes())
        except ValidationError as error:
            raise PlanTamperedError(f"{STACKS}/{name}.json is no plan of this version of the platform") from error

    def _seal_problems(self, manifest: Manifest, content: bytes) -> Sequence[str]:
        # The seal is of what the manifest says; that it says so in the very bytes that were written is checked, too.
        fits = hmac.compare_digest(manifest.seal.encode(), self._seal_of(manifest).encode())
        if fits and content == _written(manifest):
            return ()
        return (f"the seal of {MANIFEST} does not fit: it was changed, or another home folder's key sealed it",)

    def _file_problems(self, manifest: Manifest) -> Sequence[str]:
        listed = {path: digest for stack in manifest.stacks for path, digest in stack.files.items()}
        present = {path.relative_to(self.root).as_posix() for path in self.root.rglob("*") if path.is_file()}
        return (
            *(f"{path} is missing" for path in sorted(listed.keys() - present)),
            *(f"{path} was added" for path in sorted(present - listed.keys() - {MANIFEST})),
            *(f"{path} was changed" for path in sorted(listed.keys() & present) if self._differs(path, listed)),
        )

    def _differs(self, path: str, listed: Mapping[str, str]) -> bool:
        return _sha256((self.root / path).read_bytes()) != listed[path]

    def _seal_of(self, manifest: Manifest) -> str:
        text = json.dumps(manifest.model_dump(mode="json", exclude={"seal"}), separators=(",", ":"))
        return hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


_SUFFIXES = (".json", ".engine.json", ".diff")


def _written(manifest: Manifest) -> bytes:
    return f"{manifest.model_dump_json(indent=2)}\n".encode()


def _looks_like_a_manifest(path: Path) -> bool:
    """Whether a file is a plan's manifest, also one of another version of the platform."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and {"seal", "stacks", "fleet_file"} <= found.keys()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
