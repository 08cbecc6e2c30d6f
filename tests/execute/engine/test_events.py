"""Engine events, reduced."""

from pulumi.automation import EngineEvent

from securecart.execute.engine.events import EventLog
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


def test_steps_that_change_nothing_are_left_out_and_replacements_keep_their_keys():
    log = reduced(step("same"), step("replace", keys=["cidrBlock"], diffs=["cidrBlock", "tags"]))
    (kept,) = log.steps
    assert kept.op == "replace"
    assert kept.replaces == ("cidrBlock",)
    assert kept.diffs == ("cidrBlock", "tags")


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
