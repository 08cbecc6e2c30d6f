"""sandbox start, stop, status, reset."""

from __future__ import annotations

import json as json_format
import shutil

import typer

from securecart.cli.context import HomeOption, JsonOption, YesOption, errors, output, shared
from securecart.errors import BadInputError
from securecart.execute.home import Home
from securecart.execute.lock import run_lock
from securecart.sandbox import lifecycle

app = typer.Typer(help="The local sandbox: moto and the provider, one process, loopback only.", no_args_is_help=True)


@app.command()
def start(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """Start the sandbox, or find the one that runs.

    Example: orchestrator.py sandbox start --json
    """
    folder = shared(context).home(home)
    info = lifecycle.start(folder, on_progress=lambda text: errors().print(text))
    if json:
        print(info.model_dump_json(indent=2))
    else:
        output().print(f"sandbox runs: {info.endpoint} (process {info.pid})", highlight=False)


@app.command()
def stop(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """Stop the sandbox. Its memory is lost; the next `up` brings the fleet back.

    Example: orchestrator.py sandbox stop
    """
    stopped = lifecycle.stop(shared(context).home(home))
    if json:
        print(json_format.dumps({"stopped": stopped}))
    else:
        output().print("sandbox stopped" if stopped else "no sandbox was running")


@app.command()
def status(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """Show whether the sandbox runs, and where. Starts nothing.

    Example: orchestrator.py sandbox status
    """
    found = lifecycle.status(shared(context).home(home))
    if json:
        print(found.model_dump_json(indent=2))
    else:
        where = f": {found.info.endpoint} (process {found.info.pid})" if found.info else ""
        output().print(f"sandbox {found.state}{where} {found.detail}".rstrip(), highlight=False)


@app.command()
def reset(context: typer.Context, home: HomeOption = None, yes: YesOption = False, json: JsonOption = False) -> None:
    """Stop the sandbox and forget everything deployed to it: its memory, and the state that speaks of it.

    Example: orchestrator.py sandbox reset --yes
    """
    folder = Home(shared(context).home(home))
    if not yes:
        if json:
            raise BadInputError("reset deletes local state", rule="writing takes --yes with --json", remedy="add --yes")
        typer.confirm(f"delete the sandbox's memory and the state in {folder.root}?", abort=True, err=True)
    with run_lock(folder.root, "sandbox reset"):
        lifecycle.reset(folder.root)
        for path in (folder.backend, folder.generations, folder.workspace, folder.pulumi_home):
            shutil.rmtree(path, ignore_errors=True)
    if json:
        print(json_format.dumps({"reset": True}))
    else:
        output().print("sandbox reset: nothing is deployed; the records of past runs are kept")
