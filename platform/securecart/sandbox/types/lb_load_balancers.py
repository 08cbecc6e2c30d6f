"""Load balancers. Sources: ELB API reference; pulumi-aws 7 resource documentation.

What changes in place, and what makes a new one, differs between the types (terraform-provider-aws, load_balancer.go).
"""

from __future__ import annotations

from securecart.sandbox.types.lb_parts import TAGS, TAGS_FOUND, attribute, logs, set_attributes
from securecart.sandbox.types.lb_target_groups import suffix
from securecart.sandbox.types.normalise import unordered
from securecart.sandbox.types.vocabulary import (
    Call,
    Lookup,
    Property,
    Read,
    ResourceType,
    Scope,
    Update,
    properties,
)

_ARN = {"LoadBalancerArn": "$id"}
_BOOLEANS = {
    "dropInvalidHeaderFields": "routing.http.drop_invalid_header_fields.enabled",
    "enableDeletionProtection": "deletion_protection.enabled",
    "enableTlsVersionAndCipherSuiteHeaders": "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
    "enableWafFailOpen": "waf.fail_open.enabled",
    "enableXffClientPort": "routing.http.xff_client_port.enabled",
    "enableZonalShift": "zonal_shift.config.enabled",
    "preserveHostHeader": "routing.http.preserve_host_header.enabled",
    "enableCrossZoneLoadBalancing": "load_balancing.cross_zone.enabled",
}
"""Attributes that are off unless asked for."""
_OTHERS = {
    "clientKeepAlive": ("client_keep_alive.seconds", 3600),
    "desyncMitigationMode": ("routing.http.desync_mitigation_mode", "defensive"),
    "dnsRecordClientRoutingPolicy": ("dns_record.client_routing_policy", "any_availability_zone"),
    "enableHttp2": ("routing.http2.enabled", True),
    "idleTimeout": ("idle_timeout.timeout_seconds", 60),
    "xffHeaderProcessingMode": ("routing.http.xff_header_processing.mode", "append"),
}
"""Attributes with another default."""
_LOGS = ("accessLogs", "connectionLogs", "healthCheckLogs")
_MEMBERS = ("enabled", "bucket", "prefix")
_LOG_KEYS = {
    f"{name}.{member}": f"{prefix}.s3.{member}"
    for name, prefix in zip(_LOGS, ("access_logs", "connection_logs", "health_check_logs"), strict=True)
    for member in _MEMBERS
}
_KEYS = {**_BOOLEANS, **{name: key for name, (key, _) in _OTHERS.items()}, **_LOG_KEYS}
_DEFAULTS: dict[str, object] = {
    **dict.fromkeys(_BOOLEANS, False),
    **{name: value for name, (_, value) in _OTHERS.items()},
}
_ATTRIBUTES = (*_BOOLEANS, *_OTHERS, *_LOGS)
_ENFORCE = "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic"


_SET_GROUPS = Call(
    "SetSecurityGroups",
    {
        **_ARN,
        "SecurityGroups": "$securityGroups",
        f"{_ENFORCE[0].upper()}{_ENFORCE[1:]}": f"${_ENFORCE}",
    },
    when="securityGroups",
)


def _is_network(news: Scope) -> bool:
    return news.get("loadBalancerType") == "network"


def _other_subnets(old: object, new: object, news: Scope) -> bool:
    """A network load balancer keeps its subnets: more may join, none may leave."""
    had, wanted = (set(value) if isinstance(value, list) else set() for value in (old, new))
    return _is_network(news) and isinstance(new, list) and len(wanted) <= len(had)


def _first_or_no_group(old: object, new: object, news: Scope) -> bool:
    """A network load balancer made without security groups never has any, and one made with some keeps one."""
    return _is_network(news) and (new is None or isinstance(new, list)) and bool(old) != bool(new)


LOAD_BALANCER = ResourceType(
    token="aws:lb/loadBalancer:LoadBalancer",
    service="elbv2",
    properties={
        "name": Property(replace=True, autoname="{name}"),
        "loadBalancerType": Property(replace=True, default="application"),
        "internal": Property(replace=True, computed=True),
        "customerOwnedIpv4Pool": Property(replace=True),
        "ipAddressType": Property(computed=True),
        "subnets": Property(computed=True, normalise=unordered, replace_among=_other_subnets),
        "securityGroups": Property(computed=True, normalise=unordered, replace_among=_first_or_no_group),
        _ENFORCE: Property(computed=True),
        # Attributes of another type of load balancer are not told by AWS: the provider keeps what was given.
        **{name: Property(default=value, unread=True) for name, value in _DEFAULTS.items()},
        **properties(" ".join(_LOGS), computed=True, normalise=logs),
    },
    create=(
        Call(
            "CreateLoadBalancer",
            {
                "Name": "$name",
                "Type": "$loadBalancerType",
                "Scheme": "$scheme",
                "IpAddressType": "$ipAddressType",
                "CustomerOwnedIpv4Pool": "$customerOwnedIpv4Pool",
                "Subnets": "$subnets",
                "SecurityGroups": "$securityGroups",
                "Tags": "$tagList",
            },
        ),
    ),
    derived={"scheme": lambda scope: "internal" if scope.get("internal") is True else None, "suffix": suffix},
    id="LoadBalancers[0].LoadBalancerArn",
    read=Read(
        Call("DescribeLoadBalancers", {"LoadBalancerArns": ["$id"]}),
        item="LoadBalancers[0]",
        sets={
            "arn": "LoadBalancerArn",
            "name": "LoadBalancerName",
            "loadBalancerType": "Type",
            "internal": "Scheme == 'internal'",
            "subnets": "AvailabilityZones[].SubnetId",
            "zoneId": "CanonicalHostedZoneId",
        },
        also=(
            Lookup(
                Call("DescribeLoadBalancerAttributes", _ARN),
                {
                    **{name: attribute(key) for name, key in _KEYS.items() if "." not in name},
                    # An application load balancer always balances across zones, which the provider does not tell.
                    "enableCrossZoneLoadBalancing": "Attributes[?Key=='load_balancing.cross_zone.enabled'"
                    " && $loadBalancerType!='application'].Value | [0]",
                    **{
                        name: "{" + ", ".join(f"{m}: {attribute(_LOG_KEYS[f'{name}.{m}'])}" for m in _MEMBERS) + "}"
                        for name in _LOGS
                    },
                },
            ),
            TAGS_FOUND,
        ),
    ),
    updates=(
        Update(("ipAddressType",), (Call("SetIpAddressType", {**_ARN, "IpAddressType": "$ipAddressType"}),)),
        Update(("subnets",), (Call("SetSubnets", {**_ARN, "Subnets": "$subnets"}),)),
        Update(("securityGroups",), (_SET_GROUPS,)),
        Update((_ENFORCE,), (_SET_GROUPS,), at_create=True),
        Update(
            _ATTRIBUTES,
            (set_attributes("ModifyLoadBalancerAttributes", "LoadBalancerArn", _KEYS, _DEFAULTS),),
            at_create=True,
        ),
    ),
    delete=(Call("DeleteLoadBalancer", _ARN),),
    tagging=TAGS,
    formats={"arnSuffix": "{suffix}"},
    gone=("LoadBalancerNotFound",),
    exactly_one=(("subnets",),),
    unique=("name",),
)

TYPES = (LOAD_BALANCER,)
