"""Cases of policies/rules/distributions.py, and of the rules on buckets that hold for its bucket too."""

from __future__ import annotations

from policies.values import UNKNOWN, Value
from tests.policies.cases.base import Case, dev, static
from tests.policies.examples.distributions import HEADER, balancer, content, content_policy, path

_DISTRIBUTION, _DELIVERY = "Distribution", "LogDelivery"
_OWN = {"Service": "cloudfront.amazonaws.com"}
_ARN = "arn:aws:cloudfront::210000000003:distribution/E1"
_CONTENT = content("static-id")
_TOLD = {"customHeaders": [{"name": HEADER, "value": "token"}]}
_VIEWER: dict[str, Value] = {"minimumProtocolVersion": "TLSv1.2_2021", "sslSupportMethod": "sni-only"}


def _case(rule: str, what: str, **props: Value) -> Case:
    return Case(rule, what, static, _DISTRIBUTION, props=props)


def _geo(kind: str, *codes: Value) -> dict[str, Value]:
    return {"restrictions": {"geoRestriction": {"restrictionType": kind, "locations": list(codes)}}}


def _let_in(what: str, policy: Value) -> Case:
    return Case("distribution-bucket-readers", what, static, "BucketPolicy", props={"policy": policy})


VIOLATIONS: tuple[Case, ...] = (
    _case("distribution-listed", "another name", aliases=["other.shop.example"]),
    _case("distribution-listed", "no name", aliases=[]),
    Case(
        "distribution-listed", "in a network's stack", dev, "Vpc", add=("aws:cloudfront/distribution:Distribution", {})
    ),
    _case("distribution-viewers-tls", "TLS 1.0", viewerCertificate={**_VIEWER, "minimumProtocolVersion": "TLSv1"}),
    _case("distribution-viewers-tls", "CloudFront's own", viewerCertificate={"cloudfrontDefaultCertificate": True}),
    _case("distribution-viewers-tls", "a path in the clear", orderedCacheBehaviors=[path("/api/*", "allow-all")]),
    _case(
        "distribution-viewers-tls", "the rest in the clear", defaultCacheBehavior={"viewerProtocolPolicy": "allow-all"}
    ),
    _case("distribution-countries", "every one", **_geo("none")),
    _case("distribution-countries", "all but one", **_geo("blacklist", "IE")),
    _case("distribution-countries", "another one", **_geo("whitelist", "IE", "CN")),
    _case("distribution-paths-listed", "another one", orderedCacheBehaviors=[path("/api/*"), path("/admin/*")]),
    _case("distribution-paths-listed", "none", orderedCacheBehaviors=[]),
    Case(
        "distribution-control-signs",
        "not all",
        static,
        "OriginAccessControl",
        props={"signingBehavior": "no-override"},
    ),
    _case("distribution-origins", "a bucket for everybody", origins=[{"domainName": "other.s3.amazonaws.com"}]),
    _case("distribution-origins", "another host", origins=[_CONTENT, balancer("other.example")]),
    _case("distribution-origins", "in the clear", origins=[_CONTENT, balancer(originProtocolPolicy="match-viewer")]),
    _case(
        "distribution-origins", "TLS 1.1 too", origins=[_CONTENT, balancer(originSslProtocols=["TLSv1.1", "TLSv1.2"])]
    ),
    _case("distribution-origins", "without the token", origins=[_CONTENT, balancer(token=None)]),
    _case("distribution-origins", "the bucket is told the token", origins=[{**_CONTENT, **_TOLD}, balancer()]),
    _case("distribution-web-acl", "another one", webAclId="arn:aws:wafv2:other"),
    Case("distribution-web-acl", "none", static, _DISTRIBUTION, drop=("webAclId",)),
    Case("distribution-logged", "not at all", static, _DELIVERY, remove=True),
    Case("distribution-logged", "of another one", static, "LogDeliverySource", props={"resourceArn": "arn:other"}),
    Case("distribution-logged", "from elsewhere", static, _DELIVERY, props={"deliverySourceName": "other"}),
    Case("distribution-logged", "to elsewhere", static, _DELIVERY, props={"deliveryDestinationArn": "arn:other"}),
    Case(
        "distribution-logged",
        "to another bucket",
        static,
        "LogDeliveryDestination",
        props={"deliveryDestinationConfiguration": {"destinationResourceArn": "arn:aws:s3:::other"}},
    ),
    _let_in("everybody", content_policy("*")),
    _let_in("another distribution", content_policy(_OWN, **{"AWS:SourceArn": f"{_ARN}2"})),
    _let_in("every distribution", content_policy(_OWN)),
    _let_in("to write", content_policy(_OWN, "s3:PutObject", **{"AWS:SourceArn": _ARN})),
    _let_in("an account too", content_policy({**_OWN, "AWS": "210000000003"}, **{"AWS:SourceArn": _ARN})),
    Case("archive-public-access-blocked", "a distribution's", static, "BucketPublicAccessBlock", remove=True),
    Case("archive-tls-only", "a distribution's", static, "BucketPolicy", props={"policy": "{}"}),
    Case("archive-versioned", "a distribution's", static, "BucketVersioning", remove=True),
)

UNDECIDED: tuple[Case, ...] = (
    _case("distribution-listed", "a name", aliases=[UNKNOWN]),
    _case("distribution-viewers-tls", "the certificate", viewerCertificate=UNKNOWN),
    _case("distribution-viewers-tls", "a path", orderedCacheBehaviors=[UNKNOWN]),
    _case("distribution-countries", "a country", **_geo("whitelist", "IE", UNKNOWN)),
    _case("distribution-paths-listed", "a path", orderedCacheBehaviors=[UNKNOWN]),
    Case("distribution-control-signs", "when", static, "OriginAccessControl", props={"signingBehavior": UNKNOWN}),
    _case("distribution-origins", "all", origins=UNKNOWN),
    _case("distribution-origins", "by what", origins=[content(UNKNOWN)]),
    _case("distribution-origins", "with what", origins=[_CONTENT, {**balancer(), "customHeaders": UNKNOWN}]),
    _case("distribution-web-acl", "which", webAclId=UNKNOWN),
    Case("distribution-logged", "where", static, _DELIVERY, props={"deliveryDestinationArn": UNKNOWN}),
    _let_in("unknown", UNKNOWN),
)
