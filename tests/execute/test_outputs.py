"""Outputs on their way between stacks."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pulumi
import pytest
from pulumi.output import UNKNOWN
from pulumi.runtime.settings import SETTINGS

from securecart.errors import ProgramError
from securecart.execute.outputs import OutputStore, PassedOutputs, StackOutput, asked_output
from securecart.plan.stack import Ask
from securecart.program.upstream import Upstream

ASK = Ask("network", "network-dev", ("vpc_id", "subnet_ids"))


def passed(outputs: dict[str, StackOutput] | None, *, unknown_allowed: bool = True) -> Upstream:
    store = OutputStore()
    if outputs is not None:
        store.put("network-dev", outputs)
    return Upstream(ASK, PassedOutputs(store, unknown_allowed=unknown_allowed))


def resolve(make) -> tuple[object, bool, bool]:
    async def run():
        output: pulumi.Output[object] = make()
        return await output.future(with_unknowns=True), await output.is_known(), await output.is_secret()

    try:
        return asyncio.run(run())
    finally:
        # Outside a program the SDK tracks outputs process-wide; those of this loop must not meet another test's.
        SETTINGS.outputs.clear()


def test_a_known_output_arrives_as_it_is():
    value, known, secret = resolve(lambda: passed({"vpc_id": StackOutput("vpc-1")}).text("vpc_id"))
    assert (value, known, secret) == ("vpc-1", True, False)


def test_a_secret_stays_a_secret():
    _, known, secret = resolve(lambda: passed({"vpc_id": StackOutput("vpc-1", secret=True)}).text("vpc_id"))
    assert known
    assert secret


def test_a_stack_that_does_not_exist_gives_an_unknown_in_a_preview():
    _, known, _ = resolve(lambda: passed(None).text("vpc_id"))
    assert not known


def test_a_known_entry_of_a_partly_unknown_map_stays_known():
    outputs = {"subnet_ids": StackOutput({"us-east-1a": "subnet-1", "us-east-1b": UNKNOWN})}
    value, known, _ = resolve(lambda: passed(outputs).entry("subnet_ids", "us-east-1a"))
    assert (value, known) == ("subnet-1", True)
    _, known, _ = resolve(lambda: passed(outputs).entry("subnet_ids", "us-east-1b"))
    assert not known


def test_an_unknown_is_refused_where_a_deployment_needs_a_value():
    with pytest.raises(ProgramError, match="never unknowns"):
        resolve(lambda: passed({"vpc_id": StackOutput(UNKNOWN)}, unknown_allowed=False).text("vpc_id"))


def test_an_output_that_is_not_declared_cannot_be_read():
    with pytest.raises(ProgramError, match="not declared"):
        passed({"arn": StackOutput("x")}).output("arn")


def test_a_missing_entry_names_the_stack_that_is_older_than_the_fleet_file():
    outputs = {"subnet_ids": StackOutput({"us-east-1a": "subnet-1"})}
    with pytest.raises(ProgramError, match="no entry 'us-east-1c'"):
        resolve(lambda: passed(outputs).entry("subnet_ids", "us-east-1c"))


def counted(reads: list[str], delay: float = 0.0):
    def load() -> dict[str, StackOutput]:
        threading.Event().wait(delay)
        reads.append("read")
        return {"vpc_id": StackOutput("vpc-1")}

    return load


def test_outputs_that_are_put_for_later_are_read_once_and_only_if_asked_for():
    reads: list[str] = []
    store = OutputStore()
    store.put_later("network-dev", counted(reads))
    copied = store.copy()
    assert store.get("network-prod") is None
    assert reads == []
    for each in (store, store, copied):
        assert each.get("network-dev") == {"vpc_id": StackOutput("vpc-1")}
    assert reads == ["read"]


def test_outputs_are_read_once_also_where_many_threads_ask_at_once_and_others_do_not_wait():
    reads: list[str] = []
    store = OutputStore()
    store.put_later("network-dev", counted(reads, delay=0.1))
    store.put("network-prod", {"vpc_id": StackOutput("vpc-2")})
    with ThreadPoolExecutor(max_workers=8) as pool:
        asked = [pool.submit(store.get, "network-dev") for _ in range(8)]
        other = store.get("network-prod")
        assert reads == []
        assert other == {"vpc_id": StackOutput("vpc-2")}
        assert all(each.result() == {"vpc_id": StackOutput("vpc-1")} for each in asked)
    assert reads == ["read"]


def test_a_read_that_fails_is_tried_again():
    answers = iter([OSError("away"), {"vpc_id": StackOutput("vpc-1")}])

    def load():
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    store = OutputStore()
    store.put_later("network-dev", load)
    with pytest.raises(OSError, match="away"):
        store.get("network-dev")
    assert store.get("network-dev") == {"vpc_id": StackOutput("vpc-1")}


def test_outputs_that_are_put_after_a_copy_are_not_in_the_copy():
    store = OutputStore()
    store.put("network-dev", {"vpc_id": StackOutput("vpc-1")})
    copied = store.copy()
    store.put("network-dev", {"vpc_id": StackOutput("vpc-2")})
    assert copied.get("network-dev") == {"vpc_id": StackOutput("vpc-1")}
    assert store.get("network-dev") == {"vpc_id": StackOutput("vpc-2")}


def test_an_entry_of_a_secret_that_was_not_read_is_asked_by_its_digest():
    outputs = {"keys": StackOutput(None, secret=True, digests={"": "whole", "a": "first"})}
    found = asked_output(outputs, "keys[a]")
    assert found is not None
    assert (found.secret, found.digests) == (True, {"": "first"})
    assert asked_output(outputs, "keys[b]") is None


def test_outputs_that_are_put_again_are_compared_as_they_are():
    store = OutputStore()
    store.put_later("hub", dict, {"id": StackOutput(None, secret=True, digests={"": "old"})})
    assert store.copy().compared("hub") == {"id": StackOutput(None, secret=True)}
    store.put("hub", {"id": StackOutput("new", secret=True)})
    assert store.compared("hub") == {"id": StackOutput("new", secret=True)}


def test_a_secret_never_shows_in_a_representation():
    assert "hunter2" not in repr(StackOutput("hunter2", secret=True))
    assert "vpc-1" in repr(StackOutput("vpc-1"))


def test_one_entry_can_be_asked_for_and_others_are_then_not_to_be_read():
    store = OutputStore()
    store.put("network-dev", {"subnet_ids": StackOutput({"a": "subnet-a", "b": "subnet-b"})})
    ask = Ask("network", "network-dev", ("subnet_ids[a]",))
    upstream = Upstream(ask, PassedOutputs(store, unknown_allowed=True))
    assert resolve(lambda: upstream.entry("subnet_ids", "a"))[0] == "subnet-a"
    with pytest.raises(ProgramError, match=r"subnet_ids\[b\]' of stack 'network-dev' is not declared"):
        upstream.entry("subnet_ids", "b")
    with pytest.raises(ProgramError, match="'subnet_ids' of stack 'network-dev' is not declared"):
        upstream.output("subnet_ids")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("vpc_id", "vpc-1"),
        ("subnet_ids", {"a": "subnet-a", "b": UNKNOWN}),
        ("subnet_ids[a]", "subnet-a"),
        ("subnet_ids[b]", UNKNOWN),
    ],
)
def test_an_output_is_found_as_it_is_asked_for(name: str, value: object):
    outputs = {"vpc_id": StackOutput("vpc-1"), "subnet_ids": StackOutput({"a": "subnet-a", "b": UNKNOWN})}
    assert asked_output(outputs, name) == StackOutput(value)


def test_every_entry_of_an_unknown_output_is_unknown_and_a_missing_one_is_none():
    outputs = {"later": StackOutput(UNKNOWN), "subnet_ids": StackOutput({"a": "subnet-a"}, secret=True)}
    assert asked_output(outputs, "later[a]") == StackOutput(UNKNOWN)
    assert asked_output(outputs, "subnet_ids[c]") is None
    assert asked_output(outputs, "other") is None
    assert asked_output(outputs, "subnet_ids[a]") == StackOutput("subnet-a", secret=True)
