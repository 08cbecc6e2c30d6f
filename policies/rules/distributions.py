"""Distributions are the listed ones: TLS for everybody, a private bucket, a web ACL, listed countries, a log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policies import aws_types as t
from policies.facts import StackFacts
from policies.logic import Truth, equal, every, one_of, some, truth
from policies.origin_tokens import carries_token
from policies.parts import at, listed, present
from policies.rule import Claim, Rule
from policies.statements import Grant, all_of, grants
from policies.values import UNKNOWN, Unknown, Value, flag, nested, text
from policies.views import Resource, Stack

_PROTECTED: Final = ("redirect-to-https", "https-only")
# CloudFront developer guide, "Supported protocols and ciphers between viewers and CloudFront".
_VIEWER_TLS: Final = ("TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025")
_ORIGIN_TLS: Final = ("TLSv1.2",)
_ACCESS_LOGS: Final = "ACCESS_LOGS"


def names_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a distribution: its names are those that the fleet file lists for its stack."""
    wanted = facts.distribution.aliases if facts.distribution else ()
    given = listed(resource.props, "aliases")
    if given is UNKNOWN or UNKNOWN in given:
        right = Truth.UNKNOWN
    else:
        right = truth(facts.distribution is not None and sorted(map(str, given)) == list(wanted))
    yield Claim(~right, "its names are not those of the fleet file", resource.urn)


