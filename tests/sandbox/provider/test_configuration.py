"""A provider instance acts in the account and region it was configured for, and in no other."""

from __future__ import annotations

import threading

import grpc
import pytest
from google.protobuf import empty_pb2
from moto.iam.models import iam_backends
from pulumi.runtime.proto import provider_pb2

from securecart.errors import SandboxError
from securecart.sandbox.provider.clients import Clients, require_loopback
from securecart.sandbox.provider.failures import NotConfiguredError
from securecart.sandbox.provider.instances import Instances
from securecart.sandbox.provider.settings import parse_settings
from securecart.sandbox.provider.values import to_struct
from tests.sandbox.provider.harness import Engine, World, provider_arguments, provider_urn

VPC = "aws:ec2/vpc:Vpc"


def refused(call) -> str:
    with pytest.raises(grpc.RpcError) as caught:
        call()
    return caught.value.details()


def test_two_connections_create_each_in_its_own_account(world: World):
    vpcs = {}

    def deploy(account: str) -> None:
        made = [world.at(account).create(VPC, {"cidrBlock": "10.0.0.0/16"}, f"v{n}") for n in range(5)]
        vpcs[account] = {vpc.id for vpc in made}
        assert {vpc.state["ownerId"] for vpc in made} == {account}

    threads = [threading.Thread(target=deploy, args=(account,)) for account in (world.home, world.other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for account in (world.home, world.other):
        seen = {vpc["VpcId"] for vpc in world.boto("ec2", account).describe_vpcs()["Vpcs"]}
        assert len(vpcs[account]) == 5
        assert vpcs[account] <= seen
    assert not vpcs[world.home] & vpcs[world.other]


def test_two_regions_of_an_account_are_apart(world: World):
    near = world.make(VPC, {"cidrBlock": "10.0.0.0/16"})
    far = world.make(VPC, {"cidrBlock": "10.0.0.0/16"}, region="eu-west-1")
    assert far.state["arn"] == f"arn:aws:ec2:eu-west-1:{world.home}:vpc/{far.id}"
    seen = {vpc["VpcId"] for vpc in world.boto("ec2", region="eu-west-1").describe_vpcs()["Vpcs"]}
    assert far.id in seen
    assert near.id not in seen


def test_the_region_input_of_a_resource_overrides_the_providers(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "region": "eu-west-1"})
    seen = {vpc["VpcId"] for vpc in world.boto("ec2", region="eu-west-1").describe_vpcs()["Vpcs"]}
    assert made.id in seen
    assert made.state["region"] == "eu-west-1"


def test_a_default_provider_is_refused(sandbox, world: World):
    news = to_struct(provider_arguments(world.home))
    request = provider_pb2.CheckRequest(urn=provider_urn("default_7_51_1"), news=news)
    message = refused(lambda: world.at().stub.CheckConfig(request))
    assert "default aws provider" in message
    assert "provider=" in message


def test_an_account_that_is_not_allowed_is_refused(sandbox, world: World):
    arguments = provider_arguments(world.home, allowedAccountIds=f'["{world.other}"]')
    message = refused(lambda: world.at().configure(arguments))
    assert world.home in message
    assert world.other in message


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"assumeRoles": "[]", "region": "us-east-1"}, "assumeRoles"),
        ({"allowedAccountIds": '["1"]'}, "region"),
        ({"region": "us-east-1", "assumeRoles": '[{"role_arn": "deploy"}]'}, "role_arn"),
        ({"region": "us-east-1", "profile": "production"}, "profile"),
        ({"region": "us-east-1", "assumeRoles": "[{"}, "JSON"),
    ],
)
def test_a_configuration_that_leaves_the_account_open_is_refused(world: World, arguments, told):
    assert told in refused(lambda: world.at().configure(arguments))


def test_a_connection_without_configuration_is_refused(world: World):
    engine = world.at()
    engine.stub.Handshake(provider_pb2.ProviderHandshakeRequest())
    message = refused(lambda: engine.check(VPC, {"cidrBlock": "10.0.0.0/16"}))
    assert "not configured" in message


def test_secrets_of_the_configuration_are_in_no_message(world: World):
    roles = f'[{{"role_arn": "arn:aws:iam::{world.home}:role/x", "external_id": "very-secret-id"}}]'
    arguments = provider_arguments(world.home, assumeRoles=roles, allowedAccountIds='["000000000000"]')
    message = refused(lambda: world.at().configure({**arguments, "secretKey": "very-secret-key"}))
    assert world.home in message
    assert "very-secret" not in message


def test_a_closed_connection_is_forgotten(sandbox, world: World):
    engine = Engine(sandbox, world.home)
    assert engine.create(VPC, {"cidrBlock": "10.0.0.0/16"}).id
    engine.stub.Cancel(empty_pb2.Empty())
    assert "not configured" in refused(lambda: engine.check(VPC, {"cidrBlock": "10.0.0.0/16"}))
    engine.channel.close()


def test_another_account_or_region_replaces_the_provider(world: World):
    def diff(**news: str) -> provider_pb2.DiffResponse:
        olds = provider_arguments(world.home)
        request = provider_pb2.DiffRequest(
            urn=provider_urn(), old_inputs=to_struct(olds), news=to_struct({**olds, **news})
        )
        return world.at().stub.DiffConfig(request)

    assert diff().changes == provider_pb2.DiffResponse.DIFF_NONE
    assert diff(region="eu-west-1").replaces == ["region"]
    assert "assumeRoles" in diff(**provider_arguments(world.other)).replaces
    assert diff(defaultTags='{"tags": {"A": "1"}}').replaces == []


@pytest.mark.parametrize(
    "endpoint", ["https://ec2.amazonaws.com", "http://192.0.2.1:80", "http://localhost:1", "https://127.0.0.1:1", ""]
)
def test_an_endpoint_that_is_not_loopback_is_refused(endpoint):
    with pytest.raises(SandboxError, match="not on this machine"):
        require_loopback(endpoint)


def test_a_loopback_endpoint_is_accepted():
    assert require_loopback("http://127.0.0.1:5000") == "http://127.0.0.1:5000"


def test_the_connections_remembered_are_bounded(sandbox, world: World, monkeypatch):
    monkeypatch.setattr("securecart.sandbox.provider.instances._KEPT_INSTANCES", 3)
    instances = Instances(Clients(sandbox.endpoint))
    settings = parse_settings(provider_arguments(world.home))
    for number in range(5):
        instances.configure(f"peer{number}", settings)
    assert len(instances) == 3
    assert instances.get("peer4").account == world.home
    with pytest.raises(NotConfiguredError):
        instances.get("peer0")


def test_instances_of_an_account_share_their_clients(sandbox, world: World):
    instances = Instances(Clients(sandbox.endpoint))
    settings = parse_settings(provider_arguments(world.home))
    first, second = (instances.configure(f"peer{number}", settings) for number in range(2))
    assert first.service("ec2").client is second.service("ec2").client
    assert first.service("ec2").client is not first.service("ec2", "eu-west-1").client


def test_a_role_session_that_moto_forgot_is_assumed_again(sandbox, world: World):
    instances = Instances(Clients(sandbox.endpoint))
    settings = parse_settings(provider_arguments(world.home))
    first = instances.configure("first", settings)
    iam_backends[world.home]["aws"].access_keys.clear()
    second = instances.configure("second", settings)
    assert second.account == world.home
    assert second.credentials.access_key != first.credentials.access_key
    identity = second.service("sts").call("GetCallerIdentity", {})
    assert identity["Account"] == world.home
