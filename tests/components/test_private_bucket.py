"""What every bucket of the firm has in common; the log archive's tests hold the rest."""

import pytest

from securecart.components.private_bucket import Expiry, PrivateBucketArgs, private_bucket

ENCRYPTION = "s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
LIFECYCLE = "s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"


@pytest.fixture
def bucket(deploy):
    """Return a function that records a bucket with these arguments."""

    def make(**args):
        given = PrivateBucketArgs("securecart-example", **args)
        return deploy(lambda scope: private_bucket(scope("prod", "us-east-1"), "example", given))

    return make


def test_without_a_key_the_bucket_is_encrypted_with_the_one_of_s3(bucket):
    (rule,) = bucket().one(ENCRYPTION).inputs["rules"]
    assert rule["applyServerSideEncryptionByDefault"] == {"sseAlgorithm": "AES256"}


def test_with_a_key_the_bucket_is_encrypted_with_it(bucket):
    (rule,) = bucket(key_arn="arn:aws:kms:us-east-1:210000000004:key/one").one(ENCRYPTION).inputs["rules"]
    assert rule["bucketKeyEnabled"] is True
    assert rule["applyServerSideEncryptionByDefault"] == {
        "sseAlgorithm": "aws:kms",
        "kmsMasterKeyId": "arn:aws:kms:us-east-1:210000000004:key/one",
    }


def test_objects_are_kept_unless_it_is_said_when_they_expire(bucket):
    assert bucket().has_none(LIFECYCLE)
    (rule,) = bucket(expiry=Expiry(30)).one(LIFECYCLE).inputs["rules"]
    assert rule["expiration"] == {"days": 30}
    assert rule["noncurrentVersionExpiration"] == {"noncurrentDays": 30}
