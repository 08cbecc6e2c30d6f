"""Stacks of the zone, of certificates and of load balancers."""

from __future__ import annotations

from dataclasses import replace

from policies.views import Resource, Stack
from tests.policies.examples.builder import Builder, Ref
from tests.policies.examples.distributions import TOKEN, web_acl
from tests.policies.examples.fleet import FLEET

LOGS = "securecart-alb-logs-210000000005-us-east-1"


def dns_stack(*, deployed: bool = False) -> Stack:
    assert FLEET.dns is not None
    build = Builder("dns", "network", "us-east-1", deployed)
    build.add("aws:route53/zone:Zone", "zone", name=FLEET.dns.zone)
    return build.stack()


def certificate_stack(*, deployed: bool = False) -> Stack:
    """The certificates of prod, one in each of two regions, validated by one record for each name."""
    given = FLEET.certificates["prod"]
    build = Builder("certificate-prod", "prod", "us-east-1", deployed)
    certificates = [
        build.add(
            "aws:acm/certificate:Certificate",
            f"prod-{region}",
            "prod",
            region,
            domainName=given.domain_name,
            subjectAlternativeNames=list(given.subject_alternative_names),
            validationMethod="DNS",
            arn=build.made(f"arn:aws:acm:{region}"),
        )
        for region in given.regions
    ]
    for name in (given.domain_name, *given.subject_alternative_names):
        build.add("aws:route53/record:Record", name, "network", "us-east-1", type="CNAME", zoneId=build.made("Z1"))
    for region, certificate in zip(given.regions, certificates, strict=True):
        build.add(
            "aws:acm/certificateValidation:CertificateValidation",
            f"prod-{region}",
            "prod",
            region,
            certificateArn=Ref(certificate, "arn"),
        )
    return build.stack()


def load_balancer_stack(*, deployed: bool = False) -> Stack:
    """The load balancer of the network prod, which is protected; a distribution asks it."""
    build = Builder("load-balancer-us", "prod", "us-east-1", deployed)
    balancer = build.add(
        "aws:lb/loadBalancer:LoadBalancer",
        "us",
        name="us",
        loadBalancerType="application",
        internal=False,
        subnets=[build.made(f"subnet-prod-{zone}") for zone in "abc"],
        securityGroups=[build.made("sg-prod-alb")],
        dropInvalidHeaderFields=True,
        desyncMitigationMode="strictest",
        enableDeletionProtection=True,
        accessLogs={"bucket": LOGS, "enabled": True},
        arn=build.made("arn:aws:elb:us"),
        dnsName=build.made("us-1.elb.amazonaws.com"),
    )
    _listen(build, balancer)
    record = build.add(
        "aws:route53/record:Record",
        "us-a",
        "network",
        name="us.shop.example",
        type="A",
        zoneId=build.made("Z1"),
        aliases=[{"name": balancer.props["dnsName"], "zoneId": build.made("ZELB"), "evaluateTargetHealth": False}],
    )
    build.resources[-1] = replace(record, dependencies={"aliases": (balancer.urn,)})
    secret = build.add("aws:secretsmanager/secret:Secret", "us", name="origin-token/us")
    token = build.add(
        "aws:secretsmanager/secretVersion:SecretVersion",
        "us",
        secretId=Ref(secret),
        secretString=build.made(TOKEN),
    )
    acl = web_acl(build, "us", "REGIONAL", token)
    build.add(
        "aws:wafv2/webAclAssociation:WebAclAssociation",
        "us",
        resourceArn=Ref(balancer, "arn"),
        webAclArn=Ref(acl, "arn"),
    )
    return build.stack()


def _listen(build: Builder, balancer: Resource) -> None:
    """Targets, and the listeners on both ports."""
    build.add(
        "aws:lb/targetGroup:TargetGroup",
        "targets",
        targetType="ip",
        protocol="HTTP",
        port=8080,
        healthCheck={"enabled": True, "path": "/health"},
    )
    redirect = {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}
    build.add(
        "aws:lb/listener:Listener",
        "us-http",
        loadBalancerArn=Ref(balancer, "arn"),
        port=80,
        protocol="HTTP",
        defaultActions=[{"type": "redirect", "redirect": redirect}],
        arn=build.made("arn:aws:elb:listener-http"),
    )
    build.add(
        "aws:lb/listener:Listener",
        "us-https",
        loadBalancerArn=Ref(balancer, "arn"),
        port=443,
        protocol="HTTPS",
        sslPolicy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificateArn=build.made("arn:aws:acm:us"),
        defaultActions=[{"type": "forward", "targetGroupArn": build.made("arn:aws:elb:targets")}],
        arn=build.made("arn:aws:elb:listener-https"),
    )
