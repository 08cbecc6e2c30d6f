"""Stacks of an accelerator, of names with a routing policy, and of Shield Advanced."""

from __future__ import annotations

from policies.values import Value
from policies.views import Resource, Stack
from tests.policies.examples.builder import Builder, Ref

_RECORD = "aws:route53/record:Record"


def accelerator_stack(*, deployed: bool = False) -> Stack:
    build = Builder("accelerator-go", "prod", "us-east-1", deployed)
    arn = build.made("arn:aws:globalaccelerator::210000000003:accelerator/1")
    accelerator = build.add("aws:globalaccelerator/accelerator:Accelerator", "go", arn=arn)
    listener = build.add(
        "aws:globalaccelerator/listener:Listener",
        "go",
        acceleratorArn=Ref(accelerator, "arn"),
        protocol="TCP",
        portRanges=[{"fromPort": 443, "toPort": 443}],  # type: ignore[arg-type]  # a list of no Ref
    )
    for name, region in (("us", "us-east-1"), ("eu", "eu-west-1")):
        endpoint = {"endpointId": build.made(f"alb-{name}"), "weight": 128, "clientIpPreservationEnabled": True}
        build.add(
            "aws:globalaccelerator/endpointGroup:EndpointGroup",
            f"go-{name}",
            listenerArn=Ref(listener),
            endpointGroupRegion=region,
            endpointConfigurations=[endpoint],  # type: ignore[arg-type]  # a list of no Ref
        )
    alias = _alias(build, "accelerator", evaluate=False)
    build.add(_RECORD, "go-a", "network", name="go.shop.example", type="A", aliases=alias)
    return build.stack()


def records_stack(*, deployed: bool = False) -> Stack:
    build = Builder("records", "network", "us-east-1", deployed)
    checks = {
        name: build.add(
            "aws:route53/healthCheck:HealthCheck",
            name,
            type="HTTPS",
            fqdn=f"{name}.shop.example",
            port=443,
            resourcePath="/health",
            requestInterval=30,
            enableSni=True,
        )
        for name in ("us", "eu")
    }
    for host, kind, answers in _SETS:
        for identifier, target, policy in answers:
            _routed(build, host, identifier, target, checks[target], {kind: [policy]})
    return build.stack()


_SETS: tuple[tuple[str, str, tuple[tuple[str, str, dict[str, Value]], ...]], ...] = (
    (
        "shop.example",
        "latencyRoutingPolicies",
        (("us-east-1", "us", {"region": "us-east-1"}), ("eu-west-1", "eu", {"region": "eu-west-1"})),
    ),
    (
        "checkout.shop.example",
        "failoverRoutingPolicies",
        (("primary", "us", {"type": "PRIMARY"}), ("secondary", "eu", {"type": "SECONDARY"})),
    ),
    (
        "release.shop.example",
        "weightedRoutingPolicies",
        (("us", "us", {"weight": 90}), ("eu", "eu", {"weight": 0})),
    ),
    (
        "local.shop.example",
        "geolocationRoutingPolicies",
        (("continent-EU", "eu", {"continent": "EU"}), ("default", "us", {"country": "*"})),
    ),
)
"""Host, kind of routing, and of each answer set identifier, target and policy."""


def _routed(
    build: Builder, host: str, identifier: str, target: str, check: Resource, routing: dict[str, Value]
) -> None:
    build.add(
        _RECORD,
        f"{host.partition('.')[0]}.{identifier}",
        name=host,
        type="A",
        zoneId=build.made("zone-1"),
        setIdentifier=identifier,
        healthCheckId=Ref(check),
        aliases=_alias(build, target, evaluate=True),
        **routing,  # type: ignore[arg-type]  # a list of no Ref
    )


def _alias(build: Builder, target: str, *, evaluate: bool) -> Value:
    name = build.made(f"{target}.elb.amazonaws.com")
    return [{"name": name, "zoneId": build.made("zone-of-aws"), "evaluateTargetHealth": evaluate}]


def shield_stack(account: str = "prod", *, deployed: bool = False) -> Stack:
    build = Builder(f"shield-{account}", account, "us-east-1", deployed)
    build.add("aws:shield/subscription:Subscription", "securecart", autoRenew="ENABLED", skipDestroy=True)
    for name, arn in _PROTECTED[account].items():
        build.add("aws:shield/protection:Protection", name, name=name, resourceArn=build.made(arn))
    return build.stack()


_ELB = "arn:aws:elasticloadbalancing:{}:210000000003:loadbalancer/app/{}/50dc6c495c0c9188"
_PROTECTED = {
    "prod": {
        "load-balancer-us": _ELB.format("us-east-1", "us"),
        "load-balancer-eu": _ELB.format("eu-west-1", "eu"),
        "accelerator-go": "arn:aws:globalaccelerator::210000000003:accelerator/1",
        "distribution-static": "arn:aws:cloudfront::210000000003:distribution/E1",
    },
    "network": {"dns": "arn:aws:route53:::hostedzone/Z0"},
}
