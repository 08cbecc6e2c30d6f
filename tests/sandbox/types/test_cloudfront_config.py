"""A distribution's configuration there and back."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.sandbox.provider.schema import SchemaSource
from securecart.sandbox.provider.shapes import from_aws
from securecart.sandbox.types import cloudfront_config as form
from tests.sandbox.types.cases_cloudfront import behaviour

METHODS = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
OWN = {"cloudfrontDefaultCertificate": True}
ACM = {
    "acmCertificateArn": "arn:aws:acm:us-east-1:1:certificate/1",
    "minimumProtocolVersion": "TLSv1.2_2021",
    "sslSupportMethod": "sni-only",
}
OLD_CACHE = {
    "allowedMethods": METHODS,
    "cachedMethods": ["GET", "HEAD"],
    "targetOriginId": "shop",
    "viewerProtocolPolicy": "https-only",
    "forwardedValues": {
        "queryString": True,
        "headers": ["Host"],
        "cookies": {"forward": "whitelist", "whitelistedNames": ["session"]},
    },
    "defaultTtl": 60,
    "lambdaFunctionAssociations": [
        {"eventType": "viewer-request", "lambdaArn": "arn:aws:lambda:x:1", "includeBody": False}
    ],
    "functionAssociations": [{"eventType": "viewer-response", "functionArn": "arn:aws:cloudfront::1:function/f"}],
}
ORIGIN = {
    "originId": "shop",
    "domainName": "shop.example.com",
    "customHeaders": [{"name": "x-from", "value": "edge"}],
    "originShield": {"enabled": True, "originShieldRegion": "us-east-1"},
    "customOriginConfig": {
        "httpPort": 80,
        "httpsPort": 443,
        "originProtocolPolicy": "https-only",
        "originSslProtocols": ["TLSv1.2"],
        "originReadTimeout": 60,
    },
}
WHOLE: dict[str, tuple[Any, Any]] = {
    "origins": (
        form.origins,
        [ORIGIN, {"originId": "images", "domainName": "i.s3.amazonaws.com", "originAccessControlId": "E1"}],
    ),
    "defaultCacheBehavior": (form.behaviour, behaviour("shop", responseHeadersPolicyId="policy")),
    "orderedCacheBehaviors": (
        form.behaviours,
        [{**OLD_CACHE, "pathPattern": "/old/*"}, behaviour("shop", pathPattern="/b")],
    ),
    "customErrorResponses": (form.errors, [{"errorCode": 404, "responseCode": 200, "responsePagePath": "/gone"}]),
    "restrictions": (
        form.restrictions,
        {"geoRestriction": {"restrictionType": "whitelist", "locations": ["US", "DE"]}},
    ),
    "viewerCertificate": (form.certificate, ACM),
    "loggingConfig": (form.logging, {"bucket": "logs.s3.amazonaws.com", "prefix": "edge/", "includeCookies": True}),
    "aliases": (form.counted, ["shop.example.com"]),
}
MEMBERS = {
    "origins": "Origins",
    "defaultCacheBehavior": "DefaultCacheBehavior",
    "orderedCacheBehaviors": "CacheBehaviors",
    "customErrorResponses": "CustomErrorResponses",
    "restrictions": "Restrictions",
    "viewerCertificate": "ViewerCertificate",
    "loggingConfig": "Logging",
    "aliases": "Aliases",
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_cloudfront_tells_is_what_was_sent(name: str):
    sent = {MEMBERS[one]: to_wire(value) for one, (to_wire, value) in WHOLE.items()}
    outputs = SchemaSource().get("aws:cloudfront/distribution:Distribution").outputs
    back = from_aws(form.told(sent)[name], outputs[name])
    to_wire, value = WHOLE[name]
    assert back
    assert to_wire(back) == to_wire(value)


@given(st.lists(st.sampled_from(METHODS), unique=True, min_size=1))
def test_methods_have_no_order_and_are_counted(methods: list[str]):
    wire = form.counted(methods)
    assert wire == form.counted(methods[::-1])
    assert wire["Quantity"] == len(methods)


def test_the_order_of_paths_counts():
    paths = [behaviour("shop", pathPattern=path) for path in ("/a", "/b")]
    assert form.behaviours(paths) != form.behaviours(paths[::-1])


def test_cloudfronts_own_certificate_has_no_way_of_use():
    assert form.certificate(OWN) == {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"}
    assert form.certificate(ACM)["SSLSupportMethod"] == "sni-only"
    assert form.certificate(OWN) != form.certificate(ACM)


def test_nothing_is_a_list_of_nothing():
    assert form.counted(None) == form.counted([]) == {"Quantity": 0}
    assert form.logging(None)["Enabled"] is False
