"""The parts of ``pulumi_aws`` that components use, loaded together with this module.

``pulumi_aws`` loads its parts at first use, which is not safe on two threads at once: a stack may then see a
part without its classes. Components take the parts from here, so they are complete before any stack starts.
"""

from __future__ import annotations

from pulumi_aws import cloudwatch, directconnect, ec2, ec2transitgateway, kms, ram, s3, vpc

__all__ = ["cloudwatch", "directconnect", "ec2", "ec2transitgateway", "kms", "ram", "s3", "vpc"]

_LOADED = (
    cloudwatch.LogGroup,
    directconnect.Gateway,
    ec2.Vpc,
    ec2transitgateway.TransitGateway,
    kms.Key,
    ram.ResourceShare,
    s3.Bucket,
    vpc.SecurityGroupIngressRule,
)
"""One class of each part: naming it loads the part."""
