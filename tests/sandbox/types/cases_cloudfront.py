"""Cases of CloudFront."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import cases_waf
from tests.sandbox.types.case import Case, Edit

DISTRIBUTION = "aws:cloudfront/distribution:Distribution"
CONTROL = "aws:cloudfront/originAccessControl:OriginAccessControl"
CACHING = "658327ea-f89d-4fab-a63d-7e88639e58f6"
"""CloudFront's managed policy CachingOptimized."""
_READING = ["HEAD", "GET"]


def control_inputs(world: World) -> dict[str, object]:
    return {
        "name": f"control{next(world.names)}-{world.home}",
        "description": "images",
        "originAccessControlOriginType": "s3",
        "signingBehavior": "always",
        "signingProtocol": "sigv4",
    }


def behaviour(origin: str, **more: object) -> dict[str, object]:
    return {
        "allowedMethods": _READING,
        "cachedMethods": _READING,
        "targetOriginId": origin,
        "viewerProtocolPolicy": "redirect-to-https",
        "cachePolicyId": CACHING,
        "compress": True,
        **more,
    }


def distribution_inputs(world: World, **more: object) -> dict[str, object]:
    control = world.make(CONTROL, control_inputs(world)).id
    web = {
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
    }
    return {
        "enabled": True,
        "comment": "the shop",
        "defaultRootObject": "index.html",
        "origins": [
            {
                "originId": "images",
                "domainName": "images.s3.us-east-1.amazonaws.com",
                "originAccessControlId": control,
            },
            {"originId": "shop", "domainName": "shop.example.com", "customOriginConfig": web},
        ],
        "defaultCacheBehavior": behaviour("images"),
        "orderedCacheBehaviors": [behaviour("shop", pathPattern="/checkout/*", originRequestPolicyId="policy")],
        "customErrorResponses": [{"errorCode": 404, "responseCode": 200, "responsePagePath": "/gone.html"}],
        "restrictions": {"geoRestriction": {"restrictionType": "whitelist", "locations": ["US", "DE"]}},
        "viewerCertificate": {"cloudfrontDefaultCertificate": True},
        "loggingConfig": {"bucket": "logs.s3.amazonaws.com", "prefix": "edge/"},
        "webAclId": cases_waf.web_acl(world, "CLOUDFRONT").state["arn"],
        "tags": {"Name": "shop"},
        **more,
    }


def _cloudfront(world: World) -> Any:
    return world.boto("cloudfront")


def distribution(world: World, it: Resource) -> Any:
    return _cloudfront(world).get_distribution(Id=it.id)["Distribution"]["DistributionConfig"]


def _control(world: World, it: Resource) -> Any:
    return _cloudfront(world).get_origin_access_control(Id=it.id)["OriginAccessControl"]["OriginAccessControlConfig"]


def _tags(world: World, it: Resource) -> Any:
    found = _cloudfront(world).list_tags_for_resource(Resource=it.state["arn"])["Tags"]["Items"]
    return {tag["Key"]: tag["Value"] for tag in found}


def recorded(world: World, it: Resource) -> Any:
    """What the sandbox's store holds of a resource that is only recorded."""
    held = world.sandbox.provider.store.list()
    token = it.urn.split("::")[2]
    wanted = (world.home, token, it.id)
    return next((one.properties for one in held if (one.account, one.type, one.id) == wanted), None)


_HEADERS = {
    "strictTransportSecurity": {"accessControlMaxAgeSec": 63072000, "override": True, "includeSubdomains": True},
    "contentTypeOptions": {"override": True},
}
_KEY = {
    "cookiesConfig": {"cookieBehavior": "none"},
    "headersConfig": {"headerBehavior": "none"},
    "queryStringsConfig": {"queryStringBehavior": "whitelist", "queryStrings": {"items": ["page"]}},
}

CASES = (
    Case(
        token=DISTRIBUTION,
        inputs=distribution_inputs,
        seen=distribution,
        edits=(
            Edit(
                lambda world, it: {"defaultCacheBehavior": behaviour("shop")},
                lambda world, it: distribution(world, it)["DefaultCacheBehavior"]["TargetOriginId"],
                "shop",
            ),
            Edit(
                lambda world, it: {"restrictions": {"geoRestriction": {"restrictionType": "none"}}},
                lambda world, it: distribution(world, it)["Restrictions"]["GeoRestriction"]["RestrictionType"],
                "none",
            ),
            Edit(
                lambda world, it: {"orderedCacheBehaviors": [], "webAclId": "", "customErrorResponses": []},
                lambda world, it: (distribution(world, it)["CacheBehaviors"], distribution(world, it)["WebACLId"]),
                ({"Quantity": 0}, ""),
            ),
            Edit(lambda world, it: {"enabled": False}, lambda world, it: distribution(world, it)["Enabled"], False),
            Edit(lambda world, it: {"tags": {"Name": "changed"}}, _tags, {"Name": "changed"}),
        ),
        equal={"defaultCacheBehavior": behaviour("images", allowedMethods=["GET", "HEAD"], smoothStreaming=False)},
    ),
    Case(
        token=CONTROL,
        inputs=control_inputs,
        seen=_control,
        edits=(
            Edit(
                lambda world, it: {"signingBehavior": "no-override"},
                lambda world, it: _control(world, it)["SigningBehavior"],
                "no-override",
            ),
            Edit(
                lambda world, it: {"name": f"{it.inputs['name']}x"},
                lambda world, it: _control(world, it)["Name"][-1],
                "x",
            ),
        ),
    ),
    Case(
        token="aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
        inputs=lambda world: {"name": "headers", "comment": "strict", "securityHeadersConfig": _HEADERS},
        seen=recorded,
        edits=(
            Edit(
                lambda world, it: {"comment": "stricter"}, lambda world, it: recorded(world, it)["comment"], "stricter"
            ),
            Edit(lambda world, it: {"name": "other"}, lambda world, it: recorded(world, it)["name"], "other"),
        ),
    ),
    Case(
        token="aws:cloudfront/cachePolicy:CachePolicy",
        inputs=lambda world: {"name": "cache", "parametersInCacheKeyAndForwardedToOrigin": _KEY},
        seen=recorded,
        edits=(Edit(lambda world, it: {"maxTtl": 60}, lambda world, it: recorded(world, it)["maxTtl"], 60),),
        equal={"defaultTtl": "86400"},
    ),
)
