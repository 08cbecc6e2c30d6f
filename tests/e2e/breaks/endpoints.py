"""Breaks of the rules on VPC endpoints and their policies."""

from __future__ import annotations

import json

from tests.e2e.broken_programs import Address, Break, change

ENDPOINTS = "endpoints-staging"
_ENDPOINT, _ACCOUNT = "VpcEndpoint", "210000000003"


def _policy(action: str, resource: str, **equals: str) -> str:
    """One statement, under a condition on keys of the request."""
    condition = {"StringEquals": {f"aws:{key}": value for key, value in equals.items()}} if equals else {}
    statement = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": resource, "Condition": condition}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


_OWN = {"PrincipalAccount": _ACCOUNT, "ResourceAccount": _ACCOUNT}

JUDGED: tuple[Break, ...] = (
    change("endpoint-listed", ENDPOINTS, _ENDPOINT, "logs", service_name="com.amazonaws.us-east-1.sqs"),
    change(
        "endpoint-gateway-private-route-tables",
        ENDPOINTS,
        _ENDPOINT,
        "s3",
        route_table_ids=["rtb-private", "rtb-private-too", "rtb-public"],
    ),
    change("endpoint-interface-private-subnets", ENDPOINTS, _ENDPOINT, "kms", subnet_ids=["subnet-elsewhere"]),
    change("endpoint-interface-own-group", ENDPOINTS, _ENDPOINT, "kms", security_group_ids=["sg-own", "sg-elsewhere"]),
    change("endpoint-interface-private-dns", ENDPOINTS, _ENDPOINT, "kms", private_dns_enabled=False),
    Break(
        "endpoint-declared-whole",
        ENDPOINTS,
        Address("VpcEndpointPolicy", "beside"),
        {"vpcEndpointId": "vpce-elsewhere", "policy": _policy("*", "*")},
        adds="aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
    ),
    change("endpoint-policy-present", ENDPOINTS, _ENDPOINT, "ssm", policy='{"Version": "2012-10-17", "Statement": []}'),
    change(
        "endpoint-policy-firms-principals",
        ENDPOINTS,
        _ENDPOINT,
        "sts",
        policy=_policy("sts:AssumeRole", f"arn:aws:iam::{_ACCOUNT}:role/*", ResourceAccount=_ACCOUNT),
    ),
    change(
        "endpoint-policy-own-resources",
        ENDPOINTS,
        _ENDPOINT,
        "dynamodb",
        policy=_policy("dynamodb:GetItem", "arn:aws:dynamodb:us-east-1:999999999999:table/orders", **_OWN),
    ),
    change(
        "endpoint-policy-named-actions",
        ENDPOINTS,
        _ENDPOINT,
        "secretsmanager",
        policy=_policy("secretsmanager:*", f"arn:aws:secretsmanager:us-east-1:{_ACCOUNT}:secret:*", **_OWN),
    ),
)
