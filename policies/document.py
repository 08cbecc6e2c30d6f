"""Renders docs/policies.md from the rules: ``python -m policies.document`` prints it, a test compares it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from policies.rules import RuleRow, rule_table

_INTRODUCTION = """\
# The policy rules

Every preview and every deployment of a stack is judged by these rules; a broken mandatory one ends the run with
exit code 3 and the rule's id, the resource and the remedy. What a rule demands comes from the firm's tables and
from the fleet file; the rules state the tables anew and import no program, so that a change of one alone is seen.

- **resource** rules judge one resource by its inputs, before anything is created.
- **stack** rules judge the whole stack by its resources' outputs, and follow references between them.
- Where a value is not known yet, a rule never passes for that reason. It is reported as undecided under
  `undecided-resource` or `undecided-stack` (advisory; the message starts with the rule's id), the rest of the
  resource is judged, and the rule judges again during the deployment, when the value is known.

To break no rule by intent: an extra security group rule belongs under `security_group_rules` of its network in the
fleet file, a connection under `connections`. The never-rules (`sg-no-admin-ports` and its like) hold for those too.

This file is made by `python -m policies.document > docs/policies.md`, with `PYTHONPATH=.:platform`.

"""
_COLUMNS = ("rule", "judges", "enforcement", "demands", "row", "controls", "how to fix")


def render() -> str:
    """Return the text of docs/policies.md."""
    rule = "|".join("---" for _ in _COLUMNS)
    head = [f"| {' | '.join(_COLUMNS)} |", f"|{rule}|"]
    return _INTRODUCTION + "\n".join([*head, *_lines(rule_table())]) + "\n"


def _lines(rows: list[RuleRow]) -> Iterator[str]:
    for row in rows:
        cells = (f"`{row.id}`", row.scope, row.enforcement, row.title, row.mission_row, row.controls, row.remedy)
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(render())
