"""A CloudFront distribution: static content from a private bucket, a load balancer for the rest, behind a web ACL."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pulumi

from securecart.components.alias_record import AliasArgs, alias_records
from securecart.components.distribution_behaviours import BALANCER, CONTENT, dynamic_behaviours, static_behaviour
from securecart.components.distribution_log import DistributionLogArgs, distribution_log
from securecart.components.origin_token import ORIGIN_HEADER
from securecart.components.policy_document import PolicyDocument, Statement, policy_document
from securecart.components.private_bucket import PrivateBucketArgs, private_bucket
from securecart.components.sdk import cloudfront, s3
from securecart.components.web_acl import WebAcl, WebAclArgs
from securecart.program.provenance import computed
from securecart.program.scope import Scope

VIEWER_TLS: Final = "TLSv1.2_2021"
"""Security policy towards viewers: TLS 1.2 and 1.3 (CloudFront developer guide, "Supported protocols and ciphers")."""
ORIGIN_TLS: Final = "TLSv1.2"
"""The strongest protocol that can be named towards a custom origin."""
ROOT_OBJECT: Final = "index.html"
"""Object that answers ``/``."""


@dataclass(frozen=True)
class DistributionArgs:
    """What a distribution needs."""

    bucket_name: str
    """Name of the bucket of static content, unique among all of AWS."""
    aliases: Sequence[str]
    """Its names."""
    certificate_arn: pulumi.Input[str]
    """Issued certificate, in us-east-1, that names every alias."""
    balancer_host: str
    """Name of the load balancer, which its certificate names."""
    origin_token: pulumi.Input[str]
    """Secret that tells the load balancer's web ACL that a request was counted here."""
    dynamic_paths: Sequence[str]
    """Paths that go to the load balancer, in order: the first that matches decides."""
    price_class: str
    """Which edge locations serve."""
    web_acl: WebAclArgs
    """What the web ACL lets in; its countries are also those of the distribution."""
    log_bucket_arn: pulumi.Input[str]
    """Bucket of the log archive that takes the access log."""
    archive_scope: Scope
    """Account of the log archive, in us-east-1."""
    zone_scope: Scope
    """Account of the zone."""
    zone_id: pulumi.Input[str]
    """Zone of its names."""


class Distribution(pulumi.ComponentResource):
    """The distribution, its bucket, its web ACL, its log, and its names."""

    arn: pulumi.Output[str]
    """ARN of the distribution."""
    distribution_id: pulumi.Output[str]
    """Id of the distribution."""
    domain_name: pulumi.Output[str]
    """CloudFront's name of it, to which aliases lead."""
    bucket_name: pulumi.Output[str]
    """Bucket of static content."""
    web_acl_arn: pulumi.Output[str]
    """ARN of the web ACL."""
    ip_set_ids: Mapping[str, pulumi.Output[str]]
    """Id of the set of blocked addresses of each IP version."""

    def __init__(self, name: str, scope: Scope, args: DistributionArgs) -> None:
        """Create bucket and web ACL, then the distribution; let it read the bucket, log it, lead its names to it.

        Args:
            name: Name of the component, its children, and of origin access control and web ACL.
            scope: Account, in us-east-1.
            args: Names, origins, and what is let in.
        """
        super().__init__("securecart:edge:Distribution", name, None, scope.component_opts())
        inner = scope.within(self)
        private = private_bucket(inner, name, PrivateBucketArgs(args.bucket_name))
        acl = WebAcl(name, inner, args.web_acl)
        made = _distribution(inner, name, args, private.bucket, acl.arn)
        policy = computed(made.arn.apply(lambda arn: json.dumps(content_policy(args.bucket_name, arn))), made, "arn")
        s3.BucketPolicy(name, bucket=private.bucket.id, policy=policy, opts=inner.opts(depends_on=[private.closed]))
        archive = args.archive_scope.within(self)
        distribution_log(inner, name, DistributionLogArgs(made.arn, args.log_bucket_arn, archive))
        _names(args.zone_scope.within(self), made, args)
        self.arn, self.distribution_id, self.domain_name = made.arn, made.id, made.domain_name
        self.bucket_name, self.web_acl_arn, self.ip_set_ids = private.bucket.bucket, acl.arn, acl.ip_set_ids
        self.register_outputs({"arn": made.arn, "domain_name": made.domain_name})


