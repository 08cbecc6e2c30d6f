"""Breaks of the rules on providers, and on the log archive's account."""

from __future__ import annotations

from tests.e2e.broken_programs import Address, Break, change, whole

ARCHIVE, HUB, DEV = "log-archive-us-east-1", "hub-us-east-1", "network-dev"
_PROVIDER = "aws"
"""Last part of the type of an AWS provider, which is a resource as well."""
_BUCKET = Address("Bucket", "flow-logs")
_DEV_ACCOUNT = "210000000002"

JUDGED: tuple[Break, ...] = (
    Break("resource-of-known-package", DEV, Address("Vpc", "other"), adds="awsx:ec2:Vpc", stands_in=True),
    Break("provider-of-the-stack", DEV, Address("InternetGateway", "dev"), provider=("staging", "us-east-1")),
    change(
        "provider-assumes-account-role",
        ARCHIVE,
        _PROVIDER,
        ARCHIVE,
        Address("Key", "flow-logs"),
        assume_roles=f'[{{"roleArn": "arn:aws:iam::{_DEV_ACCOUNT}:role/SecureCartDeploy"}}]',
        allowed_account_ids=f'["{_DEV_ACCOUNT}"]',
    ),
    change(
        "provider-no-long-lived-keys",
        HUB,
        _PROVIDER,
        "network-us-east-1",
        Address("TransitGateway", "us-east-1"),
        access_key="written-down",
        secret_key="written-down",
    ),
    change("resource-in-provider-region", DEV, "Eip", "nat-us-east-1a", region="eu-west-1"),
    change("archive-bucket-declared", ARCHIVE, "Bucket", "flow-logs", whole(ARCHIVE), bucket="elsewhere"),
    change(
        "archive-encrypted",
        ARCHIVE,
        "BucketServerSideEncryptionConfiguration",
        "flow-logs",
        _BUCKET,
        rules=[{"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}}],
    ),
    change(
        "archive-public-access-blocked",
        ARCHIVE,
        "BucketPublicAccessBlock",
        "flow-logs",
        _BUCKET,
        ignore_public_acls=False,
    ),
    change(
        "archive-tls-only",
        ARCHIVE,
        "BucketPolicy",
        "flow-logs",
        _BUCKET,
        policy='{"Version": "2012-10-17", "Statement": []}',
    ),
    change(
        "archive-versioned",
        ARCHIVE,
        "BucketVersioning",
        "flow-logs",
        _BUCKET,
        versioning_configuration={"status": "Suspended"},
    ),
    change("kms-key-rotates", ARCHIVE, "Key", "flow-logs", enable_key_rotation=False),
)
