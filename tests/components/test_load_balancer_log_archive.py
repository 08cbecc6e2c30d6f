"""The bucket of access logs of load balancers."""

import json

import pytest

from securecart.components.load_balancer_log_archive import LoadBalancerLogArchive, LoadBalancerLogArchiveArgs

ACCOUNTS = ("210000000002", "210000000004")
BUCKET = "arn:aws:s3:::securecart-alb-logs"


@pytest.fixture
def recording(deploy):
    args = LoadBalancerLogArchiveArgs("securecart-alb-logs", 400, ACCOUNTS)
    return deploy(lambda scope_of: LoadBalancerLogArchive("alb-logs", scope_of("log-archive", "us-east-1"), args))


@pytest.fixture
def statements(recording) -> dict:
    policy = json.loads(recording.one("s3/bucketPolicy:BucketPolicy").inputs["policy"])
    return {statement["Sid"]: statement for statement in policy["Statement"]}


def test_objects_are_encrypted_by_the_only_key_that_the_delivery_takes(recording):
    kind = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
    (rule,) = recording.one(kind).inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}
    assert recording.has_none("kms/key:Key")


def test_load_balancers_of_the_accounts_in_the_region_alone_may_write(statements):
    write = statements["LoadBalancerLogDeliveryWrite"]
    assert write["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert write["Action"] == "s3:PutObject"
    assert write["Resource"] == [f"{BUCKET}/AWSLogs/{account}/*" for account in ACCOUNTS]
    assert write["Condition"]["ArnLike"]["aws:SourceArn"] == [
        f"arn:aws:elasticloadbalancing:us-east-1:{account}:loadbalancer/*" for account in ACCOUNTS
    ]


def test_requests_without_tls_are_denied(statements):
    deny = statements["DenyInsecureTransport"]
    assert (deny["Effect"], deny["Principal"], deny["Action"]) == ("Deny", "*", "s3:*")
    assert deny["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert set(statements) == {"LoadBalancerLogDeliveryWrite", "DenyInsecureTransport"}


def test_logs_expire_after_the_retention_time(recording):
    (rule,) = recording.one("s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration").inputs["rules"]
    assert (rule["expiration"], rule["filter"]) == ({"days": 400}, {"prefix": "AWSLogs/"})
