"""The gRPC face of the provider: every RPC of pulumirpc.ResourceProvider that the engine makes."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable
from typing import NoReturn, TypeVar, cast

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import plugin_pb2, provider_pb2, provider_pb2_grpc

from securecart.sandbox.provider import replies
from securecart.sandbox.provider.check import Naming
from securecart.sandbox.provider.configuration import check_configuration, compare_configurations
from securecart.sandbox.provider.failures import UnknownTypeError
from securecart.sandbox.provider.instances import Instances
from securecart.sandbox.provider.invokes import invoke
from securecart.sandbox.provider.operations import Asked, Operations
from securecart.sandbox.provider.patience import patience_for
from securecart.sandbox.provider.settings import parse_settings
from securecart.sandbox.provider.turns import Turns, Wait
from securecart.sandbox.provider.values import from_struct, secret_names, to_struct

_Reply = TypeVar("_Reply")
_Context = grpc.ServicerContext


class AwsProvider(provider_pb2_grpc.ResourceProviderServicer):
    """Serves `pulumi_aws` tokens over the declared types; it keeps no state but the instances and the turns."""

    def __init__(self, operations: Operations, instances: Instances, turns: Turns) -> None:
        """Serve these operations to these instances, each request in its turn."""
        self._operations, self._instances, self._turns = operations, instances, turns

    # The engine meets the provider.

    def Handshake(
        self, request: provider_pb2.ProviderHandshakeRequest, context: _Context
    ) -> provider_pb2.ProviderHandshakeResponse:
        """Begin a connection; the provider marks what comes of secret inputs itself."""
        self._instances.forget(context.peer())
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True)

    def Attach(self, request: plugin_pb2.PluginAttach, context: _Context) -> empty_pb2.Empty:
        """Accept an engine; the server has no need to call it back."""
        return empty_pb2.Empty()

    def Cancel(self, request: empty_pb2.Empty, context: _Context) -> empty_pb2.Empty:
        """Forget the connection, and end what waits on it: the engine says this when it ends or is interrupted."""
        self._instances.forget(context.peer())
        return empty_pb2.Empty()

    def GetPluginInfo(self, request: empty_pb2.Empty, context: _Context) -> plugin_pb2.PluginInfo:
        """Tell the version of the SDK whose tokens are served."""
        return plugin_pb2.PluginInfo(version=_version())

    def GetSchema(self, request: provider_pb2.GetSchemaRequest, context: _Context) -> provider_pb2.GetSchemaResponse:
        """Tell name and version; programs bring the SDK and need no more."""
        return provider_pb2.GetSchemaResponse(schema=json.dumps({"name": "aws", "version": _version()}))

    def GetMapping(self, request: provider_pb2.GetMappingRequest, context: _Context) -> provider_pb2.GetMappingResponse:
        """Tell that there is no mapping for converters."""
        return provider_pb2.GetMappingResponse()

    def GetMappings(
        self, request: provider_pb2.GetMappingsRequest, context: _Context
    ) -> provider_pb2.GetMappingsResponse:
        """Tell that there are no mappings for converters."""
        return provider_pb2.GetMappingsResponse()

    # Its configuration.

    def CheckConfig(self, request: provider_pb2.CheckRequest, context: _Context) -> provider_pb2.CheckResponse:
        """Refuse default providers and inputs that the sandbox cannot honour."""

        def answer() -> provider_pb2.CheckResponse:
            check_configuration(request.urn, from_struct(request.news))
            return provider_pb2.CheckResponse(inputs=request.news)

        return self._guard(context, answer)

    def DiffConfig(self, request: provider_pb2.DiffRequest, context: _Context) -> provider_pb2.DiffResponse:
        """Say that another region or account means other resources."""

        def answer() -> provider_pb2.DiffResponse:
            olds = from_struct(request.old_inputs) or from_struct(request.olds)
            return replies.difference(compare_configurations(olds, from_struct(request.news)))

        return self._guard(context, answer)

    def Configure(self, request: provider_pb2.ConfigureRequest, context: _Context) -> provider_pb2.ConfigureResponse:
        """Enter the provider's account, and remember the connection."""

        def answer() -> provider_pb2.ConfigureResponse:
            arguments = from_struct(request.args)
            check_configuration(request.urn, arguments)
            self._instances.configure(context.peer(), parse_settings(arguments))
            return provider_pb2.ConfigureResponse(supportsPreview=True, acceptSecrets=True)

        return self._guard(context, answer)

    # Resources.

    def Check(self, request: provider_pb2.CheckRequest, context: _Context) -> provider_pb2.CheckResponse:
        """Check a resource's inputs."""

        def answer() -> provider_pb2.CheckResponse:
            asked = self._asked(request.urn, context)
            naming = Naming(request.urn.rpartition("::")[2], request.randomSeed, from_struct(request.olds))
            inputs, failures = self._operations.check(asked, from_struct(request.news), naming)
            return provider_pb2.CheckResponse(
                inputs=to_struct(inputs, secret_names(request.news)),
                failures=[provider_pb2.CheckFailure(property=f.property, reason=f.reason) for f in failures],
            )

        return self._guard(context, answer)

    def Diff(self, request: provider_pb2.DiffRequest, context: _Context) -> provider_pb2.DiffResponse:
        """Compare a resource's state with its inputs."""

        def answer() -> provider_pb2.DiffResponse:
            found = self._operations.diff(
                self._asked(request.urn, context, request.id),
                from_struct(request.olds),
                from_struct(request.old_inputs),
                from_struct(request.news),
                list(request.ignoreChanges),
            )
            return replies.difference(found)

        return self._guard(context, answer)

    def Create(self, request: provider_pb2.CreateRequest, context: _Context) -> provider_pb2.CreateResponse:
        """Make a resource."""

        def answer() -> provider_pb2.CreateResponse:
            asked = self._asked(request.urn, context)
            inputs = from_struct(request.properties)
            made = self._operations.create(asked, inputs, preview=request.preview)
            state = to_struct(made.state, secret_names(request.properties))
            return provider_pb2.CreateResponse(id=made.id, properties=state)

        return self._guard(context, answer)

    def Read(self, request: provider_pb2.ReadRequest, context: _Context) -> provider_pb2.ReadResponse:
        """Read a resource as it is now; an empty id tells that it is gone."""

        def answer() -> provider_pb2.ReadResponse:
            asked = self._asked(request.urn, context, request.id)
            inputs = from_struct(request.inputs) if request.HasField("inputs") else {}
            known = from_struct(request.properties)
            found = self._operations.read(asked, known, inputs or (None if not known else {}))
            if found is None:
                return provider_pb2.ReadResponse()
            secret = secret_names(request.inputs, request.properties)
            return provider_pb2.ReadResponse(
                id=found.id,
                properties=to_struct(found.state, secret),
                inputs=to_struct(found.inputs, secret),
            )

        return self._guard(context, answer)

    def Update(self, request: provider_pb2.UpdateRequest, context: _Context) -> provider_pb2.UpdateResponse:
        """Change a resource in place."""

        def answer() -> provider_pb2.UpdateResponse:
            asked = self._asked(request.urn, context, request.id)
            old = {**from_struct(request.old_inputs), **from_struct(request.olds)}
            state = self._operations.update(asked, old, from_struct(request.news), preview=request.preview)
            secret = secret_names(request.news)
            return provider_pb2.UpdateResponse(properties=to_struct(state, secret))

        return self._guard(context, answer)

    def Delete(self, request: provider_pb2.DeleteRequest, context: _Context) -> empty_pb2.Empty:
        """Remove a resource, once nothing uses it."""

        def answer() -> empty_pb2.Empty:
            old = {**from_struct(request.old_inputs), **from_struct(request.properties)}
            asked = self._asked(request.urn, context, request.id)
            closed = asked.instance.closed
            with Wait(
                self._turns, self._operations.changes, lambda part: closed.wait(part) or not context.is_active()
            ) as wait:
                self._operations.delete(asked, old, patience_for(request.timeout, wait.rest))
            return empty_pb2.Empty()

        return self._guard(context, answer)

    # Functions, and what this provider has none of.

    def Invoke(self, request: provider_pb2.InvokeRequest, context: _Context) -> provider_pb2.InvokeResponse:
        """Answer one of the functions that programs may call."""

        def answer() -> provider_pb2.InvokeResponse:
            instance = self._instances.get(context.peer())
            result = invoke(request.tok, from_struct(request.args), instance)
            response = provider_pb2.InvokeResponse()
            getattr(response, "return").CopyFrom(to_struct(result))  # the field's name is a keyword
            return response

        return self._guard(context, answer)

    def Construct(self, request: provider_pb2.ConstructRequest, context: _Context) -> provider_pb2.ConstructResponse:
        """Refuse: the AWS provider has no remote components."""
        return self._guard(context, lambda: _refuse("remote component", request.type))

    def Call(self, request: provider_pb2.CallRequest, context: _Context) -> provider_pb2.CallResponse:
        """Refuse: the AWS provider's resources have no methods."""
        return self._guard(context, lambda: _refuse("method", request.tok))

    def Parameterize(
        self, request: provider_pb2.ParameterizeRequest, context: _Context
    ) -> provider_pb2.ParameterizeResponse:
        """Refuse: the AWS provider takes no parameters."""
        return self._guard(context, lambda: _refuse("parameterization", request.value.name))

    def _asked(self, urn: str, context: _Context, resource_id: str = "") -> Asked:
        token = urn.split("::")[2].rpartition("$")[2]
        return Asked(self._instances.get(context.peer()), urn, token, resource_id)

    def _guard(self, context: _Context, answer: Callable[[], _Reply]) -> _Reply:
        """Answer in turn, or end the RPC with the error's message and what the engine must know of it."""
        try:
            with self._turns:
                return answer()
        except Exception as error:  # the border of the process: every error becomes a status
            context.abort_with_status(cast(grpc.Status, replies.status(error)))
            raise


def _refuse(what: str, name: str) -> NoReturn:
    raise UnknownTypeError(f"the sandbox's provider serves no {what}", value=name)


def _version() -> str:
    return importlib.metadata.version("pulumi_aws")
