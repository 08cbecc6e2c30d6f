"""The parts of ``pulumi_aws`` that components use, loaded together with this module.

``pulumi_aws`` loads its parts at first use, which is not safe on two threads at once: a stack may then see a
part without its classes. Components take the parts from here, so they are complete before any stack starts.
"""

from __future__ import annotations

from pulumi_aws import (
    acm,
    cloudfront,
    cloudwatch,
    directconnect,
    ec2,
    ec2transitgateway,
    globalaccelerator,
    kms,
    lb,
    ram,
    route53,
    s3,
    secretsmanager,
    shield,
    vpc,
    wafv2,
)

__all__ = [
    "acm",
    "cloudfront",
    "cloudwatch",
    "directconnect",
    "ec2",
    "ec2transitgateway",
    "globalaccelerator",
    "kms",
    "lb",
    "ram",
    "route53",
    "s3",
    "secretsmanager",
    "shield",
    "vpc",
    "wafv2",
]

_LOADED = (
    acm.Certificate,
    cloudfront.Distribution,
    cloudwatch.LogGroup,
    directconnect.Gateway,
    ec2.Vpc,
    ec2transitgateway.TransitGateway,
    globalaccelerator.Accelerator,
    kms.Key,
    lb.LoadBalancer,
    ram.ResourceShare,
    route53.Zone,
    s3.Bucket,
    secretsmanager.Secret,
    shield.Protection,
    vpc.SecurityGroupIngressRule,
    wafv2.WebAclAssociation,
)
"""One class of each part: naming it loads the part."""
