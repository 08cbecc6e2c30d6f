"""A log archive's stack."""

from __future__ import annotations

from policies.values import Value
from policies.views import Stack
from tests.policies.examples.builder import Builder, Ref


def archive_stack(*, deployed: bool = False) -> Stack:
    build = Builder("log-archive-us-east-1", "log-archive", "us-east-1", deployed)
    name = "securecart-flow-logs-210000000005-us-east-1"
    key = build.add("aws:kms/key:Key", "archive", enableKeyRotation=True, arn=build.made("arn:aws:kms:key"))
    bucket = build.add("aws:s3/bucket:Bucket", "archive", bucket=name)
    own: dict[str, Value | Ref | list[Ref]] = {"bucket": Ref(bucket, "bucket")}
    build.add(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        "archive",
        **own,
        rules=[
            {
                "applyServerSideEncryptionByDefault": {
                    "sseAlgorithm": "aws:kms",
                    "kmsMasterKeyId": key.props["arn"] if deployed else "alias/archive",
                }
            }
        ],
    )
    build.add(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "archive",
        **own,
        blockPublicAcls=True,
        blockPublicPolicy=True,
        ignorePublicAcls=True,
        restrictPublicBuckets=True,
    )
    build.add(
        "aws:s3/bucketVersioning:BucketVersioning",
        "archive",
        **own,
        versioningConfiguration={"status": "Enabled"},
    )
    build.add(
        "aws:s3/bucketPolicy:BucketPolicy",
        "archive",
        **own,
        policy='{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",'
        ' "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    )
    return build.stack()
