"""Cases of load balancers, target groups, listeners and rules."""

from __future__ import annotations

from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit

_ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012"
_ANSWER = {"contentType": "text/plain", "messageBody": "closed", "statusCode": "503"}


def _elb(world: World) -> Any:
    return world.boto("elbv2")


def _tags() -> Edit:
    def seen(world: World, it: Resource) -> object:
        [found] = _elb(world).describe_tags(ResourceArns=[it.id])["TagDescriptions"]
        return {tag["Key"]: tag["Value"] for tag in found["Tags"]}

    wanted = {"Name": "changed", "New": "1"}
    return Edit(lambda world, it: {"tags": wanted}, seen, wanted)


def _balancer_inputs(world: World) -> dict[str, object]:
    vpc_id, subnets = parts.two_subnets(world, public=True)
    return {
        "name": f"shop{next(world.names)}",
        "loadBalancerType": "application",
        "subnets": subnets,
        "securityGroups": [parts.security_group(world, vpc_id)],
        "dropInvalidHeaderFields": True,
        "idleTimeout": 120,
        "accessLogs": {"bucket": parts.bucket(world), "enabled": True},
        "tags": {"Name": "shop"},
    }


def _balancer(world: World, it: Resource) -> Any:
    return _elb(world).describe_load_balancers(LoadBalancerArns=[it.id])["LoadBalancers"]


def _attribute(key: str) -> Any:
    def seen(world: World, it: Resource) -> object:
        found = _elb(world).describe_load_balancer_attributes(LoadBalancerArn=it.id)["Attributes"]
        return {one["Key"]: one["Value"] for one in found}.get(key)

    return seen


def _group_of(world: World, it: Resource) -> dict[str, object]:
    return {"securityGroups": [parts.security_group(world, _balancer(world, it)[0]["VpcId"])]}


def _third_subnet(world: World, it: Resource) -> dict[str, object]:
    vpc_id = _balancer(world, it)[0]["VpcId"]
    return {"subnets": [*it.inputs["subnets"], parts.subnet(world, vpc_id, "10.0.3.0/24", "us-east-1c")]}


def _subnets(world: World, it: Resource) -> list[str]:
    return sorted(zone["SubnetId"] for zone in _balancer(world, it)[0]["AvailabilityZones"])


def _group(world: World, it: Resource) -> Any:
    return _elb(world).describe_target_groups(TargetGroupArns=[it.id])["TargetGroups"]


def _group_inputs(world: World) -> dict[str, object]:
    return {
        "name": f"api{next(world.names)}",
        "port": 8080,
        "protocol": "HTTP",
        "protocolVersion": "HTTP1",
        "targetType": "ip",
        "vpcId": parts.vpc(world),
        "deregistrationDelay": 30,
        "healthCheck": {"path": "/health", "matcher": "200-299", "timeout": 4},
        "stickiness": {"type": "lb_cookie", "cookieDuration": 600},
        "tags": {"Name": "api"},
    }


def _group_attribute(key: str) -> Any:
    def seen(world: World, it: Resource) -> object:
        found = _elb(world).describe_target_group_attributes(TargetGroupArn=it.id)["Attributes"]
        return {one["Key"]: one["Value"] for one in found}.get(key)

    return seen


def _health(world: World, it: Resource) -> list[object]:
    [group] = _group(world, it)
    return [group["HealthCheckPath"], group["HealthyThresholdCount"], group["Matcher"]["HttpCode"]]


def _targets(world: World, it: Resource) -> list[str]:
    found = _elb(world).describe_target_health(TargetGroupArn=it.inputs["targetGroupArn"])
    return [one["Target"]["Id"] for one in found["TargetHealthDescriptions"]]


