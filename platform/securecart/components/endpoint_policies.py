"""Policies of VPC endpoints: the network's own account, on the firm's own resources, and no more actions than needed.

The principal is always ``*``: a gateway endpoint takes no other (AWS PrivateLink guide, Endpoint policies for gateway
endpoints). Conditions narrow it, to the principals of the network's account (or of the organization, where the fleet
file names one) and to resources of that account, so that nothing can be carried to a stranger's account by it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from securecart.components.policy_document import Condition, PolicyDocument, Statement, policy_document
from securecart.config.endpoints import GatewayService, InterfaceService


@dataclass(frozen=True)
class Grants:
    """Whom and what the endpoints of one network let through."""

    account_id: str
    """Account of the network: its principals, and its resources."""
    region: str
    """Region of the network."""
    organization_id: str | None
    """Organization whose principals are let through instead of the account's alone."""
    buckets: tuple[str, ...]
    """Names of the account's buckets, ``*`` for any characters."""
    tables: tuple[str, ...]
    """Names of the account's tables, ``*`` for any characters."""
    log_account_id: str
    """Account of the log archive."""
    log_bucket: str
    """The log archive's bucket of the region."""


@dataclass(frozen=True)
class Access:
    """What may be done through the endpoint of a service."""

    actions: tuple[str, ...]
    """Actions on the account's own resources."""
    resource: str
    """These resources, with {region} and {account}."""
    plain_actions: tuple[str, ...] = ()
    """Actions that name no resource (service authorization reference); judged by their principal alone."""


_PULL_IMAGES = Access(
    ("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"),
    "arn:aws:ecr:{region}:{account}:repository/*",
    ("ecr:GetAuthorizationToken",),
)
"""The same for both endpoints of ECR (Amazon ECR user guide, Create a VPC endpoint policy)."""

INTERFACE_ACCESS: Mapping[InterfaceService, Access] = MappingProxyType(
    {
        # The last two are those of rotation functions.
        InterfaceService.SECRETS_MANAGER: Access(
            (
                "secretsmanager:DescribeSecret",
                "secretsmanager:GetSecretValue",
                "secretsmanager:PutSecretValue",
                "secretsmanager:UpdateSecretVersionStage",
            ),
            "arn:aws:secretsmanager:{region}:{account}:secret:*",
            ("secretsmanager:GetRandomPassword",),
        ),
        InterfaceService.ECR_API: _PULL_IMAGES,
        InterfaceService.ECR_DKR: _PULL_IMAGES,
        InterfaceService.LOGS: Access(
            ("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"),
            "arn:aws:logs:{region}:{account}:log-group:*",
        ),
        InterfaceService.SSM: Access(
            ("ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"),
            "arn:aws:ssm:{region}:{account}:parameter/*",
        ),
        InterfaceService.STS: Access(
            ("sts:AssumeRole",),
            "arn:aws:iam::{account}:role/*",
            ("sts:GetCallerIdentity",),
        ),
        InterfaceService.KMS: Access(
            ("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey"),
            "arn:aws:kms:{region}:{account}:key/*",
        ),
    }
)
"""What each interface endpoint lets through."""

BUCKET_ACTIONS = (
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
)
"""What may be done with the account's buckets through the S3 endpoint."""

TABLE_ACTIONS = (
    "dynamodb:BatchGetItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
)
"""What may be done with the account's tables through the DynamoDB endpoint."""


def endpoint_policy(service: GatewayService | InterfaceService, grants: Grants) -> PolicyDocument:
    """Return the policy of one service's endpoint."""
    if service is GatewayService.S3:
        return policy_document(*_own_buckets(grants), _log_archive(grants), _image_layers(grants))
    if service is GatewayService.DYNAMODB:
        tables = [f"arn:aws:dynamodb:{grants.region}:{grants.account_id}:table/{name}" for name in grants.tables]
        resources = [arn for table in tables for arn in (table, f"{table}/index/*")]
        return policy_document(_allow("FirmTables", TABLE_ACTIONS, resources, _firms(grants, grants.account_id)))
    access = INTERFACE_ACCESS[InterfaceService(service)]
    resource = access.resource.format(region=grants.region, account=grants.account_id)
    own = _allow("FirmResources", access.actions, [resource], _firms(grants, grants.account_id))
    if not access.plain_actions:
        return policy_document(own)
    return policy_document(own, _allow("WithoutResource", access.plain_actions, ["*"], _firms(grants)))


def _own_buckets(grants: Grants) -> list[Statement]:
    """Let the account's buckets through; there may be none."""
    arns = [f"arn:aws:s3:::{name}" for name in grants.buckets]
    resources = [arn for bucket in arns for arn in (bucket, f"{bucket}/*")]
    return [_allow("FirmBuckets", BUCKET_ACTIONS, resources, _firms(grants, grants.account_id))] if resources else []


def _log_archive(grants: Grants) -> Statement:
    """Let logs through to the log archive, which belongs to another account."""
    objects = f"arn:aws:s3:::{grants.log_bucket}/*"
    return _allow("LogArchive", ["s3:PutObject"], [objects], _firms(grants, grants.log_account_id))


def _image_layers(grants: Grants) -> Statement:
    """Let image layers through from the bucket where ECR keeps them.

    It is Amazon's, and read by links that Amazon signs, so neither principal nor resource is the firm's (Amazon ECR
    user guide, Minimum Amazon S3 bucket permissions for Amazon ECR).
    """
    return _allow(
        "EcrImageLayers",
        ["s3:GetObject"],
        [f"arn:aws:s3:::prod-{grants.region}-starport-layer-bucket/*"],
        {"Bool": {"aws:SecureTransport": "true"}},
    )


def _firms(grants: Grants, owner_id: str | None = None) -> Condition:
    """Return the condition on who asks and, for actions on a resource, on the account that owns it."""
    by_account = {"aws:PrincipalAccount": grants.account_id}
    asks = by_account if grants.organization_id is None else {"aws:PrincipalOrgID": grants.organization_id}
    return {"StringEquals": asks if owner_id is None else asks | {"aws:ResourceAccount": owner_id}}


def _allow(sid: str, actions: Sequence[str], resources: Sequence[str], condition: Condition) -> Statement:
    """Let actions on resources through, under a condition."""
    return Statement(
        Sid=sid,
        Effect="Allow",
        Principal="*",
        Action=list(actions),
        Resource=list(resources),
        Condition=condition,
    )
