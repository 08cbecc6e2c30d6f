"""Cases of policies/rules/endpoint_services.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, offer

_SERVICE_TYPE = "aws:ec2/vpcEndpointService:VpcEndpointService"
_PERMISSION = "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple"
_ACCEPTER_TYPE = "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter"
_ENDPOINT_TYPE = "aws:ec2/vpcEndpoint:VpcEndpoint"
_RECORD_TYPE = "aws:route53/record:Record"
_SERVICE, _CHECK, _ACCEPTER = (
    "VpcEndpointService",
    "EndpointServicePrivateDnsVerification",
    "VpcEndpointConnectionAccepter",
)
_LISTED, _ACCEPTANCE, _PRINCIPALS = (
    "endpoint-service-listed",
    "endpoint-service-acceptance",
    "endpoint-service-principals",
)
_BALANCER, _PROVEN = "endpoint-service-own-load-balancer", "endpoint-service-name-proven"
_PROOFS, _CONNECTIONS, _ROWS = (
    "endpoint-service-proofs-alone",
    "endpoint-service-own-connections",
    "sg-privatelink-rows",
)
_PROD = "arn:aws:iam::210000000003:root"
_RULE = "SecurityGroupIngressRule"

VIOLATIONS: tuple[Case, ...] = (
    Case(_LISTED, "under another name", offer, _SERVICE, props={"privateDnsName": "pay.shop.example"}),
    Case(_LISTED, "under no name", offer, _SERVICE, drop=("privateDnsName",)),
    Case(_LISTED, "a second one", offer, _SERVICE, add=(_SERVICE_TYPE, {"privateDnsName": "payments.shop.example"})),
    Case(_LISTED, "in a network's stack", dev, "Vpc", add=(_SERVICE_TYPE, {"privateDnsName": "dev.example"})),
    Case(_ACCEPTANCE, "whoever asks", offer, _SERVICE, props={"acceptanceRequired": False}),
    Case(_ACCEPTANCE, "nothing said", offer, _SERVICE, drop=("acceptanceRequired",)),
    Case(_PRINCIPALS, "everybody", offer, _SERVICE, props={"allowedPrincipals": ["*"]}),
    Case(
        _PRINCIPALS,
        "one more account",
        offer,
        _SERVICE,
        props={"allowedPrincipals": [_PROD, "arn:aws:iam::999999999999:root"]},
    ),
    Case(_PRINCIPALS, "everybody, from beside", offer, _SERVICE, add=(_PERMISSION, {"principalArn": "*"})),
    Case(_PRINCIPALS, "in a network's stack", dev, "Vpc", add=(_PERMISSION, {"principalArn": _PROD})),
    Case(_BALANCER, "another stack's", offer, _SERVICE, props={"networkLoadBalancerArns": ["arn:aws:elb:other"]}),
    Case(_BALANCER, "none", offer, _SERVICE, props={"networkLoadBalancerArns": []}),
    Case(
        _BALANCER,
        "one more",
        offer,
        _SERVICE,
        props={"networkLoadBalancerArns": ["arn:aws:elb:payments", "arn:aws:elb:other"]},
    ),
    Case(_PROVEN, "not asked", offer, _CHECK, remove=True),
    Case(_PROVEN, "asked of another service", offer, _CHECK, props={"serviceId": "vpce-svc-other"}),
    Case(_PROVEN, "no record", offer, "Record", remove=True),
    Case(_PROVEN, "a record of another name", offer, "Record", props={"name": "_proof.shop.example"}),
    Case(
        _PROVEN,
        "two records",
        offer,
        "Record",
        add=(_RECORD_TYPE, {"type": "TXT", "name": "_x.payments.shop.example"}),
    ),
    Case(_PROOFS, "an address", offer, "Record", add=(_RECORD_TYPE, {"type": "A", "name": "payments.shop.example"})),
    Case(_CONNECTIONS, "a stranger's", offer, _ACCEPTER, add=(_ACCEPTER_TYPE, {"vpcEndpointId": "vpce-stranger"})),
    Case(_CONNECTIONS, "in a network's stack", dev, "Vpc", add=(_ACCEPTER_TYPE, {"vpcEndpointId": "vpce-stranger"})),
    Case(_CONNECTIONS, "none", offer, _ACCEPTER, remove=True),
    Case(_CONNECTIONS, "one endpoint more", offer, "VpcEndpoint", add=(_ENDPOINT_TYPE, {"id": "vpce-2"})),
    Case(_ROWS, "none", offer, _RULE, remove=True),
    Case(_ROWS, "a part of the tier", offer, _RULE, props={"cidrIpv4": "10.30.32.0/20"}),
    Case(_ROWS, "another port", offer, _RULE, props={"fromPort": 80, "toPort": 80}),
)

UNDECIDED: tuple[Case, ...] = (
    Case(_LISTED, "the name", offer, _SERVICE, props={"privateDnsName": UNKNOWN}),
    Case(_ACCEPTANCE, "whether", offer, _SERVICE, props={"acceptanceRequired": UNKNOWN}),
    Case(_PRINCIPALS, "the list", offer, _SERVICE, props={"allowedPrincipals": UNKNOWN}),
    Case(_PRINCIPALS, "one of them", offer, _SERVICE, props={"allowedPrincipals": [_PROD, UNKNOWN]}),
    Case(_BALANCER, "which", offer, _SERVICE, props={"networkLoadBalancerArns": UNKNOWN}),
    Case(_BALANCER, "one of them", offer, _SERVICE, props={"networkLoadBalancerArns": [UNKNOWN]}),
    Case(_PROVEN, "of which service", offer, _CHECK, props={"serviceId": UNKNOWN}),
    Case(_PROVEN, "of which type", offer, "Record", props={"type": UNKNOWN}),
    Case(_PROOFS, "of which type", offer, "Record", props={"type": UNKNOWN}),
    Case(_CONNECTIONS, "of which endpoint", offer, _ACCEPTER, props={"vpcEndpointId": UNKNOWN}),
    Case(_ROWS, "from where", offer, _RULE, props={"cidrIpv4": UNKNOWN}),
)
