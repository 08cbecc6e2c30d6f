"""A mock engine that records what a program registers: inputs, parent, provider, dependencies."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from dataclasses import dataclass, field

import pulumi
from pulumi.runtime import mocks, rpc, set_mocks
from pulumi.runtime.settings import SETTINGS
from pulumi.runtime.stack import run_pulumi_func

from securecart.plan.stack import StackSpec

PROVIDER = "pulumi:providers:aws"
ROOT = "pulumi:pulumi:Stack"


@dataclass(frozen=True)
class Registered:
    """One resource as the engine was told about it."""

    type: str
    name: str
    urn: str
    inputs: Mapping[str, object]
    parent: str
    provider: str
    custom: bool
    dependencies: frozenset[str]
    ignore_changes: tuple[str, ...]
    delete_before_replace: bool
    secrets: frozenset[str]
    """Inputs that are, or hold, a secret."""

    @property
    def tags(self) -> Mapping[str, object]:
        tags = self.inputs.get("tags")
        assert isinstance(tags, Mapping), f"{self.urn} has no tags"
        return tags


@dataclass
class Recording:
    """Everything that one run of a program registered, and what it returned."""

    resources: list[Registered] = field(default_factory=list)
    invokes: list[tuple[str, Mapping[str, object], str]] = field(default_factory=list)
    outputs: dict[str, object] = field(default_factory=dict)
    exports: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, resource: Registered) -> None:
        with self._lock:
            self.resources.append(resource)

    def all(self, kind: str) -> dict[str, Registered]:
        """Return the resources of a type, such as ``ec2/subnet:Subnet``, by logical name; at least one."""
        found = {item.name: item for item in self.resources if item.type == f"aws:{kind}"}
        assert found, f"no resource of type {kind} was registered"
        return found

    def has_none(self, kind: str) -> bool:
        """Say that a type is absent, of a program that registered something."""
        assert any(item.custom for item in self.resources), "the program registered nothing at all"
        return not any(item.type == f"aws:{kind}" for item in self.resources)

    def one(self, kind: str) -> Registered:
        (resource,) = self.all(kind).values()
        return resource

    def provider_of(self, resource: Registered) -> Registered:
        """Return the provider that a resource was registered with."""
        urn = resource.provider.rpartition("::")[0]
        (found,) = [item for item in self.resources if item.urn == urn]
        return found


class RecordingMonitor(mocks.MockMonitor):
    """The SDK's mock monitor, which also keeps parent, provider and options."""

    def __init__(self, recording: Recording) -> None:
        super().__init__(EchoMocks(recording))
        self.recording = recording

    def make_urn(self, parent: str, type_: str, name: str) -> str:
        """Qualify the type by every parent, as the engine does, so that clashes show."""
        parent_type = parent.split("::")[2] if parent else ""
        qualified = f"{parent_type}${type_}" if parent_type not in ("", ROOT) else type_
        return f"urn:pulumi:{pulumi.get_stack()}::{pulumi.get_project()}::{qualified}::{name}"

    def RegisterResource(self, request):
        response = super().RegisterResource(request)
        assert all(item.urn != response.urn for item in self.recording.resources), f"twice: {response.urn}"
        if request.type != ROOT:
            given = rpc.deserialize_properties(request.object)
            self.recording.add(
                Registered(
                    type=request.type,
                    name=request.name,
                    urn=response.urn,
                    inputs={key: rpc.unwrap_rpc_secret(value) for key, value in given.items()},
                    parent=request.parent,
                    provider=request.provider,
                    custom=request.custom,
                    dependencies=frozenset(request.dependencies),
                    ignore_changes=tuple(request.ignoreChanges),
                    delete_before_replace=request.deleteBeforeReplace,
                    secrets=frozenset(key for key, value in given.items() if rpc.is_rpc_secret(value)),
                )
            )
        return response


