"""Every error the platform raises on purpose: one hierarchy, each class with the exit code it ends a command with.

A message says what happened, with which value, by which rule, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from securecart.findings import Finding


class SecureCartError(Exception):
    """Root of the hierarchy; raised itself only for what no other class describes."""

    exit_code: ClassVar[int] = 1
    """Exit code of a command that ends with this error."""

    def __init__(self, what: str, *, value: object = None, rule: str = "", remedy: str = "") -> None:
        """Keep the parts apart so that reports can lay them out.

        Args:
            what: What happened, a sentence without a full stop.
            value: The value at fault, shown with repr(); never a secret.
            rule: The rule that the value breaks.
            remedy: What the reader can do now.
        """
        self.what, self.value, self.rule, self.remedy = what, value, rule, remedy
        parts = [what if value is None else f"{what}: {value!r}"]
        parts += [f"rule: {rule}"] if rule else []
        parts += [f"remedy: {remedy}"] if remedy else []
        super().__init__("; ".join(parts))


class BadInputError(SecureCartError):
    """A fleet file, an option or a selection that cannot be accepted; nothing was changed."""

    exit_code = 2

    def __init__(self, what: str, findings: Sequence[Finding] = (), **parts: str) -> None:
        """Carry every problem found, not only the first."""
        self.findings = tuple(findings)
        super().__init__(what, rule=parts.get("rule", ""), remedy=parts.get("remedy", ""))


class PolicyBlockedError(SecureCartError):
    """A mandatory policy rule is broken; nothing was deployed."""

    exit_code = 3


class StackFailedError(SecureCartError):
    """At least one stack's preview or deployment failed."""

    exit_code = 4


class DriftFoundError(SecureCartError):
    """A refresh found that the accounts differ from the recorded state."""

    exit_code = 5


class LockedError(SecureCartError):
    """Another run holds the fleet's lock."""

    exit_code = 6


class PlanMovedError(BadInputError):
    """What a saved plan stands on has moved since: reality, the code or the fleet file. Nothing was written."""

    exit_code = 7


class PlanTamperedError(SecureCartError):
    """A saved plan is not, byte for byte, the one that was saved. Nothing was written."""

    exit_code = 8

    def __init__(self, what: str, problems: Sequence[str] = ()) -> None:
        """Name each file that does not fit."""
        self.problems = tuple(problems)
        told = f"{what}: {'; '.join(problems)}" if problems else what
        super().__init__(
            told,
            rule="what was approved is what runs",
            remedy="save and review a new one with `preview --out DIR`; a plan made with another home folder takes "
            "that folder's seal.key",
        )


class InterruptedRunError(SecureCartError):
    """The run was stopped by a signal; what had started was finished or cancelled in order."""

    exit_code = 130


class EngineError(SecureCartError):
    """The Pulumi engine is missing, unsuitable or ended in a way that no stack is to blame for."""


class SandboxError(SecureCartError):
    """The local sandbox could not be started, reached or stopped."""


class ProgramError(SecureCartError):
    """A stack program broke the platform's own rules, for example by asking for an undeclared output."""
