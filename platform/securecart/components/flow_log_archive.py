"""The bucket that flow logs of one region go to, with its own key."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.archive_policies import bucket_policy, key_policy
from securecart.components.customer_key import customer_key
from securecart.components.private_bucket import Expiry, PrivateBucketArgs, private_bucket
from securecart.components.sdk import kms, s3
from securecart.program.scope import Scope


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
        expiry = Expiry(args.retention_days, prefix="AWSLogs/")
        private = private_bucket(inner, name, PrivateBucketArgs(args.bucket_name, key.arn, expiry))
        bucket = private.bucket
        s3.BucketPolicy(
            name,
            bucket=bucket.id,
            # The ARN follows from the name, so that policies can judge the document before the bucket exists.
            policy=json.dumps(bucket_policy(f"arn:aws:s3:::{args.bucket_name}", scope.region, args.account_ids)),
            opts=inner.opts(depends_on=[private.closed]),
        )
        self.bucket_arn, self.bucket_name, self.key_arn = bucket.arn, bucket.bucket, key.arn
        self.register_outputs({"bucket_arn": bucket.arn, "key_arn": key.arn})


def _key(scope: Scope, name: str, args: FlowLogArchiveArgs) -> kms.Key:
    """Create the key, rotated every year, and an alias that says what it is for."""
    policy = key_policy(scope.account_id, scope.region, args.account_ids)
    key = customer_key(scope, name, "SecureCart flow logs", policy)
    kms.Alias(name, name=f"alias/{args.bucket_name}", target_key_id=key.key_id, opts=scope.opts())
    return key
