"""The fleet file, read and judged: all problems at once, each with its place, value, rule and remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from securecart.config.document import LARGEST_TEXT, Document, lookup, parse
from securecart.config.model import Fleet
from securecart.config.problem import Problem, dotted
from securecart.config.rules import judge_draft
from securecart.config.shape import read_shape
from securecart.errors import BadInputError
from securecart.findings import Finding
from securecart.redaction import redact

_LONGEST_VALUE = 80


@dataclass(frozen=True)
class FleetCheck:
    """What became of a fleet file."""

    fleet: Fleet | None
    """The fleet; None where a mandatory rule is broken."""
    findings: tuple[Finding, ...]
    """Everything found, in the order of the file; advisory findings do not stop a run."""


def load_fleet(path: Path) -> Fleet:
    """Read a fleet file.

    Raises:
        BadInputError: the file cannot be read, or breaks a mandatory rule; carries every finding.
    """
    checked = check(path)
    if checked.fleet is None:
        broken = sum(finding.mandatory for finding in checked.findings)
        raise BadInputError(
            f"the fleet file {path} has {broken} {'problem' if broken == 1 else 'problems'}",
            checked.findings,
            remedy="correct the file; nothing was changed",
        )
    return checked.fleet


def check(path: Path) -> FleetCheck:
    """Read and judge a fleet file; warnings are among the findings. Raises nothing for a bad file."""
    try:
        text = read_text(path)
    except BadInputError as error:
        return FleetCheck(None, error.findings)
    return judge(parse(text, str(path)))


def read_text(path: Path) -> str:
    """Return the text of a file. The only input of this package.

    Raises:
        BadInputError: no such file, not a file, not readable, not UTF-8, or far too large.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(4 * LARGEST_TEXT + 1)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, line, "the file is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        reason = f"the file cannot be read: {error.strerror or error}"
        raise _unreadable(path, 0, reason, "name a fleet file with --fleet") from error


def judge(document: Document) -> FleetCheck:
    """Judge a parsed fleet file. Pure.

    Every object is judged by itself first; the rules between objects then judge the sound ones, so that one
    broken object hides nothing about the others.
    """
    problems = list(document.problems)
    fleet = None
    if document.data is not None or not problems:
        shape = read_shape(document)
        problems += shape.problems
        problems += _news(judge_draft(shape.draft()), problems)
        if not any(problem.mandatory for problem in problems):
            fleet = Fleet.model_validate(shape.values)
    findings = [_finding(document, problem) for problem in problems]
    return FleetCheck(fleet, tuple(sorted(findings, key=lambda finding: (finding.line, finding.subject))))


def _news(problems: Iterable[Problem], known: Iterable[Problem]) -> list[Problem]:
    """Drop what is said about values that are known to be wrong by themselves."""
    wrong = {problem.path for problem in known}
    return [
        problem
        for problem in problems
        if not any(problem.path[:length] in wrong for length in range(2, len(problem.path) + 1))
    ]


def _finding(document: Document, problem: Problem) -> Finding:
    line = problem.line or document.line(problem.path, problem.at_key)
    others = [f"{dotted(path)}, line {document.line(path)}" for path in problem.also]
    value = "" if problem.at_key else document.text(problem.path) or _listed(document, problem)
    return Finding(
        rule=problem.rule,
        message=redact(problem.message + (f" (see {'; '.join(others)})" if others else "")),
        mandatory=problem.mandatory,
        subject=dotted(problem.path),
        file=document.file,
        line=line,
        value=redact(value if len(value) <= _LONGEST_VALUE else value[: _LONGEST_VALUE - 3] + "..."),
        remedy=problem.remedy,
    )


def _listed(document: Document, problem: Problem) -> str:
    """A list of scalars as it may be written on one line."""
    value = lookup(document.data, problem.path)
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return f"[{', '.join(map(str, value))}]"
    return ""


def _unreadable(path: Path, line: int, message: str, remedy: str) -> BadInputError:
    finding = Finding(
        rule="file-unreadable", message=message, subject="(file)", file=str(path), line=line, remedy=remedy
    )
    return BadInputError(f"the fleet file {path} cannot be read", [finding])
