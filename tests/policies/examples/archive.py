"""A log archive's stack."""

from __future__ import annotations

from policies.values import Value
from policies.views import Stack
from tests.policies.examples.builder import Builder, Ref


def archive_stack(*, deployed: bool = False) -> Stack:
    build = Builder("log-archive-us-east-1", "log-archive", "us-east-1", deployed)
    key = build.add("aws:kms/key:Key", "archive", enableKeyRotation=True, arn=build.made("arn:aws:kms:key"))
    by_key: dict[str, Value] = {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": key.props["arn"] if deployed else "alias/archive",
    }
    _bucket(build, "archive", "securecart-flow-logs-210000000005-us-east-1", by_key)
    _bucket(build, "balancers", "securecart-alb-logs-210000000005-us-east-1", {"sseAlgorithm": "AES256"})
    return build.stack()


def _bucket(build: Builder, name: str, bucket_name: str, encryption: dict[str, Value]) -> None:
    """A bucket with all that belongs to it."""
    bucket = build.add("aws:s3/bucket:Bucket", name, bucket=bucket_name)
    own: dict[str, Value | Ref | list[Ref]] = {"bucket": Ref(bucket, "bucket")}
    build.add(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        name,
        **own,
        rules=[{"applyServerSideEncryptionByDefault": encryption}],
    )
    build.add(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        name,
        **own,
        blockPublicAcls=True,
        blockPublicPolicy=True,
        ignorePublicAcls=True,
        restrictPublicBuckets=True,
    )
    build.add(
        "aws:s3/bucketVersioning:BucketVersioning",
        name,
        **own,
        versioningConfiguration={"status": "Enabled"},
    )
    build.add(
        "aws:s3/bucketPolicy:BucketPolicy",
        name,
        **own,
        policy='{"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",'
        ' "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}',
    )
