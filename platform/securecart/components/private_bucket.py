"""A private, versioned, encrypted bucket: what every bucket of the firm has in common."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from securecart.components.sdk import s3
from securecart.program.scope import Scope

UPLOAD_DAYS = 7
"""Days until an upload in parts that was never ended is cleared away."""


@dataclass(frozen=True)
class Expiry:
    """When objects expire."""

    days: int
    """Days until an object, or an overwritten version of one, expires."""
    prefix: str = ""
    """Which objects; all of them where it is empty."""


@dataclass(frozen=True)
class PrivateBucketArgs:
    """What a private bucket needs."""

    bucket_name: str
    """Name of the bucket, 3 to 63 characters, unique among all of AWS."""
    key_arn: pulumi.Input[str] | None = None
    """Key that encrypts it; S3's own key where it is None, which some log deliveries of AWS demand."""
    expiry: Expiry | None = None
    """When objects expire; None keeps them."""


@dataclass(frozen=True)
class PrivateBucket:
    """The bucket, and what a bucket policy has to wait for."""

    bucket: s3.Bucket
    """The bucket."""
    closed: s3.BucketPublicAccessBlock
    """Its public access block: S3 refuses two changes of a bucket's access at the same time."""


def private_bucket(scope: Scope, name: str, args: PrivateBucketArgs) -> PrivateBucket:
    """Create a bucket below the scope's parent, close it, encrypt it and keep its versions."""
    bucket = s3.Bucket(name, bucket=args.bucket_name, tags=scope.tags(args.bucket_name), opts=scope.opts())
    closed = _close(scope, name, bucket)
    _encrypt(scope, name, bucket, args.key_arn)
    versioning = s3.BucketVersioning(
        name,
        bucket=bucket.id,
        versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
        opts=scope.opts(),
    )
    if args.expiry is not None:
        _expire(scope, name, bucket, versioning, args.expiry)
    return PrivateBucket(bucket, closed)


def _close(scope: Scope, name: str, bucket: s3.Bucket) -> s3.BucketPublicAccessBlock:
    """Block public access, and switch access control lists off."""
    s3.BucketOwnershipControls(
        name,
        bucket=bucket.id,
        rule=s3.BucketOwnershipControlsRuleArgs(object_ownership="BucketOwnerEnforced"),
        opts=scope.opts(),
    )
    return s3.BucketPublicAccessBlock(
        name,
        bucket=bucket.id,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
        opts=scope.opts(),
    )


def _encrypt(scope: Scope, name: str, bucket: s3.Bucket, key_arn: pulumi.Input[str] | None) -> None:
    """Encrypt every object; a bucket key saves a KMS call per object."""
    s3.BucketServerSideEncryptionConfiguration(
        name,
        bucket=bucket.id,
        rules=[
            s3.BucketServerSideEncryptionConfigurationRuleArgs(
                apply_server_side_encryption_by_default=s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                    sse_algorithm="AES256" if key_arn is None else "aws:kms", kms_master_key_id=key_arn
                ),
                bucket_key_enabled=key_arn is not None,
            )
        ],
        opts=scope.opts(),
    )


def _expire(scope: Scope, name: str, bucket: s3.Bucket, versioning: s3.BucketVersioning, expiry: Expiry) -> None:
    """Expire objects and overwritten versions, and clear away what was never uploaded to its end."""
    s3.BucketLifecycleConfiguration(
        name,
        bucket=bucket.id,
        rules=[
            s3.BucketLifecycleConfigurationRuleArgs(
                id="retention",
                status="Enabled",
                filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix=expiry.prefix),
                expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=expiry.days),
                noncurrent_version_expiration=s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                    noncurrent_days=expiry.days
                ),
                abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                    days_after_initiation=UPLOAD_DAYS
                ),
            )
        ],
        opts=scope.opts(depends_on=[versioning]),
    )
