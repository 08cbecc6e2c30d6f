"""Stacks of VPC endpoints, their policies written out."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policies.values import Value
from policies.views import Stack
from tests.policies.examples.builder import Builder
from tests.policies.examples.fleet import FLEET

Statement = Mapping[str, Value]


def statement(actions: list[str], resources: list[str], **equals: str) -> Statement:
    return {
        "Sid": "Some",
        "Effect": "Allow",
        "Principal": "*",
        "Action": actions,
        "Resource": resources,
        "Condition": {"StringEquals": {f"aws:{key}": value for key, value in equals.items()}},
    }


def layers(region: str) -> Statement:
    return {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": f"arn:aws:s3:::prod-{region}-starport-layer-bucket/*",
        "Condition": {"Bool": {"aws:SecureTransport": "true"}},
    }


def policy(*statements: Statement) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def interface_policies(account: str, region: str) -> dict[str, str]:
    def own(action: str, arn: str, plain: str = "") -> str:
        first = statement([action], [arn], PrincipalAccount=account, ResourceAccount=account)
        return policy(first, *([statement([plain], ["*"], PrincipalAccount=account)] if plain else []))

    place = f"{region}:{account}"
    pull = own("ecr:BatchGetImage", f"arn:aws:ecr:{place}:repository/*", "ecr:GetAuthorizationToken")
    return {
        "secretsmanager": own("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{place}:secret:*"),
        "ecr.api": pull,
        "ecr.dkr": pull,
        "logs": own("logs:PutLogEvents", f"arn:aws:logs:{place}:log-group:*"),
        "ssm": own("ssm:GetParameter", f"arn:aws:ssm:{place}:parameter/*"),
        "sts": own("sts:AssumeRole", f"arn:aws:iam::{account}:role/*", "sts:GetCallerIdentity"),
        "kms": own("kms:Decrypt", f"arn:aws:kms:{place}:key/*"),
    }


def gateway_policies(account: str, region: str) -> dict[str, str]:
    own = {"PrincipalAccount": account, "ResourceAccount": account}
    buckets = [f"arn:aws:s3:::shop-{account}-*", f"arn:aws:s3:::shop-{account}-*/*"]
    logs = f"arn:aws:s3:::securecart-flow-logs-210000000005-{region}/*"
    tables = [f"arn:aws:dynamodb:{region}:{account}:table/orders{rest}" for rest in ("", "/index/*")]
    return {
        "s3": policy(
            statement(["s3:GetObject", "s3:ListBucket"], buckets, **own),
            statement(["s3:PutObject"], [logs], PrincipalAccount=account, ResourceAccount="210000000005"),
            layers(region),
        ),
        "dynamodb": policy(statement(["dynamodb:GetItem"], tables, **own)),
    }


def endpoints_stack(name: str = "prod", *, deployed: bool = False) -> Stack:
    network = FLEET.networks[name]
    account, region = FLEET.accounts[network.account].id, network.region
    build = Builder(f"endpoints-{name}", network.account, region, deployed)
    assert network.endpoints is not None
    gateway, interface = gateway_policies(account, region), interface_policies(account, region)
    if name == "payments":
        gateway["s3"] = policy(layers(region))
    for service in network.endpoints.gateway:
        build.add(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            service.value,
            vpcId=build.made("vpc-1"),
            vpcEndpointType="Gateway",
            serviceName=f"com.amazonaws.{region}.{service.value}",
            routeTableIds=[build.made(f"rtb-private-{az}") for az in network.azs],
            policy=gateway[service.value],
        )
    for other in network.endpoints.interface:
        build.add(
            "aws:ec2/vpcEndpoint:VpcEndpoint",
            other.value,
            vpcId=build.made("vpc-1"),
            vpcEndpointType="Interface",
            serviceName=f"com.amazonaws.{region}.{other.value}",
            subnetIds=[build.made(f"subnet-private-{az}") for az in network.azs],
            securityGroupIds=[build.made("sg-endpoints")],
            privateDnsEnabled=True,
            policy=interface[other.value],
        )
    return build.stack()
