"""Every VPC and Transit Gateway logs its flows to the log archive."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, some, truth
from policies.rule import Claim, Rule
from policies.values import UNKNOWN, text
from policies.views import Resource, Stack


def flow_log_on_each(types: tuple[str, ...], key: str, what: str, stack: Stack) -> Iterator[Claim]:
    """Judge each resource of the types: a flow log of the stack refers to it."""
    logged = [stack.target(log, key, types) for log in stack.of(t.FLOW_LOG)]
    for resource in stack.of(types):
        found = some(truth(None if target is UNKNOWN else target is resource) for target in logged)
        yield Claim(~found, f"the {what} has no flow log", resource.urn)


def to_archive(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a flow log: it goes to the log archive's bucket of the region, whole."""
    props = resource.props
    yield Claim(~equal(text(props, "logDestinationType"), "s3"), "the flow log does not go to S3", resource.urn)
    destination = text(props, "logDestination")
    buckets = {f"arn:aws:s3:::{bucket}" for bucket in facts.log_buckets}
    if destination is UNKNOWN:
        archived = Truth.UNKNOWN
    else:
        archived = truth((destination or "").split("/", 1)[0] in buckets)
    shown = destination if isinstance(destination, str) else ""
    yield Claim(~archived, "the flow log does not go to the log archive", resource.urn, shown)
    vpc = text(props, "vpcId")
    if vpc is not None:
        whole = equal(text(props, "trafficType"), "ALL")
        yield Claim(~whole, "the flow log leaves out traffic", resource.urn)


RULES = (
    Rule(
        id="flow-log-on-every-vpc",
        title="Every VPC has a flow log in its own stack.",
        mission_row="N6",
        controls=("CKV2_AWS_11", "EC2.6", "CIS 4.7"),
        remedy="declare a FlowLog for the VPC",
        stack=partial(flow_log_on_each, t.VPC, "vpcId", "VPC"),
    ),
    Rule(
        id="flow-log-on-every-transit-gateway",
        title="Every Transit Gateway has a flow log in its own stack.",
        mission_row="N6",
        controls=("PCI DSS 1.2.5",),
        remedy="declare a FlowLog for the Transit Gateway",
        stack=partial(flow_log_on_each, t.TRANSIT_GATEWAY, "transitGatewayId", "Transit Gateway"),
    ),
    Rule(
        id="flow-log-to-archive",
        title="Flow logs go to the log archive's bucket of their region, accepted and rejected traffic.",
        mission_row="N6",
        controls=("CKV2_AWS_11", "EC2.6", "CIS 4.7"),
        remedy="set logDestination to the log archive's bucket and trafficType to ALL",
        applies_to=frozenset(t.FLOW_LOG),
        resource=to_archive,
    ),
)
