"""The one hierarchy of errors, their messages and exit codes."""

from __future__ import annotations

import inspect

import pytest

from securecart import errors
from securecart.errors import BadInputError, PolicyBlockedError, SecureCartError
from securecart.findings import Finding, Verdict

CLASSES = [cls for _, cls in inspect.getmembers(errors, inspect.isclass) if issubclass(cls, Exception)]

EXIT_CODES = {
    "SecureCartError": 1,
    "BadInputError": 2,
    "PolicyBlockedError": 3,
    "StackFailedError": 4,
    "DriftFoundError": 5,
    "LockedError": 6,
    "PlanMovedError": 7,
    "PlanTamperedError": 8,
    "InterruptedRunError": 130,
    "EngineError": 1,
    "SandboxError": 1,
    "ProgramError": 1,
}


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_error_is_of_the_hierarchy_and_has_its_documented_exit_code(cls: type[SecureCartError]) -> None:
    assert issubclass(cls, SecureCartError)
    assert cls.exit_code == EXIT_CODES[cls.__name__]


def test_no_error_of_the_table_is_gone() -> None:
    assert {cls.__name__ for cls in CLASSES} == set(EXIT_CODES)


def test_a_message_says_what_value_rule_and_remedy_in_this_order() -> None:
    error = PolicyBlockedError("port open", value=22, rule="no admin ports", remedy="remove the rule")
    assert str(error) == "port open: 22; rule: no admin ports; remedy: remove the rule"


def test_a_message_leaves_out_what_it_does_not_have() -> None:
    assert str(SecureCartError("it broke")) == "it broke"


def test_bad_input_carries_every_finding() -> None:
    findings = [Finding(rule="one", message="first"), Finding(rule="two", message="second")]
    error = BadInputError("the file is bad", findings, rule="r", remedy="correct it")
    assert error.findings == tuple(findings)
    assert str(error) == "the file is bad; rule: r; remedy: correct it"


def test_a_finding_reads_as_one_line_with_place_value_rule_and_remedy() -> None:
    finding = Finding(
        rule="cidr-size",
        message="too small",
        subject="networks.dev.cidr",
        file="fleet.yaml",
        line=7,
        value="10.0.0.0/28",
        remedy="choose a larger block",
    )
    line = "fleet.yaml:7: networks.dev.cidr: too small (value: 10.0.0.0/28) [cidr-size]; choose a larger block"
    assert str(finding) == line


def test_a_finding_is_a_mandatory_violation_unless_said_otherwise() -> None:
    finding = Finding(rule="r", message="m")
    assert (finding.verdict, finding.mandatory) == (Verdict.VIOLATED, True)
