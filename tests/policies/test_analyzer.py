"""The policy server and the official pack, both over the wire, say the same."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from google.protobuf import empty_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi.runtime.proto import analyzer_pb2_grpc

from policies.judge import PACK_VERSION
from policies.rules import ALL_RULES
from policies.server import start
from policies.values import UNKNOWN
from policies.views import Stack
from tests.policies.cases import UNDECIDED, VIOLATIONS, Case
from tests.policies.examples import FLEET, find, network_stack, peering_stack, with_props
from tests.policies.wire import resource_request, shown, stack_request, stub

ROOT = Path(__file__).resolve().parents[2]
Stub = analyzer_pb2_grpc.AnalyzerStub


@pytest.fixture(scope="module")
def server() -> Iterator[Stub]:
    """The policy server, in this process; tests/policies/test_policy_server.py starts it as a run does."""
    running, port = start(FLEET)
    yield stub(port)
    running.stop(grace=None).wait()


@pytest.fixture(scope="module")
def official(fleet_file: Path) -> Iterator[Stub]:
    """The pack as the official CLI starts it: the folder is run, with the folder as working directory."""
    environment = {**os.environ, "SECURECART_FLEET": str(fleet_file)}
    environment.pop("PYTHONPATH", None)
    command = [sys.executable, "-u", "-m", "pulumi.policy", "127.0.0.1:1", "."]
    with subprocess.Popen(
        command, cwd=ROOT / "policies", env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            yield stub(process.stdout.readline().strip())
        finally:
            process.kill()


def ssh_with_unknown_neighbour() -> Stack:
    stack = network_stack("dev")
    alb = find(stack, "SecurityGroupIngressRule", "alb-ingress-0.0.0.0/0-443")
    return with_props(stack, alb, {"fromPort": 22, "toPort": 22, "description": UNKNOWN})


def test_a_mandatory_violation_is_reported_under_the_rules_own_id(server: Stub) -> None:
    rule = find(ssh_with_unknown_neighbour(), "SecurityGroupIngressRule", "alb-ingress-0.0.0.0/0-443")
    found = server.Analyze(resource_request(rule)).diagnostics
    assert {each.policyName for each in found} == {"sg-no-admin-ports-from-internet", "sg-no-admin-ports"}
    assert all(each.enforcementLevel == protocol.MANDATORY and each.urn == rule.urn for each in found)


def test_what_cannot_be_decided_is_an_advisory_that_names_the_rule(server: Stub) -> None:
    stack = ssh_with_unknown_neighbour()
    rule = find(stack, "SecurityGroupIngressRule", "alb-ingress-0.0.0.0/0-443")
    unknown = find(with_props(stack, rule, {"cidrIpv4": UNKNOWN}), "SecurityGroupIngressRule", rule.name)
    found = server.Analyze(resource_request(unknown)).diagnostics
    advice = [each for each in found if each.policyName == "undecided-resource"]
    assert len(advice) == 1
    assert advice[0].enforcementLevel == protocol.ADVISORY
    assert advice[0].message.split("\n")[1].startswith("sg-no-admin-ports-from-internet: ")


@pytest.mark.parametrize("case", [*VIOLATIONS[::20], *UNDECIDED[::15]], ids=str)
def test_server_and_official_pack_say_the_same(case: Case, server: Stub, official: Stub) -> None:
    stack = case.broken()
    request = stack_request(stack)
    assert shown(server.AnalyzeStack(request)) == shown(official.AnalyzeStack(request))
    answers = [(server.Analyze(each), official.Analyze(each)) for each in map(resource_request, stack.resources[-1:])]
    assert all(shown(ours) == shown(theirs) for ours, theirs in answers)


def test_server_and_official_pack_list_the_same_policies(server: Stub, official: Stub) -> None:
    ours, theirs = (each.GetAnalyzerInfo(empty_pb2.Empty()) for each in (server, official))
    assert {each.name for each in ours.policies} == {rule.id for rule in ALL_RULES} | {
        "undecided-resource",
        "undecided-stack",
    }

    def listed(info: protocol.AnalyzerInfo) -> set[tuple[str, str, int, int]]:
        return {(each.name, each.description, each.enforcementLevel, each.policy_type) for each in info.policies}

    assert ours.name == theirs.name
    assert listed(ours) == listed(theirs)


def test_engine_is_greeted_and_changes_nothing_by_configuration(server: Stub) -> None:
    assert server.Handshake(protocol.AnalyzerHandshakeRequest()) == protocol.AnalyzerHandshakeResponse()
    assert server.GetPluginInfo(empty_pb2.Empty()).version == PACK_VERSION
    disabled = {"sg-no-admin-ports": protocol.PolicyConfig(enforcementLevel=protocol.DISABLED)}
    server.Configure(protocol.ConfigureAnalyzerRequest(policyConfig=disabled))
    server.ConfigureStack(protocol.AnalyzerStackConfigureRequest(stack="network-dev"))
    rule = find(ssh_with_unknown_neighbour(), "SecurityGroupIngressRule", "alb-ingress-0.0.0.0/0-443")
    request = resource_request(rule)
    assert "sg-no-admin-ports" in {each.policyName for each in server.Analyze(request).diagnostics}
    assert not server.Remediate(request).remediations


def test_an_empty_stack_has_nothing_to_judge(server: Stub) -> None:
    assert not server.AnalyzeStack(protocol.AnalyzeStackRequest()).diagnostics


def test_a_conforming_stack_has_no_diagnostic(server: Stub) -> None:
    stack = peering_stack(deployed=True)
    assert not server.AnalyzeStack(stack_request(stack)).diagnostics
    assert not any(server.Analyze(resource_request(each)).diagnostics for each in stack.resources)
