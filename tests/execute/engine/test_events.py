"""Engine events, reduced."""

import re

from hypothesis import assume, example, given
from hypothesis import strategies as st
from pulumi.automation import EngineEvent

from securecart.execute.engine.events import EventLog, without_plan_values
from securecart.findings import Verdict


def reduced(*events: dict) -> EventLog:
    log = EventLog("network-dev")
    for number, event in enumerate(events):
        log.on_event(EngineEvent.from_json({"sequence": number, "timestamp": 0, **event}))
    log.reduce()
    return log


def policy(name: str, message: str, level: str = "mandatory") -> dict:
    return {
        "policyEvent": {
            "message": message,
            "policyName": name,
            "policyPackName": "securecart",
            "policyPackVersion": "1",
            "enforcementLevel": level,
            "resourceUrn": "urn:pulumi:network-dev::securecart::aws:ec2/vpc:Vpc::dev",
        }
    }


def step(op: str, kind: str = "aws:ec2/vpc:Vpc", **more: object) -> dict:
    urn = f"urn:pulumi:network-dev::securecart::{kind}::dev"
    return {"resourcePreEvent": {"metadata": {"op": op, "urn": urn, "type": kind, "provider": "", **more}}}


def test_a_mandatory_violation_names_rule_and_resource_without_the_policys_description():
    (finding,) = reduced(policy("sg-no-ssh", "No SSH from anywhere.\nport 22 is open to 0.0.0.0/0")).findings
    assert finding.rule == "sg-no-ssh"
    assert finding.message == "port 22 is open to 0.0.0.0/0"
    assert finding.subject.endswith("::dev")
    assert finding.mandatory
    assert finding.verdict is Verdict.VIOLATED


def test_an_undecided_statement_carries_the_rule_it_is_about():
    event = policy("undecided-resource", "Undecided.\nsg-no-ssh: the port is not known yet", level="advisory")
    (finding,) = reduced(event).findings
    assert (finding.rule, finding.verdict) == ("sg-no-ssh", Verdict.UNDECIDED)
    assert finding.message == "the port is not known yet"
    assert not finding.mandatory


def test_steps_that_change_nothing_are_kept_too_and_replacements_have_their_keys():
    log = reduced(step("same"), step("replace", keys=["cidrBlock"], diffs=["cidrBlock", "tags"]))
    same, replaced = log.steps
    assert (same.op, same.diffs, same.replaces) == ("same", (), ())
    assert replaced.op == "replace"
    assert replaced.replaces == ("cidrBlock",)
    assert replaced.diffs == ("cidrBlock", "tags")


def refreshed(op: str, **more: object) -> list[dict]:
    """What the engine says of a resource that it compares with its account: the finding comes at the end."""
    ends = step(op, **{"new": {"type": "aws:ec2/vpc:Vpc", "urn": "its"}, **more})
    return [step("refresh"), {"resOutputsEvent": ends["resourcePreEvent"]}]


def test_a_refresh_command_tells_what_it_found_of_each_resource():
    updated = reduced(*refreshed("update", diffs=["tags"])).steps
    assert [(found.op, found.diffs) for found in updated] == [("update", ("tags",))]
    assert [found.op for found in reduced(*refreshed("delete", new=None)).steps] == ["delete"]
    assert [found.op for found in reduced(*refreshed("same")).steps] == ["same"]


def test_a_refresh_before_a_preview_is_a_step_only_where_the_account_differs():
    assert reduced(*refreshed("refresh")).steps == []
    assert [found.diffs for found in reduced(*refreshed("refresh", diffs=["tags"])).steps] == [("tags",)]
    assert [found.op for found in reduced(*refreshed("refresh", new=None)).steps] == ["refresh"]


def test_outputs_of_a_step_that_is_no_refresh_are_no_further_step():
    ended = {"resOutputsEvent": step("create")["resourcePreEvent"]}
    assert [found.op for found in reduced(step("create"), ended).steps] == ["create"]


