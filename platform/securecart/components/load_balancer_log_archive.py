"""The bucket that access logs of one region's load balancers go to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from securecart.components.policy_document import PolicyDocument, Statement, policy_document
from securecart.components.private_bucket import Expiry, PrivateBucketArgs, private_bucket
from securecart.components.sdk import s3
from securecart.program.scope import Scope

LOG_DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"
"""Service that delivers access logs (ELB user guide, "Enable access logs for your Application Load Balancer")."""


@dataclass(frozen=True)
class LoadBalancerLogArchiveArgs:
    """What an archive needs."""

    bucket_name: str
    """Name of the bucket, 3 to 63 characters, unique among all of AWS."""
    retention_days: int
    """Days until a log object, or an overwritten version of one, expires."""
    account_ids: Sequence[str]
    """Accounts whose load balancers are let in."""


class LoadBalancerLogArchive(pulumi.ComponentResource):
    """A private, versioned bucket that Elastic Load Balancing alone writes to.

    S3's own key encrypts it: the delivery takes no other (same guide, "Step 1: Create an S3 bucket").
    """

    bucket_name: pulumi.Output[str]
    """Name of the bucket."""

    def __init__(self, name: str, scope: Scope, args: LoadBalancerLogArchiveArgs) -> None:
        """Create the bucket, close it, then let the delivery in."""
        super().__init__("securecart:edge:LoadBalancerLogArchive", name, None, scope.component_opts())
        inner = scope.within(self)
        expiry = Expiry(args.retention_days, prefix="AWSLogs/")
        private = private_bucket(inner, name, PrivateBucketArgs(args.bucket_name, expiry=expiry))
        arn = f"arn:aws:s3:::{args.bucket_name}"
        s3.BucketPolicy(
            name,
            bucket=private.bucket.id,
            # The ARN follows from the name, so that policies can judge the document before the bucket exists.
            policy=json.dumps(access_log_bucket_policy(arn, scope.region, args.account_ids)),
            opts=inner.opts(depends_on=[private.closed]),
        )
        self.bucket_name = private.bucket.bucket
        self.register_outputs({"bucket_name": self.bucket_name})


def access_log_bucket_policy(bucket_arn: str, region: str, account_ids: Sequence[str]) -> PolicyDocument:
    """Let the delivery write for load balancers of the accounts in the region, and refuse requests without TLS.

    The ARN names the account too, so that one condition keeps everybody else's load balancers out (same guide, "Step
    2: Attach a policy to your S3 bucket").
    """
    sources = [f"arn:aws:elasticloadbalancing:{region}:{account_id}:loadbalancer/*" for account_id in account_ids]
    return policy_document(
        Statement(
            Sid="LoadBalancerLogDeliveryWrite",
            Effect="Allow",
            Principal={"Service": LOG_DELIVERY},
            Action="s3:PutObject",
            Resource=[f"{bucket_arn}/AWSLogs/{account_id}/*" for account_id in account_ids],
            Condition={"ArnLike": {"aws:SourceArn": sources}},
        ),
        Statement(
            Sid="DenyInsecureTransport",
            Effect="Deny",
            Principal="*",
            Action="s3:*",
            Resource=[bucket_arn, f"{bucket_arn}/*"],
            Condition={"Bool": {"aws:SecureTransport": "false"}},
        ),
    )
