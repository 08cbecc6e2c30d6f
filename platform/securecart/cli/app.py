"""The command line as a whole: which commands there are, and how errors become exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape

# typer carries its own click and offers no public name for what all usage errors have in common.
from typer._click.exceptions import ClickException, NoArgsIsHelpError

from securecart.cli import env, fleet_commands, plan, policy, run_commands, sandbox, status
from securecart.cli.context import Shared, errors
from securecart.cli.quiet import without_abandoned_coroutines
from securecart.errors import BadInputError, InterruptedRunError, SecureCartError
from securecart.execute.freshness import Facts
from securecart.program.kind import StackKind
from securecart.redaction import redact
from securecart.report.console import print_findings

EPILOG = (
    "Exit codes: 0 done, 1 unexpected, 2 bad input, 3 blocked by policy, 4 a stack failed, 5 drift found, "
    "6 locked by another run, 7 what a saved plan stands on has moved, 8 a saved plan was tampered with, "
    "130 interrupted."
)


def build() -> typer.Typer:
    """Return the command line."""
    app = typer.Typer(
        name="orchestrator.py",
        help="Deploy SecureCart's network: a stack per account and region, in order, gated by policy.",
        epilog=EPILOG,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
    )
    app.command()(fleet_commands.validate)
    app.command()(fleet_commands.graph)
    app.command()(run_commands.preview)
    app.command()(run_commands.up)
    app.command()(run_commands.destroy)
    app.command()(run_commands.refresh)
    app.command()(status.status)
    app.command()(env.env)
    app.add_typer(plan.app, name="plan")
    app.add_typer(policy.app, name="policy")
    app.add_typer(sandbox.app, name="sandbox")
    return app


def main(arguments: Sequence[str], *, root: Path, kinds: Sequence[StackKind], facts: Facts) -> int:
    """Run one command; return its exit code."""
    as_json = "--json" in arguments
    try:
        with without_abandoned_coroutines():
            code = build()(
                args=list(arguments), obj=Shared(root, kinds, facts), standalone_mode=False, prog_name="orchestrator.py"
            )
        return int(code or 0)
    except NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return 2
    except typer.Abort:
        return _tell(InterruptedRunError("stopped before anything was changed"), as_json)
    except ClickException as error:
        return _tell(BadInputError(error.format_message(), remedy="see --help"), as_json)
    except KeyboardInterrupt:
        return _tell(InterruptedRunError("interrupted"), as_json)
    except SecureCartError as error:
        return _tell(error, as_json)


def _tell(error: SecureCartError, as_json: bool) -> int:
    findings = error.findings if isinstance(error, BadInputError) else ()
    console = errors()
    console.print(f"[red]error[/red]: {escape(redact(str(error)))}", highlight=False, soft_wrap=True)
    print_findings(console, findings)
    if as_json:
        document = {
            "error": type(error).__name__,
            "exit_code": error.exit_code,
            "message": redact(str(error)),
            "findings": [finding.model_dump(mode="json") for finding in findings],
        }
        print(json.dumps(document, indent=2))
    return error.exit_code
