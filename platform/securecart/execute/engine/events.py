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
        elif event.summary_event is not None:
            changes = event.summary_event.resource_changes or {}
            self.changes = {_word(op): count for op, count in changes.items()}
        elif event.policy_event is not None:
            self._take_policy(event.policy_event)
        elif event.diagnostic_event is not None:
            self._take_diagnostic(event.diagnostic_event)

    def _take_step(self, metadata: StepEventMetadata) -> None:
        if metadata.type == ROOT_TYPE and metadata.old is not None:
            self.previous_outputs = dict(metadata.old.outputs or {})
        op = _word(metadata.op)
        if op != "same":
            diffs = tuple(sorted(metadata.detailed_diff or metadata.diffs or ()))
            self.steps.append(Step(metadata.urn, metadata.type, op, diffs, tuple(metadata.keys or ())))

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
            message = redact(_plain(diagnostic.message)).strip()
            self.diagnostics.append(Diagnostic(severity, message, diagnostic.urn or ""))


def _word(op: object) -> str:
    return str(getattr(op, "value", op))


def _plain(text: str) -> str:
    return _MARKUP.sub("", text)