def viewers_protected(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a distribution: viewers need TLS 1.2, for every path."""
    viewer = at(resource.props, "viewerCertificate")
    strong = one_of(at(viewer, "minimumProtocolVersion"), _VIEWER_TLS)
    own = equal(at(viewer, "sslSupportMethod"), "sni-only")
    yield Claim(~(strong & own), "viewers may use TLS older than 1.2", resource.urn)
    foreign = UNKNOWN if viewer is UNKNOWN else flag(nested(viewer), "cloudfrontDefaultCertificate", default=False)
    yield Claim(equal(foreign, True), "CloudFront's own certificate takes any TLS", resource.urn)
    behaviours = _behaviours(resource)
    protected = (
        Truth.UNKNOWN
        if behaviours is UNKNOWN
        else every(one_of(at(each, "viewerProtocolPolicy"), _PROTECTED) for each in behaviours)
    )
    yield Claim(~protected, "a path is served without TLS", resource.urn)


def countries(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a listed distribution: it serves the declared countries alone."""
    geo = at(resource.props, "restrictions", "geoRestriction")
    wanted = facts.waf.countries if facts.waf else ()
    right = equal(at(geo, "restrictionType"), "whitelist") & all_of(listed(geo, "locations"), wanted)
    yield Claim(~right, "it serves other countries than the fleet file lists", resource.urn)


def paths_listed(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge a listed distribution: the listed paths, in their order, have behaviours of their own, and no others."""
    if facts.distribution is None:
        return
    behaviours = listed(resource.props, "orderedCacheBehaviors")
    given = (UNKNOWN,) if behaviours is UNKNOWN else tuple(at(each, "pathPattern") for each in behaviours)
    right = Truth.UNKNOWN if UNKNOWN in given else truth(given == facts.distribution.dynamic_paths)
    yield Claim(~right, "its paths are not those of the fleet file", resource.urn)


def control_signs(resource: Resource, facts: StackFacts) -> Iterator[Claim]:
    """Judge an origin access control: it signs every request to a bucket."""
    signs = equal(text(resource.props, "signingBehavior"), "always")
    to_bucket = equal(text(resource.props, "originAccessControlOriginType"), "s3")
    yield Claim(~(signs & to_bucket), "requests to the bucket are not all signed", resource.urn)


def origins(stack: Stack) -> Iterator[Claim]:
    """Judge each distribution: it asks its bucket by signed requests, and the listed load balancer by TLS 1.2.

    The load balancer alone is sent the token.
    """
    for distribution in stack.of(t.DISTRIBUTION):
        given = listed(distribution.props, "origins")
        for origin in (UNKNOWN,) if given is UNKNOWN else given:
            name = at(origin, "domainName")
            shown = name if isinstance(name, str) else ""
            right = _signed(origin, distribution, stack) | _own_balancer(origin, stack.facts)
            message = (
                "an origin is neither a bucket asked by signed requests nor the listed load balancer by TLS and token"
            )
            yield Claim(~right, message, distribution.urn, shown)


def guarded(stack: Stack) -> Iterator[Claim]:
    """Judge each distribution: a web ACL of the stack judges its requests."""
    for distribution in stack.of(t.DISTRIBUTION):
        acl = stack.target(distribution, "webAclId", t.WEB_ACL, "arn")
        named = truth(None if acl is UNKNOWN else acl is not None)
        yield Claim(~named, "no web ACL of the stack judges its requests", distribution.urn)


def logged(stack: Stack) -> Iterator[Claim]:
    """Judge each distribution: its access log is delivered to the log archive."""
    archive = stack.facts.distribution.log_bucket if stack.facts.distribution else ""
    for distribution in stack.of(t.DISTRIBUTION):
        delivered = some(
            _is_source(source, distribution, stack) & _delivers(delivery, source, stack, archive)
            for source in stack.of(t.LOG_SOURCE)
            for delivery in stack.of(t.LOG_DELIVERY)
        )
        yield Claim(~delivered, "its access log is not delivered to the log archive", distribution.urn)


def bucket_readers(stack: Stack) -> Iterator[Claim]:
    """Judge the policies of buckets in a distribution's stack: the distribution reads objects, and nobody does more."""
    if stack.facts.distribution is None:
        return
    arns = [text(each.props, "arn") for each in stack.of(t.DISTRIBUTION)]
    for policy in stack.of(t.BUCKET_POLICY):
        for grant in grants(text(policy.props, "policy")):
            right = _reads(grant) & _for_distribution(grant, arns)
            yield Claim(grant.allows & ~right, "somebody else than the distribution is let in", policy.urn)


def _behaviours(distribution: Resource) -> tuple[Value, ...] | Unknown:
    """Return what answers each path, the default first."""
    others = listed(distribution.props, "orderedCacheBehaviors")
    return UNKNOWN if others is UNKNOWN else (at(distribution.props, "defaultCacheBehavior"), *others)


def _signed(origin: Value, distribution: Resource, stack: Stack) -> Truth:
    """Tell whether an origin has an origin access control of the stack, and is not sent the token."""
    return _controlled(origin, distribution, stack) & ~carries_token(origin)


def _controlled(origin: Value, distribution: Resource, stack: Stack) -> Truth:
    control = at(origin, "originAccessControlId")
    if control is None or control == "":
        return Truth.FALSE
    own = [text(each.props, "id") for each in stack.of(t.ORIGIN_ACCESS_CONTROL)]
    if control is not UNKNOWN and all(isinstance(each, str) for each in own):
        return one_of(control, own)
    return truth(True if stack.sources(distribution, "origins", t.ORIGIN_ACCESS_CONTROL) else None)


def _own_balancer(origin: Value, facts: StackFacts) -> Truth:
    custom = at(origin, "customOriginConfig")
    host = facts.distribution.balancer_host if facts.distribution else None
    return every(
        (
            present(custom),
            equal(at(origin, "domainName"), host),
            equal(at(custom, "originProtocolPolicy"), "https-only"),
            all_of(listed(custom, "originSslProtocols"), _ORIGIN_TLS),
            carries_token(origin),
        )
    )


def _is_source(source: Resource, distribution: Resource, stack: Stack) -> Truth:
    found = stack.target(source, "resourceArn", t.DISTRIBUTION, "arn")
    own = truth(None if found is UNKNOWN else found is distribution)
    return own & equal(text(source.props, "logType"), _ACCESS_LOGS)


def _delivers(delivery: Resource, source: Resource, stack: Stack, archive: str) -> Truth:
    """Tell whether a delivery leads from a source to the log archive's bucket."""
    named = text(source.props, "name")
    own = Truth.UNKNOWN if named is UNKNOWN else equal(text(delivery.props, "deliverySourceName"), named)
    destination = stack.target(delivery, "deliveryDestinationArn", t.LOG_DESTINATION, "arn")
    if destination is UNKNOWN or destination is None:
        return own & truth(None if destination is UNKNOWN else False)
    bucket = at(destination.props, "deliveryDestinationConfiguration", "destinationResourceArn")
    return own & equal(bucket, f"arn:aws:s3:::{archive}")


def _reads(grant: Grant) -> Truth:
    return all_of(grant.actions, ("s3:GetObject",)) & ~grant.inverted


def _for_distribution(grant: Grant, arns: list[str | Unknown | None]) -> Truth:
    service = all_of(listed(grant.props, "Principal", "Service"), ("cloudfront.amazonaws.com",))
    others = some(present(grant.props, "Principal", kind) for kind in ("AWS", "Federated", "CanonicalUser"))
    known = [arn for arn in arns if isinstance(arn, str)]
    bound = grant.requires("StringEquals", "AWS:SourceArn", known)
    return service & ~others & (bound if len(known) == len(arns) else Truth.UNKNOWN)


_DISTRIBUTION = frozenset(t.DISTRIBUTION)

RULES = (
    Rule(
        id="distribution-listed",
        title="A distribution has the names that the fleet file lists for its stack, and no others.",
        mission_row="X4",
        remedy="list it under distributions in the fleet file",
        applies_to=_DISTRIBUTION,
        resource=names_listed,
    ),
    Rule(
        id="distribution-viewers-tls",
        title="Distributions serve every path by TLS 1.2 or later alone, or redirect there.",
        mission_row="X4",
        controls=("CKV_AWS_34", "CKV_AWS_174", "CloudFront.3", "CloudFront.7", "CloudFront.8", "PCI DSS 4.2.1"),
        remedy="set minimumProtocolVersion TLSv1.2_2021, sni-only, and redirect-to-https or https-only everywhere",
        applies_to=_DISTRIBUTION,
        resource=viewers_protected,
    ),
    Rule(
        id="distribution-countries",
        title="Distributions serve the countries that the fleet file lists, and no others.",
        mission_row="X4",
        controls=("CKV_AWS_374",),
        remedy="set the geoRestriction whitelist to waf.countries",
        applies_to=_DISTRIBUTION,
        resource=countries,
    ),
    Rule(
        id="distribution-paths-listed",
        title="A distribution sends the paths that the fleet file lists to the load balancer, and no others.",
        mission_row="X4",
        remedy="list the path under dynamic_paths in the fleet file",
        applies_to=_DISTRIBUTION,
        resource=paths_listed,
    ),
    Rule(
        id="distribution-control-signs",
        title="Origin access controls sign every request to a bucket.",
        mission_row="X4",
        controls=("CloudFront.13",),
        remedy="set signingBehavior to always and originAccessControlOriginType to s3",
        applies_to=frozenset(t.ORIGIN_ACCESS_CONTROL),
        resource=control_signs,
    ),
    Rule(
        id="distribution-origins",
        title="Distributions ask buckets by origin access control, and the listed load balancer by TLS 1.2 and token.",
        mission_row="X4",
        controls=("CloudFront.9", "CloudFront.10", "CloudFront.13", "PCI DSS 4.2.1"),
        remedy="give the bucket's origin an origin access control, the other https-only, TLSv1.2, the listed host and "
        "the load balancer's token in the header x-securecart-origin",
        stack=origins,
    ),
    Rule(
        id="distribution-web-acl",
        title="Each distribution has a web ACL of its stack.",
        mission_row="X1",
        controls=("CKV_AWS_68", "CloudFront.6", "PCI DSS 6.4.2"),
        remedy="set webAclId to the ARN of the stack's web ACL",
        stack=guarded,
    ),
    Rule(
        id="distribution-logged",
        title="The access log of each distribution is delivered to the log archive.",
        mission_row="X4",
        controls=("CKV_AWS_86", "CloudFront.5", "PCI DSS 10.2.1"),
        remedy="declare a LogDelivery from a LogDeliverySource of the distribution to the archive's bucket",
        stack=logged,
    ),
    Rule(
        id="distribution-bucket-readers",
        title="The bucket of a distribution lets the distribution read objects, and nobody do anything else.",
        mission_row="X4",
        controls=("CKV_AWS_70", "S3.6"),
        remedy="allow s3:GetObject to cloudfront.amazonaws.com with the distribution as AWS:SourceArn, nothing else",
        stack=bucket_readers,
    ),
)
