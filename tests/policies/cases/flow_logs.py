"""Cases of policies/rules/flow_logs.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, hub

VIOLATIONS: tuple[Case, ...] = (
    Case("flow-log-on-every-vpc", "none", dev, "FlowLog", remove=True),
    Case("flow-log-on-every-transit-gateway", "none", hub, "FlowLog", remove=True),
    Case("flow-log-to-archive", "CloudWatch", dev, "FlowLog", props={"logDestinationType": "cloud-watch-logs"}),
    Case(
        "flow-log-to-archive",
        "another bucket",
        dev,
        "FlowLog",
        props={"logDestination": "arn:aws:s3:::elsewhere"},
    ),
    Case(
        "flow-log-to-archive",
        "a bucket with a longer name",
        dev,
        "FlowLog",
        props={"logDestination": "arn:aws:s3:::securecart-flow-logs-210000000005-us-east-1-copy"},
    ),
    Case(
        "flow-log-to-archive",
        "another region's bucket",
        dev,
        "FlowLog",
        props={"logDestination": "arn:aws:s3:::securecart-flow-logs-210000000005-eu-west-1"},
    ),
    Case("flow-log-to-archive", "rejected traffic only", dev, "FlowLog", props={"trafficType": "REJECT"}),
)

UNDECIDED: tuple[Case, ...] = (
    Case("flow-log-on-every-vpc", "whose", dev, "FlowLog", props={"vpcId": UNKNOWN}),
    Case("flow-log-on-every-transit-gateway", "whose", hub, "FlowLog", props={"transitGatewayId": UNKNOWN}),
    Case("flow-log-to-archive", "where", dev, "FlowLog", props={"logDestination": UNKNOWN}),
)
