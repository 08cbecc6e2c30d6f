"""The log archive's bucket is the declared one, encrypted with a key, closed to the public, TLS only."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, one_of, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, Unknown, Value, flag, from_json, items, nested, text
from policies.views import Resource, Stack

_KMS = ("aws:kms", "aws:kms:dsse")
_BLOCKS = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
_KEY = "aws:kms/key:Key"
Judge = Callable[[Resource], Truth]


def bucket_declared(stack: Stack) -> Iterator[Claim]:
    """Judge a log archive: it has the buckets that flow logs and load balancers of the region name."""
    names = (stack.facts.archive_bucket, stack.facts.archive_access_bucket)
    if not any(resource.type.startswith("aws:") for resource in stack.resources):
        return
    for name in (each for each in names if each):
        found = some(equal(text(bucket.props, "bucket"), name) for bucket in stack.of(t.BUCKET))
        yield Claim(~found, f"there is no bucket {name}", stack.urn)


def encrypted(stack: Stack) -> Iterator[Claim]:
    """Judge each bucket: it is encrypted by a KMS key of its own, that of load balancers by the one that they take."""
    for bucket in _buckets(stack):
        by_key = _some_of(stack, bucket, t.BUCKET_ENCRYPTION, lambda each: _by_kms(stack, each))
        by_s3 = _some_of(stack, bucket, t.BUCKET_ENCRYPTION, _by_s3)
        of_balancers = equal(text(bucket.props, "bucket"), stack.facts.archive_access_bucket)
        yield Claim(~of_balancers & ~by_key, "the bucket has no KMS key of its own", bucket.urn)
        message = "the bucket has another key than S3's own, and load balancers cannot write to it"
        yield Claim(of_balancers & ~by_s3, message, bucket.urn)


def public_access_blocked(stack: Stack) -> Iterator[Claim]:
    """Judge each bucket: all four public access blocks are on."""
    for bucket in _private_buckets(stack):
        closed = _some_of(stack, bucket, t.BUCKET_PUBLIC_ACCESS, _blocks_all)
        yield Claim(~closed, "the bucket's public access is not blocked", bucket.urn)


def tls_only(stack: Stack) -> Iterator[Claim]:
    """Judge each bucket: its policy denies everybody everything without TLS."""
    for bucket in _private_buckets(stack):
        denied = _some_of(stack, bucket, t.BUCKET_POLICY, _denies_plain_text)
        yield Claim(~denied, "the bucket's policy does not deny access without TLS", bucket.urn)


def versioned(stack: Stack) -> Iterator[Claim]:
    """Judge each bucket: it keeps versions."""
    for bucket in _private_buckets(stack):
        kept = _some_of(stack, bucket, t.BUCKET_VERSIONING, _versioning_on)
        yield Claim(~kept, "the bucket keeps no versions", bucket.urn)


def key_rotates(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a KMS key: it rotates."""
    rotates = flag(resource.props, "enableKeyRotation", default=False)
    yield Claim(~equal(rotates, True), "the key does not rotate", resource.urn)


def _buckets(stack: Stack) -> tuple[Resource, ...]:
    return stack.of(t.BUCKET) if stack.facts.archive_bucket else ()


def _private_buckets(stack: Stack) -> tuple[Resource, ...]:
    """Return the buckets of log archives, and those of distributions, which only the distribution shows."""
    return stack.of(t.BUCKET) if stack.facts.archive_bucket or stack.facts.distribution else ()


def _some_of(stack: Stack, bucket: Resource, types: tuple[str, ...], right: Judge) -> Truth:
    """Tell whether a resource of the types belongs to the bucket and is right."""
    statements = []
    for resource in stack.of(types):
        owner = stack.target(resource, "bucket", t.BUCKET, "bucket")
        owned = truth(None if owner is UNKNOWN else owner is bucket)
        statements.append(owned & right(resource))
    return some(statements)


def _by_kms(stack: Stack, encryption: Resource) -> Truth:
    rules = items(encryption.props, "rules")
    # The id of a key that this stack creates is not known at first, but that there is one is.
    own_key = bool(stack.sources(encryption, "rules", (_KEY,)))
    return Truth.UNKNOWN if rules is UNKNOWN else some(_rule_by_kms(rule, own_key) for rule in rules)


def _by_s3(encryption: Resource) -> Truth:
    rules = items(encryption.props, "rules")
    return Truth.UNKNOWN if rules is UNKNOWN else truth(bool(rules)) & every(_rule_by_s3(rule) for rule in rules)