def test_a_step_has_the_inputs_that_are_to_be_without_the_engines_own_marks():
    state = {"type": "", "urn": "", "inputs": {"cidrBlock": "10.0.0.0/8", "__defaults": []}}
    urn = "urn:pulumi:network-dev::securecart::pulumi:providers:aws::dev-us-east-1::id"
    created, deleted = reduced(step("create", new=state, provider=urn), step("delete", old=state)).steps
    assert created.inputs == {"cidrBlock": "10.0.0.0/8"}
    assert created.provider == urn
    assert deleted.inputs == {}


def test_the_recorded_outputs_come_from_the_stack_resource():
    log = reduced(step("same", "pulumi:pulumi:Stack", old={"type": "", "urn": "", "outputs": {"vpc_id": "vpc-1"}}))
    assert log.previous_outputs == {"vpc_id": "vpc-1"}


def test_changes_are_counted_by_the_engines_words():
    log = reduced(
        {
            "summaryEvent": {
                "maybeCorrupt": False,
                "durationSeconds": 1,
                "resourceChanges": {"create": 3, "same": 1},
            }
        }
    )
    assert log.changes == {"create": 3, "same": 1}


def test_errors_are_kept_without_markup_and_without_secrets():
    log = reduced(
        {
            "diagnosticEvent": {
                "message": "<{%fg 1%}>failed with AKIAIOSFODNN7EXAMPLE<{%reset%}>\n",
                "color": "raw",
                "severity": "error",
            }
        },
        {"diagnosticEvent": {"message": "working", "color": "raw", "severity": "info"}},
    )
    (diagnostic,) = log.diagnostics
    assert diagnostic.message.startswith("failed with")
    assert "AKIAIOSFODNN7EXAMPLE" not in diagnostic.message


VIOLATION = "resource urn:pulumi:dev::securecart::aws:ec2/vpc:Vpc::dev violates plan: properties changed: "
PEM = (
    "-----BEGIN KEY-----\nProc-Type: 4,ENCRYPTED\n  user:hunter2\nResources:\n\nOutputs are: hunter3\n-----END KEY-----"
)


def violation(old: str, new: str) -> str:
    """What the engine prints (pkg/resource/deploy/plan.go, PlanDiff.MakeError): values as they are, in brackets."""
    return f"{VIOLATION}++tags[{{{old}}}!={{{new}}}], =~token[{{{new}}}]"


def printed(message: str) -> str:
    """The message as the engine's output shows it: indented, with more behind it."""
    lines = "\n".join(f"    {line}" for line in f"error: {message}".split("\n"))
    return f"Diagnostics:\n  aws:ec2:Vpc (dev):\n{lines}\n\nResources:\n    2 unchanged\n\nDuration: 1s\n"


def test_a_plan_violation_names_the_properties_without_their_values():
    text = without_plan_values(violation("old", "new"))
    assert text == f"{VIOLATION}++tags, =~token (values, and all that follows, are left out)"


@given(st.text(min_size=1), st.text(min_size=1))
@example(PEM, "hunter2")
@example("hunter2", PEM)
@example("], +~a\n  b:c", "]")
def test_no_value_of_a_plan_violation_survives(old: str, new: str):
    for text in (violation(old, new), printed(violation(old, new))):
        kept = without_plan_values(text)
        assert "tags" in kept
        before = text.index("properties changed: ") + len("properties changed: ")
        assert kept.startswith(text[:before])
        # What is left of the rest is names of properties, with two signs in front: no value is one of these.
        rest = kept[before:].removesuffix(" (values, and all that follows, are left out)")
        assert re.fullmatch(r"[=+~-]{2}[\w.-]+(, [=+~-]{2}[\w.-]+)*", rest)
        assert "hunter" not in rest


@given(st.text())
def test_other_messages_stay_as_they_are(text: str):
    assume("violates plan" not in text)
    assert without_plan_values(text) == text


def test_a_violation_in_an_event_is_cleaned_before_it_is_kept():
    message = f"{violation(PEM, 'hunter2 and more')}\n"
    log = reduced({"diagnosticEvent": {"message": message, "color": "raw", "severity": "error"}})
    (diagnostic,) = log.diagnostics
    assert "++tags, =~token" in diagnostic.message
    assert "hunter" not in diagnostic.message


def test_what_follows_the_first_of_several_violations_goes_too():
    text = printed(violation("a", "b")) + printed(violation("hunter2", "hunter3"))
    assert "hunter" not in without_plan_values(text)
