"""The platform for Python callers: everything that the command line does, with typed results and no printing."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from securecart.config.loader import check, load_fleet
from securecart.config.model import Fleet
from securecart.errors import BadInputError
from securecart.execute import runs
from securecart.execute.affected import Affected, Scene, affected_by
from securecart.execute.freshness import Facts
from securecart.execute.home import Home
from securecart.execute.inspect import fleet_status, orphan_stacks
from securecart.execute.ledger import Ledger
from securecart.execute.orphans import named, with_orphans
from securecart.execute.plan_folder import PlanFolder
from securecart.execute.progress import Reporter, Silent
from securecart.execute.session import ROOT, Settings
from securecart.findings import Finding
from securecart.plan.fleet_plan import FleetPlan
from securecart.plan.graph import StackGraph, build_graph
from securecart.plan.select import exact_names, select
from securecart.program.kind import StackKind
from securecart.report.record import RunRecord
from securecart.report.status import FleetStatus


def default_parallel() -> int:
    """Return how many stacks run at once unless told otherwise: two per core."""
    return 2 * (os.cpu_count() or 1)


@dataclass(frozen=True)
class Platform:
    """A fleet file, the programs that deploy it, and the folder of its local state."""

    fleet_path: Path
    """The fleet file."""
    kinds: Sequence[StackKind]
    """Programs of every kind of stack."""
    home: Path
    """Folder of local state."""
    facts: Facts
    """What the policies read of a fleet about a stack, as JSON data."""
    target: str | None = None
    """Target of the fleet file; None takes its default."""
    parallel: int | None = None
    """Bound on stacks at once; None takes default_parallel()."""
    reporter: Reporter = field(default_factory=Silent)
    """Where progress goes."""
    seal_key: Path | None = None
    """File with the key that seals plans; None takes the home folder's own."""
    run_all: bool = False
    """Whether stacks run also where nothing that they stand on has changed."""
    refresh_first: bool = False
    """Whether previews and deployments compare with the accounts first; implies ``run_all``."""

    def fleet(self) -> Fleet:
        """Load the fleet file; raises BadInputError with every problem."""
        return load_fleet(self.fleet_path)

    def warnings(self) -> tuple[Finding, ...]:
        """Return what the fleet file's rules advise without refusing it, such as quotas to be raised."""
        return tuple(finding for finding in check(self.fleet_path).findings if not finding.mandatory)

    def graph(self) -> StackGraph:
        """Return the fleet's stacks in dependency order; raises BadInputError."""
        fleet = self.fleet()
        return build_graph(spec for kind in self.kinds for spec in kind.stacks(fleet))

    def preview(self, terms: Sequence[str] = (), *, out: Path | None = None) -> RunRecord:
        """Preview the selected stacks, judged by the policy pack; nothing is changed.

        With ``out``, what was previewed is saved there as a plan, unless a preview failed or a rule is broken.
        """
        settings = self._settings()
        folder = self._plan_folder(settings, out) if out is not None else None
        return runs.run_preview(settings, self._selected("preview", settings, terms), folder)

    def plan(self, folder: Path) -> FleetPlan:
        """Read a saved plan.

        Raises:
            BadInputError: the folder holds none.
            PlanTamperedError: it is not the one that was saved.
        """
        return self._plan_folder(self._settings(), folder).read()

    def up_plan(self, folder: Path, *, approve: runs.Approve = None) -> RunRecord:
        """Run a saved plan and nothing else.

        Raises:
            BadInputError: the folder holds none.
            PlanTamperedError: it is not the one that was saved.
            PlanMovedError: reality, the code or the fleet file has moved since; nothing was written.
        """
        settings = self._settings()
        saved = self._plan_folder(settings, folder)
        plan = saved.read()
        self.reporter.note(
            f"up: plan {plan.id[:12]} of {len(plan.stacks)} stacks, {settings.parallel} at once, "
            f"target {settings.target_name}"
        )
        return runs.run_plan(settings, saved, plan, approve)

    def up(self, terms: Sequence[str] = (), *, approve: runs.Approve = None) -> RunRecord:
        """Preview the selected stacks, and deploy them if nothing failed, no rule is broken and the caller approves."""
        settings = self._settings()
        return runs.run_up(settings, self._selected("up", settings, terms), approve)

    def affected(self, term: str) -> Affected:
        """Return the stacks that ``REF``, ``A..B`` or ``A...B`` touches, with those that need them.

        Raises:
            BadInputError: the term names no commits.
        """
        settings = self._settings()
        scene = Scene(
            root=ROOT,
            fleet_path=settings.fleet_path,
            graph=settings.graph,
            kinds=self.kinds,
            facts=self.facts,
            target=settings.target_name,
            sandbox=settings.target.kind == "sandbox",
        )
        return affected_by(scene, term)

    def destroy(self, terms: Sequence[str] = (), *, unprotect: Sequence[str] = ()) -> RunRecord:
        """Destroy the selected stacks in reverse order; stacks that left the fleet file only if named in ``terms``.

        Raises:
            BadInputError: a protected stack is selected, but named neither in ``terms`` nor in ``unprotect``.
        """
        settings = self._settings()
        found = orphan_stacks(settings)
        left, others = named(found, terms)
        names = self._selected("destroy", settings, others) if others or not left else ()
        refuse_protected(settings.graph, names, [*terms, *unprotect])
        settings = replace(settings, graph=with_orphans(settings.graph, found, Ledger(settings.home.ledger)))
        return runs.run_destroy(settings, [*names, *left], orphans=left)

    def refresh(self, terms: Sequence[str] = (), *, adopt: bool = False) -> RunRecord:
        """Compare the selected stacks with their accounts; ``adopt`` writes what was found into the state."""
        settings = self._settings()
        return runs.run_refresh(settings, self._selected("refresh", settings, terms), adopt=adopt)

    def status(self, terms: Sequence[str] = ()) -> FleetStatus:
        """Return what is deployed; takes no lock, starts no sandbox, writes nothing."""
        settings = self._settings()
        return fleet_status(settings, select(settings.graph, terms))

    def _selected(self, command: str, settings: Settings, terms: Sequence[str]) -> tuple[str, ...]:
        names = select(settings.graph, terms)
        self.reporter.note(
            f"{command}: {len(names)} stacks, {settings.parallel} at once, target {settings.target_name}"
        )
        return names

    def _plan_folder(self, settings: Settings, folder: Path) -> PlanFolder:
        settings.home.prepare()
        return PlanFolder(folder.resolve(), settings.seal_key.read_bytes())

    def _settings(self) -> Settings:
        fleet = self.fleet()
        target = self.target or fleet.default_target
        if target not in fleet.targets:
            finding = Finding(
                rule="target-exists",
                subject="--target",
                message="is no target of the fleet file",
                value=target,
                remedy=f"name one of: {', '.join(fleet.targets)}",
            )
            raise BadInputError("the target does not exist", [finding])
        return Settings(
            fleet_path=self.fleet_path.resolve(),
            fleet=fleet,
            graph=build_graph(spec for kind in self.kinds for spec in kind.stacks(fleet)),
            kinds={kind.name: kind for kind in self.kinds},
            home=Home(self.home.resolve(), target),
            target_name=target,
            parallel=self.parallel or default_parallel(),
            reporter=self.reporter,
            facts=self.facts,
            seal_key=self.seal_key or Home(self.home.resolve(), target).seal_key,
            run_all=self.run_all,
            refresh=self.refresh_first,
        )


def refuse_protected(graph: StackGraph, names: Sequence[str], named: Sequence[str]) -> None:
    """Refuse to destroy protected stacks that are not named letter by letter.

    Raises:
        BadInputError: names each of them.
    """
    spelled_out = exact_names(graph, named)
    protected = [name for name in names if graph.stacks[name].protected and name not in spelled_out]
    if protected:
        raise BadInputError(
            "the selection holds protected stacks",
            [
                Finding(
                    rule="destroy-protected-by-name",
                    subject=f"stack {name}",
                    stack=name,
                    message="is protected: destroying it takes its name, letter by letter",
                    remedy=f"--unprotect {name}",
                )
                for name in protected
            ],
            remedy=f"--unprotect {','.join(protected)}",
        )
