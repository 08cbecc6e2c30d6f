"""A CloudWatch log group, encrypted with a key of its own."""

from __future__ import annotations

from dataclasses import dataclass

import pulumi

from securecart.components.customer_key import customer_key
from securecart.components.policy_document import PolicyDocument, Statement
from securecart.components.sdk import cloudwatch
from securecart.program.scope import Scope

RETENTION_DAYS = 400
"""Days that entries are kept, one of CloudWatch's own choices: more than the year of PCI DSS 10.5.1."""


@dataclass(frozen=True)
class EncryptedLogGroupArgs:
    """What a log group needs."""

    log_group_name: str
    """Its name. A service that delivers logs by itself may write to ``/aws/vendedlogs/`` without a growing resource
    policy (CloudWatch Logs user guide, "Enable logging from AWS services")."""
    description: str
    """What is logged; description of the key."""


class EncryptedLogGroup(pulumi.ComponentResource):
    """A log group that only CloudWatch Logs itself can encrypt and decrypt for."""

    log_group_arn: pulumi.Output[str]
    """ARN of the log group."""

    def __init__(self, name: str, scope: Scope, args: EncryptedLogGroupArgs) -> None:
        """Create the key, then the group."""
        super().__init__("securecart:network:EncryptedLogGroup", name, None, scope.component_opts())
        inner = scope.within(self)
        arn = f"arn:aws:logs:{scope.region}:{scope.account_id}:log-group:{args.log_group_name}"
        key = customer_key(inner, name, args.description, log_key_policy(scope.account_id, scope.region, arn))
        group = cloudwatch.LogGroup(
            name,
            name=args.log_group_name,
            kms_key_id=key.arn,
            retention_in_days=RETENTION_DAYS,
            tags=inner.tags(args.log_group_name),
            opts=inner.opts(),
        )
        self.log_group_arn = group.arn
        self.register_outputs({"log_group_arn": group.arn})


def log_key_policy(owner_id: str, region: str, log_group_arn: str) -> PolicyDocument:
    """Let the owning account administer the key, and CloudWatch Logs use it for one log group.

    Source: CloudWatch Logs user guide, "Encrypt log data in CloudWatch Logs using AWS KMS".
    """
    return PolicyDocument(
        Version="2012-10-17",
        Statement=[
            Statement(
                Sid="EnableIAMPolicies",
                Effect="Allow",
                Principal={"AWS": f"arn:aws:iam::{owner_id}:root"},
                Action="kms:*",
                Resource="*",
            ),
            Statement(
                Sid="AllowLogGroup",
                Effect="Allow",
                Principal={"Service": f"logs.{region}.amazonaws.com"},
                Action=["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
                Resource="*",
                Condition={"ArnEquals": {"kms:EncryptionContext:aws:logs:arn": log_group_arn}},
            ),
        ],
    )
