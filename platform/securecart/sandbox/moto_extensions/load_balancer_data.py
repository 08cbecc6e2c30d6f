"""What Elastic Load Balancing documents as tables: attributes with their defaults, and hosted zones of its names.

Sources: ELB API reference, LoadBalancerAttribute and TargetGroupAttribute; AWS General Reference, "Elastic Load
Balancing endpoints and quotas".
"""

from __future__ import annotations

from collections.abc import Mapping

_LOGS = {f"access_logs.s3.{member}": value for member, value in (("enabled", "false"), ("bucket", ""), ("prefix", ""))}
_ANY = {"deletion_protection.enabled": "false", "zonal_shift.config.enabled": "false", **_LOGS}
BALANCER_ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "application": {
        **_ANY,
        "client_keep_alive.seconds": "3600",
        "connection_logs.s3.enabled": "false",
        "connection_logs.s3.bucket": "",
        "connection_logs.s3.prefix": "",
        "health_check_logs.s3.enabled": "false",
        "health_check_logs.s3.bucket": "",
        "health_check_logs.s3.prefix": "",
        "idle_timeout.timeout_seconds": "60",
        "ipv6.deny_all_igw_traffic": "false",
        "load_balancing.cross_zone.enabled": "true",
        "routing.http.desync_mitigation_mode": "defensive",
        "routing.http.drop_invalid_header_fields.enabled": "false",
        "routing.http.preserve_host_header.enabled": "false",
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
        "routing.http.xff_client_port.enabled": "false",
        "routing.http.xff_header_processing.mode": "append",
        "routing.http2.enabled": "true",
        "waf.fail_open.enabled": "false",
    },
    "network": {
        **_ANY,
        "dns_record.client_routing_policy": "any_availability_zone",
        "ipv6.deny_all_igw_traffic": "false",
        "load_balancing.cross_zone.enabled": "false",
        "secondary_ips.auto_assigned.per_subnet": "0",
    },
}
"""Attributes that each type of load balancer knows, with their defaults."""

HTTP = ("HTTP", "HTTPS")
_GROUP_ANY = {
    "deregistration_delay.timeout_seconds": "300",
    "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
    "stickiness.enabled": "false",
    "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
}
_GROUP_HTTP = {
    "load_balancing.algorithm.anomaly_mitigation": "off",
    "load_balancing.algorithm.type": "round_robin",
    "slow_start.duration_seconds": "0",
    "stickiness.app_cookie.cookie_name": "",
    "stickiness.app_cookie.duration_seconds": "86400",
    "stickiness.lb_cookie.duration_seconds": "86400",
    "stickiness.type": "lb_cookie",
}
_GROUP_TRANSPORT = {
    "deregistration_delay.connection_termination.enabled": "false",
    "proxy_protocol_v2.enabled": "false",
    "stickiness.type": "source_ip",
    "target_health_state.unhealthy.connection_termination.enabled": "true",
    "target_health_state.unhealthy.draining_interval_seconds": "0",
}
_GROUP_LAMBDA = {"lambda.multi_value_headers.enabled": "false"}


def group_attributes(protocol: str | None, target_type: str) -> dict[str, str]:
    """Return the attributes that a target group knows, with their defaults.

    Args:
        protocol: Its protocol; None for functions.
        target_type: `instance`, `ip`, `alb` or `lambda`.
    """
    if target_type == "lambda":
        return {**_GROUP_LAMBDA, **{name: value for name, value in _GROUP_ANY.items() if "health" in name}}
    if protocol in HTTP:
        return {**_GROUP_ANY, **_GROUP_HTTP}
    by_address = target_type == "ip" and protocol in ("TCP", "TLS")
    return {**_GROUP_ANY, **_GROUP_TRANSPORT, "preserve_client_ip.enabled": "false" if by_address else "true"}


HOSTED_ZONES: Mapping[str, tuple[str, str]] = {
    "us-east-1": ("Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"),
    "us-east-2": ("Z3AADJGX6KTTL2", "ZLMOA37VPKANP"),
    "us-west-1": ("Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"),
    "us-west-2": ("Z1H1FL5HABSF5", "Z18D5FSROUN65G"),
    "eu-west-1": ("Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"),
    "eu-west-2": ("ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"),
    "eu-central-1": ("Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"),
}
"""Route 53 hosted zones of the names of application and network load balancers by region; others keep moto's own."""
