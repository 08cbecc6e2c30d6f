"""Breaks of the rules on web ACLs and distributions."""

from __future__ import annotations

import json

from tests.e2e.broken_programs import Address, Break, change

STACK = "distribution-static"
_DISTRIBUTION = "Distribution"
_AT = Address(_DISTRIBUTION, "static")
_EVERYBODY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "s3:GetObject",
            "Resource": "arn:aws:s3:::securecart-content-static-210000000004-us-east-1/*",
        }
    ],
}
_SAMPLED = {"cloudwatch_metrics_enabled": True, "metric_name": "static", "sampled_requests_enabled": True}
_GUESS = {
    "search_string": "open-sesame",
    "positional_constraint": "EXACTLY",
    "field_to_match": {"single_header": {"name": "x-securecart-origin"}},
    "text_transformations": [{"priority": 0, "type": "NONE"}],
}
_GUESSED = {
    "name": "rate-limit",
    "priority": 30,
    "action": {"block": {}},
    "statement": {
        "rate_based_statement": {
            "aggregate_key_type": "IP",
            "limit": 100,
            "evaluation_window_sec": 300,
            "scope_down_statement": {"not_statement": {"statement": {"byte_match_statement": _GUESS}}},
        }
    },
    "visibility_config": {**_SAMPLED, "sampled_requests_enabled": False},
}

_WEB_ACLS = (
    change("web-acl-scope", STACK, "IpSet", "static-blocked-ipv4", scope="REGIONAL"),
    Break(
        "web-acl-declared-whole",
        STACK,
        Address("WebAclRule", "beside"),
        adds="aws:wafv2/webAclRule:WebAclRule",
        stands_in=True,
    ),
    change("web-acl-blocks-by-default", STACK, "WebAcl", "static", default_action={"allow": {}}),
    # Each of these is about the rules of a web ACL, so each takes another one.
    change("web-acl-rate-limit", STACK, "WebAcl", "static", rules=[]),
    change("web-acl-managed-groups", "load-balancer-dev", "WebAcl", "dev", rules=[]),
    change("web-acl-countries-last", "load-balancer-staging", "WebAcl", "staging", rules=[]),
    change("web-acl-blocked-addresses", "load-balancer-prod-eu", "WebAcl", "prod-eu", rules=[]),
    change("web-acl-not-sampled", STACK, "WebAcl", "static", visibility_config=_SAMPLED),
    change("web-acl-origin-token", "load-balancer-prod", "WebAcl", "prod", rules=[_GUESSED]),
    change("web-acl-logged", STACK, "WebAclLoggingConfiguration", "static", redacted_fields=[]),
    change("web-acl-logs-encrypted", STACK, "LogGroup", "static-web-acl-log", retention_in_days=30),
)

JUDGED: tuple[Break, ...] = (
    *_WEB_ACLS,
    change("distribution-listed", STACK, _DISTRIBUTION, "static", aliases=["other.securecart.example"]),
    change(
        "distribution-viewers-tls",
        STACK,
        _DISTRIBUTION,
        "static",
        viewer_certificate={"cloudfront_default_certificate": True},
    ),
    change(
        "distribution-countries",
        STACK,
        _DISTRIBUTION,
        "static",
        restrictions={"geo_restriction": {"restriction_type": "none"}},
    ),
    change("distribution-paths-listed", STACK, _DISTRIBUTION, "static", ordered_cache_behaviors=[]),
    change("distribution-control-signs", STACK, "OriginAccessControl", "static", signing_behavior="never"),
    change(
        "distribution-origins",
        STACK,
        _DISTRIBUTION,
        "static",
        origins=[{"origin_id": "content", "domain_name": "elsewhere.s3.us-east-1.amazonaws.com"}],
    ),
    change(
        "distribution-web-acl",
        STACK,
        _DISTRIBUTION,
        "static",
        web_acl_id="arn:aws:wafv2:us-east-1:210000000004:global/webacl/elsewhere/1",
    ),
    change("distribution-logged", STACK, "LogDeliverySource", "cloudfront-static", _AT, log_type="OTHER"),
    change("distribution-bucket-readers", STACK, "BucketPolicy", "static", policy=json.dumps(_EVERYBODY)),
)
"""Breaks of web ACLs, and of a distribution's stack."""
