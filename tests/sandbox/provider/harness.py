"""Plays the Pulumi engine towards the provider, over gRPC, with moto behind it in the same process."""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

import boto3
import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2, provider_pb2_grpc
from werkzeug.serving import BaseWSGIServer

from securecart.sandbox.application import SandboxApplication
from securecart.sandbox.provider import ProviderServer, serve_provider
from securecart.sandbox.provider.values import from_struct, to_struct
from securecart.sandbox.serving import listen

REGION = "us-east-1"
_ACCOUNTS = itertools.count(100_000_000_001)
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Sandbox:
    """Moto and the provider, running."""

    endpoint: str
    provider: ProviderServer
    http: BaseWSGIServer

    def stop(self) -> None:
        self.provider.server.stop(grace=0).wait()
        self.http.shutdown()
        self.http.server_close()


def start_sandbox() -> Sandbox:
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

    from securecart.sandbox import moto_extensions

    moto_extensions.install()
    moto: Future = Future()
    moto.set_result(DomainDispatcherApplication(create_backend_app))
    application = SandboxApplication(health={}, token="unused", inventory=list, on_shutdown=lambda: None, moto=moto)
    http = listen(application)
    threading.Thread(target=http.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
    endpoint = f"http://127.0.0.1:{http.server_port}"
    return Sandbox(endpoint, serve_provider(endpoint), http)


@dataclass(frozen=True)
class Resource:
    """A resource as the engine remembers it."""

    urn: str
    id: str
    inputs: Mapping[str, object]
    state: Mapping[str, object]


@dataclass(frozen=True)
class Difference:
    """What Diff answered."""

    changed: bool
    diffs: frozenset[str]
    replaces: frozenset[str]
    detailed: Mapping[str, str]
    delete_before_replace: bool


def urn_of(token: str, name: str) -> str:
    return f"urn:pulumi:dev::test::{token}::{name}"


def provider_urn(name: str = "explicit") -> str:
    return f"urn:pulumi:dev::test::pulumi:providers:aws::{name}"


def provider_arguments(account: str, region: str = REGION, **more: object) -> dict[str, object]:
    role = f'[{{"role_arn": "arn:aws:iam::{account}:role/deploy", "external_id": "securecart"}}]'
    return {"region": region, "assumeRoles": role, "allowedAccountIds": f'["{account}"]', **more}


class Engine:
    """One connection to the provider, as an engine opens one for each provider of a program."""

    def __init__(self, sandbox: Sandbox, account: str, region: str = REGION, **more: object) -> None:
        self.account, self.region = account, region
        self.channel = grpc.insecure_channel(
            f"127.0.0.1:{sandbox.provider.port}", options=[("grpc.use_local_subchannel_pool", 1)]
        )
        self.stub = provider_pb2_grpc.ResourceProviderStub(self.channel)
        self.stub.Handshake(provider_pb2.ProviderHandshakeRequest(engine_address="127.0.0.1:1"))
        self.configure(provider_arguments(account, region, **more))

    def configure(self, arguments: Mapping[str, object], urn: str = "") -> None:
        self.stub.Configure(provider_pb2.ConfigureRequest(urn=urn or provider_urn(), args=to_struct(arguments)))

    def close(self) -> None:
        self.stub.Cancel(empty_pb2.Empty())
        self.channel.close()

    def check(
        self,
        token: str,
        inputs: Mapping[str, object],
        name: str = "it",
        before: Mapping[str, object] | None = None,
    ) -> tuple[dict[str, object], dict[str, str]]:
        request = provider_pb2.CheckRequest(
            urn=urn_of(token, name), news=to_struct(inputs), olds=to_struct(before or {}), randomSeed=b"seed"
        )
        answer = self.stub.Check(request)
        return from_struct(answer.inputs), {failure.property: failure.reason for failure in answer.failures}

    def create(self, token: str, inputs: Mapping[str, object], name: str = "it") -> Resource:
        checked, failures = self.check(token, inputs, name)
        assert not failures, failures
        request = provider_pb2.CreateRequest(urn=urn_of(token, name), properties=to_struct(checked))
        made = self.stub.Create(request)
        return Resource(urn_of(token, name), made.id, checked, from_struct(made.properties))

    def preview(self, token: str, inputs: Mapping[str, object], name: str = "it") -> dict[str, object]:
        checked, failures = self.check(token, inputs, name)
        assert not failures, failures
        request = provider_pb2.CreateRequest(urn=urn_of(token, name), properties=to_struct(checked), preview=True)
        return from_struct(self.stub.Create(request).properties)

    def read(self, resource: Resource) -> Resource | None:
        """Refresh: None when the resource is gone."""
        request = provider_pb2.ReadRequest(
            urn=resource.urn,
            id=resource.id,
            properties=to_struct(resource.state),
            inputs=to_struct(resource.inputs),
        )
        return self._found(resource.urn, self.stub.Read(request))

    def import_(self, token: str, resource_id: str) -> Resource | None:
        """Read with an id alone."""
        urn = urn_of(token, "imported")
        return self._found(urn, self.stub.Read(provider_pb2.ReadRequest(urn=urn, id=resource_id)))

    def diff(self, resource: Resource, inputs: Mapping[str, object]) -> Difference:
        checked, failures = self.check(_token(resource.urn), inputs, before=resource.inputs)
        assert not failures, failures
        answer = self.stub.Diff(
            provider_pb2.DiffRequest(
                urn=resource.urn,
                id=resource.id,
                olds=to_struct(resource.state),
                old_inputs=to_struct(resource.inputs),
                news=to_struct(checked),
            )
        )
        kinds = {path: provider_pb2.PropertyDiff.Kind.Name(item.kind) for path, item in answer.detailedDiff.items()}
        return Difference(
            changed=answer.changes == provider_pb2.DiffResponse.DIFF_SOME,
            diffs=frozenset(answer.diffs),
            replaces=frozenset(answer.replaces),
            detailed=kinds,
            delete_before_replace=answer.deleteBeforeReplace,
        )

    def update(self, resource: Resource, inputs: Mapping[str, object], *, preview: bool = False) -> Resource:
        checked, failures = self.check(_token(resource.urn), inputs, before=resource.inputs)
        assert not failures, failures
        answer = self.stub.Update(
            provider_pb2.UpdateRequest(
                urn=resource.urn,
                id=resource.id,
                olds=to_struct(resource.state),
                old_inputs=to_struct(resource.inputs),
                news=to_struct(checked),
                preview=preview,
            )
        )
        return replace(resource, inputs=checked, state=from_struct(answer.properties))

    def delete(self, resource: Resource) -> None:
        self.deletion(resource).result()

    def deletion(self, resource: Resource, timeout: float = 0) -> grpc.Future:
        """Begin to delete, with the resource's custom timeout where it has one."""
        return self.stub.Delete.future(
            provider_pb2.DeleteRequest(
                urn=resource.urn,
                id=resource.id,
                properties=to_struct(resource.state),
                old_inputs=to_struct(resource.inputs),
                timeout=timeout,
            )
        )

    def _found(self, urn: str, answer: provider_pb2.ReadResponse) -> Resource | None:
        if not answer.id:
            return None
        return Resource(urn, answer.id, from_struct(answer.inputs), from_struct(answer.properties))


def _token(urn: str) -> str:
    return urn.split("::")[2]


@dataclass
class World:
    """Accounts of their own for one test: `home`, and `other` for what takes two."""

    sandbox: Sandbox
    home: str = field(default_factory=lambda: str(next(_ACCOUNTS)))
    other: str = field(default_factory=lambda: str(next(_ACCOUNTS)))
    names: Iterator[int] = field(default_factory=itertools.count)
    _engines: dict[tuple[str, str], Engine] = field(default_factory=dict)
    _clients: dict[tuple[str, str, str], object] = field(default_factory=dict)

    def at(self, account: str = "", region: str = REGION) -> Engine:
        """The connection that acts in an account and region."""
        key = (account or self.home, region)
        if key not in self._engines:
            self._engines[key] = Engine(self.sandbox, *key)
        return self._engines[key]

    def make(self, token: str, inputs: Mapping[str, object], account: str = "", region: str = REGION) -> Resource:
        """Deploy something that a test builds on."""
        return self.at(account, region).create(token, inputs, f"part{next(self.names)}")

    def boto(self, service: str, account: str = "", region: str = REGION) -> object:
        """A plain boto3 client, with a session of its own in the account."""
        key = (service, account or self.home, region)
        if key not in self._clients:
            self._clients[key] = boto_client(self.sandbox.endpoint, *key)
        return self._clients[key]

    def close(self) -> None:
        for engine in self._engines.values():
            engine.close()


def boto_client(endpoint: str, service: str, account: str, region: str = REGION) -> object:
    plain = {"endpoint_url": endpoint, "region_name": region}
    sts = _SESSION.client("sts", aws_access_key_id="testing", aws_secret_access_key="testing", **plain)
    role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/look", RoleSessionName="look")
    keys = role["Credentials"]
    return _SESSION.client(
        service,
        aws_access_key_id=keys["AccessKeyId"],
        aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys["SessionToken"],
        **plain,
    )


_SESSION = boto3.session.Session()
