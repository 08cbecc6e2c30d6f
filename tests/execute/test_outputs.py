"""Outputs on their way between stacks."""

import asyncio

import pulumi
import pytest
from pulumi.output import UNKNOWN
from pulumi.runtime.settings import SETTINGS

from securecart.errors import ProgramError
from securecart.execute.outputs import OutputStore, PassedOutputs, StackOutput
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


def test_a_secret_never_shows_in_a_representation():
    assert "hunter2" not in repr(StackOutput("hunter2", secret=True))
    assert "vpc-1" in repr(StackOutput("vpc-1"))
