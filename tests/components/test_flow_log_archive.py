"""The bucket and key of the flow logs."""

import json

import pytest

from securecart.components.flow_log_archive import FlowLogArchive, FlowLogArchiveArgs
from tests.components.recording import Recording

ACCOUNTS = ("210000000001", "210000000004")
BUCKET = "arn:aws:s3:::securecart-flow-logs"


@pytest.fixture
def recording(deploy) -> Recording:
    args = FlowLogArchiveArgs("securecart-flow-logs", 400, ACCOUNTS)
    return deploy(lambda scope: FlowLogArchive("flow-logs", scope("log-archive", "us-east-1"), args))


@pytest.fixture
def bucket_statements(recording) -> dict:
    policy = json.loads(recording.one("s3/bucketPolicy:BucketPolicy").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


@pytest.fixture
def key_statements(recording) -> dict:
    policy = json.loads(recording.one("kms/key:Key").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_the_bucket_has_the_name_it_was_given(recording):
    assert recording.one("s3/bucket:Bucket").inputs["bucket"] == "securecart-flow-logs"


def test_every_kind_of_public_access_is_blocked(recording):
    block = recording.one("s3/bucketPublicAccessBlock:BucketPublicAccessBlock").inputs
    switches = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    assert [block[switch] for switch in switches] == [True] * 4


def test_access_control_lists_are_off(recording):
    rule = recording.one("s3/bucketOwnershipControls:BucketOwnershipControls").inputs["rule"]
    assert rule == {"objectOwnership": "BucketOwnerEnforced"}


def test_objects_are_encrypted_with_the_archives_own_key(recording):
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (rule,) = recording.one(kind).inputs["rules"]
    assert rule["bucketKeyEnabled"] is True
    assert rule["applyServerSideEncryptionByDefault"] == {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": "arn:aws:mock:::Key/flow-logs",
    }


def test_the_key_rotates(recording):
    assert recording.one("kms/key:Key").inputs["enableKeyRotation"] is True


def test_versions_are_kept_and_expire_after_the_retention_time(recording):
    versioning = recording.one("s3/bucketVersioning:BucketVersioning")
    assert versioning.inputs["versioningConfiguration"] == {"status": "Enabled"}
    lifecycle = recording.one("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
    (rule,) = lifecycle.inputs["rules"]
    assert rule["status"] == "Enabled"
    assert rule["expiration"] == {"days": 400}
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 400}
    assert versioning.urn in lifecycle.dependencies


def test_log_delivery_may_write_for_the_fleets_accounts_alone(bucket_statements):
    write = bucket_statements["AWSLogDeliveryWrite"]
    assert write["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert write["Action"] == "s3:PutObject"
    assert write["Resource"] == [f"{BUCKET}/AWSLogs/{account}/*" for account in ACCOUNTS]
    assert write["Condition"]["StringEquals"]["aws:SourceAccount"] == list(ACCOUNTS)
    assert write["Condition"]["ArnLike"]["aws:SourceArn"] == [f"arn:aws:logs:us-east-1:{a}:*" for a in ACCOUNTS]


def test_requests_without_tls_are_denied(bucket_statements):
    deny = bucket_statements["DenyInsecureTransport"]
    assert (deny["Effect"], deny["Principal"], deny["Action"]) == ("Deny", "*", "s3:*")
    assert deny["Resource"] == [BUCKET, f"{BUCKET}/*"]
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_owning_account_administers_the_key(key_statements):
    admin = key_statements["EnableIAMPolicies"]
    assert admin["Principal"] == {"AWS": "arn:aws:iam::210000000007:root"}
    assert admin["Action"] == "kms:*"


def test_log_delivery_may_encrypt_for_the_fleets_accounts_alone(key_statements):
    delivery = key_statements["AllowLogDelivery"]
    assert delivery["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    assert delivery["Condition"]["StringEquals"]["aws:SourceAccount"] == list(ACCOUNTS)
    assert "kms:*" not in delivery["Action"]


def test_the_policy_follows_the_public_access_block(recording):
    block = recording.one("s3/bucketPublicAccessBlock:BucketPublicAccessBlock").urn
    assert block in recording.one("s3/bucketPolicy:BucketPolicy").dependencies