class EchoMocks(mocks.Mocks):
    """Answers each creation with its inputs and readable ids."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording

    def new_resource(self, args: mocks.MockResourceArgs) -> tuple[str | None, dict[str, object]]:
        if args.typ == "pulumi:pulumi:StackReference":
            full_name = str(args.inputs["name"])
            self.recording.references.add(full_name)
            return full_name, {**args.inputs, "outputs": {"bucket_arn": f"{full_name}.bucket_arn"}}
        if not args.custom:
            return None, dict(args.inputs)
        ident = f"{args.typ.rpartition(':')[2]}/{args.name}"
        computed = {
            "arn": f"arn:aws:mock:::{ident}",
            "allocationId": f"allocation/{args.name}",
            "defaultNetworkAclId": f"default-acl/{args.name}",
            "defaultRouteTableId": f"default-table/{args.name}",
            "dnsName": f"dns-name/{args.name}",
            "domainValidationOptions": _validation_options(args.inputs),
            "fqdn": f"fqdn/{args.name}",
            "hostedZoneId": f"hosted-zone/{args.name}",
            "keyId": f"key/{args.name}",
            "privateDnsNameConfigurations": [{"name": "_proof", "type": "TXT", "value": f"vpce:{args.name}"}],
            "serviceName": f"service-name/{args.name}",
            "transitGatewayAttachmentId": f"attachment/{args.name}",
            "tunnel1Address": f"first-tunnel/{args.name}",
            "tunnel2Address": f"second-tunnel/{args.name}",
            "presharedKeyArn": f"arn:aws:mock:::secret/{args.name}",
        }
        return ident, {**computed, **args.inputs}

    def call(self, args: mocks.MockCallArgs) -> dict[str, object]:
        self.recording.invokes.append((args.token, args.args, args.provider))
        if args.token == "aws:secretsmanager/getRandomPassword:getRandomPassword":
            return {**args.args, "id": "password", "region": "region", "randomPassword": "random-password"}
        return {"id": f"prefix-list/{args.args['name']}", **args.args}


def _validation_options(inputs: Mapping[str, object]) -> list[Mapping[str, object]]:
    """Return what a certificate would tell of each of its names, in another order than they were given in."""
    others = inputs.get("subjectAlternativeNames")
    domains = [inputs.get("domainName"), *(others if isinstance(others, list) else [])]
    return [
        {
            "domainName": domain,
            "resourceRecordName": f"_proof.{domain}.",
            "resourceRecordType": "CNAME",
            "resourceRecordValue": f"_target.{domain}.acm-validations.aws.",
        }
        for domain in reversed(domains)
        if domain
    ]


def record(program: Callable[[], Mapping[str, object] | None], stack: str = "test", preview: bool = False) -> Recording:
    """Run a program on a mock engine and a thread of its own, so that nothing is left for the next."""
    recording = Recording()
    loops: list[asyncio.AbstractEventLoop] = []

    def new_loop() -> None:
        loops.append(asyncio.new_event_loop())
        asyncio.set_event_loop(loops[-1])

    def run() -> None:
        new_loop()
        loop = loops[0]
        # The SDK wants an event loop on each of its worker threads too, and would leave it open.
        loop.set_default_executor(ThreadPoolExecutor(max_workers=4, initializer=new_loop))
        try:
            # A new context sees the process-wide default, which may hold outputs of a test that has ended.
            SETTINGS.outputs = set()
            set_mocks(
                EchoMocks(recording),
                project="securecart",
                stack=stack,
                preview=preview,
                monitor=RecordingMonitor(recording),
                organization="organization",
            )
            loop.run_until_complete(run_pulumi_func(finish))
        finally:
            loop.run_until_complete(loop.shutdown_default_executor())
            for opened in loops:
                opened.close()

    async def finish() -> None:
        outputs = program() or {}
        resolved = {name: pulumi.Output.from_input(value) for name, value in outputs.items()}
        for name, value in resolved.items():
            recording.outputs[name] = await value.future()
        recording.exports |= set(pulumi.runtime.get_root_resource().outputs)

    with ThreadPoolExecutor(max_workers=1) as pool:
        pool.submit(Context().run, run).result(timeout=60)
    return recording


@dataclass
class FakeUpstream:
    """Outputs of other stacks: readable stand-ins, or unknowns as before anything exists."""

    specs: Mapping[str, StackSpec]
    unknown: bool = False
    asked: set[tuple[str, str]] = field(default_factory=set)

    def output(self, stack: str, name: str) -> pulumi.Output[object]:
        self.asked.add((stack, name))
        known = asyncio.get_event_loop().create_future()
        known.set_result(not self.unknown)
        value = asyncio.get_event_loop().create_future()
        value.set_result(None if self.unknown else EveryKey(f"{stack}.{name}"))
        return pulumi.Output(set(), value, known)


class EveryKey(dict[str, str]):
    """A map that has every key, and reads as its own label where a string is wanted."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label = label

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: str) -> str:
        return f"{self.label}.{key}"

    def __str__(self) -> str:
        return self.label
