"""A stack of the Automation API without the calls that the platform can do without.

The Automation API starts eight engine processes for one preview and one up. Here the version is known, the stack is
named instead of selected, outputs are captured from the program, and the history is not asked.
"""

from __future__ import annotations

from datetime import UTC, datetime

from pulumi.automation import LocalWorkspace, OutputMap, Stack, UpdateSummary
from pulumi.automation._stack import StackInitMode


class LeanStack(Stack):
    """One stack of a workspace, taken to exist."""

    def __init__(self, name: str, workspace: LocalWorkspace) -> None:
        """Name the stack without selecting it."""
        self.name = name
        self.workspace = workspace
        self._mode = StackInitMode.SELECT

    def outputs(self) -> OutputMap:
        """Return nothing: outputs are captured from the program as it runs."""
        return {}

    def info(self, show_secrets: bool | None = None) -> UpdateSummary | None:
        """Return a summary that says only that the update ended; the event stream has told the rest."""
        return UpdateSummary(
            kind="update",
            start_time=datetime.now(UTC),
            message="",
            environment={},
            config={},
            result="succeeded",
        )
