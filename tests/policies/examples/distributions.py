"""Web ACLs, and a distribution's stack, written out."""

from __future__ import annotations

import json
from dataclasses import replace

from policies.values import Value
from policies.views import Resource, Stack
from tests.policies.examples.builder import Builder, Ref

BUCKET = "securecart-content-static-210000000003-us-east-1"
LOGS = "arn:aws:s3:::securecart-flow-logs-210000000005-us-east-1"
HOST = "us.shop.example"
HEADER = "x-securecart-origin"
TOKEN = "token-of-us"


def blocking(name: str, priority: int, **statement: Value) -> dict[str, Value]:
    return {**_named(name, priority), "action": {"block": {}}, "statement": statement}


def _named(name: str, priority: int) -> dict[str, Value]:
    return {"name": name, "priority": priority, "visibilityConfig": {"sampledRequestsEnabled": False}}


def managed(name: str, priority: int, group: str, **more: Value) -> dict[str, Value]:
    statement = {"managedRuleGroupStatement": {"vendorName": "AWS", "name": group, **more}}
    return {**_named(name, priority), "overrideAction": {"none": {}}, "statement": statement}


def rate(**more: Value) -> dict[str, Value]:
    statement = {"aggregateKeyType": "IP", "limit": 100, "evaluationWindowSec": 300, **more}
    return blocking("rate-limit", 30, rateBasedStatement=statement)


def countries(*codes: Value, priority: int = 70, **more: Value) -> dict[str, Value]:
    geo = {"geoMatchStatement": {"countryCodes": list(codes), **more}}
    return {**_named("countries", priority), "action": {"allow": {}}, "statement": geo}


def without_token(token: Value, **match: Value) -> dict[str, Value]:
    """Requests that do not carry a distribution's token."""
    wanted: dict[str, Value] = {
        "searchString": token,
        "positionalConstraint": "EXACTLY",
        "fieldToMatch": {"singleHeader": {"name": HEADER}},
        "textTransformations": [{"priority": 0, "type": "NONE"}],
        **match,
    }
    return {"notStatement": {"statement": {"byteMatchStatement": wanted}}}


def acl_rules(*arns: Value, counted: dict[str, Value] | None = None) -> list[Value]:
    """The rules of a web ACL, given the ARNs of its two sets of blocked addresses, and which requests are counted."""
    blocked = [
        blocking(f"blocked-{number}", 10 * (number + 1), ipSetReferenceStatement={"arn": arn})
        for number, arn in enumerate(arns)
    ]
    return [
        *blocked,
        rate(**({"scopeDownStatement": counted} if counted else {})),
        managed("reputation", 40, "AWSManagedRulesAmazonIpReputationList"),
        managed("common", 50, "AWSManagedRulesCommonRuleSet"),
        managed("sql", 60, "AWSManagedRulesSQLiRuleSet"),
        countries("US", "IE"),
    ]


def web_acl(build: Builder, name: str, scope: str, token: Resource | None = None) -> Resource:
    """A web ACL with its IP sets and its log; behind a distribution, its token is a secret of the stack."""
    sets = [
        build.add(
            "aws:wafv2/ipSet:IpSet",
            f"{name}-{version}",
            scope=scope,
            ipAddressVersion=version,
            addresses=[],
            arn=build.made(f"arn:aws:wafv2:{version}"),
        )
        for version in ("IPV4", "IPV6")
    ]
    acl = build.add(
        "aws:wafv2/webAcl:WebAcl",
        name,
        scope=scope,
        defaultAction={"block": {}},
        rules=acl_rules(
            *(each.props["arn"] for each in sets),
            counted=without_token(token.props["secretString"]) if token else None,
        ),
        visibilityConfig={"sampledRequestsEnabled": False},
        arn=build.made(f"arn:aws:wafv2:{name}"),
    )
    acl = replace(acl, dependencies={"rules": tuple(each.urn for each in (*sets, *((token,) if token else ())))})
    build.resources[-1] = acl
    key = build.add("aws:kms/key:Key", name, enableKeyRotation=True, arn=build.made(f"arn:aws:kms:{name}"))
    group = build.add(
        "aws:cloudwatch/logGroup:LogGroup",
        name,
        name=f"aws-waf-logs-{name}",
        kmsKeyId=Ref(key, "arn"),
        retentionInDays=400,
        arn=build.made(f"arn:aws:logs:{name}"),
    )
    build.add(
        "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration",
        name,
        resourceArn=Ref(acl, "arn"),
        logDestinationConfigs=[Ref(group, "arn")],
        redactedFields=[{"singleHeader": {"name": header}} for header in ("authorization", "cookie", HEADER)],
    )
    return acl