def _rule_by_s3(rule: Value) -> Truth:
    applied = UNKNOWN if rule is UNKNOWN else nested(rule).get("applyServerSideEncryptionByDefault")
    return Truth.UNKNOWN if applied is UNKNOWN else equal(text(nested(applied), "sseAlgorithm"), "AES256")


def _rule_by_kms(rule: Value, own_key: bool) -> Truth:
    applied = UNKNOWN if rule is UNKNOWN else nested(rule).get("applyServerSideEncryptionByDefault")
    if applied is UNKNOWN:
        return Truth.UNKNOWN
    key = text(nested(applied), "kmsMasterKeyId")
    named = truth(own_key or None) if key is UNKNOWN else truth(bool(key))
    return one_of(text(nested(applied), "sseAlgorithm"), _KMS) & named


def _blocks_all(block: Resource) -> Truth:
    return every(equal(flag(block.props, key, default=False), True) for key in _BLOCKS)


def _versioning_on(versioning: Resource) -> Truth:
    settings = versioning.props.get("versioningConfiguration")
    return Truth.UNKNOWN if settings is UNKNOWN else equal(text(nested(settings), "status"), "Enabled")


def _denies_plain_text(resource: Resource) -> Truth:
    policy = text(resource.props, "policy")
    if policy is UNKNOWN:
        return Truth.UNKNOWN
    statements = items(nested(from_json(policy or "")), "Statement")
    return Truth.UNKNOWN if statements is UNKNOWN else some(_plain_text_denied(each) for each in statements)


def _plain_text_denied(statement: Value) -> Truth:
    if statement is UNKNOWN:
        return Truth.UNKNOWN
    props = nested(statement)
    principal = props.get("Principal")
    condition = nested(nested(props.get("Condition")).get("Bool"))
    everybody = principal if isinstance(principal, str | Unknown) else nested(principal).get("AWS")
    return every(
        (
            equal(text(props, "Effect"), "Deny"),
            _names(everybody, "*"),
            _names(props.get("Action"), "s3:*"),
            equal(text(condition, "aws:SecureTransport"), "false"),
        )
    )


def _names(value: Value, wanted: str) -> Truth:
    listed = items({"value": value}, "value")
    return Truth.UNKNOWN if listed is UNKNOWN else some(one_of(each, (wanted, "*")) for each in listed)


RULES = (
    Rule(
        id="archive-bucket-declared",
        title="A log archive has the buckets FLEET-flow-logs-ACCOUNT-REGION, that flow logs go to, and, where load"
        " balancers can stand, FLEET-alb-logs-ACCOUNT-REGION.",
        mission_row="N6",
        remedy="restore the buckets' names in the log archive program",
        stack=bucket_declared,
    ),
    Rule(
        id="archive-encrypted",
        title="The log archive's buckets are encrypted with a KMS key of their own; that of load balancers with S3's"
        " key, since Elastic Load Balancing takes no other.",
        mission_row="N6",
        controls=("CKV_AWS_19", "CKV_AWS_145", "S3.17"),
        remedy="declare server-side encryption aws:kms with the archive's key, AES256 for load balancers",
        stack=encrypted,
    ),
    Rule(
        id="archive-public-access-blocked",
        title="The buckets of log archives and distributions block all public access.",
        mission_row="N6",
        controls=("CKV2_AWS_6", "S3.8"),
        remedy="declare BucketPublicAccessBlock with all four settings true",
        stack=public_access_blocked,
    ),
    Rule(
        id="archive-tls-only",
        title="The policies of the buckets of log archives and distributions deny access without TLS.",
        mission_row="N6",
        controls=("CKV_AWS_379", "S3.5"),
        remedy="deny s3:* to everybody where aws:SecureTransport is false",
        stack=tls_only,
    ),
    Rule(
        id="archive-versioned",
        title="The buckets of log archives and distributions keep versions.",
        mission_row="N6",
        controls=("CKV_AWS_21",),
        remedy="declare BucketVersioning with status Enabled",
        stack=versioned,
    ),
    Rule(
        id="kms-key-rotates",
        title="KMS keys rotate.",
        mission_row="N6",
        controls=("CKV_AWS_7", "KMS.4"),
        remedy="set enableKeyRotation to true",
        applies_to=frozenset({_KEY}),
        resource=key_rotates,
    ),
)
