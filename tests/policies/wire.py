"""Views as the engine's messages: how a test asks an analyzer what an engine would ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import grpc
from google.protobuf import json_format, struct_pb2
from pulumi.runtime.proto import analyzer_pb2 as protocol
from pulumi.runtime.proto import analyzer_pb2_grpc

from policies.values import UNKNOWN, Props, Value
from policies.views import Resource, Stack

SENTINEL = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def stub(port: str | int) -> analyzer_pb2_grpc.AnalyzerStub:
    return analyzer_pb2_grpc.AnalyzerStub(grpc.insecure_channel(f"127.0.0.1:{port}"))


def plain(value: Value) -> object:
    if value is UNKNOWN:
        return SENTINEL
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(inner) for inner in value]
    return value


def struct(props: Props) -> struct_pb2.Struct:
    message = struct_pb2.Struct()
    json_format.ParseDict(plain(props), message)  # type: ignore[arg-type]  # the stub wants a dict
    return message


def resource_request(resource: Resource) -> protocol.AnalyzeRequest:
    return protocol.AnalyzeRequest(
        urn=resource.urn,
        type=resource.type,
        name=resource.name,
        properties=struct(resource.props),
        provider=_provider(resource),
    )


def stack_request(stack: Stack) -> protocol.AnalyzeStackRequest:
    return protocol.AnalyzeStackRequest(
        resources=[
            protocol.AnalyzerResource(
                urn=resource.urn,
                type=resource.type,
                name=resource.name,
                properties=struct(resource.props),
                provider=_provider(resource),
                propertyDependencies={
                    key: protocol.AnalyzerPropertyDependencies(urns=list(urns))
                    for key, urns in resource.dependencies.items()
                },
            )
            for resource in stack.resources
        ]
    )


def _provider(resource: Resource) -> protocol.AnalyzerProviderResource | None:
    if resource.provider is None:
        return None
    return protocol.AnalyzerProviderResource(
        type="pulumi:providers:aws",
        urn=resource.provider.urn,
        name=resource.provider.name,
        properties=struct(resource.provider.props),
    )


def shown(response: protocol.AnalyzeResponse) -> list[tuple[str, str, str, int]]:
    """What a diagnostic says, apart from order: rules report one after another, or grouped by policy."""
    return sorted((each.policyName, each.urn, each.message, each.enforcementLevel) for each in response.diagnostics)
