"""The runs: preview, up, destroy and refresh, each an ordered list of steps over one session."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from securecart.execute import phases
from securecart.execute.apply import differences_now, verify
from securecart.execute.deploy import deploy
from securecart.execute.phase import Phase
from securecart.execute.plan_folder import PlanFolder
from securecart.execute.run import open_run
from securecart.execute.save import save_plan
from securecart.execute.session import Session, Settings
from securecart.plan.fleet_plan import FleetPlan
from securecart.report.record import RunRecord

Approve = Callable[[RunRecord], bool] | None
"""Asked with the preview's record whether to deploy; None where nobody is to be asked."""


def run_preview(settings: Settings, names: Sequence[str], folder: PlanFolder | None = None) -> RunRecord:
    """Preview the stacks, judged by the policy pack; change nothing. With a folder, save what was previewed as a plan.

    Raises:
        BadInputError: the folder holds something else.
    """
    with open_run(settings, "preview", names) as run:
        names = run.with_stale_upstream(names)
        run.tell_orphans()
        upstream = run.upstream_outputs(names, required=False)
        if folder is None:
            return run.record(names, [phases.preview(run.session, names, upstream)])
        folder.prepare()
        previewed = phases.preview(run.session, names, upstream, save=folder.stacks)
        if reason := _why_not_deploy(run.session, previewed):
            folder.discard()
            run.session.note(f"no plan was saved: {reason}")
            return run.record(names, [previewed])
        plan = save_plan(run, folder, previewed, upstream)
        return run.record(names, [previewed], plan=plan)


def run_up(settings: Settings, names: Sequence[str], approve: Approve) -> RunRecord:
    """Preview everything first; deploy only if nothing failed, no rule is broken, and the caller approves."""
    with open_run(settings, "up", names) as run:
        names = run.with_stale_upstream(names)
        run.tell_orphans()
        upstream = run.upstream_outputs(names, required=True)
        previewed = phases.preview(run.session, names, upstream.copy())
        if reason := _why_not_deploy(run.session, previewed):
            return run.record(names, [previewed], withheld=reason)
        if approve is not None and not approve(run.record(names, [previewed])):
            return run.record(names, [previewed], withheld="the preview was not approved")
        deployed = deploy(run.session, names, previewed.operations, upstream)
        return run.record(names, [previewed, deployed])


def run_plan(settings: Settings, folder: PlanFolder, plan: FleetPlan, approve: Approve) -> RunRecord:
    """Run a saved plan and nothing else: what it stands on is compared first, then what would happen now.

    Raises:
        PlanMovedError: something differs; nothing was written.
    """
    names = tuple(stack.name for stack in plan.stacks)
    with open_run(settings, "up", names) as run:
        plans = folder.take(plan, settings.home.runs / run.session.run_id / "plan")
        differences_now(run, plan)
        upstream = run.upstream_outputs(names, required=True)
        verified = verify(run, plan, upstream.copy())
        if reason := _why_not_deploy(run.session, verified):
            return run.record(names, [verified], withheld=reason, plan=plan.id)
        if approve is not None and not approve(run.record(names, [verified], plan=plan.id)):
            return run.record(names, [verified], withheld="the plan was not approved", plan=plan.id)
        deployed = deploy(run.session, names, verified.operations, upstream, plans=plans)
        return run.record(names, [verified, deployed], plan=plan.id)


def run_destroy(settings: Settings, names: Sequence[str], *, orphans: Collection[str] = ()) -> RunRecord:
    """Destroy the stacks that exist, those that need others first; orphans leave the backend, too."""
    with open_run(replace(settings, policies=False), "destroy") as run:
        existing = [name for name in names if run.session.creator.deployed(name)]
        run.refuse_orphaning(existing)
        destroyed = phases.destroy(run.session, existing, remove=orphans)
        return run.record(existing, [destroyed])


def run_refresh(settings: Settings, names: Sequence[str], *, adopt: bool) -> RunRecord:
    """Compare the state of stacks that exist with their accounts; adopt what was found only if asked to."""
    with open_run(replace(settings, policies=False), "refresh") as run:
        existing = [name for name in names if run.session.creator.deployed(name)]
        refreshed = phases.refresh(run.session, existing, adopt=adopt)
        return run.record(existing, [refreshed])


def _why_not_deploy(session: Session, previewed: Phase) -> str:
    if session.stop.requested:
        return "the run was interrupted"
    blocked = sorted(name for name, operation in previewed.operations.items() if operation.broken)
    failed = sorted(name for name, operation in previewed.operations.items() if not operation.ok)
    if blocked:
        return f"nothing is deployed while a mandatory rule is broken in {', '.join(blocked)}"
    if failed:
        return f"nothing is deployed while the preview of {', '.join(failed)} fails"
    return ""
