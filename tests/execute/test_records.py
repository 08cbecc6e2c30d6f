"""From phases to the run record."""

from types import SimpleNamespace

from securecart.execute.operation import Diagnostic, Operation
from securecart.execute.phases import Phase
from securecart.execute.pool import Skip
from securecart.execute.records import result_of, stack_records
from securecart.findings import Finding
from securecart.plan.graph import build_graph
from securecart.plan.stack import StackSpec
from securecart.report.record import Changes, Result, Status


def records(*phases: Phase, names=("a", "b"), withheld: str = ""):
    graph = build_graph(StackSpec(name, "network", name, "dev", "us-east-1") for name in names)
    session = SimpleNamespace(settings=SimpleNamespace(graph=graph))
    return {r.name: r for r in stack_records(session, names, phases, {"a": 2}, withheld=withheld)}


def operation(ok: bool = True, changes: dict[str, int] | None = None, **more: object) -> Operation:
    return Operation("up", ok=ok, seconds=1.0, changes=changes or {"same": 3}, **more)


BROKEN = (Finding(rule="sg-no-ssh", message="open", subject="urn"),)


def test_a_stack_that_changed_succeeded_and_one_that_did_not_is_unchanged():
    found = records(Phase({"a": operation(changes={"create": 2, "same": 1}), "b": operation()}, ()))
    assert found["a"].status is Status.SUCCEEDED
    assert found["a"].changes == Changes(create=2, same=1)
    assert found["a"].recorded == 2
    assert found["b"].status is Status.UNCHANGED


def test_a_skipped_stack_names_the_one_that_failed():
    failed = operation(ok=False, diagnostics=(Diagnostic("error", "no such vpc"),))
    found = records(Phase({"a": failed}, (Skip("b", "a"),)))
    assert (found["a"].status, found["a"].cause) == (Status.FAILED, "no such vpc")
    assert (found["b"].status, found["b"].cause) == (Status.SKIPPED, "a failed")
    assert result_of(list(found.values()), interrupted=False) is Result.FAILED


def test_a_broken_rule_blocks_its_stack_and_withholds_the_others():
    found = records(
        Phase({"a": operation(ok=False, findings=BROKEN), "b": operation(changes={"create": 1})}, ()),
        withheld="nothing is deployed while a mandatory rule is broken in a",
    )
    assert (found["a"].status, found["a"].cause) == (Status.BLOCKED, "policy: sg-no-ssh")
    assert found["b"].status is Status.SKIPPED
    assert "broken in a" in found["b"].cause
    assert result_of(list(found.values()), interrupted=False) is Result.BLOCKED


def test_the_last_phase_that_reached_a_stack_tells_how_it_ended():
    previewed = Phase({"a": operation(changes={"create": 1}), "b": operation(changes={"create": 1})}, ())
    deployed = Phase({"a": operation(ok=False)}, (Skip("b", "a"),))
    found = records(previewed, deployed)
    assert found["a"].status is Status.FAILED
    assert found["b"].status is Status.SKIPPED
    assert found["a"].seconds == 2.0


def test_an_interrupted_run_is_interrupted_whatever_its_stacks_did():
    found = records(Phase({"a": operation()}, (Skip("b", None),)))
    assert found["b"].cause == "the run was interrupted before it started"
    assert result_of(list(found.values()), interrupted=True) is Result.INTERRUPTED


def test_creating_a_replacement_and_deleting_the_replaced_count_once():
    engine_words = {"replace": 1, "create-replacement": 1, "delete-replaced": 1, "same": 4}
    assert Changes.from_engine(engine_words) == Changes(replace=1, same=4)
