"""Flow logs of a VPC or a Transit Gateway, to the log archive's bucket."""

from __future__ import annotations

import pulumi

from securecart.components.sdk import ec2
from securecart.program.scope import Scope

AGGREGATION_SECONDS = 60
"""Interval of a record in seconds; a Transit Gateway takes no other (EC2 API, CreateFlowLogs)."""


def _files() -> ec2.FlowLogDestinationOptionsArgs:
    """Parquet, under AWSLogs/ACCOUNT/vpcflowlogs/REGION/ (VPC user guide, "Flow log files")."""
    return ec2.FlowLogDestinationOptionsArgs(
        file_format="parquet", hive_compatible_partitions=False, per_hour_partition=False
    )


def vpc_flow_log(scope: Scope, name: str, vpc_id: pulumi.Input[str], bucket_arn: pulumi.Input[str]) -> ec2.FlowLog:
    """Log all traffic of a VPC, accepted and rejected, to a bucket."""
    return ec2.FlowLog(
        name,
        vpc_id=vpc_id,
        traffic_type="ALL",
        log_destination_type="s3",
        log_destination=bucket_arn,
        destination_options=_files(),
        max_aggregation_interval=AGGREGATION_SECONDS,
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def transit_gateway_flow_log(
    scope: Scope, name: str, transit_gateway_id: pulumi.Input[str], bucket_arn: pulumi.Input[str]
) -> ec2.FlowLog:
    """Log the traffic of a Transit Gateway to a bucket; it takes no traffic type."""
    return ec2.FlowLog(
        name,
        transit_gateway_id=transit_gateway_id,
        log_destination_type="s3",
        log_destination=bucket_arn,
        destination_options=_files(),
        max_aggregation_interval=AGGREGATION_SECONDS,
        tags=scope.tags(name),
        opts=scope.opts(),
    )
