"""Functions whose answers are secret."""

from __future__ import annotations

from google.protobuf import struct_pb2
from pulumi.runtime.proto import provider_pb2

from securecart.sandbox.provider.values import from_struct, secret_names, to_struct
from tests.sandbox.provider.harness import World

TOKEN = "aws:secretsmanager/getRandomPassword:getRandomPassword"


def ask(world: World, **arguments: object) -> struct_pb2.Struct:
    request = provider_pb2.InvokeRequest(tok=TOKEN, args=to_struct(arguments))
    return getattr(world.at().stub.Invoke(request), "return")


def test_a_password_is_as_asked_for_and_secret(world: World):
    answer = ask(world, passwordLength=40, excludePunctuation=True)
    assert secret_names(answer) == {"randomPassword"}
    password = str(from_struct(answer)["randomPassword"])
    assert len(password) == 40
    assert password.isalnum()


def test_each_call_makes_another_password(world: World):
    first, second = (from_struct(ask(world))["randomPassword"] for _ in range(2))
    assert first != second
