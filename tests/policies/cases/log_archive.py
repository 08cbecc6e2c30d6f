"""Cases of policies/rules/log_archive.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, archive

VIOLATIONS: tuple[Case, ...] = (
    Case("archive-bucket-declared", "another name", archive, "Bucket", props={"bucket": "other"}),
    Case(
        "archive-bucket-declared",
        "another name for load balancers",
        archive,
        "Bucket",
        "balancers",
        {"bucket": "other"},
    ),
    Case("archive-encrypted", "none", archive, "BucketServerSideEncryptionConfiguration", remove=True),
    Case(
        "archive-encrypted",
        "a key that load balancers cannot use",
        archive,
        "BucketServerSideEncryptionConfiguration",
        "balancers",
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "key"}}]},
    ),
    Case(
        "archive-encrypted",
        "S3's own key",
        archive,
        "BucketServerSideEncryptionConfiguration",
        props={"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
    ),
    Case(
        "archive-encrypted",
        "AWS's key",
        archive,
        "BucketServerSideEncryptionConfiguration",
        props={"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms"}}]},
    ),
    Case(
        "archive-public-access-blocked",
        "three of four",
        archive,
        "BucketPublicAccessBlock",
        props={"ignorePublicAcls": False},
    ),
    Case("archive-tls-only", "no policy", archive, "BucketPolicy", remove=True),
    Case(
        "archive-tls-only",
        "allows",
        archive,
        "BucketPolicy",
        props={
            "policy": '{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:*",'
            ' "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
        },
    ),
    Case(
        "archive-tls-only",
        "for one role only",
        archive,
        "BucketPolicy",
        props={
            "policy": '{"Statement": {"Effect": "Deny", "Principal": {"AWS": "arn:aws:iam::1:role/x"},'
            ' "Action": "s3:*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}'
        },
    ),
    Case("archive-tls-only", "no JSON", archive, "BucketPolicy", props={"policy": "deny everything"}),
    Case(
        "archive-versioned",
        "suspended",
        archive,
        "BucketVersioning",
        props={"versioningConfiguration": {"status": "Suspended"}},
    ),
    Case("kms-key-rotates", "by default", archive, "Key", drop=("enableKeyRotation",)),
)

UNDECIDED: tuple[Case, ...] = (
    Case("archive-bucket-declared", "the name", archive, "Bucket", props={"bucket": UNKNOWN}),
    Case(
        "archive-encrypted",
        "the rules",
        archive,
        "BucketServerSideEncryptionConfiguration",
        props={"rules": UNKNOWN},
    ),
    Case(
        "archive-encrypted",
        "the key",
        archive,
        "BucketServerSideEncryptionConfiguration",
        props={
            "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": UNKNOWN}}]
        },
    ),
    Case(
        "archive-public-access-blocked",
        "one setting",
        archive,
        "BucketPublicAccessBlock",
        props={"ignorePublicAcls": UNKNOWN},
    ),
    Case("archive-tls-only", "the policy", archive, "BucketPolicy", props={"policy": UNKNOWN}),
    Case(
        "archive-versioned",
        "the setting",
        archive,
        "BucketVersioning",
        props={"versioningConfiguration": UNKNOWN},
    ),
    Case("kms-key-rotates", "the setting", archive, "Key", props={"enableKeyRotation": UNKNOWN}),
)
