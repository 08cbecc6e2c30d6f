"""The delivery of a distribution's access log to the log archive, in another account."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pulumi

from securecart.components.policy_document import PolicyDocument, Statement, policy_document
from securecart.components.sdk import cloudwatch
from securecart.program.scope import Scope

RECORD_FIELDS: Final[Sequence[str]] = (
    "date",
    "time",
    "x-edge-location",
    "sc-bytes",
    "c-ip",
    "cs-method",
    "cs(Host)",
    "cs-uri-stem",
    "sc-status",
    "cs(Referer)",
    "cs(User-Agent)",
    "cs-uri-query",
    "x-edge-result-type",
    "x-edge-request-id",
    "x-host-header",
    "cs-protocol",
    "cs-bytes",
    "time-taken",
    "x-forwarded-for",
    "ssl-protocol",
    "ssl-cipher",
    "x-edge-response-result-type",
    "cs-protocol-version",
    "c-port",
    "time-to-first-byte",
    "x-edge-detailed-result-type",
    "sc-content-type",
    "sc-content-len",
    "sc-range-start",
    "sc-range-end",
)
"""What an entry tells: CloudFront's own choice without ``cs(Cookie)``, where customers' sessions are, and without the
fields of field-level encryption (CloudFront developer guide, "Standard logging reference")."""


@dataclass(frozen=True)
class DistributionLogArgs:
    """What a delivery needs."""

    distribution_arn: pulumi.Input[str]
    """Distribution whose requests are logged."""
    bucket_arn: pulumi.Input[str]
    """Bucket of the log archive."""
    archive: Scope
    """Account of the log archive, in the region of the distribution's stack."""


def distribution_log(scope: Scope, name: str, args: DistributionLogArgs) -> None:
    """Deliver the log: a source in the distribution's account, a destination in the archive's that lets it in.

    Objects lie below ``AWSLogs/ACCOUNT/CloudFront/``, as the archive's bucket policy demands.
    """
    full_name = f"cloudfront-{name}"
    archive = args.archive
    source = cloudwatch.LogDeliverySource(
        full_name,
        name=full_name,
        log_type="ACCESS_LOGS",
        resource_arn=args.distribution_arn,
        tags=scope.tags(full_name),
        opts=scope.opts(),
    )
    destination = cloudwatch.LogDeliveryDestination(
        full_name,
        name=full_name,
        output_format="json",
        delivery_destination_configuration=cloudwatch.LogDeliveryDestinationDeliveryDestinationConfigurationArgs(
            destination_resource_arn=args.bucket_arn
        ),
        tags=archive.tags(full_name),
        opts=archive.opts(),
    )
    arn = f"arn:aws:logs:{archive.region}:{archive.account_id}:delivery-destination:{full_name}"
    admitted = cloudwatch.LogDeliveryDestinationPolicy(
        full_name,
        delivery_destination_name=destination.name,
        delivery_destination_policy=json.dumps(destination_policy(scope.account_id, arn)),
        opts=archive.opts(),
    )
    cloudwatch.LogDelivery(
        full_name,
        delivery_source_name=source.name,
        delivery_destination_arn=destination.arn,
        record_fields=list(RECORD_FIELDS),
        tags=scope.tags(full_name),
        opts=scope.opts(depends_on=[admitted], delete_before_replace=True),
    )


def destination_policy(account_id: str, destination_arn: str) -> PolicyDocument:
    """Let one account deliver to one destination.

    Source: CloudWatch Logs user guide, "Cross-account delivery example".
    """
    return policy_document(
        Statement(
            Sid="AllowCreateDelivery",
            Effect="Allow",
            Principal={"AWS": f"arn:aws:iam::{account_id}:root"},
            Action="logs:CreateDelivery",
            Resource=destination_arn,
        )
    )
