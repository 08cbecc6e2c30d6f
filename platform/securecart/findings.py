"""The one findings type: what a configuration rule, a policy or a check has to say about one subject."""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field


class Verdict(StrEnum):
    """What a rule concluded. There is no "passed because unknown"."""

    VIOLATED = "violated"
    """The rule is broken."""
    UNDECIDED = "undecided"
    """A value that the rule needs is not known yet; judged again when it is."""


class Finding(BaseModel):
    """One statement of one rule about one subject."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str = Field(description="Id of the rule, kebab-case, for example `sg-no-admin-ports-from-internet`.")
    message: str = Field(description="What is wrong, one sentence.")
    verdict: Verdict = Field(default=Verdict.VIOLATED, description="Broken, or not decidable yet.")
    mandatory: bool = Field(default=True, description="Whether a violation blocks the run.")
    subject: str = Field(default="", description="What was judged: a resource URN or a key path of the fleet file.")
    stack: str = Field(default="", description="Name of the stack, where the subject belongs to one.")
    file: str = Field(default="", description="File in which the value stands, where there is one.")
    line: int = Field(default=0, ge=0, description="Line in that file, counted from 1; 0 where there is none.")
    value: str = Field(default="", description="The value at fault, already redacted.")
    remedy: str = Field(default="", description="What to change.")
    controls: tuple[str, ...] = Field(default=(), description="Ids of published controls that ask for the same.")

    def __str__(self) -> str:
        """One line: place, subject, message, value, rule, remedy."""
        place = f"{self.file}:{self.line}: " if self.file else ""
        value = f" (value: {self.value})" if self.value else ""
        remedy = f"; {self.remedy}" if self.remedy else ""
        return f"{place}{self.subject}: {self.message}{value} [{self.rule}]{remedy}"
