"""env: shell exports with which the ordinary pulumi and aws commands work on the sandbox."""

from __future__ import annotations

import json as json_format
import shlex

import typer

from securecart.cli.context import HomeOption, JsonOption, errors, shared
from securecart.execute.environment import sandbox_exports
from securecart.execute.home import Home
from securecart.sandbox import lifecycle


def env(context: typer.Context, home: HomeOption = None, json: JsonOption = False) -> None:
    """Print exports: backend, passphrase file, AWS endpoint. Starts the sandbox if it does not run.

    Example: eval "$(python orchestrator.py env)" && aws sts get-caller-identity
    """
    folder = Home(shared(context).home(home))
    folder.prepare()
    sandbox = lifecycle.start(folder.root, on_progress=lambda text: errors().print(text))
    exports = sandbox_exports(folder, sandbox)
    if json:
        print(json_format.dumps(exports, indent=2))
    else:
        print("".join(f"export {key}={shlex.quote(value)}\n" for key, value in exports.items()), end="")
