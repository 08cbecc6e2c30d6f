"""A distribution's configuration between the SDK's form and CloudFront's.

CloudFront's lists tell their number beside their items, methods lie in each other, and every default has to be sent
(CloudFront API, DistributionConfig; terraform-provider-aws, internal/service/cloudfront/distribution.go). The form
for CloudFront serves for comparing, too: equal configurations have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

Part = Mapping[str, object]
"""An object of the SDK or of CloudFront."""
_Wire = dict[str, object]


def counted(values: object, form: Callable[[Part], object] | None = None) -> _Wire:
    """Return a list as CloudFront has it; scalars in order, which has no meaning."""
    given = list(values) if isinstance(values, Sequence) and not isinstance(values, str) else []
    listed = [form(item) for item in given] if form else sorted(given, key=str)
    return {"Quantity": len(listed), **({"Items": listed} if listed else {})}


def _some(values: Mapping[str, object]) -> _Wire:
    return {name: value for name, value in values.items() if value is not None}


def _part(value: object) -> Part:
    return value if isinstance(value, Mapping) else {}


def origins(value: object) -> _Wire:
    """Return Origins, by id."""
    listed = value if isinstance(value, list) else []
    return counted(sorted(listed, key=lambda one: str(one.get("originId"))), _origin)


def _origin(given: Part) -> _Wire:
    custom, s3, shield = given.get("customOriginConfig"), given.get("s3OriginConfig"), given.get("originShield")
    control = given.get("originAccessControlId")
    bucket = s3 if s3 is not None else None if custom else {"originAccessIdentity": ""}
    return _some(
        {
            "Id": given.get("originId"),
            "DomainName": given.get("domainName"),
            "OriginPath": given.get("originPath") or "",
            "ConnectionAttempts": given.get("connectionAttempts") or 3,
            "ConnectionTimeout": given.get("connectionTimeout") or 10,
            "CustomHeaders": counted(given.get("customHeaders"), _header),
            "OriginAccessControlId": control or None,
            "S3OriginConfig": {"OriginAccessIdentity": _part(bucket).get("originAccessIdentity") or ""}
            if bucket is not None
            else None,
            "CustomOriginConfig": _custom(_part(custom)) if custom else None,
            "OriginShield": _shield(_part(shield)),
        }
    )


def _header(given: Part) -> _Wire:
    return {"HeaderName": given.get("name"), "HeaderValue": given.get("value")}


def _custom(given: Part) -> _Wire:
    return {
        "HTTPPort": given.get("httpPort"),
        "HTTPSPort": given.get("httpsPort"),
        "OriginProtocolPolicy": given.get("originProtocolPolicy"),
        "OriginSslProtocols": counted(given.get("originSslProtocols")),
        "OriginReadTimeout": given.get("originReadTimeout") or 30,
        "OriginKeepaliveTimeout": given.get("originKeepaliveTimeout") or 5,
    }


def _shield(given: Part) -> _Wire:
    region = {"OriginShieldRegion": given["originShieldRegion"]} if given.get("originShieldRegion") else {}
    return {"Enabled": bool(given.get("enabled")), **region}


def behaviour(value: object) -> _Wire:
    """Return a cache behavior; that of a path has its pattern."""
    given = _part(value)
    policy, path = given.get("cachePolicyId"), given.get("pathPattern")
    return _some(
        {
            "PathPattern": path,
            "TargetOriginId": given.get("targetOriginId"),
            "ViewerProtocolPolicy": given.get("viewerProtocolPolicy"),
            "AllowedMethods": {
                **counted(given.get("allowedMethods")),
                "CachedMethods": counted(given.get("cachedMethods")),
            },
            "Compress": bool(given.get("compress")),
            "SmoothStreaming": bool(given.get("smoothStreaming")),
            "FieldLevelEncryptionId": given.get("fieldLevelEncryptionId") or "",
            "CachePolicyId": policy or None,
            "OriginRequestPolicyId": given.get("originRequestPolicyId") or None,
            "ResponseHeadersPolicyId": given.get("responseHeadersPolicyId") or None,
            "RealtimeLogConfigArn": given.get("realtimeLogConfigArn") or None,
            "FunctionAssociations": counted(given.get("functionAssociations"), _function),
            "LambdaFunctionAssociations": counted(given.get("lambdaFunctionAssociations"), _lambda),
            **({} if policy else _forwarding(given)),
        }
    )


def _forwarding(given: Part) -> _Wire:
    forwarded = given.get("forwardedValues")
    times = {"MinTTL": given.get("minTtl") or 0, "DefaultTTL": given.get("defaultTtl"), "MaxTTL": given.get("maxTtl")}
    values = _part(forwarded)
    cookies = _part(values.get("cookies")) or {"forward": "none"}
    whitelist = {"WhitelistedNames": counted(cookies["whitelistedNames"])} if cookies.get("whitelistedNames") else {}
    told = {
        "QueryString": bool(values.get("queryString")),
        "Cookies": {"Forward": cookies.get("forward"), **whitelist},
        "Headers": counted(values.get("headers")),
        "QueryStringCacheKeys": counted(values.get("queryStringCacheKeys")),
    }
    return {**_some(times), **({"ForwardedValues": told} if forwarded else {})}


def _function(given: Part) -> _Wire:
    return {"EventType": given.get("eventType"), "FunctionARN": given.get("functionArn")}


def _lambda(given: Part) -> _Wire:
    body = bool(given.get("includeBody"))
    return {"EventType": given.get("eventType"), "LambdaFunctionARN": given.get("lambdaArn"), "IncludeBody": body}


def behaviours(value: object) -> _Wire:
    """Return CacheBehaviors, whose order counts."""
    return counted(value, behaviour)


def errors(value: object) -> _Wire:
    """Return CustomErrorResponses, by code."""
    listed = value if isinstance(value, list) else []
    return counted(sorted(listed, key=lambda one: str(one.get("errorCode"))), _error)


def _error(given: Part) -> _Wire:
    code = given.get("responseCode")
    return _some(
        {
            "ErrorCode": given.get("errorCode"),
            "ErrorCachingMinTTL": given.get("errorCachingMinTtl"),
            "ResponseCode": str(code) if code else None,
            "ResponsePagePath": given.get("responsePagePath") or None,
        }
    )


def restrictions(value: object) -> _Wire:
    """Return Restrictions."""
    geo = _part(_part(value).get("geoRestriction"))
    return {"GeoRestriction": {"RestrictionType": geo.get("restrictionType"), **counted(geo.get("locations"))}}


def certificate(value: object) -> _Wire:
    """Return ViewerCertificate: CloudFront's own, or one of ACM or IAM, which wants to know how it is used."""
    given = _part(value)
    acm, iam = given.get("acmCertificateArn") or None, given.get("iamCertificateId") or None
    own = not acm and not iam
    return _some(
        {
            "CloudFrontDefaultCertificate": own,
            "ACMCertificateArn": acm,
            "IAMCertificateId": iam,
            "MinimumProtocolVersion": given.get("minimumProtocolVersion") or "TLSv1",
            "SSLSupportMethod": None if own else given.get("sslSupportMethod"),
        }
    )


