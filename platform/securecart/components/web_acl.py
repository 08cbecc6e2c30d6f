"""A web ACL with its IP sets and its log: the same for load balancers, API stages and CloudFront."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pulumi

from securecart.components.encrypted_log_group import EncryptedLogGroup, EncryptedLogGroupArgs
from securecart.components.origin_token import ORIGIN_HEADER
from securecart.components.policy_document import PolicyDocument, Statement, policy_document
from securecart.components.sdk import cloudwatch, wafv2
from securecart.components.web_acl_rules import BLOCKED, rules
from securecart.errors import ProgramError
from securecart.program.scope import Scope

WafScope = Literal["REGIONAL", "CLOUDFRONT"]
"""What a web ACL is for: load balancers and API stages of its region, or CloudFront."""
CLOUDFRONT_REGION: Final = "us-east-1"
"""The one region with web ACLs for CloudFront (WAFV2 API reference, CreateWebACL, Scope)."""
LOG_PREFIX: Final = "aws-waf-logs-"
"""How the name of a log group for WAF begins (AWS WAF developer guide, "Sending web ACL traffic logs")."""
REDACTED: Final = ("authorization", "cookie", ORIGIN_HEADER)
"""Headers that hold credentials, of customers or of a distribution, and are kept out of the log."""


@dataclass(frozen=True)
class WebAclArgs:
    """What a web ACL needs."""

    waf_scope: WafScope
    """What it is for; ``CLOUDFRONT`` only in us-east-1."""
    rate_limit: int
    """Requests of one address within the window, above which it is blocked."""
    rate_window_seconds: int
    """The window, in seconds."""
    countries: Sequence[str]
    """Countries whose requests are let in, as ISO 3166-1 alpha-2 codes."""
    origin_token: pulumi.Input[str] | None = None
    """Secret that a distribution in front sends; its requests are not counted by address again."""


class WebAcl(pulumi.ComponentResource):
    """A web ACL that blocks whatever none of its rules allows, and logs every request that it sees."""

    arn: pulumi.Output[str]
    """ARN of the web ACL."""
    ip_set_ids: Mapping[str, pulumi.Output[str]]
    """Id of the set of blocked addresses of each IP version, ``IPV4`` and ``IPV6``."""

    def __init__(self, name: str, scope: Scope, args: WebAclArgs) -> None:
        """Create the IP sets, the web ACL, then its log.

        Args:
            name: Name of the component, its children, and of the web ACL within its account, region and scope.
            scope: Account and region.
            args: What it lets in.

        Raises:
            ProgramError: the web ACL is for CloudFront, and the region not us-east-1.
        """
        _check_region(name, scope.region, args.waf_scope)
        super().__init__("securecart:edge:WebAcl", name, None, scope.component_opts())
        inner = scope.within(self)
        blocked = {version: _ip_set(inner, name, version, args.waf_scope) for version in BLOCKED.values()}
        acl = _acl(inner, name, args, {version: ip_set.arn for version, ip_set in blocked.items()})
        _log(inner, name, acl, f"{LOG_PREFIX}{args.waf_scope.lower()}-{name}")
        self.arn = acl.arn
        self.ip_set_ids = {version: ip_set.id for version, ip_set in blocked.items()}
        self.register_outputs({"arn": acl.arn, "ip_set_ids": dict(self.ip_set_ids)})


def log_policy(owner_id: str, region: str, log_group_arn: str) -> PolicyDocument:
    """Let log delivery write one log group, for the owning account's web ACLs alone.

    Source: AWS WAF developer guide, "Sending web ACL traffic logs to a CloudWatch Logs log group".
    """
    return policy_document(
        Statement(
            Sid="AWSLogDeliveryWrite",
            Effect="Allow",
            Principal={"Service": "delivery.logs.amazonaws.com"},
            Action=["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource=f"{log_group_arn}:log-stream:*",
            Condition={
                "StringEquals": {"aws:SourceAccount": owner_id},
                "ArnLike": {"aws:SourceArn": f"arn:aws:logs:{region}:{owner_id}:*"},
            },
        )
    )


def _check_region(name: str, region: str, waf_scope: WafScope) -> None:
    if waf_scope == "CLOUDFRONT" and region != CLOUDFRONT_REGION:
        raise ProgramError(
            f"web ACL {name!r} for CloudFront cannot be made in this region",
            value=region,
            rule=f"WAF keeps web ACLs of scope CLOUDFRONT in {CLOUDFRONT_REGION}",
            remedy=f"give it a scope of {CLOUDFRONT_REGION}",
        )


def _ip_set(scope: Scope, name: str, version: str, waf_scope: WafScope) -> wafv2.IpSet:
    """Create a set of blocked addresses, empty; what the response to an incident puts there, stays there."""
    full_name = f"{name}-blocked-{version.lower()}"
    return wafv2.IpSet(
        full_name,
        name=full_name,
        description="Addresses blocked in response to incidents",
        scope=waf_scope,
        ip_address_version=version,
        addresses=[],
        tags=scope.tags(full_name),
        opts=scope.opts(ignore_changes=["addresses"]),
    )


def _acl(scope: Scope, name: str, args: WebAclArgs, ip_set_arns: Mapping[str, pulumi.Output[str]]) -> wafv2.WebAcl:
    """Create the web ACL: whatever no rule allows, is blocked."""
    return wafv2.WebAcl(
        name,
        name=name,
        description="Lets in requests of customers that no rule finds bad",
        scope=args.waf_scope,
        default_action={"block": {}},
        rules=rules(ip_set_arns, args.rate_limit, args.rate_window_seconds, args.countries, args.origin_token),
        visibility_config={"cloudwatch_metrics_enabled": True, "metric_name": name, "sampled_requests_enabled": False},
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _log(scope: Scope, name: str, acl: wafv2.WebAcl, log_group_name: str) -> None:
    """Log every request, without the credentials in it."""
    group = EncryptedLogGroup(
        f"{name}-web-acl-log", scope, EncryptedLogGroupArgs(log_group_name, f"Log of web ACL {name}")
    )
    arn = f"arn:aws:logs:{scope.region}:{scope.account_id}:log-group:{log_group_name}"
    delivery = cloudwatch.LogResourcePolicy(
        f"{name}-web-acl-log",
        policy_name=log_group_name,
        policy_document=json.dumps(log_policy(scope.account_id, scope.region, arn)),
        opts=scope.opts(),
    )
    wafv2.WebAclLoggingConfiguration(
        name,
        resource_arn=acl.arn,
        log_destination_configs=[group.log_group_arn],
        redacted_fields=[{"single_header": {"name": header}} for header in REDACTED],
        opts=scope.opts(depends_on=[delivery]),
    )
