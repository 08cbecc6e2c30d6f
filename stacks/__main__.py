"""One stack by hand, for the ordinary ``pulumi`` command; outputs of other stacks come by StackReference.

The fleet file is named by SECURECART_FLEET, else it is ``fleet.yaml`` beside this file.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "platform")]

import pulumi

from securecart.config.loader import load_fleet
from securecart.errors import BadInputError
from securecart.plan.stack import StackSpec
from securecart.program.upstream import StackReferences
from securecart.redaction import redact
from stacks import kind_of, stack_specs


def find_spec(specs: tuple[StackSpec, ...], name: str) -> StackSpec:
    """Return the stack of a name.

    Raises:
        BadInputError: the fleet has no such stack.
    """
    for spec in specs:
        if spec.name == name:
            return spec
    raise BadInputError(
        f"the fleet has no stack {name!r}",
        rule=f"one of {', '.join(spec.name for spec in specs)}",
        remedy="select one of these with `pulumi stack select`, or name a fleet file in SECURECART_FLEET",
    )


def deploy() -> None:
    """Deploy the stack that the pulumi command selected, and export its outputs."""
    fleet = load_fleet(Path(os.environ.get("SECURECART_FLEET") or HERE / "fleet.yaml"))
    spec = find_spec(stack_specs(fleet), pulumi.get_stack())
    source = StackReferences(project=pulumi.get_project(), organization=pulumi.get_organization())
    for name, value in kind_of(spec).bind(fleet, spec).run(source).items():
        pulumi.export(name, value)


def main() -> None:
    """Deploy, and tell bad input as an error of the pulumi command, without a stack trace.

    Raises:
        pulumi.RunError: the fleet file is broken, or has no such stack; with every finding.
    """
    try:
        deploy()
    except BadInputError as error:
        raise pulumi.RunError(redact("\n".join([str(error), *map(str, error.findings)]))) from error


if __name__ == "__main__":
    main()
