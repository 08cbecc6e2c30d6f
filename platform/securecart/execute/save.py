"""Saving what a fleet preview found as a plan."""

from __future__ import annotations

import getpass
import os
import socket
from datetime import UTC, datetime

from securecart.execute.outputs import OutputStore
from securecart.execute.phase import Phase
from securecart.execute.plan_folder import PlanFolder
from securecart.execute.planned import stack_plan
from securecart.execute.run import Run
from securecart.execute.session import ROOT
from securecart.plan.fleet_plan import Author, Manifest
from securecart.sources.git import head


def save_plan(run: Run, folder: PlanFolder, previewed: Phase, store: OutputStore) -> str:
    """Write the plan of every stack, and seal the whole; return the plan's id.

    Args:
        run: The run that previewed.
        folder: Where to; the engine's plans are in it already.
        previewed: What the previews said.
        store: Outputs of all stacks, planned or recorded.
    """
    session, stacks = run.session, []
    for name, spec in session.settings.graph.stacks.items():
        operation = previewed.operations.get(name)
        if operation is None:
            continue
        plan = stack_plan(spec, operation, session.freshness.basis(spec, store), store)
        folder.write_stack(plan, operation.diff)
        stacks.append(folder.planned_stack(plan))
    common = session.freshness.common()
    manifest = Manifest(
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        by=_author(),
        fleet=session.settings.fleet.name,
        target=session.settings.target_name,
        fleet_file=common.fleet_file,
        programs=common.programs,
        policies=common.policies,
        lock=common.lock,
        engine=common.engine,
        stacks=tuple(stacks),
        orphans=run.orphans,
    )
    return folder.seal(manifest)


def _author() -> Author:
    commit, dirty = head(ROOT)
    return Author(user=_login(), host=socket.gethostname(), commit=commit, dirty=dirty)


def _login() -> str:
    """Return the login name; a container's user may have none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
