"""Flow logs. Sources: EC2 API reference, CreateFlowLogs; pulumi-aws 7 resource documentation."""

from __future__ import annotations

from collections.abc import Mapping

from securecart.sandbox.types.ec2_tags import EC2_TAGS, with_tags
from securecart.sandbox.types.normalise import compact
from securecart.sandbox.types.vocabulary import (
    Call,
    Choice,
    Fill,
    Property,
    Read,
    ResourceType,
    Scope,
    properties,
)

_RESOURCES = {
    "vpcId": ("VPC", "vpc-"),
    "subnetId": ("Subnet", "subnet-"),
    "eniId": ("NetworkInterface", "eni-"),
    "transitGatewayId": ("TransitGateway", "tgw-"),
    "transitGatewayAttachmentId": ("TransitGatewayAttachment", "tgw-attach-"),
}
"""Property that names the watched resource, EC2's word for its type, and how its ids begin."""


def _watched(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    """The watched resource, under the property for its type: the longest prefix wins."""
    resource_id = str(item["ResourceId"])
    fitting = [(prefix, name) for name, (_, prefix) in _RESOURCES.items() if resource_id.startswith(prefix)]
    return {max(fitting)[1]: resource_id} if fitting else {}


FLOW_LOG = ResourceType(
    token="aws:ec2/flowLog:FlowLog",
    service="ec2",
    properties={
        **properties(" ".join(_RESOURCES), replace=True),
        **properties("trafficType", replace=True),
        **properties("logDestination", replace=True, computed=True),
        **properties("logDestinationType", replace=True, default="cloud-watch-logs"),
        **properties("iamRoleArn deliverCrossAccountRole", replace=True),
        **properties("logFormat", replace=True, computed=True),
        **properties("maxAggregationInterval", replace=True, default=600),
        "destinationOptions": Property(replace=True, computed=True, normalise=compact),
    },
    create=(
        Call(
            "CreateFlowLogs",
            Fill(
                ResourceIds=[f"${name}" for name in _RESOURCES],
                ResourceType=Choice({name: kind for name, (kind, _) in _RESOURCES.items()}),
                DeliverLogsPermissionArn="$iamRoleArn",
                TagSpecifications=with_tags("vpc-flow-log"),
            ),
            fails="Unsuccessful[0].Error.Message",
        ),
    ),
    id="FlowLogIds[0]",
    read=Read(
        Call("DescribeFlowLogs", {"FlowLogIds": ["$id"]}),
        item="FlowLogs[0]",
        sets={"iamRoleArn": "DeliverLogsPermissionArn"},
        convert=_watched,
    ),
    delete=(Call("DeleteFlowLogs", {"FlowLogIds": ["$id"]}, fails="Unsuccessful[0].Error.Message"),),
    tagging=EC2_TAGS,
    formats={"arn": "arn:aws:ec2:{region}:{account}:vpc-flow-log/{id}"},
    gone=("InvalidFlowLogId.NotFound",),
    exactly_one=(tuple(_RESOURCES),),
    find_first=True,
)

TYPES = (FLOW_LOG,)
