"""What the redaction layer blanks, and what it leaves alone."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from securecart.redaction import MARK, SHAPES, Redactor, redact

ACCESS_KEY = "AKIA" + "IOSFODNN7EXAMPLE"
SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/" + "bPxRfiCYEXAMPLEKEY"
SESSION = "IQoJb3JpZ2lu" + "X2VjEAoaCXVzLWVhc3QtMSJHMEUCIQD" * 3
PEM = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----"

LEAKS = [
    ("an access key id", f"key {ACCESS_KEY} used", ACCESS_KEY),
    ("a bare secret key", f"{ACCESS_KEY} {SECRET_KEY}", SECRET_KEY),
    ("an assigned secret key", f"aws_secret_access_key = {SECRET_KEY}", SECRET_KEY),
    ("a secret key in JSON", json.dumps({"SecretAccessKey": SECRET_KEY}), SECRET_KEY),
    ("a session token", f"session {SESSION}", SESSION),
    ("a session token in JSON in JSON", json.dumps(json.dumps({"SessionToken": "abc+def"})), "abc+def"),
    ("a password in a URL", "postgres://app:hunter2@db.internal:5432/orders", "hunter2"),
    ("a pre-shared key", "tunnel1PresharedKey: 'f0o.Bar_baz'", "f0o.Bar_baz"),
    ("a snake case pre-shared key", "pre_shared_key=f0o.Bar_baz", "f0o.Bar_baz"),
    ("a PEM key", f"key:\n{PEM}\nend", "MIIEow"),
    ("a PEM key in JSON", json.dumps({"k": PEM}), "MIIEow"),
    ("a PEM key whose end is cut off", PEM[:40], "MIIEo"),
    ("the passphrase of Pulumi", "PULUMI_CONFIG_PASSPHRASE=correct-horse", "correct-horse"),
    ("a bearer token", "Authorization: Bearer abcdef123456789", "abcdef123456789"),
    ("a signature in a URL", "https://b.s3.amazonaws.com/o?X-Amz-Signature=deadbeef01&x=1", "deadbeef01"),
    ("an access token of Pulumi", "pul-" + "0a" * 20, "0a" * 20),
    ("a JSON web token", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "c2lnbmF0dXJl"),
    ("a password with an escaped quote", json.dumps({"password": 'ab"cd'}), "cd"),
    ("a password with a comma", "password=ab,cd", "cd"),
    ("a password in quotes that never close", 'password: "ab cd', "cd"),
    ("a password on the command line", "--password=hunter2", "hunter2"),
    ("a secret behind a path", "config/secret: hunter2", "hunter2"),
    ("a secret that begins like its key", "vault/secret:secret2", "secret2"),
    ("a password of a database", "DB_PASSWORD: hunter2", "hunter2"),
]

HARMLESS = [
    "account 210000000004 (prod)",
    "arn:aws:iam::210000000004:role/SecureCartDeploy",
    "arn:aws:kms:us-east-1:210000000007:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "secret: arn:aws:secretsmanager:us-east-1:210000000004:secret:db-AbCdEf",
    "10.30.32.0/19 -> 0.0.0.0/0 and 2001:db8::/32",
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
    "urn:pulumi:network-prod::securecart::securecart:network:Vpc$aws:ec2/subnet:Subnet::private-us-east-1a",
    "urn:pulumi:load-balancer-prod::securecart::aws:secretsmanager/secret:Secret::prod",
    "create aws:apigateway/apiKey:ApiKey orders",
    "commit ef4a904779dea7d95a551ee511c5964582ca843a",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "/home/Build7/src/securecart/platform/securecart/config/loader.py",
    "PULUMI_CONFIG_PASSPHRASE_FILE=/home/me/.securecart/passphrase",
    "secrets_provider: awskms://alias/securecart-pulumi?region=us-east-1",
    "backend: s3://securecart-pulumi-state?region=us-east-1",
    "http://127.0.0.1:5000/moto-api/data.json",
    "password: [secret]",
    "unknown type token: aws:ec2/vpc:Vpc",
    "external_id: securecart-prod",
    "the bearer of this ticket; the password is wrong",
    "rule sg-no-admin-ports-from-internet: port 22 from 0.0.0.0/0",
]


@pytest.mark.parametrize(("text", "secret"), [leak[1:] for leak in LEAKS], ids=[leak[0] for leak in LEAKS])
def test_what_looks_like_a_credential_is_blanked(text: str, secret: str) -> None:
    assert secret in text or secret in text.replace("\\", "")
    blanked = redact(text)
    assert secret not in blanked
    assert MARK in blanked


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_is_left_as_it_is(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_every_shape_finds_one_of_the_leaks(shape) -> None:
    assert any(shape.pattern.search(text) for _, text, _ in LEAKS)


def test_what_stands_around_a_secret_stays_readable() -> None:
    assert redact("postgres://app:hunter2@db:5432/x") == f"postgres://app:{MARK}@db:5432/x"
    assert redact('{"password": "hunter2", "user": "app"}') == f'{{"password": "{MARK}", "user": "app"}}'
    assert redact("PULUMI_CONFIG_PASSPHRASE=horse next") == f"PULUMI_CONFIG_PASSPHRASE={MARK} next"


# A loaded machine may take longer over an example than Hypothesis allows by default.
unhurried = settings(deadline=None)

secrets = st.text(min_size=4, max_size=40).filter(lambda text: text not in MARK)


@unhurried
@given(st.lists(secrets, min_size=1, max_size=4), st.text(max_size=30), st.text(max_size=30))
def test_registered_values_never_appear_in_any_of_their_forms(values: list[str], before: str, after: str) -> None:
    written = [
        form
        for value in values
        for form in (
            value,
            json.dumps(value)[1:-1],
            json.dumps(value, ensure_ascii=False)[1:-1],
            quote(value, safe="", errors="replace"),
            quote_plus(value, errors="replace"),
        )
    ]
    text = before + "|".join(written) + after
    shown = Redactor(values).redact(text)
    assert not [form for form in written if form in shown and form not in MARK]


@unhurried
@given(st.lists(st.text(max_size=12), max_size=4), st.text(max_size=200))
def test_redacting_twice_changes_nothing_more(values: list[str], text: str) -> None:
    redactor = Redactor(values)
    once = redactor.redact(text)
    assert redactor.redact(once) == once


PIECES = [*(text for _, text, _ in LEAKS), *HARMLESS, " ", "\n", '"', "\\", "[", "=", MARK, "d]ab", "ab"]


@unhurried
@given(st.lists(st.sampled_from(PIECES), max_size=8), st.lists(st.sampled_from(["d]ab", "hunter2", "d][r"])))
def test_redacting_joined_credentials_twice_changes_nothing_more(pieces: list[str], values: list[str]) -> None:
    redactor = Redactor(values)
    once = redactor.redact("".join(pieces))
    assert redactor.redact(once) == once
    assert not [value for value in values if value in once]


def test_values_too_short_to_be_secrets_are_left_alone() -> None:
    assert Redactor(["443", ""]).redact("port 443") == "port 443"


def test_a_registered_value_with_a_line_break_is_blanked_with_and_without_it() -> None:
    redactor = Redactor(["correct horse\n"])
    assert redactor.redact("say correct horse\nnow, correct horse.") == f"say {MARK}now, {MARK}."


def test_text_that_never_settles_is_dropped_whole() -> None:
    assert Redactor(["XXXX", "d]aa"]).redact("XXXX" + "a" * 100) == MARK
