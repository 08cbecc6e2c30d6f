"""The token of a load balancer behind a distribution: random, secret, and the same from run to run."""

import pytest

from securecart.components.origin_token import origin_token

SECRET, VERSION = "secretsmanager/secret:Secret", "secretsmanager/secretVersion:SecretVersion"


@pytest.fixture
def recording(deploy):
    return deploy(lambda scope_of: origin_token(scope_of("prod", "us-east-1"), "us"))


def test_it_is_a_secret_of_secrets_manager(recording):
    secret = recording.one(SECRET)
    assert secret.inputs["name"] == "origin-token/us"
    assert recording.one(VERSION).inputs["secretId"] == "Secret/us"


def test_it_is_a_random_password_that_needs_no_encoding_in_a_header(recording):
    ((token, arguments, _),) = recording.invokes
    assert token == "aws:secretsmanager/getRandomPassword:getRandomPassword"
    assert (arguments["passwordLength"], arguments["excludePunctuation"]) == (64, True)
    version = recording.one(VERSION)
    assert version.inputs["secretString"] == "random-password"
    assert version.secrets == {"secretString"}


def test_the_password_of_a_later_run_does_not_replace_it(recording):
    assert recording.one(VERSION).ignore_changes == ("secretString",)


def test_it_waits_for_the_secret_so_that_a_first_preview_does_not_know_it(recording):
    assert recording.one(SECRET).urn in recording.one(VERSION).dependencies


def test_it_is_secret(deploy):
    seen = []

    def program(scope_of):
        token = origin_token(scope_of("prod", "us-east-1"), "us")

        async def look(value):
            seen.append((value, await token.is_secret()))

        token.apply(look)

    deploy(program)
    assert seen == [("random-password", True)]
