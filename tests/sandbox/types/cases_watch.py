"""Cases of CloudWatch, its logs, and Secrets Manager."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.provider.harness import REGION, Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit

SECRET = "aws:secretsmanager/secret:Secret"
_TEXT = '{"key":"Jf83kq0"}'


def _logs(world: World) -> Any:
    return world.boto("logs")


def _cloudwatch(world: World) -> Any:
    return world.boto("cloudwatch")


def _secrets(world: World) -> Any:
    return world.boto("secretsmanager")


def _group(world: World, it: Resource) -> Any:
    found = _logs(world).describe_log_groups(logGroupNamePrefix=it.id)["logGroups"]
    return next((group for group in found if group["logGroupName"] == it.id), None)


def _group_tags(world: World, it: Resource) -> Any:
    return _logs(world).list_tags_for_resource(resourceArn=it.state["arn"])["tags"]


def _policies(world: World, it: Resource) -> Any:
    found = _logs(world).describe_resource_policies()["resourcePolicies"]
    return next((json.loads(one["policyDocument"]) for one in found if one["policyName"] == it.id), None)


def _log_policy(service: str) -> str:
    return parts.policy(
        {
            "Sid": "Write",
            "Effect": "Allow",
            "Principal": {"Service": service},
            "Action": "logs:PutLogEvents",
            "Resource": "*",
        }
    )


def _alarm(world: World, it: Resource) -> Any:
    found = _cloudwatch(world).describe_alarms(AlarmNames=[it.id])["MetricAlarms"]
    return found[0] if found else None


def _alarm_tags(world: World, it: Resource) -> Any:
    found = _cloudwatch(world).list_tags_for_resource(ResourceARN=it.state["arn"])["Tags"]
    return {tag["Key"]: tag["Value"] for tag in found}


def alarm_inputs(world: World) -> dict[str, object]:
    return {
        "name": "tunnel-down",
        "alarmDescription": "a tunnel is down",
        "namespace": "AWS/VPN",
        "metricName": "TunnelState",
        "dimensions": {"VpnId": "vpn-1", "TunnelIpAddress": "198.51.100.1"},
        "comparisonOperator": "LessThanThreshold",
        "threshold": 1,
        "evaluationPeriods": 3,
        "datapointsToAlarm": 3,
        "period": 60,
        "statistic": "Maximum",
        "treatMissingData": "breaching",
        "alarmActions": [f"arn:aws:sns:{REGION}:{world.home}:alarms"],
        "tags": {"Name": "tunnel"},
    }


def secret(world: World) -> str:
    return world.make(SECRET, {"name": f"secret{next(world.names)}", "recoveryWindowInDays": 0}).id


def _secret(world: World, it: Resource) -> Any:
    found = _secrets(world).describe_secret(SecretId=it.id)
    return found if not found.get("DeletedDate") else None


def _secret_tags(world: World, it: Resource) -> Any:
    return {tag["Key"]: tag["Value"] for tag in _secret(world, it)["Tags"]}


def _secret_policy(world: World, it: Resource) -> Any:
    return json.loads(_secrets(world).get_resource_policy(SecretId=it.id)["ResourcePolicy"])


_DENY = {
    "Sid": "NoDevelopers",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "secretsmanager:GetSecretValue",
    "Resource": "*",
    "Condition": {"StringEquals": {"aws:PrincipalTag/role": "developer"}},
}


def _value(world: World, it: Resource) -> Any:
    return _secrets(world).get_secret_value(SecretId=it.inputs["secretId"], VersionId=it.state["versionId"])


CASES = (
    Case(
        token="aws:cloudwatch/logGroup:LogGroup",
        inputs=lambda world: {"name": "aws-waf-logs-edge", "retentionInDays": 365, "tags": {"Name": "logs"}},
        seen=_group,
        edits=(
            Edit(lambda world, it: {"retentionInDays": 30}, lambda world, it: _group(world, it)["retentionInDays"], 30),
            Edit(
                lambda world, it: {"retentionInDays": 0},
                lambda world, it: _group(world, it).get("retentionInDays"),
                None,
            ),
            Edit(
                lambda world, it: {"kmsKeyId": "arn:aws:kms:us-east-1:1:key/1"},
                lambda world, it: _group(world, it)["kmsKeyId"],
                "arn:aws:kms:us-east-1:1:key/1",
            ),
            Edit(lambda world, it: {"tags": {"Name": "x", "New": "1"}}, _group_tags, {"Name": "x", "New": "1"}),
        ),
        replacing={"name": "other", "logGroupClass": "INFREQUENT_ACCESS"},
        equal={"retentionInDays": "365"},
    ),
    Case(
        token="aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
        inputs=lambda world: {"policyName": "delivery", "policyDocument": _log_policy("delivery.logs.amazonaws.com")},
        seen=_policies,
        edits=(
            Edit(
                lambda world, it: {"policyDocument": _log_policy("route53.amazonaws.com")},
                lambda world, it: _policies(world, it)["Statement"][0]["Principal"],
                {"Service": "route53.amazonaws.com"},
            ),
        ),
        replacing={"policyName": "other"},
        equal={"policyDocument": json.dumps(json.loads(_log_policy("delivery.logs.amazonaws.com")), indent=1)},
    ),
    Case(
        token="aws:cloudwatch/metricAlarm:MetricAlarm",
        inputs=alarm_inputs,
        seen=_alarm,
        edits=(
            Edit(lambda world, it: {"threshold": 2}, lambda world, it: _alarm(world, it)["Threshold"], 2),
            Edit(
                lambda world, it: {"dimensions": {"VpnId": "vpn-2"}},
                lambda world, it: _alarm(world, it)["Dimensions"],
                [{"Name": "VpnId", "Value": "vpn-2"}],
            ),
            Edit(
                lambda world, it: {"actionsEnabled": False},
                lambda world, it: _alarm(world, it)["ActionsEnabled"],
                False,
            ),
            Edit(lambda world, it: {"tags": {"Name": "x"}}, _alarm_tags, {"Name": "x"}),
        ),
        replacing={"name": "other"},
        equal={"threshold": "1", "period": "60"},
    ),
    Case(
        token=SECRET,
        inputs=lambda world: {
            "name": f"vpn/keys{next(world.names)}",
            "description": "keys",
            "policy": parts.policy(_DENY),
            "recoveryWindowInDays": 7,
            "tags": {"Name": "keys"},
        },
        seen=_secret,
        edits=(
            Edit(lambda world, it: {"description": "x"}, lambda world, it: _secret(world, it)["Description"], "x"),
            Edit(
                lambda world, it: {"kmsKeyId": "alias/keys"},
                lambda world, it: _secret(world, it)["KmsKeyId"],
                "alias/keys",
            ),
            Edit(
                lambda world, it: {"policy": parts.policy({**_DENY, "Sid": "Nobody"})},
                lambda world, it: _secret_policy(world, it)["Statement"][0]["Sid"],
                "Nobody",
            ),
            Edit(lambda world, it: {"tags": {"Name": "x"}}, _secret_tags, {"Name": "x"}),
        ),
        replacing={"name": "other"},
        not_imported=frozenset({"recoveryWindowInDays"}),
        equal={"policy": json.dumps(json.loads(parts.policy(_DENY)), indent=1)},
    ),
    Case(
        token="aws:secretsmanager/secretVersion:SecretVersion",
        inputs=lambda world: {"secretId": secret(world), "secretString": _TEXT},
        seen=_value,
        edits=(
            Edit(
                lambda world, it: {"versionStages": ["AWSCURRENT", "blue"]},
                lambda world, it: sorted(_value(world, it)["VersionStages"]),
                ["AWSCURRENT", "blue"],
            ),
        ),
        replacing={"secretId": "other", "secretString": "other"},
        adopted=True,
    ),
)
