"""Cases of S3 buckets, their settings, and KMS."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit

_DENY_PLAIN = {
    "Sid": "TlsOnly",
    "Effect": "Deny",
    "Principal": "*",
    "Action": "s3:*",
    "Resource": "*",
    "Condition": {"Bool": {"aws:SecureTransport": "false"}},
}


def _s3(world: World) -> Any:
    return world.boto("s3")


def _kms(world: World) -> Any:
    return world.boto("kms")


def _bucket(world: World, it: Resource) -> Any:
    return _s3(world).head_bucket(Bucket=it.id)


def _bucket_tags(world: World, it: Resource) -> Any:
    return {tag["Key"]: tag["Value"] for tag in _s3(world).get_bucket_tagging(Bucket=it.id)["TagSet"]}


def _policy(world: World, it: Resource) -> Any:
    return json.loads(_s3(world).get_bucket_policy(Bucket=it.id)["Policy"])


def _spaced(text: object) -> str:
    return json.dumps(dict(reversed(json.loads(str(text)).items())), indent=2)


def _block(world: World, it: Resource) -> Any:
    return _s3(world).get_public_access_block(Bucket=it.id)["PublicAccessBlockConfiguration"]


def _versioning(world: World, it: Resource) -> Any:
    return _s3(world).get_bucket_versioning(Bucket=it.id).get("Status")


def _encryption(world: World, it: Resource) -> Any:
    found = _s3(world).get_bucket_encryption(Bucket=it.id)["ServerSideEncryptionConfiguration"]
    return found["Rules"][0]["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"]


def _lifecycle(world: World, it: Resource) -> Any:
    return _s3(world).get_bucket_lifecycle_configuration(Bucket=it.id)["Rules"][0]["Expiration"]["Days"]


def _expire(days: int) -> list[dict[str, object]]:
    return [
        {
            "id": "expire",
            "status": "Enabled",
            "filter": {"prefix": "AWSLogs/"},
            "expiration": {"days": days},
            "noncurrentVersionExpiration": {"noncurrentDays": 30},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7},
        }
    ]


def _ownership(world: World, it: Resource) -> Any:
    found = _s3(world).get_bucket_ownership_controls(Bucket=it.id)["OwnershipControls"]
    return found["Rules"][0]["ObjectOwnership"]


def _key(world: World, it: Resource) -> Any:
    found = _kms(world).describe_key(KeyId=it.id)["KeyMetadata"]
    return found if found["KeyState"] != "PendingDeletion" else None


def _key_policy(account: str, sid: str) -> str:
    return parts.policy(
        {
            "Sid": sid,
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
    )


def _rotates(world: World, it: Resource) -> Any:
    return _kms(world).get_key_rotation_status(KeyId=it.id)["KeyRotationEnabled"]


def _key_tags(world: World, it: Resource) -> Any:
    found = _kms(world).list_resource_tags(KeyId=it.id)["Tags"]
    return {tag["TagKey"]: tag["TagValue"] for tag in found}


def _key_id(world: World) -> str:
    return world.make("aws:kms/key:Key", {"description": "a key", "deletionWindowInDays": 7}).id


def _alias(world: World, it: Resource) -> Any:
    found = _kms(world).list_aliases()["Aliases"]
    return [alias["TargetKeyId"] for alias in found if alias["AliasName"] == it.id]


CASES = (
    Case(
        "aws:s3/bucket:Bucket",
        lambda world: {"bucket": f"logs-{world.home}", "forceDestroy": True, "tags": {"Name": "logs"}},
        not_imported=frozenset({"forceDestroy"}),
        seen=_bucket,
        edits=(
            Edit(
                lambda w, r: {"tags": {"Name": "changed", "New": "1"}},
                _bucket_tags,
                value={"Name": "changed", "New": "1"},
            ),
        ),
        replacing={"bucket": "another-name", "objectLockEnabled": True},
    ),
    Case(
        "aws:s3/bucketPolicy:BucketPolicy",
        lambda world: {"bucket": parts.bucket(world), "policy": parts.policy(_DENY_PLAIN)},
        seen=_policy,
        edits=(
            Edit(
                lambda w, r: {"policy": parts.policy({**_DENY_PLAIN, "Sid": "Other"})},
                lambda w, r: _policy(w, r)["Statement"][0]["Sid"],
                value="Other",
            ),
        ),
        replacing={"bucket": "another-name"},
        equal={"policy": _spaced(parts.policy(_DENY_PLAIN))},
    ),
    Case(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        lambda world: {
            "bucket": parts.bucket(world),
            "blockPublicAcls": True,
            "blockPublicPolicy": True,
            "ignorePublicAcls": True,
            "restrictPublicBuckets": True,
        },
        seen=_block,
        edits=(
            Edit(
                lambda w, r: {"ignorePublicAcls": False},
                lambda w, r: _block(w, r)["IgnorePublicAcls"],
                value=False,
            ),
        ),
        replacing={"bucket": "another-name"},
    ),
    Case(
        "aws:s3/bucketVersioning:BucketVersioning",
        lambda world: {"bucket": parts.bucket(world), "versioningConfiguration": {"status": "Enabled"}},
        seen=lambda w, r: _versioning(w, r) == "Enabled",
        edits=(
            Edit(
                lambda w, r: {"versioningConfiguration": {"status": "Suspended"}},
                _versioning,
                value="Suspended",
            ),
        ),
        replacing={"bucket": "another-name"},
        lingers=True,
    ),
    Case(
        "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
        lambda world: {
            "bucket": parts.bucket(world),
            "rules": [
                {
                    "applyServerSideEncryptionByDefault": {
                        "sseAlgorithm": "aws:kms",
                        "kmsMasterKeyId": f"arn:aws:kms:us-east-1:{world.home}:key/0",
                    },
                    "bucketKeyEnabled": True,
                }
            ],
        },
        seen=_encryption,
        edits=(
            Edit(
                lambda w, r: {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
                _encryption,
                value="AES256",
            ),
        ),
        replacing={"bucket": "another-name"},
    ),
    Case(
        "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
        lambda world: {"bucket": parts.bucket(world), "rules": _expire(365)},
        seen=_lifecycle,
        edits=(Edit(lambda w, r: {"rules": _expire(90)}, _lifecycle, value=90),),
        replacing={"bucket": "another-name"},
    ),
    Case(
        "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
        lambda world: {
            "bucket": parts.bucket(world),
            "rule": {"objectOwnership": "BucketOwnerEnforced"},
        },
        seen=_ownership,
        edits=(
            Edit(
                lambda w, r: {"rule": {"objectOwnership": "BucketOwnerPreferred"}},
                _ownership,
                value="BucketOwnerPreferred",
            ),
        ),
        replacing={"bucket": "another-name"},
    ),
    Case(
        "aws:kms/key:Key",
        lambda world: {
            "description": "flow logs",
            "enableKeyRotation": True,
            "deletionWindowInDays": 7,
            "policy": _key_policy(world.home, "Admin"),
            "tags": {"Name": "logs"},
        },
        not_imported=frozenset({"deletionWindowInDays"}),
        seen=_key,
        edits=(
            Edit(lambda w, r: {"enableKeyRotation": False}, _rotates, value=False),
            Edit(lambda w, r: {"description": "new"}, lambda w, r: _key(w, r)["Description"], value="new"),
            Edit(
                lambda w, r: {"policy": _key_policy(w.home, "Other")},
                lambda w, r: json.loads(_kms(w).get_key_policy(KeyId=r.id, PolicyName="default")["Policy"])[
                    "Statement"
                ][0]["Sid"],
                value="Other",
            ),
            Edit(lambda w, r: {"isEnabled": False}, lambda w, r: _key(w, r)["Enabled"], value=False),
            Edit(
                lambda w, r: {"tags": {"Name": "changed", "New": "1"}},
                _key_tags,
                value={"Name": "changed", "New": "1"},
            ),
        ),
        replacing={"keyUsage": "SIGN_VERIFY", "customerMasterKeySpec": "RSA_2048", "multiRegion": True},
    ),
    Case(
        "aws:kms/alias:Alias",
        lambda world: {"name": "alias/logs", "targetKeyId": _key_id(world)},
        seen=_alias,
        edits=(
            Edit(
                lambda w, r: {"targetKeyId": _key_id(w)},
                _alias,
                value=lambda w, r: [r.inputs["targetKeyId"]],
            ),
        ),
        replacing={"name": "alias/other"},
    ),
)
