"""The two listeners of a load balancer on the internet: HTTP is redirected, HTTPS forwarded."""

from __future__ import annotations

import pulumi

from securecart.components.sdk import lb
from securecart.program.scope import Scope

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
"""The firm's one TLS policy of listeners: TLS 1.3 and 1.2, with forward secrecy and authenticated ciphers alone (ELB
user guide, "Security policies for your Application Load Balancer")."""

HSTS = "max-age=31536000; includeSubDomains"
"""A year in which browsers ask the host by HTTPS alone, so that only the first visit meets the redirection."""


def redirecting_listener(scope: Scope, name: str, balancer_arn: pulumi.Input[str]) -> lb.Listener:
    """Listen on 80, and answer with a redirection to HTTPS alone."""
    redirect = lb.ListenerDefaultActionRedirectArgs(protocol="HTTPS", port="443", status_code="HTTP_301")
    return lb.Listener(
        f"{name}-http",
        load_balancer_arn=balancer_arn,
        port=80,
        protocol="HTTP",
        default_actions=[lb.ListenerDefaultActionArgs(type="redirect", redirect=redirect)],
        tags=scope.tags(f"{name}-http"),
        opts=scope.opts(),
    )


def https_listener(
    scope: Scope,
    name: str,
    balancer_arn: pulumi.Input[str],
    target_group_arn: pulumi.Input[str],
    certificate_arn: pulumi.Input[str],
) -> lb.Listener:
    """Listen on 443, end TLS with a certificate, and forward to a target group."""
    return lb.Listener(
        f"{name}-https",
        load_balancer_arn=balancer_arn,
        port=443,
        protocol="HTTPS",
        ssl_policy=TLS_POLICY,
        certificate_arn=certificate_arn,
        routing_http_response_strict_transport_security_header_value=HSTS,
        default_actions=[lb.ListenerDefaultActionArgs(type="forward", target_group_arn=target_group_arn)],
        tags=scope.tags(f"{name}-https"),
        opts=scope.opts(),
    )
