"""Flow logs of transit gateways, and S3 destinations with a folder.

moto lacks: a check that the transit gateway or attachment exists and that its interval is 60 seconds; a
destination such as arn:aws:s3:::bucket/folder/ (it takes the folder for part of the bucket's name);
DestinationOptions. AWS: MaxAggregationInterval of a transit gateway's flow log must be 60, and a folder may
follow the bucket (EC2 API, CreateFlowLogs). Added: the backend's method checks, hands moto's own the bucket
alone, and puts the whole destination into what that made; the bucket may be another account's, as moto's S3
finds it.
"""

from __future__ import annotations

from collections.abc import Iterable

from moto.core.responses import ActionResult
from moto.ec2.exceptions import FlowLogAlreadyExists
from moto.ec2.models import EC2Backend
from moto.ec2.models.flow_logs import FlowLogs, FlowLogsBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses.flow_logs import FlowLogs as FlowLogsResponse

from securecart.sandbox.moto_extensions.attachment_model import find_attachment
from securecart.sandbox.moto_extensions.gateways import own_gateway
from securecart.sandbox.moto_extensions.support import (
    EC2Methods,
    EC2Operations,
    ec2_error,
    extend,
)

_GATEWAY_INTERVAL = 60
_GATEWAY_TYPES = {"TransitGateway": own_gateway, "TransitGatewayAttachment": find_attachment}
_DEFAULT_OPTIONS = {"FileFormat": "plain-text", "HiveCompatiblePartitions": False, "PerHourPartition": False}


def check_gateways(backend: EC2Backend, resource_type: str, ids: Iterable[str], interval: int | None) -> None:
    """Refuse a gateway or attachment that is not there, and an interval other than 60 seconds.

    Raises:
        EC2ClientError: InvalidParameterValue, or the resource's own NotFound.
    """
    find = _GATEWAY_TYPES.get(resource_type)
    if find is None:
        return
    for resource_id in ids:
        find(backend, resource_id)
    if interval != _GATEWAY_INTERVAL:
        raise ec2_error("InvalidParameterValue", f"MaxAggregationInterval of a {resource_type} must be 60.")


class _FlowLogs(EC2Methods):
    def create_flow_logs(
        self,
        resource_type: str,
        resource_ids: list[str],
        traffic_type: str,
        deliver_logs_permission_arn: str,
        log_destination_type: str,
        log_destination: str,
        log_group_name: str,
        log_format: str,
        max_aggregation_interval: int,
    ) -> tuple[list[FlowLogs], list[object]]:
        check_gateways(self, resource_type, resource_ids, max_aggregation_interval)
        for one in self.flow_logs.values():
            if one.resource_id in resource_ids and log_destination and one.log_destination == log_destination:
                raise FlowLogAlreadyExists()
        bucket = log_destination.partition("/")[0] if log_destination_type == "s3" else log_destination
        made, refused = FlowLogsBackend.create_flow_logs(
            self,
            resource_type,
            resource_ids,
            traffic_type,
            deliver_logs_permission_arn,
            log_destination_type,
            bucket,
            log_group_name,
            log_format,
            max_aggregation_interval,
        )
        for flow_log in made:
            flow_log.log_destination = log_destination
        return made, refused


class _Responses(EC2Operations):
    def create_flow_logs(self) -> ActionResult:
        options = _DEFAULT_OPTIONS | self._get_param("DestinationOptions", {})
        before = set(self.ec2_backend.flow_logs)
        answer = FlowLogsResponse.create_flow_logs(self)
        for flow_log_id in set(self.ec2_backend.flow_logs) - before:
            if self._get_param("LogDestinationType") == "s3":
                vars(self.ec2_backend.flow_logs[flow_log_id])["destination_options"] = options
        return answer


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Backend, _FlowLogs)
    extend(EC2Response, _Responses)
