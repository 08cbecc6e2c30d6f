"""What a person reads after a run."""

import io

from securecart.findings import Finding, Verdict
from securecart.report.console import Progress, describe, make_console, print_run
from securecart.report.record import Changes, Diagnostic, Result, RunRecord, StackRecord, Status


def shown(*stacks: StackRecord, result: Result = Result.SUCCEEDED) -> str:
    stream = io.StringIO()
    record = RunRecord(
        run="r1",
        command="up",
        fleet="fleet.yaml",
        target="sandbox",
        started="2026-01-01T00:00:00+00:00",
        seconds=1.5,
        result=result,
        endpoint="http://127.0.0.1:4000",
        stacks=stacks,
    )
    print_run(make_console(file=stream), record)
    return stream.getvalue()


def stack(name: str, status: Status, **more: object) -> StackRecord:
    return StackRecord(name=name, kind="network", account="dev", region="us-east-1", status=status, **more)


def test_changes_are_told_in_words():
    assert describe(Changes(create=2, replace=1, same=7)) == "2 create, 1 replace"
    assert describe(Changes(same=7)) == "no changes"


def test_the_table_shows_each_stack_and_where_the_sandbox_listens():
    text = shown(stack("network-dev", Status.SUCCEEDED, changes=Changes(create=3), recorded=2))
    assert "network-dev" in text
    assert "3 create" in text
    assert "http://127.0.0.1:4000" in text


def test_a_blocked_stack_shows_rule_resource_and_remedy():
    finding = Finding(rule="sg-no-ssh", message="22 is open", subject="urn:x::rule", remedy="close it")
    text = shown(stack("network-dev", Status.BLOCKED, cause="policy: sg-no-ssh", findings=(finding,)))
    for part in ("sg-no-ssh", "urn:x::rule", "22 is open", "close it"):
        assert part in text


def test_a_failed_stack_shows_its_error_once():
    error = Diagnostic(severity="error", message="no such bucket")
    text = shown(stack("network-dev", Status.FAILED, cause="no such bucket", diagnostics=(error,)))
    assert text.count("no such bucket") == 1


def test_stacks_skipped_for_one_cause_are_told_together():
    text = shown(*(stack(f"network-{n}", Status.SKIPPED, cause="hub failed") for n in ("a", "b")))
    assert text.count("hub failed") == 1
    assert "network-a, network-b" in text


def test_many_undecided_statements_are_counted_and_the_first_are_named():
    findings = tuple(
        Finding(rule="flow-log", message="not known", subject=f"urn{n}", verdict=Verdict.UNDECIDED, mandatory=False)
        for n in range(8)
    )
    text = shown(stack("network-dev", Status.SUCCEEDED, findings=findings))
    assert "8 statements undecided" in text
    assert "urn4" in text
    assert "urn5" not in text
    assert "and 3 more" in text


def test_markup_in_a_message_is_shown_not_obeyed():
    stream = io.StringIO()
    Progress(make_console(file=stream)).note("an [error] here")
    assert "an [error] here" in stream.getvalue()
