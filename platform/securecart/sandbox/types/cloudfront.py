"""CloudFront: distributions, origin access controls and policies.

Sources: CloudFront API reference; pulumi-aws 7 resource documentation; terraform-provider-aws,
internal/service/cloudfront. Policies are only recorded: moto has none of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from securecart.sandbox.types import cloudfront_config as form
from securecart.sandbox.types.normalise import compact, unordered
from securecart.sandbox.types.vocabulary import (
    Aws,
    Call,
    Fill,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Tagging,
    Update,
    properties,
)

_GONE = ("NoSuchDistribution",)
_DISTRIBUTIONS_ZONE = "Z2FDTNDATAQYW2"
"""The hosted zone of every distribution (Route 53 developer guide, alias targets)."""
_CONFIG: Mapping[str, object] = {
    "CallerReference": "$reference",
    "Aliases": "$allAliases",
    "Comment": "$description",
    "DefaultRootObject": "$root",
    "Enabled": "$enabled",
    "HttpVersion": "$httpVersion",
    "IsIPV6Enabled": "$isIpv6Enabled",
    "PriceClass": "$priceClass",
    "Staging": "$staging",
    "WebACLId": "$acl",
    "Origins": "$allOrigins",
    "DefaultCacheBehavior": "$defaultBehaviour",
    "CacheBehaviors": "$behaviours",
    "CustomErrorResponses": "$errors",
    "Restrictions": "$countries",
    "ViewerCertificate": "$certificate",
    "Logging": "$logs",
}
_IN_PLACE = {
    "aliases": Property(normalise=unordered),
    **properties("comment defaultRootObject webAclId"),
    "enabled": Property(),
    "httpVersion": Property(default="http2"),
    "isIpv6Enabled": Property(default=False),
    "priceClass": Property(default="PriceClass_All"),
    "origins": Property(normalise=form.origins),
    "defaultCacheBehavior": Property(normalise=form.behaviour),
    "orderedCacheBehaviors": Property(normalise=form.behaviours),
    "customErrorResponses": Property(normalise=form.errors),
    "restrictions": Property(normalise=form.restrictions),
    "viewerCertificate": Property(normalise=form.certificate),
    "loggingConfig": Property(normalise=form.logging),
}


def _read(item: Mapping[str, object], scope: Scope) -> Mapping[str, object]:
    found = item["distribution"]
    whole = found if isinstance(found, Mapping) else {}
    return form.told(whole["DistributionConfig"])


def _remove(aws: Aws, scope: Scope) -> None:
    """Disable the distribution, then delete it, unless it is to be kept (`retainOnDelete`)."""
    found = aws.call("GetDistributionConfig", {"Id": scope["id"]})
    config, version = found["DistributionConfig"], found["ETag"]
    if isinstance(config, Mapping) and config["Enabled"]:
        params = {"Id": scope["id"], "IfMatch": version, "DistributionConfig": {**config, "Enabled": False}}
        version = aws.call("UpdateDistribution", params)["ETag"]
    if scope.get("retainOnDelete") is not True:
        aws.call("DeleteDistribution", {"Id": scope["id"], "IfMatch": version})


DISTRIBUTION = ResourceType(
    token="aws:cloudfront/distribution:Distribution",
    service="cloudfront",
    properties={
        **_IN_PLACE,
        "staging": Property(replace=True, default=False, only=False),
        "retainOnDelete": Property(local=True, default=False),
        "waitForDeployment": Property(local=True, default=True),
    },
    create=(
        Call(
            "CreateDistributionWithTags",
            {"DistributionConfigWithTags": {"DistributionConfig": _CONFIG, "Tags": {"Items": "$tagList"}}},
        ),
    ),
    derived={
        "reference": lambda scope: scope.get("callerReference") or f"pulumi-{uuid.uuid4()}",
        "description": lambda scope: scope.get("comment") or "",
        "root": lambda scope: scope.get("defaultRootObject") or "",
        "acl": lambda scope: scope.get("webAclId") or "",
        "allAliases": lambda scope: form.counted(scope.get("aliases")),
        "allOrigins": lambda scope: form.origins(scope.get("origins")),
        "defaultBehaviour": lambda scope: form.behaviour(scope.get("defaultCacheBehavior")),
        "behaviours": lambda scope: form.behaviours(scope.get("orderedCacheBehaviors")),
        "errors": lambda scope: form.errors(scope.get("customErrorResponses")),
        "countries": lambda scope: form.restrictions(scope.get("restrictions")),
        "certificate": lambda scope: form.certificate(scope.get("viewerCertificate")),
        "logs": lambda scope: form.logging(scope.get("loggingConfig")),
    },
    id="Distribution.Id",
    read=Read(
        Call("GetDistribution", {"Id": "$id"}),
        item="{distribution: Distribution, etag: ETag}",
        sets={
            "arn": "distribution.ARN",
            "etag": "etag",
            "status": "distribution.Status",
            "domainName": "distribution.DomainName",
            "lastModifiedTime": "distribution.LastModifiedTime",
            "inProgressValidationBatches": "distribution.InProgressInvalidationBatches",
            "callerReference": "distribution.DistributionConfig.CallerReference",
            "comment": "distribution.DistributionConfig.Comment",
            "defaultRootObject": "distribution.DistributionConfig.DefaultRootObject",
            "enabled": "distribution.DistributionConfig.Enabled",
            "httpVersion": "distribution.DistributionConfig.HttpVersion",
            "isIpv6Enabled": "distribution.DistributionConfig.IsIPV6Enabled",
            "priceClass": "distribution.DistributionConfig.PriceClass",
            "staging": "distribution.DistributionConfig.Staging",
            "webAclId": "distribution.DistributionConfig.WebACLId",
        },
        also=(Lookup(Call("ListTagsForResource", {"Resource": "$arn"}), {"tagList": "Tags.Items"}),),
        convert=_read,
    ),
    updates=(
        Update(
            tuple(_IN_PLACE),
            (Call("UpdateDistribution", {"Id": "$id", "IfMatch": "$etag", "DistributionConfig": _CONFIG}),),
        ),
    ),
    delete=(_remove,),
    tagging=Tagging(
        steps=(
            Call("UntagResource", {"Resource": "$arn", "TagKeys": {"Items": "$removedKeys"}}, when="removedKeys"),
            Call("TagResource", {"Resource": "$arn", "Tags": {"Items": "$addedTags"}}, when="addedTags"),
        )
    ),
    formats={"hostedZoneId": _DISTRIBUTIONS_ZONE},
    gone=_GONE,
    find_first=True,
)

_CONTROL = "name description originAccessControlOriginType signingBehavior signingProtocol"

ORIGIN_ACCESS_CONTROL = ResourceType(
    token="aws:cloudfront/originAccessControl:OriginAccessControl",
    service="cloudfront",
    properties={
        "name": Property(autoname="{name}"),
        "description": Property(default="Managed by Pulumi"),
        **properties("originAccessControlOriginType signingBehavior signingProtocol"),
    },
    create=(Call("CreateOriginAccessControl", {"OriginAccessControlConfig": Fill()}),),
    id="OriginAccessControl.Id",
    read=Read(
        Call("GetOriginAccessControl", {"Id": "$id"}),
        item="{control: OriginAccessControl.OriginAccessControlConfig, etag: ETag}",
        sets={
            "etag": "etag",
            **{name: f"control.{name[0].upper()}{name[1:]}" for name in _CONTROL.split()},
        },
    ),
    updates=(
        Update(
            tuple(_CONTROL.split()),
            (
                Call(
                    "UpdateOriginAccessControl",
                    {"Id": "$id", "IfMatch": "$etag", "OriginAccessControlConfig": Fill()},
                ),
            ),
        ),
    ),
    delete=(Call("DeleteOriginAccessControl", {"Id": "$id", "IfMatch": "$etag"}),),
    formats={"arn": "arn:aws:cloudfront::{account}:origin-access-control/{id}"},
    gone=("NoSuchOriginAccessControl",),
    find_first=True,
)


def _policy(token: str, kind: str, in_place: Mapping[str, Property]) -> ResourceType:
    """A policy that moto cannot hold.

    Args:
        token: Pulumi type token.
        kind: CloudFront's word for it in ARNs.
        in_place: Its properties besides the name; all change in place.
    """
    named = {"name": Property(autoname="{name}"), "comment": Property(), **in_place}
    return ResourceType(
        token=token,
        service="cloudfront",
        properties=named,
        create=(),
        id="{random}",
        read=Read(Call("ListCachePolicies"), item="@"),
        updates=(Update(tuple(named), ()),),
        formats={"arn": f"arn:aws:cloudfront::{{account}}:{kind}/{{id}}", "etag": "E{id}"},
        recorded="moto has no policies of CloudFront",
    )


RESPONSE_HEADERS_POLICY = _policy(
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
    "response-headers-policy",
    properties(
        "corsConfig customHeadersConfig removeHeadersConfig securityHeadersConfig serverTimingHeadersConfig",
        normalise=compact,
    ),
)
CACHE_POLICY = _policy(
    "aws:cloudfront/cachePolicy:CachePolicy",
    "cache-policy",
    {
        "parametersInCacheKeyAndForwardedToOrigin": Property(normalise=compact),
        "defaultTtl": Property(default=86_400),
        "maxTtl": Property(default=31_536_000),
        "minTtl": Property(),
    },
)

TYPES = (DISTRIBUTION, ORIGIN_ACCESS_CONTROL, RESPONSE_HEADERS_POLICY, CACHE_POLICY)