def distribution_stack(*, deployed: bool = False) -> Stack:
    build = Builder("distribution-static", "prod", "us-east-1", deployed)
    acl = web_acl(build, "static", "CLOUDFRONT")
    control = build.add(
        "aws:cloudfront/originAccessControl:OriginAccessControl",
        "static",
        signingBehavior="always",
        originAccessControlOriginType="s3",
    )
    made = build.add(
        "aws:cloudfront/distribution:Distribution",
        "static",
        aliases=["static.shop.example"],
        origins=[content(control.props["id"]), balancer(token=build.made(TOKEN))],
        defaultCacheBehavior={"targetOriginId": "content", "viewerProtocolPolicy": "redirect-to-https"},
        orderedCacheBehaviors=[path("/api/*")],
        restrictions={"geoRestriction": {"restrictionType": "whitelist", "locations": ["IE", "US"]}},
        viewerCertificate={"minimumProtocolVersion": "TLSv1.2_2021", "sslSupportMethod": "sni-only"},
        webAclId=Ref(acl, "arn"),
        arn=build.made("arn:aws:cloudfront::210000000003:distribution/E1"),
    )
    sources = {**made.dependencies, "origins": (control.urn,)}
    build.resources[-1] = made = replace(made, dependencies=sources)
    _content_bucket(build, made)
    _log(build, made)
    return build.stack()


def content(control: Value) -> dict[str, Value]:
    """The bucket as an origin."""
    return {"originId": "content", "domainName": f"{BUCKET}.s3.amazonaws.com", "originAccessControlId": control}


def balancer(host: str = HOST, token: Value = TOKEN, **custom: Value) -> dict[str, Value]:
    """The load balancer as an origin; with no token, no header is sent."""
    wanted = {"originProtocolPolicy": "https-only", "originSslProtocols": ["TLSv1.2"], **custom}
    headers: list[Value] = [] if token is None else [{"name": HEADER, "value": token}]
    return {
        "originId": "load-balancer",
        "domainName": host,
        "customOriginConfig": wanted,
        "customHeaders": headers,
    }


def path(pattern: str, protocol: str = "https-only") -> dict[str, Value]:
    return {"pathPattern": pattern, "targetOriginId": "load-balancer", "viewerProtocolPolicy": protocol}


def content_policy(principal: Value, action: str = "s3:GetObject", **equals: Value) -> str:
    """A policy that lets somebody in, and refuses everybody without TLS."""
    let_in = {
        "Effect": "Allow",
        "Principal": principal,
        "Action": action,
        "Resource": f"arn:aws:s3:::{BUCKET}/*",
        "Condition": {"StringEquals": equals},
    }
    plain = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return json.dumps({"Statement": [let_in, plain]})


def _content_bucket(build: Builder, distribution: Resource) -> None:
    bucket = build.add("aws:s3/bucket:Bucket", "static", bucket=BUCKET)
    own: dict[str, Value | Ref | list[Ref]] = {"bucket": Ref(bucket, "bucket")}
    build.add(
        "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
        "static",
        **own,
        blockPublicAcls=True,
        blockPublicPolicy=True,
        ignorePublicAcls=True,
        restrictPublicBuckets=True,
    )
    build.add(
        "aws:s3/bucketVersioning:BucketVersioning", "static", **own, versioningConfiguration={"status": "Enabled"}
    )
    arn = distribution.props["arn"]
    cloudfront = {"Service": "cloudfront.amazonaws.com"}
    policy = content_policy(cloudfront, **{"AWS:SourceArn": arn}) if isinstance(arn, str) else arn
    build.add("aws:s3/bucketPolicy:BucketPolicy", "static", **own, policy=policy)


def _log(build: Builder, distribution: Resource) -> None:
    build.add(
        "aws:cloudwatch/logDeliverySource:LogDeliverySource",
        "static",
        name="static",
        logType="ACCESS_LOGS",
        resourceArn=Ref(distribution, "arn"),
    )
    destination = build.add(
        "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination",
        "static",
        "log-archive",
        deliveryDestinationConfiguration={"destinationResourceArn": LOGS},
        arn=build.made("arn:aws:logs:delivery-destination:static"),
    )
    build.add(
        "aws:cloudwatch/logDelivery:LogDelivery",
        "static",
        deliverySourceName="static",
        deliveryDestinationArn=Ref(destination, "arn"),
    )
