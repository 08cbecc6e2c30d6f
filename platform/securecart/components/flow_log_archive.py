"""The bucket that flow logs of one region go to, with its own key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.archive_policies import bucket_policy, key_policy
from securecart.components.sdk import kms, s3
from securecart.program.scope import Scope

DELETION_WINDOW_DAYS = 30
"""Days in which a deleted key can still be saved: 7 to 30 (KMS API, ScheduleKeyDeletion)."""


@dataclass(frozen=True)
class FlowLogArchiveArgs:
    """What an archive needs."""

    bucket_name: str
    """Name of the bucket, 3 to 63 characters, unique among all of AWS."""
    retention_days: int
    """Days until a log object, or an overwritten version of one, expires."""
    account_ids: Sequence[str]
    """Accounts whose flow logs are let in."""


class FlowLogArchive(pulumi.ComponentResource):
    """A private, versioned, encrypted bucket that log delivery alone writes to."""

    bucket_arn: pulumi.Output[str]
    """ARN of the bucket."""
    bucket_name: pulumi.Output[str]
    """Name of the bucket."""
    key_arn: pulumi.Output[str]
    """ARN of the key that encrypts it."""

    def __init__(self, name: str, scope: Scope, args: FlowLogArchiveArgs) -> None:
        """Create key and bucket, close the bucket, then let log delivery in."""
        super().__init__("securecart:network:FlowLogArchive", name, None, scope.component_opts())
        inner = scope.within(self)
        key = _key(inner, name, args)
        bucket = s3.Bucket(name, bucket=args.bucket_name, tags=inner.tags(args.bucket_name), opts=inner.opts())
        closed = _close(inner, name, bucket)
        _encrypt(inner, name, bucket, key)
        _retain(inner, name, bucket, args.retention_days)
        s3.BucketPolicy(
            name,
            bucket=bucket.id,
            # The ARN follows from the name, so that policies can judge the document before the bucket exists.
            policy=json.dumps(bucket_policy(f"arn:aws:s3:::{args.bucket_name}", scope.region, args.account_ids)),
            # S3 refuses two changes of a bucket's access at the same time.
            opts=inner.opts(depends_on=[closed]),
        )
        self.bucket_arn, self.bucket_name, self.key_arn = bucket.arn, bucket.bucket, key.arn
        self.register_outputs({"bucket_arn": bucket.arn, "key_arn": key.arn})


def _key(scope: Scope, name: str, args: FlowLogArchiveArgs) -> kms.Key:
    """Create the key, rotated every year, and an alias that says what it is for."""
    key = kms.Key(
        name,
        description="SecureCart flow logs",
        enable_key_rotation=True,
        deletion_window_in_days=DELETION_WINDOW_DAYS,
        policy=json.dumps(key_policy(scope.account_id, scope.region, args.account_ids)),
        tags=scope.tags(name),
        opts=scope.opts(),
    )
    kms.Alias(name, name=f"alias/{args.bucket_name}", target_key_id=key.key_id, opts=scope.opts())
    return key


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


def _encrypt(scope: Scope, name: str, bucket: s3.Bucket, key: kms.Key) -> None:
    """Encrypt every object with the archive's key; a bucket key saves a KMS call per object."""
    s3.BucketServerSideEncryptionConfiguration(
        name,
        bucket=bucket.id,
        rules=[
            s3.BucketServerSideEncryptionConfigurationRuleArgs(
                apply_server_side_encryption_by_default=s3.BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultArgs(
                    sse_algorithm="aws:kms", kms_master_key_id=key.arn
                ),
                bucket_key_enabled=True,
            )
        ],
        opts=scope.opts(),
    )


def _retain(scope: Scope, name: str, bucket: s3.Bucket, days: int) -> None:
    """Keep versions, and expire them and everything else after the retention time."""
    versioning = s3.BucketVersioning(
        name,
        bucket=bucket.id,
        versioning_configuration=s3.BucketVersioningVersioningConfigurationArgs(status="Enabled"),
        opts=scope.opts(),
    )
    s3.BucketLifecycleConfiguration(
        name,
        bucket=bucket.id,
        rules=[
            s3.BucketLifecycleConfigurationRuleArgs(
                id="retention",
                status="Enabled",
                filter=s3.BucketLifecycleConfigurationRuleFilterArgs(prefix="AWSLogs/"),
                expiration=s3.BucketLifecycleConfigurationRuleExpirationArgs(days=days),
                noncurrent_version_expiration=s3.BucketLifecycleConfigurationRuleNoncurrentVersionExpirationArgs(
                    noncurrent_days=days
                ),
                abort_incomplete_multipart_upload=s3.BucketLifecycleConfigurationRuleAbortIncompleteMultipartUploadArgs(
                    days_after_initiation=7
                ),
            )
        ],
        opts=scope.opts(depends_on=[versioning]),
    )