def content_policy(bucket_name: str, distribution_arn: str) -> PolicyDocument:
    """Let one distribution read objects, and refuse every request without TLS.

    Source: CloudFront developer guide, "Restrict access to an Amazon S3 origin".
    """
    bucket_arn = f"arn:aws:s3:::{bucket_name}"
    return policy_document(
        Statement(
            Sid="AllowDistribution",
            Effect="Allow",
            Principal={"Service": "cloudfront.amazonaws.com"},
            Action="s3:GetObject",
            Resource=f"{bucket_arn}/*",
            Condition={"StringEquals": {"AWS:SourceArn": distribution_arn}},
        ),
        Statement(
            Sid="DenyInsecureTransport",
            Effect="Deny",
            Principal="*",
            Action="s3:*",
            Resource=[bucket_arn, f"{bucket_arn}/*"],
            Condition={"Bool": {"aws:SecureTransport": "false"}},
        ),
    )


def _distribution(
    scope: Scope, name: str, args: DistributionArgs, bucket: s3.Bucket, web_acl_arn: pulumi.Output[str]
) -> cloudfront.Distribution:
    """Create the distribution; it asks for the bucket, whose domain name follows from its own name."""
    return cloudfront.Distribution(
        name,
        comment=name,
        enabled=True,
        aliases=list(args.aliases),
        default_root_object=ROOT_OBJECT,
        http_version="http2and3",
        is_ipv6_enabled=True,
        price_class=args.price_class,
        origins=[_content(scope, name, args.bucket_name), _balancer(args)],
        default_cache_behavior=static_behaviour(),
        ordered_cache_behaviors=dynamic_behaviours(args.dynamic_paths),
        restrictions=cloudfront.DistributionRestrictionsArgs(
            geo_restriction=cloudfront.DistributionRestrictionsGeoRestrictionArgs(
                restriction_type="whitelist", locations=sorted(args.web_acl.countries)
            )
        ),
        viewer_certificate=cloudfront.DistributionViewerCertificateArgs(
            acm_certificate_arn=args.certificate_arn,
            minimum_protocol_version=VIEWER_TLS,
            ssl_support_method="sni-only",
        ),
        web_acl_id=web_acl_arn,
        tags=scope.tags(name),
        opts=scope.opts(depends_on=[bucket]),
    )


def _names(scope: Scope, made: cloudfront.Distribution, args: DistributionArgs) -> None:
    """Lead each alias to the distribution."""
    for alias in args.aliases:
        target = AliasArgs(
            zone_id=args.zone_id,
            host=alias,
            target_dns_name=made.domain_name,
            target_zone_id=made.hosted_zone_id,
            ipv6=True,
            evaluate_target_health=False,
        )
        alias_records(scope, alias, target)


def _content(scope: Scope, name: str, bucket_name: str) -> cloudfront.DistributionOriginArgs:
    """Return the bucket as an origin: every request to it is signed, so that its policy knows the distribution."""
    control = cloudfront.OriginAccessControl(
        name,
        name=bucket_name,
        description=f"Reads {bucket_name}",
        origin_access_control_origin_type="s3",
        signing_behavior="always",
        signing_protocol="sigv4",
        opts=scope.opts(),
    )
    return cloudfront.DistributionOriginArgs(
        origin_id=CONTENT,
        domain_name=f"{bucket_name}.s3.{scope.region}.amazonaws.com",
        origin_access_control_id=control.id,
    )


def _balancer(args: DistributionArgs) -> cloudfront.DistributionOriginArgs:
    """Return the load balancer as an origin: by its own name, which its certificate proves, and by TLS alone.

    The header with the token replaces what a viewer sends under its name (CloudFront developer guide, "Add custom
    headers to origin requests").
    """
    return cloudfront.DistributionOriginArgs(
        origin_id=BALANCER,
        domain_name=args.balancer_host,
        custom_headers=[cloudfront.DistributionOriginCustomHeaderArgs(name=ORIGIN_HEADER, value=args.origin_token)],
        custom_origin_config=cloudfront.DistributionOriginCustomOriginConfigArgs(
            http_port=80, https_port=443, origin_protocol_policy="https-only", origin_ssl_protocols=[ORIGIN_TLS]
        ),
    )
