"""Resource policies of the log archive as typed data: who may write a bucket and use its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from securecart.components.policy_document import Condition, PolicyDocument, Statement, policy_document

LOG_DELIVERY = "delivery.logs.amazonaws.com"
"""Service that delivers flow logs (VPC user guide, "Publish flow logs to Amazon S3")."""


def bucket_policy(bucket_arn: str, region: str, account_ids: Sequence[str]) -> PolicyDocument:
    """Let log delivery write for the fleet's accounts alone, and refuse every request without TLS."""
    return policy_document(
        Statement(
            Sid="AWSLogDeliveryWrite",
            Effect="Allow",
            Principal={"Service": LOG_DELIVERY},
            Action="s3:PutObject",
            Resource=[f"{bucket_arn}/AWSLogs/{account_id}/*" for account_id in account_ids],
            Condition=_for_accounts(region, account_ids, {"s3:x-amz-acl": "bucket-owner-full-control"}),
        ),
        Statement(
            Sid="AWSLogDeliveryAclCheck",
            Effect="Allow",
            Principal={"Service": LOG_DELIVERY},
            Action="s3:GetBucketAcl",
            Resource=bucket_arn,
            Condition=_for_accounts(region, account_ids, {}),
        ),
        Statement(
            Sid="DenyInsecureTransport",
            Effect="Deny",
            Principal="*",
            Action="s3:*",
            Resource=[bucket_arn, f"{bucket_arn}/*"],
            Condition={"Bool": {"aws:SecureTransport": "false"}},
        ),
    )


def key_policy(owner_id: str, region: str, account_ids: Sequence[str]) -> PolicyDocument:
    """Let the owning account administer the key, and log delivery encrypt for the fleet's accounts alone.

    Without the first statement nobody could change the key any more (KMS developer guide, "Default key
    policy").
    """
    return policy_document(
        Statement(
            Sid="EnableIAMPolicies",
            Effect="Allow",
            Principal={"AWS": f"arn:aws:iam::{owner_id}:root"},
            Action="kms:*",
            Resource="*",
        ),
        Statement(
            Sid="AllowLogDelivery",
            Effect="Allow",
            Principal={"Service": LOG_DELIVERY},
            Action=[
                "kms:Encrypt",
                "kms:Decrypt",
                "kms:ReEncrypt*",
                "kms:GenerateDataKey*",
                "kms:DescribeKey",
            ],
            Resource="*",
            Condition=_for_accounts(region, account_ids, {}),
        ),
    )


def _for_accounts(region: str, account_ids: Sequence[str], equals: Mapping[str, str]) -> Condition:
    """Return the condition that a request is made for one of the accounts' log deliveries in the region."""
    return {
        "StringEquals": {**equals, "aws:SourceAccount": list(account_ids)},
        "ArnLike": {"aws:SourceArn": [f"arn:aws:logs:{region}:{account_id}:*" for account_id in account_ids]},
    }
