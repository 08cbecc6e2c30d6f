"""Cases of policies/rules/vpc_endpoints.py."""

from __future__ import annotations

from policies.values import UNKNOWN
from tests.policies.cases.base import Case, dev, endpoints, partner

_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
_TABLES, _SUBNETS = "endpoint-gateway-private-route-tables", "endpoint-interface-private-subnets"
_GROUP, _DNS, _WHOLE = "endpoint-interface-own-group", "endpoint-interface-private-dns", "endpoint-declared-whole"

VIOLATIONS: tuple[Case, ...] = (
    Case("endpoint-listed", "none of a listed service", endpoints, "VpcEndpoint", "logs", remove=True),
    Case(
        "endpoint-listed",
        "a service that is not listed",
        endpoints,
        "VpcEndpoint",
        "s3",
        add=(_ENDPOINT, {"serviceName": "com.amazonaws.us-east-1.sqs", "vpcEndpointType": "Interface"}),
    ),
    Case(
        "endpoint-listed",
        "a second one",
        endpoints,
        "VpcEndpoint",
        "s3",
        add=(_ENDPOINT, {"serviceName": "com.amazonaws.us-east-1.s3"}),
    ),
    Case(
        _WHOLE,
        "private DNS of AWS's service",
        endpoints,
        "VpcEndpoint",
        "s3",
        add=("aws:vpc/endpointPrivateDns:EndpointPrivateDns", {"privateDnsEnabled": False}),
    ),
    Case(
        _WHOLE,
        "a policy beside the partner's",
        partner,
        "VpcEndpoint",
        add=("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", {"policy": "{}"}),
    ),
    Case("endpoint-listed", "another type", endpoints, "VpcEndpoint", "s3", {"vpcEndpointType": "Interface"}),
    Case(
        "endpoint-listed",
        "another region's",
        endpoints,
        "VpcEndpoint",
        "kms",
        {"serviceName": "com.amazonaws.eu-west-1.kms"},
    ),
    Case(
        "endpoint-listed",
        "an endpoint in a network's own stack",
        dev,
        "Vpc",
        add=(_ENDPOINT, {"serviceName": "com.amazonaws.us-east-1.s3"}),
    ),
    Case(_TABLES, "one more", endpoints, "VpcEndpoint", "s3", {"routeTableIds": ["a", "b", "c", "public"]}),
    Case(_TABLES, "one zone's left out", endpoints, "VpcEndpoint", "dynamodb", {"routeTableIds": ["a", "b"]}),
    Case(_TABLES, "none", endpoints, "VpcEndpoint", "s3", drop=("routeTableIds",)),
    Case(_SUBNETS, "one zone's left out", endpoints, "VpcEndpoint", "logs", {"subnetIds": ["a", "b"]}),
    Case(_SUBNETS, "one more", endpoints, "VpcEndpoint", "logs", {"subnetIds": ["a", "b", "c", "public"]}),
    Case(_GROUP, "none, so the VPC's default one", endpoints, "VpcEndpoint", "kms", drop=("securityGroupIds",)),
    Case(_GROUP, "another beside it", endpoints, "VpcEndpoint", "kms", {"securityGroupIds": ["sg-1", "sg-2"]}),
    Case(_DNS, "off", endpoints, "VpcEndpoint", "sts", {"privateDnsEnabled": False}),
    Case(_DNS, "left to AWS", endpoints, "VpcEndpoint", "sts", drop=("privateDnsEnabled",)),
    Case(
        _WHOLE,
        "a policy beside it",
        endpoints,
        "VpcEndpoint",
        "s3",
        add=("aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy", {"vpcEndpointId": "s3-id", "policy": "{}"}),
    ),
    Case(
        _WHOLE,
        "a route table beside it",
        endpoints,
        "VpcEndpoint",
        "s3",
        add=("aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation", {"routeTableId": "public"}),
    ),
)

UNDECIDED: tuple[Case, ...] = (
    Case("endpoint-listed", "of which service", endpoints, "VpcEndpoint", "logs", {"serviceName": UNKNOWN}),
    Case("endpoint-listed", "in a network's own stack", dev, "Vpc", add=(_ENDPOINT, {"serviceName": UNKNOWN})),
    Case("endpoint-listed", "of which type", endpoints, "VpcEndpoint", "logs", {"vpcEndpointType": UNKNOWN}),
    Case(_TABLES, "on which", endpoints, "VpcEndpoint", "s3", {"routeTableIds": UNKNOWN}),
    Case(_SUBNETS, "in which", endpoints, "VpcEndpoint", "logs", {"subnetIds": UNKNOWN}),
    Case(_GROUP, "which", endpoints, "VpcEndpoint", "logs", {"securityGroupIds": UNKNOWN}),
    Case(_DNS, "whether", endpoints, "VpcEndpoint", "logs", {"privateDnsEnabled": UNKNOWN}),
)