def logging(value: object) -> _Wire:
    """Return Logging: logs are on where a bucket is named."""
    given = _part(value)
    return {
        "Enabled": bool(given.get("bucket")),
        "Bucket": given.get("bucket") or "",
        "Prefix": given.get("prefix") or "",
        "IncludeCookies": bool(given.get("includeCookies")),
    }


def told(config: Part) -> dict[str, object]:
    """Return the properties whose form differs, out of CloudFront's DistributionConfig."""
    logs, certificate_, geo = (
        _part(config.get("Logging")),
        _part(config.get("ViewerCertificate")),
        config["Restrictions"],
    )
    country = _part(_part(geo)["GeoRestriction"])
    return {
        "origins": [_told_origin(one) for one in _items(config.get("Origins"))],
        "defaultCacheBehavior": _told_behaviour(_part(config["DefaultCacheBehavior"])),
        "orderedCacheBehaviors": [_told_behaviour(_part(one)) for one in _items(config.get("CacheBehaviors"))] or None,
        "customErrorResponses": _items(config.get("CustomErrorResponses")) or None,
        "aliases": _items(config.get("Aliases")) or None,
        "restrictions": {
            "geoRestriction": {"restrictionType": country.get("RestrictionType"), "locations": country.get("Items")}
        },
        "viewerCertificate": certificate_,
        "loggingConfig": logs if logs.get("Bucket") else None,
    }


def _items(listed: object) -> list[object]:
    found = _part(listed).get("Items")
    return list(found) if isinstance(found, list) else []


def _told_origin(value: object) -> _Wire:
    given = dict(_part(value))
    headers = [_part(one) for one in _items(given.pop("CustomHeaders", None))]
    custom = given.get("CustomOriginConfig")
    protocols = {"OriginSslProtocols": _items(_part(custom).get("OriginSslProtocols"))}
    # Beside an origin access control, the empty old identity says nothing.
    identity = _part(given.pop("S3OriginConfig", None)).get("OriginAccessIdentity")
    return _some(
        {
            **given,
            "originId": given["Id"],
            "customHeaders": [{"name": one["HeaderName"], "value": one["HeaderValue"]} for one in headers] or None,
            "S3OriginConfig": {"OriginAccessIdentity": identity} if identity else None,
            "CustomOriginConfig": {**_part(custom), **protocols} if custom else None,
            "OriginShield": given.get("OriginShield") if _part(given.get("OriginShield")).get("Enabled") else None,
        }
    )


def _told_behaviour(given: Part) -> _Wire:
    methods = _part(given.get("AllowedMethods"))
    lambdas = [_part(one) for one in _items(given.get("LambdaFunctionAssociations"))]
    forwarded = given.get("ForwardedValues")
    return _some(
        {
            **given,
            "AllowedMethods": _items(methods),
            "CachedMethods": _items(methods.get("CachedMethods")),
            "FunctionAssociations": _items(given.get("FunctionAssociations")) or None,
            "LambdaFunctionAssociations": [
                {
                    "eventType": one["EventType"],
                    "lambdaArn": one["LambdaFunctionARN"],
                    "includeBody": one["IncludeBody"],
                }
                for one in lambdas
            ]
            or None,
            "ForwardedValues": _told_forwarding(_part(forwarded)) if forwarded else None,
            "TrustedSigners": None,
            "TrustedKeyGroups": None,
        }
    )


def _told_forwarding(given: Part) -> _Wire:
    cookies = _part(given.get("Cookies"))
    names = _items(cookies.get("WhitelistedNames"))
    return _some(
        {
            "QueryString": given.get("QueryString"),
            "Cookies": _some({"Forward": cookies.get("Forward"), "WhitelistedNames": names or None}),
            "Headers": _items(given.get("Headers")) or None,
            "QueryStringCacheKeys": _items(given.get("QueryStringCacheKeys")) or None,
        }
    )
