"""S3 buckets and their settings. Sources: S3 API reference; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.normalise import compact, document
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Step,
    Tagging,
    Update,
    properties,
)

_NO_BUCKET = ("NoSuchBucket", "404", "NotFound")
_BUCKET = {"Bucket": "$bucket"}
_FIRST_REGION = "us-east-1"
"""The region whose name CreateBucket does not take as a location (S3 API reference, CreateBucket)."""


def _place(scope: Mapping[str, object]) -> object:
    return None if scope["region"] == _FIRST_REGION else scope["region"]


def _empty(aws: Aws, scope: Scope) -> None:
    """Delete every object and version, where the program allows it with forceDestroy."""
    if scope.get("forceDestroy") is not True:
        return
    while True:
        found = aws.call("ListObjectVersions", {"Bucket": scope["id"]})
        listed = [found.get(kind) for kind in ("Versions", "DeleteMarkers")]
        versions = [item for items in listed if isinstance(items, list) for item in items]
        if not versions:
            return
        objects = [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in versions]
        aws.call("DeleteObjects", {"Bucket": scope["id"], "Delete": {"Objects": objects, "Quiet": True}})


BUCKET = ResourceType(
    token="aws:s3/bucket:Bucket",
    service="s3",
    properties={
        "bucket": Property(replace=True, autoname="{name}"),
        "forceDestroy": Property(local=True, default=False),
        "objectLockEnabled": Property(replace=True, unread=True, default=False),
    },
    create=(
        Call(
            "CreateBucket",
            {
                "Bucket": "$bucket",
                "ObjectLockEnabledForBucket": "$objectLockEnabled",
                "CreateBucketConfiguration": {"LocationConstraint": "$location"},
            },
        ),
    ),
    derived={"location": _place},
    id="{bucket}",
    read=Read(
        Call("HeadBucket", {"Bucket": "$id"}),
        item="@",
        sets={"bucket": "$id", "bucketRegion": "$region"},
        also=(Lookup(Call("GetBucketTagging", {"Bucket": "$id"}), {"tagList": "TagSet"}, absent=("NoSuchTagSet",)),),
    ),
    delete=(_empty, Call("DeleteBucket", {"Bucket": "$id"})),
    tagging=Tagging(
        steps=(
            Call("PutBucketTagging", {"Bucket": "$id", "Tagging": {"TagSet": "$tagList"}}, when="tagList"),
            Call("DeleteBucketTagging", {"Bucket": "$id"}, unless="tagList"),
        ),
        at_create=True,
    ),
    formats={
        "arn": "arn:aws:s3:::{id}",
        "bucketDomainName": "{id}.s3.amazonaws.com",
        "bucketRegionalDomainName": "{id}.s3.{region}.amazonaws.com",
    },
    gone=_NO_BUCKET,
    unique=("bucket",),
)


def _setting(
    token: str,
    supported: Mapping[str, Property],
    *,
    put: Call,
    read: Read,
    delete: tuple[Step, ...],
    absent: tuple[str, ...] = (),
) -> ResourceType:
    """A setting of a bucket, of which there is one: put makes and changes it.

    Args:
        token: Pulumi type token.
        supported: Its properties, without `bucket`.
        put: The call that makes and changes it.
        read: How it is read.
        delete: How it is removed.
        absent: Error codes that mean that the bucket has no such setting.
    """
    changeable = tuple(name for name, prop in supported.items() if not prop.replace and not prop.local)
    return ResourceType(
        token=token,
        service="s3",
        properties={"bucket": Property(replace=True), **supported},
        create=(put,),
        id="{bucket}",
        read=read,
        updates=(Update(changeable, (put,)),),
        delete=delete,
        gone=(*_NO_BUCKET, *absent),
        import_id="{bucket}",
        unique=("bucket",),
    )


BUCKET_POLICY = _setting(
    "aws:s3/bucketPolicy:BucketPolicy",
    {"policy": Property(normalise=document)},
    put=Call("PutBucketPolicy", Fill()),
    read=Read(Call("GetBucketPolicy", _BUCKET), item="@"),
    delete=(Call("DeleteBucketPolicy", _BUCKET),),
    absent=("NoSuchBucketPolicy",),
)

BUCKET_PUBLIC_ACCESS_BLOCK = _setting(
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    {
        **properties("blockPublicAcls blockPublicPolicy ignorePublicAcls restrictPublicBuckets", default=False),
        "skipDestroy": Property(local=True, only=False),
    },
    put=Call("PutPublicAccessBlock", {**_BUCKET, "PublicAccessBlockConfiguration": Fill()}),
    read=Read(Call("GetPublicAccessBlock", _BUCKET), item="PublicAccessBlockConfiguration"),
    delete=(Call("DeletePublicAccessBlock", _BUCKET),),
    absent=("NoSuchPublicAccessBlockConfiguration",),
)


def _versioning(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    return {"versioningConfiguration": item} if item.get("Status") else {}


BUCKET_VERSIONING = _setting(
    "aws:s3/bucketVersioning:BucketVersioning",
    {"versioningConfiguration": Property(normalise=compact)},
    put=Call("PutBucketVersioning", Fill()),
    read=Read(Call("GetBucketVersioning", _BUCKET), item="Status && @", convert=_versioning),
    # A bucket that was versioned can only be suspended (S3 API reference, PutBucketVersioning).
    delete=(Call("PutBucketVersioning", {**_BUCKET, "VersioningConfiguration": {"Status": "Suspended"}}),),
)

BUCKET_ENCRYPTION = _setting(
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    {"rules": Property(normalise=compact)},
    put=Call("PutBucketEncryption", {**_BUCKET, "ServerSideEncryptionConfiguration": {"Rules": "$rules"}}),
    read=Read(Call("GetBucketEncryption", _BUCKET), item="ServerSideEncryptionConfiguration"),
    delete=(Call("DeleteBucketEncryption", _BUCKET),),
    absent=("ServerSideEncryptionConfigurationNotFoundError",),
)

BUCKET_LIFECYCLE = _setting(
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    {
        "rules": Property(normalise=compact),
        "transitionDefaultMinimumObjectSize": Property(computed=True, unread=True),
    },
    put=Call(
        "PutBucketLifecycleConfiguration",
        {
            **_BUCKET,
            "LifecycleConfiguration": {"Rules": "$rules"},
            "TransitionDefaultMinimumObjectSize": "$transitionDefaultMinimumObjectSize",
        },
    ),
    read=Read(Call("GetBucketLifecycleConfiguration", _BUCKET), item="@"),
    delete=(Call("DeleteBucketLifecycle", _BUCKET),),
    absent=("NoSuchLifecycleConfiguration",),
)

BUCKET_OWNERSHIP_CONTROLS = _setting(
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    {"rule": Property()},
    put=Call("PutBucketOwnershipControls", {**_BUCKET, "OwnershipControls": {"Rules": ["$rule"]}}),
    read=Read(
        Call("GetBucketOwnershipControls", _BUCKET),
        item="OwnershipControls",
        sets={"rule": "Rules[0]"},
    ),
    delete=(Call("DeleteBucketOwnershipControls", _BUCKET),),
    absent=("OwnershipControlsNotFoundError",),
)

TYPES = (
    BUCKET,
    BUCKET_POLICY,
    BUCKET_PUBLIC_ACCESS_BLOCK,
    BUCKET_VERSIONING,
    BUCKET_ENCRYPTION,
    BUCKET_LIFECYCLE,
    BUCKET_OWNERSHIP_CONTROLS,
)
