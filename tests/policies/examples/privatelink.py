"""Stacks of PrivateLink: the payment service that is offered to prod, and the payment provider's."""

from __future__ import annotations

from dataclasses import replace

from policies.values import Value
from policies.views import Resource, Stack
from tests.policies.examples.builder import Builder, Ref
from tests.policies.examples.fleet import BLOCKS

PROVIDER = "com.amazonaws.vpce.us-east-1.vpce-svc-0c0ffee0c0ffee001"
SERVICE = "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0"


def endpoint_service_stack(*, deployed: bool = False) -> Stack:
    build = Builder("endpoint-service-payments", "payments", "us-east-1", deployed)
    service = _offered(build)
    record = build.add(
        "aws:route53/record:Record",
        "payments",
        "network",
        zoneId=build.made("Z1"),
        name=build.made("_proof.payments.shop.example"),
        type="TXT",
        records=[build.made("vpce:proof")],
    )
    if not deployed:
        # Its name is made of what AWS asks for, and so unknown; where it comes from is known.
        build.resources[-1] = replace(record, dependencies={"name": (service.urn,)})
    build.add(
        "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
        "payments",
        serviceId=Ref(service),
    )
    endpoint = _endpoint(build, "prod", "prod", serviceName=Ref(service, "serviceName"))
    build.add(
        "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",
        "prod",
        vpcEndpointServiceId=Ref(service),
        vpcEndpointId=Ref(endpoint),
    )
    _private_dns(build, "prod", "prod", endpoint)
    return build.stack()


def partner_endpoint_stack(*, deployed: bool = False) -> Stack:
    build = Builder("partner-endpoint-provider", "payments", "us-east-1", deployed)
    endpoint = _endpoint(build, "provider", "payments", serviceName=PROVIDER)
    _private_dns(build, "provider", "payments", endpoint)
    return build.stack()


def _offered(build: Builder) -> Resource:
    """The service, with its load balancer and whom that one lets in."""
    balancer = build.add(
        "aws:lb/loadBalancer:LoadBalancer",
        "payments",
        loadBalancerType="network",
        internal=True,
        subnets=[build.made(f"subnet-payments-{zone}") for zone in "ab"],
        securityGroups=[build.made("sg-payments-nlb")],
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic="on",
        enableCrossZoneLoadBalancing=True,
        enableDeletionProtection=True,
        arn=build.made("arn:aws:elb:payments"),
    )
    targets = build.add(
        "aws:lb/targetGroup:TargetGroup",
        "payments",
        targetType="ip",
        protocol="TCP",
        port=443,
        arn=build.made("arn:aws:elb:targets"),
    )
    listener = build.add(
        "aws:lb/listener:Listener",
        "payments",
        loadBalancerArn=Ref(balancer, "arn"),
        protocol="TCP",
        port=443,
        defaultActions=[{"type": "forward", "targetGroupArn": targets.props["arn"]}],
    )
    build.resources[-1] = replace(listener, dependencies={**listener.dependencies, "defaultActions": (targets.urn,)})
    build.add(
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        "nlb-prod",
        securityGroupId=build.made("sg-payments-nlb"),
        ipProtocol="tcp",
        fromPort=443,
        toPort=443,
        cidrIpv4=BLOCKS["prod"]["PRIVATE"],
    )
    return build.add(
        "aws:ec2/vpcEndpointService:VpcEndpointService",
        "payments",
        acceptanceRequired=True,
        networkLoadBalancerArns=[Ref(balancer, "arn")],
        allowedPrincipals=["arn:aws:iam::210000000003:root"],
        privateDnsName="payments.shop.example",
        serviceName=build.made(SERVICE),
    )


def _endpoint(build: Builder, name: str, account: str, **leads_to: Value | Ref) -> Resource:
    return build.add(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        name,
        account,
        vpcEndpointType="Interface",
        vpcId=build.made(f"vpc-{account}"),
        subnetIds=[build.made(f"subnet-{account}-{zone}") for zone in "ab"],
        securityGroupIds=[build.made(f"sg-{account}-endpoints")],
        **leads_to,
    )


def _private_dns(build: Builder, name: str, account: str, endpoint: Resource) -> None:
    build.add(
        "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
        name,
        account,
        vpcEndpointId=Ref(endpoint),
        privateDnsEnabled=True,
    )
