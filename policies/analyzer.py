"""The analyzer protocol, answered in one pass: properties are read once and every rule judges the same view.

The SDK's own servicer reads all properties again for every policy: with this pack and a network of a hundred
resources that is over a second a stack. Both give the same diagnostics; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi.runtime.proto import analyzer_pb2_grpc, plugin_pb2

from policies.facts import FleetFacts
from policies.judge import (
    PACK_NAME,
    PACK_VERSION,
    UNDECIDED_RESOURCE,
    UNDECIDED_STACK,
    UNDECIDED_TITLE,
    judge_resource,
    judge_stack,
    message_of,
)
from policies.rule import Rule
from policies.rules import ALL_RULES
from policies.values import from_struct
from policies.views import ProviderView, Resource
from securecart.config.model import Fleet
from securecart.findings import Finding, Verdict


class Analyzer(analyzer_pb2_grpc.AnalyzerServicer):
    """Serves any number of engines at once: between calls it keeps only the facts of stacks."""

    def __init__(self, fleet: Fleet, rules: Sequence[Rule] = ALL_RULES) -> None:
        """Judge by a fleet and a set of rules."""
        self._facts = FleetFacts(fleet)
        self._rules = tuple(rules)
        self._titles = {rule.id: rule.title for rule in self._rules}

    def Handshake(
        self, request: protocol.AnalyzerHandshakeRequest, context: grpc.ServicerContext
    ) -> protocol.AnalyzerHandshakeResponse:
        """Accept any engine; nothing is asked of it."""
        return protocol.AnalyzerHandshakeResponse()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> plugin_pb2.PluginInfo:
        """Tell the pack's version."""
        return plugin_pb2.PluginInfo(version=PACK_VERSION)

    def Configure(self, request: protocol.ConfigureAnalyzerRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:
        """Take no configuration: enforcement levels are the rules' own."""
        return empty_pb2.Empty()

    def ConfigureStack(
        self, request: protocol.AnalyzerStackConfigureRequest, context: grpc.ServicerContext
    ) -> protocol.AnalyzerStackConfigureResponse:
        """Take no stack settings: what a stack is comes from its URNs and the fleet file."""
        return protocol.AnalyzerStackConfigureResponse()

    def GetAnalyzerInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> protocol.AnalyzerInfo:
        """List every rule under its own id, and the two policies that report what is undecided."""
        info = protocol.AnalyzerInfo(name=PACK_NAME, version=PACK_VERSION, supportsConfig=False)
        for rule in self._rules:
            level = protocol.MANDATORY if rule.mandatory else protocol.ADVISORY
            kind = protocol.POLICY_TYPE_STACK if rule.stack else protocol.POLICY_TYPE_RESOURCE
            info.policies.append(_policy_info(rule.id, rule.title, level, kind))
        for name, kind in (
            (UNDECIDED_RESOURCE, protocol.POLICY_TYPE_RESOURCE),
            (UNDECIDED_STACK, protocol.POLICY_TYPE_STACK),
        ):
            info.policies.append(_policy_info(name, UNDECIDED_TITLE, protocol.ADVISORY, kind))
        return info

    def Analyze(self, request: protocol.AnalyzeRequest, context: grpc.ServicerContext) -> protocol.AnalyzeResponse:
        """Judge one resource by its inputs."""
        findings = judge_resource(self._rules, _resource(request), self._facts)
        return self._response(findings, UNDECIDED_RESOURCE)

    def AnalyzeStack(
        self, request: protocol.AnalyzeStackRequest, context: grpc.ServicerContext
    ) -> protocol.AnalyzeResponse:
        """Judge a stack by its resources' outputs."""
        resources = [_resource(resource) for resource in request.resources]
        return self._response(judge_stack(self._rules, resources, self._facts), UNDECIDED_STACK)

    def Remediate(self, request: protocol.AnalyzeRequest, context: grpc.ServicerContext) -> protocol.RemediateResponse:
        """Change nothing: a rule says what is wrong, people change it."""
        return protocol.RemediateResponse()

    def _response(self, findings: Iterable[Finding], undecided: str) -> protocol.AnalyzeResponse:
        return protocol.AnalyzeResponse(diagnostics=[self._diagnostic(each, undecided) for each in findings])

    def _diagnostic(self, finding: Finding, undecided: str) -> protocol.AnalyzeDiagnostic:
        decided = finding.verdict is Verdict.VIOLATED
        title = self._titles[finding.rule] if decided else UNDECIDED_TITLE
        return protocol.AnalyzeDiagnostic(
            policyName=finding.rule if decided else undecided,
            policyPackName=PACK_NAME,
            policyPackVersion=PACK_VERSION,
            description=title,
            message=f"{title}\n{message_of(finding)}",
            urn=finding.subject,
            enforcementLevel=protocol.MANDATORY if decided and finding.mandatory else protocol.ADVISORY,
        )


def _policy_info(
    name: str, title: str, level: protocol.EnforcementLevel.ValueType, kind: protocol.PolicyType.ValueType
) -> protocol.PolicyInfo:
    return protocol.PolicyInfo(name=name, description=title, enforcementLevel=level, policy_type=kind)


def _resource(message: protocol.AnalyzeRequest | protocol.AnalyzerResource) -> Resource:
    provider = message.provider if message.HasField("provider") else None
    sources = (
        {key: tuple(found.urns) for key, found in message.propertyDependencies.items()}
        if isinstance(message, protocol.AnalyzerResource)
        else {}
    )
    return Resource(
        message.urn,
        message.type,
        message.name,
        from_struct(message.properties),
        ProviderView(provider.name, provider.urn, from_struct(provider.properties)) if provider else None,
        sources,
    )
