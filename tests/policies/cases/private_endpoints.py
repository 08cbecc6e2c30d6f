"""Cases of policies/rules/private_endpoints.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, endpoints, offer, partner

_TYPE, _ENDPOINT, _NAME = "aws:ec2/vpcEndpoint:VpcEndpoint", "VpcEndpoint", "EndpointPrivateDns"
_LISTED, _TIER = "privatelink-endpoint-listed", "privatelink-endpoint-private-tier"
_POLICY, _DNS = "privatelink-endpoint-without-policy", "privatelink-endpoint-private-dns"
_STRANGER = "com.amazonaws.vpce.us-east-1.vpce-svc-0badbadbadbadbad0"
_STRANGERS = {"serviceName": _STRANGER, "vpcEndpointType": "Interface"}

VIOLATIONS: tuple[Case, ...] = (
    Case(_LISTED, "a stranger's instead of the partner's", partner, _ENDPOINT, props={"serviceName": _STRANGER}),
    Case(_LISTED, "a stranger's instead of the firm's", offer, _ENDPOINT, props={"serviceName": _STRANGER}),
    Case(_LISTED, "a stranger's in a network's stack", dev, "Vpc", add=(_TYPE, _STRANGERS)),
    Case(_LISTED, "a stranger's beside AWS's", endpoints, _ENDPOINT, "kms", add=(_TYPE, _STRANGERS)),
    Case(_LISTED, "a second one", partner, _ENDPOINT, add=(_TYPE, _STRANGERS)),
    Case(_LISTED, "of another type", partner, _ENDPOINT, props={"vpcEndpointType": "GatewayLoadBalancer"}),
    Case(_TIER, "in one zone", partner, _ENDPOINT, props={"subnetIds": ["subnet-a"]}),
    Case(_TIER, "in a zone that the service is not in", offer, _ENDPOINT, props={"subnetIds": ["a", "b", "c"]}),
    Case(_TIER, "in the default group", offer, _ENDPOINT, drop=("securityGroupIds",)),
    Case(_POLICY, "of full access", partner, _ENDPOINT, props={"policy": '{"Statement": []}'}),
    Case(_POLICY, "that seems to guard", offer, _ENDPOINT, props={"policy": '{"Statement": [{"Effect": "Deny"}]}'}),
    Case(_DNS, "none", partner, _NAME, remove=True),
    Case(_DNS, "switched off", offer, _NAME, props={"privateDnsEnabled": False}),
    Case(_DNS, "of another endpoint", offer, _NAME, props={"vpcEndpointId": "vpce-other"}),
)

UNDECIDED: tuple[Case, ...] = (
    Case(_LISTED, "where to", partner, _ENDPOINT, props={"serviceName": UNKNOWN}),
    Case(_LISTED, "of which type", offer, _ENDPOINT, props={"vpcEndpointType": UNKNOWN}),
    Case(_TIER, "where", partner, _ENDPOINT, props={"subnetIds": UNKNOWN}),
    Case(_TIER, "in which groups", offer, _ENDPOINT, props={"securityGroupIds": UNKNOWN}),
    Case(_POLICY, "whether", offer, _ENDPOINT, props={"policy": UNKNOWN}),
    Case(_DNS, "of which endpoint", offer, _NAME, props={"vpcEndpointId": UNKNOWN}),
    Case(_DNS, "whether", partner, _NAME, props={"privateDnsEnabled": UNKNOWN}),
)
