"""Cases of policies/rules/endpoint_policies.py."""

from __future__ import annotations

from policies.values import UNKNOWN, Value
from tests.policies.cases.base import Case, endpoints
from tests.policies.examples.endpoints import Statement, layers, policy, statement

_OWN = {"PrincipalAccount": "210000000003", "ResourceAccount": "210000000003"}
_PRESENT, _PRINCIPALS = "endpoint-policy-present", "endpoint-policy-firms-principals"
_RESOURCES, _ACTIONS = "endpoint-policy-own-resources", "endpoint-policy-named-actions"
_BUCKET = "arn:aws:s3:::shop-210000000003-*/*"
_SECRETS = "arn:aws:secretsmanager:us-east-1:210000000003:secret:*"
_READ = "secretsmanager:GetSecretValue"
_LAYERS = layers("us-east-1")


def having(rule: str, what: str, service: str, *statements: Statement) -> Case:
    """The endpoint of a service with a policy of these statements."""
    return Case(rule, what, endpoints, "VpcEndpoint", service, {"policy": policy(*statements)})


def changed(like: Statement, **changes: Value) -> Statement:
    return {**like, **changes}


_SOUND = statement(["s3:GetObject"], [_BUCKET], **_OWN)
_SECRET = statement([_READ], [_SECRETS], **_OWN)

VIOLATIONS: tuple[Case, ...] = (
    Case(_PRESENT, "none", endpoints, "VpcEndpoint", "s3", drop=("policy",)),
    Case(_PRESENT, "of no statement", endpoints, "VpcEndpoint", "kms", {"policy": '{"Statement": []}'}),
    Case(_PRESENT, "no document", endpoints, "VpcEndpoint", "kms", {"policy": "everything"}),
    having(_PRINCIPALS, "everybody", "s3", changed(_SOUND, Condition={})),
    having(_PRINCIPALS, "no condition at all", "logs", {"Effect": "Allow", "Principal": "*", "Action": "*"}),
    having(_PRINCIPALS, "another account", "s3", statement(["s3:GetObject"], [_BUCKET], PrincipalAccount="999")),
    having(_PRINCIPALS, "an organization that the fleet does not name", "s3", statement([], [], PrincipalOrgID="o-1")),
    having(
        _PRINCIPALS,
        "one more account",
        "s3",
        changed(_SOUND, Condition={"StringEquals": {"aws:PrincipalAccount": ["210000000003", "999"]}}),
    ),
    having(
        _PRINCIPALS,
        "whoever has no account",
        "s3",
        changed(_SOUND, Condition={"StringEqualsIfExists": {"aws:PrincipalAccount": "210000000003"}}),
    ),
    having(_PRINCIPALS, "image layers without TLS", "s3", _SOUND, changed(_LAYERS, Condition={})),
    having(_PRINCIPALS, "image layers that are written", "s3", _SOUND, changed(_LAYERS, Action="s3:PutObject")),
    having(_RESOURCES, "every bucket", "s3", changed(_SOUND, Resource="arn:aws:s3:::*")),
    having(_RESOURCES, "everything", "s3", changed(_SOUND, Resource="*")),
    having(_RESOURCES, "a stranger's bucket of that name", "s3", statement([], [_BUCKET], PrincipalAccount="1")),
    having(_RESOURCES, "a bucket that is not listed", "s3", changed(_SOUND, Resource="arn:aws:s3:::elsewhere/*")),
    having(_RESOURCES, "another region's layers", "s3", layers("eu-west-1")),
    having(
        _RESOURCES,
        "another account's table",
        "dynamodb",
        statement(["dynamodb:GetItem"], ["arn:aws:dynamodb:us-east-1:999:table/orders"], **_OWN),
    ),
    having(_RESOURCES, "all secrets", "secretsmanager", changed(_SECRET, Resource="*")),
    having(
        _RESOURCES,
        "a secret of another account",
        "secretsmanager",
        changed(_SECRET, Resource=[_SECRETS, "arn:aws:secretsmanager:us-east-1:999:secret:*"]),
    ),
    having(_RESOURCES, "all but something", "secretsmanager", changed(_SECRET, NotResource="arn:aws:s3:::x")),
    having(_ACTIONS, "all of them", "s3", changed(_SOUND, Action="s3:*")),
    having(_ACTIONS, "a family", "secretsmanager", changed(_SECRET, Action=[_READ, "secretsmanager:Put*"])),
    having(_ACTIONS, "of another service", "kms", changed(_SECRET)),
    having(_ACTIONS, "none", "kms", {key: value for key, value in _SECRET.items() if key != "Action"}),
    having(_ACTIONS, "all but one", "kms", changed(_SECRET, NotAction="kms:Decrypt")),
)

UNDECIDED: tuple[Case, ...] = (
    *(
        Case(rule, "the policy", endpoints, "VpcEndpoint", "s3", {"policy": UNKNOWN})
        for rule in (_PRESENT, _PRINCIPALS, _RESOURCES, _ACTIONS)
    ),
    *(
        Case(rule, "of which service", endpoints, "VpcEndpoint", "s3", {"serviceName": UNKNOWN})
        for rule in (_PRINCIPALS, _RESOURCES, _ACTIONS)
    ),
)
