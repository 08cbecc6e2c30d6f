"""Engine events, reduced to an Operation's parts as they arrive."""

from __future__ import annotations

import queue
import re
from collections.abc import Mapping

from pulumi.automation import EngineEvent
from pulumi.automation.events import DiagnosticEvent, PolicyEvent, StepEventMetadata

from securecart.execute.operation import Diagnostic, Step
from securecart.findings import Finding, Verdict
from securecart.redaction import redact

ROOT_TYPE = "pulumi:pulumi:Stack"
UNDECIDED_POLICIES = ("undecided-resource", "undecided-stack")
_UNDECIDED = re.compile(r"^(?P<rule>[a-z0-9-]+): (?P<message>.*)$", re.DOTALL)
_SHIM_NOTICE = "using pulumi-analyzer-policy-securecart from $PATH"
"""The engine's warning about the policy server's shim, in every call: it is meant so."""
_PLAN_VIOLATION = re.compile(r"(?P<keep>violates plan: properties changed: )(?P<rest>.*)\Z", re.DOTALL)
_CHANGED_PROPERTY = re.compile(r"(?:^|\], )([=+~-]{2}[\w.-]+)\[")
_LEFT_OUT = " (values, and all that follows, are left out)"
_MARKUP = re.compile(r"<\{%.*?%\}>")


class EventLog:
    """Collects the events of one engine call.

    The callback runs on a thread of the engine's event stream and a slow one holds the engine back, so it only
    enqueues; ``reduce`` does the rest when the call has ended.
    """

    def __init__(self, stack: str) -> None:
        """Name the stack that the events are about."""
        self._stack = stack
        self._events: queue.SimpleQueue[EngineEvent] = queue.SimpleQueue()
        self.changes: dict[str, int] = {}
        self.steps: list[Step] = []
        self.failed: list[str] = []
        self._refreshing: set[str] = set()
        self.findings: list[Finding] = []
        self.diagnostics: list[Diagnostic] = []
        self.previous_outputs: Mapping[str, object] = {}

    def on_event(self, event: EngineEvent) -> None:
        """Take an event."""
        self._events.put(event)

    def reduce(self) -> None:
        """Work off everything taken so far."""
        while not self._events.empty():
            self._take(self._events.get())

    def _take(self, event: EngineEvent) -> None:
        if event.resource_pre_event is not None:
            self._take_step(event.resource_pre_event.metadata)
        elif event.res_outputs_event is not None:
            self._take_refreshed(event.res_outputs_event.metadata)
        elif event.summary_event is not None:
            changes = event.summary_event.resource_changes or {}
            self.changes = {_word(op): count for op, count in changes.items()}
        elif event.res_op_failed_event is not None:
            self.failed.append(_word(event.res_op_failed_event.metadata.op))
        elif event.policy_event is not None:
            self._take_policy(event.policy_event)
        elif event.diagnostic_event is not None:
            self._take_diagnostic(event.diagnostic_event)

    def _take_step(self, metadata: StepEventMetadata) -> None:
        if metadata.type == ROOT_TYPE and metadata.old is not None:
            self.previous_outputs = dict(metadata.old.outputs or {})
        if _word(metadata.op) == "refresh":
            self._refreshing.add(metadata.urn)
        else:
            self._add_step(metadata)

    def _take_refreshed(self, metadata: StepEventMetadata) -> None:
        """Take what comparing a resource with its account found, which is told when that has ended.

        A refresh command then says update, delete or same; before a preview or deployment it stays "refresh".
        """
        if metadata.urn not in self._refreshing:
            return
        self._refreshing.remove(metadata.urn)
        if _word(metadata.op) != "refresh" or metadata.diffs or metadata.new is None:
            self._add_step(metadata)

    def _add_step(self, metadata: StepEventMetadata) -> None:
        diffs = tuple(sorted(metadata.detailed_diff or metadata.diffs or ()))
        inputs = metadata.new.inputs if metadata.new is not None else None
        self.steps.append(
            Step(
                urn=metadata.urn,
                type=metadata.type,
                op=_word(metadata.op),
                diffs=diffs,
                replaces=tuple(metadata.keys or ()),
                provider=metadata.provider or "",
                inputs={key: value for key, value in (inputs or {}).items() if not key.startswith("__")},
            )
        )

    def _take_policy(self, policy: PolicyEvent) -> None:
        # The engine puts the policy's description, which the rule's id stands for, on a line before the message.
        message = redact(_plain(policy.message)).strip().split("\n", 1)[-1]
        match = _UNDECIDED.match(message) if policy.policy_name in UNDECIDED_POLICIES else None
        self.findings.append(
            Finding(
                rule=match["rule"] if match else policy.policy_name,
                message=match["message"] if match else message,
                verdict=Verdict.UNDECIDED if match else Verdict.VIOLATED,
                mandatory=policy.enforcement_level == "mandatory",
                subject=policy.resource_urn or f"stack {self._stack}",
                stack=self._stack,
            )
        )

    def _take_diagnostic(self, diagnostic: DiagnosticEvent) -> None:
        severity = {"error": "error", "warning": "warning"}.get(diagnostic.severity)
        if severity and not diagnostic.ephemeral and _SHIM_NOTICE not in diagnostic.message:
            message = redact(without_plan_values(_plain(diagnostic.message))).strip()
            self.diagnostics.append(Diagnostic(severity, message, diagnostic.urn or ""))


def without_plan_values(text: str) -> str:
    """Return a message of the engine without the values that it prints where a step is not its plan's.

    They stand in brackets behind each property, and are in plain text also where they are secrets. Nothing in the
    text tells where a value ends, since it may have several lines and hold anything: all that follows goes, too.
    """

    def names_only(match: re.Match[str]) -> str:
        return match["keep"] + ", ".join(_CHANGED_PROPERTY.findall(match["rest"])) + _LEFT_OUT

    return _PLAN_VIOLATION.sub(names_only, text)


def _word(op: object) -> str:
    return str(getattr(op, "value", op))


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)
