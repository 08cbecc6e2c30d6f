"""VPC endpoints of a network in the fleet file: which there are, and what their policies let through."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from securecart.config.parts import Model


class GatewayService(StrEnum):
    """Services with a gateway endpoint, which is a route and costs nothing.

    The values are the last part of AWS's names, ``com.amazonaws.REGION.VALUE`` (AWS PrivateLink guide, Gateway
    endpoints).
    """

    S3 = "s3"
    DYNAMODB = "dynamodb"


class InterfaceService(StrEnum):
    """Services with an interface endpoint: Secrets Manager, and those that ECS needs without internet.

    The values are the last part of AWS's names, ``com.amazonaws.REGION.VALUE`` (AWS PrivateLink guide, AWS
    services that integrate with AWS PrivateLink). All of them take private DNS and an endpoint policy.
    """

    SECRETS_MANAGER = "secretsmanager"
    ECR_API = "ecr.api"
    ECR_DKR = "ecr.dkr"
    LOGS = "logs"
    SSM = "ssm"
    STS = "sts"
    KMS = "kms"


_PLACEHOLDERS = "`*` stands for any characters, {account} for the network's account id, {region} for its region."

BucketPattern = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9][a-z0-9.-]{2}([a-z0-9.*-]|\{account\}|\{region\})*$",
        max_length=100,
        description=f"Bucket by name; {_PLACEHOLDERS}",
    ),
]
TablePattern = Annotated[
    str,
    Field(
        pattern=r"^[a-zA-Z0-9_.-]{3}([a-zA-Z0-9_.*-]|\{account\}|\{region\})*$",
        max_length=255,
        description=f"Table by name; {_PLACEHOLDERS}",
    ),
]


class Endpoints(Model):
    """The VPC endpoints of a network's private tier."""

    gateway: tuple[GatewayService, ...] = Field(
        default=tuple(GatewayService), description="Gateway endpoints, on the private route tables: s3, dynamodb."
    )
    interface: tuple[InterfaceService, ...] = Field(
        default=tuple(InterfaceService),
        description="Interface endpoints: secretsmanager, ecr.api, ecr.dkr, logs, ssm, sts, kms.",
    )
    buckets: tuple[BucketPattern, ...] = Field(
        default=(), description="Buckets of the network's own account that the S3 endpoint lets through."
    )
    tables: tuple[TablePattern, ...] = Field(
        default=(), description="Tables of the network's own account that the DynamoDB endpoint lets through."
    )


def expanded(pattern: str, account_id: str, region: str) -> str:
    """Return a pattern of buckets or tables with its placeholders filled in."""
    return pattern.replace("{account}", account_id).replace("{region}", region)