def _redirect(world: World) -> dict[str, object]:
    _, subnets = parts.two_subnets(world)
    return {
        "loadBalancerArn": parts.load_balancer(world, subnets).id,
        "port": 80,
        "protocol": "HTTP",
        "defaultActions": [
            {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
        ],
        "tags": {"Name": "redirect"},
    }


def _listener(world: World, it: Resource) -> Any:
    return _elb(world).describe_listeners(ListenerArns=[it.id])["Listeners"]


def _secured(world: World, it: Resource) -> dict[str, object]:
    """The listener becomes a secure one that forwards."""
    [balancer] = _elb(world).describe_load_balancers(LoadBalancerArns=[it.inputs["loadBalancerArn"]])["LoadBalancers"]
    certificate, _ = parts.validated_certificate(world)
    group = parts.target_group(world, balancer["VpcId"])
    return {
        "port": 443,
        "protocol": "HTTPS",
        "certificateArn": certificate.id,
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "defaultActions": [{"type": "forward", "targetGroupArn": group.id}],
    }


def _secured_view(world: World, it: Resource) -> list[object]:
    [listener] = _listener(world, it)
    return [listener["Port"], listener["Protocol"], listener["SslPolicy"], listener["DefaultActions"][0]["Type"]]


def _rule_inputs(world: World) -> dict[str, object]:
    listener, group = parts.secure_listener(world)
    return {
        "listenerArn": listener.id,
        "priority": 10,
        "actions": [{"type": "forward", "targetGroupArn": group.id}],
        "conditions": [
            {"pathPattern": {"values": ["/pay/*", "/cart/*"]}},
            {"httpHeader": {"httpHeaderName": "X-Beta", "values": ["1"]}},
        ],
        "tags": {"Name": "pay"},
    }


def _rule(world: World, it: Resource) -> Any:
    return _elb(world).describe_rules(RuleArns=[it.id])["Rules"]


def _second_certificate(world: World) -> dict[str, object]:
    listener, _ = parts.secure_listener(world)
    certificate, _ = parts.validated_certificate(world)
    return {"listenerArn": listener.id, "certificateArn": certificate.id}


def _further(world: World, it: Resource) -> list[str]:
    found = _elb(world).describe_listener_certificates(ListenerArn=it.inputs["listenerArn"])["Certificates"]
    return [one["CertificateArn"] for one in found if not one["IsDefault"]]


CASES = (
    Case(
        "aws:lb/loadBalancer:LoadBalancer",
        _balancer_inputs,
        seen=_balancer,
        edits=(
            Edit(lambda w, r: {"idleTimeout": 30}, _attribute("idle_timeout.timeout_seconds"), value="30"),
            Edit(
                lambda w, r: {"enableDeletionProtection": True}, _attribute("deletion_protection.enabled"), value="true"
            ),
            Edit(
                lambda w, r: {"enableDeletionProtection": False},
                _attribute("deletion_protection.enabled"),
                value="false",
            ),
            Edit(
                lambda w, r: {"accessLogs": {**r.inputs["accessLogs"], "enabled": False}},
                _attribute("access_logs.s3.enabled"),
                value="false",
            ),
            Edit(
                _group_of,
                lambda w, r: _balancer(w, r)[0]["SecurityGroups"],
                value=lambda w, r: r.inputs["securityGroups"],
            ),
            Edit(_third_subnet, _subnets, value=lambda w, r: sorted(r.inputs["subnets"])),
            _tags(),
        ),
        replacing={"name": "other", "internal": True, "loadBalancerType": "network"},
    ),
    Case(
        "aws:lb/targetGroup:TargetGroup",
        _group_inputs,
        seen=_group,
        edits=(
            Edit(
                lambda w, r: {"healthCheck": {"path": "/ready", "healthyThreshold": 2, "matcher": "200"}},
                _health,
                value=["/ready", 2, "200"],
            ),
            Edit(
                lambda w, r: {"deregistrationDelay": 60},
                _group_attribute("deregistration_delay.timeout_seconds"),
                value="60",
            ),
            Edit(
                lambda w, r: {"stickiness": {"type": "lb_cookie", "enabled": False}},
                _group_attribute("stickiness.enabled"),
                value="false",
            ),
            _tags(),
        ),
        replacing={"port": 81, "protocol": "HTTPS", "vpcId": "vpc-0", "targetType": "instance", "name": "other"},
        equal={
            "healthCheck": {"path": "/health", "matcher": "200-299", "timeout": 4, "enabled": True, "interval": 30},
        },
        not_imported=frozenset(),
    ),
    Case(
        "aws:lb/targetGroupAttachment:TargetGroupAttachment",
        lambda world: {
            "targetGroupArn": parts.target_group(world, parts.vpc(world)).id,
            "targetId": "10.0.1.20",
            "port": 8080,
        },
        seen=_targets,
        replacing={"targetId": "10.0.1.21", "port": 80, "targetGroupArn": f"{_ARN}:targetgroup/a/0"},
        not_imported=frozenset({"port"}),
    ),
    Case(
        "aws:lb/listener:Listener",
        _redirect,
        seen=_listener,
        edits=(
            Edit(_secured, _secured_view, [443, "HTTPS", "ELBSecurityPolicy-TLS13-1-2-2021-06", "forward"]),
            _tags(),
        ),
        replacing={"loadBalancerArn": f"{_ARN}:loadbalancer/app/a/0"},
        equal={
            "defaultActions": [
                {
                    "type": "redirect",
                    "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301", "host": "#{host}"},
                }
            ],
        },
    ),
    Case(
        "aws:lb/listenerRule:ListenerRule",
        _rule_inputs,
        seen=_rule,
        edits=(
            Edit(lambda w, r: {"priority": 20}, lambda w, r: _rule(w, r)[0]["Priority"], value="20"),
            Edit(
                lambda w, r: {"conditions": [{"queryStrings": [{"key": "v", "value": "2"}]}]},
                lambda w, r: _rule(w, r)[0]["Conditions"][0]["QueryStringConfig"]["Values"],
                value=[{"Key": "v", "Value": "2"}],
            ),
            Edit(
                lambda w, r: {"actions": [{"type": "fixed-response", "fixedResponse": _ANSWER}]},
                lambda w, r: _rule(w, r)[0]["Actions"][0]["FixedResponseConfig"]["StatusCode"],
                value="503",
            ),
            _tags(),
        ),
        replacing={"listenerArn": f"{_ARN}:listener/app/a/0/0"},
        equal={
            "conditions": [
                {"httpHeader": {"httpHeaderName": "X-Beta", "values": ["1"]}},
                {"pathPattern": {"values": ["/cart/*", "/pay/*"]}},
            ]
        },
    ),
    Case(
        "aws:lb/listenerCertificate:ListenerCertificate",
        _second_certificate,
        seen=_further,
        replacing={"certificateArn": "arn:aws:acm:us-east-1:1:certificate/0", "listenerArn": f"{_ARN}:listener/0"},
    ),
)
