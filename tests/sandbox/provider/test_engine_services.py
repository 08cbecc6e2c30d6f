"""The real Pulumi engine deploys whole families of services: names and TLS, and PrivateLink."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pulumi
import pytest
from pulumi_aws import acm, ec2, lb, route53

from tests.sandbox.provider.harness import Sandbox, World
from tests.sandbox.provider.test_engine import Deployment, provider

POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@pytest.fixture
def stack(sandbox: Sandbox, tmp_path: Path) -> Iterator[Deployment]:
    made = Deployment(sandbox, tmp_path)
    yield made
    made.stack.destroy()


def network(name: str, opts: pulumi.ResourceOptions) -> tuple[ec2.Vpc, list[pulumi.Output[str]]]:
    vpc = ec2.Vpc(name, cidr_block="10.0.0.0/16", enable_dns_hostnames=True, opts=opts)
    subnets = [
        ec2.Subnet(
            f"{name}-{zone}",
            vpc_id=vpc.id,
            cidr_block=f"10.0.{number}.0/24",
            availability_zone=f"us-east-1{zone}",
            opts=opts,
        )
        for number, zone in enumerate("ab", start=1)
    ]
    return vpc, [subnet.id for subnet in subnets]


def certificate(zone: route53.Zone, name: str, opts: pulumi.ResourceOptions) -> acm.CertificateValidation:
    asked = acm.Certificate("tls", domain_name=name, validation_method="DNS", opts=opts)
    option = asked.domain_validation_options[0]
    shown = route53.Record(
        "tls-shown",
        zone_id=zone.zone_id,
        name=option.resource_record_name,
        type=option.resource_record_type,
        ttl=300,
        records=[option.resource_record_value],
        opts=opts,
    )
    return acm.CertificateValidation(
        "tls-valid", certificate_arn=asked.arn, validation_record_fqdns=[shown.fqdn], opts=opts
    )


def test_a_site_gets_its_name_its_certificate_and_its_listeners(stack: Deployment, world: World):
    name = f"shop{world.home}.example.com"

    def program() -> None:
        opts = pulumi.ResourceOptions(provider=provider(world.home))
        zone = route53.Zone("zone", name=name, opts=opts)
        vpc, subnets = network("vpc", opts)
        balancer = lb.LoadBalancer("shop", internal=True, subnets=subnets, opts=opts)
        group = lb.TargetGroup("shop", port=80, protocol="HTTP", target_type="ip", vpc_id=vpc.id, opts=opts)
        forward = {"type": "forward", "target_group_arn": group.arn}
        secure = lb.Listener(
            "secure",
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy=POLICY,
            certificate_arn=certificate(zone, name, opts).certificate_arn,
            default_actions=[forward],
            opts=opts,
        )
        to_tls = {"protocol": "HTTPS", "port": "443", "status_code": "HTTP_301"}
        lb.Listener(
            "plain",
            load_balancer_arn=balancer.arn,
            port=80,
            protocol="HTTP",
            default_actions=[{"type": "redirect", "redirect": to_tls}],
            opts=opts,
        )
        paths = [{"path_pattern": {"values": ["/pay/*"]}}]
        lb.ListenerRule("pay", listener_arn=secure.arn, actions=[forward], conditions=paths, opts=opts)
        check = route53.HealthCheck(
            "live", type="HTTPS", fqdn=name, port=443, resource_path="/health", request_interval=30, opts=opts
        )
        target = {"name": balancer.dns_name, "zone_id": balancer.zone_id, "evaluate_target_health": True}
        for role in ("PRIMARY", "SECONDARY"):
            route53.Record(
                role.lower(),
                zone_id=zone.zone_id,
                name=name,
                type="A",
                aliases=[target],
                set_identifier=role.lower(),
                failover_routing_policies=[{"type": role}],
                health_check_id=check.id,
                opts=opts,
            )
        pulumi.export("zone", zone.zone_id)
        pulumi.export("listener", secure.arn)

    outputs = stack.up(program).outputs
    elb, dns = world.boto("elbv2"), world.boto("route53")
    [seen] = elb.describe_listeners(ListenerArns=[outputs["listener"].value])["Listeners"]
    assert (seen["Protocol"], seen["SslPolicy"]) == ("HTTPS", POLICY)
    [used] = world.boto("acm").list_certificates(CertificateStatuses=["ISSUED"])["CertificateSummaryList"]
    assert seen["Certificates"] == [{"CertificateArn": used["CertificateArn"]}]
    records = dns.list_resource_record_sets(HostedZoneId=outputs["zone"].value)["ResourceRecordSets"]
    assert {one["Failover"] for one in records if one["Type"] == "A"} == {"PRIMARY", "SECONDARY"}
    assert set(stack.up(program).summary.resource_changes) == {"same"}
    stack.stack.destroy()
    assert elb.describe_load_balancers()["LoadBalancers"] == []
    assert world.boto("acm").list_certificates()["CertificateSummaryList"] == []


def test_one_account_offers_a_service_and_another_connects(stack: Deployment, world: World):
    def program() -> None:
        offering = pulumi.ResourceOptions(provider=provider(world.home, "offering"))
        using = pulumi.ResourceOptions(provider=provider(world.other, "using"))
        _, subnets = network("provider", offering)
        balancer = lb.LoadBalancer("pay", load_balancer_type="network", internal=True, subnets=subnets, opts=offering)
        service = ec2.VpcEndpointService(
            "pay", acceptance_required=True, network_load_balancer_arns=[balancer.arn], opts=offering
        )
        allowed = ec2.VpcEndpointServiceAllowedPrinciple(
            "shop",
            vpc_endpoint_service_id=service.id,
            principal_arn=f"arn:aws:iam::{world.other}:root",
            opts=offering,
        )
        vpc, inside = network("consumer", using)
        group = ec2.SecurityGroup("vpce", vpc_id=vpc.id, description="endpoints", opts=using)
        endpoint = ec2.VpcEndpoint(
            "pay",
            vpc_id=vpc.id,
            service_name=service.service_name,
            vpc_endpoint_type="Interface",
            subnet_ids=inside,
            security_group_ids=[group.id],
            opts=pulumi.ResourceOptions.merge(using, pulumi.ResourceOptions(depends_on=[allowed])),
        )
        ec2.VpcEndpointConnectionAccepter(
            "shop", vpc_endpoint_service_id=service.id, vpc_endpoint_id=endpoint.id, opts=offering
        )
        table = ec2.RouteTable("private", vpc_id=vpc.id, opts=using)
        ec2.VpcEndpoint(
            "s3", vpc_id=vpc.id, service_name="com.amazonaws.us-east-1.s3", route_table_ids=[table.id], opts=using
        )
        pulumi.export("endpoint", endpoint.id)
        pulumi.export("service", service.id)

    outputs = stack.up(program).outputs
    consumer = world.boto("ec2", world.other)
    [seen] = consumer.describe_vpc_endpoints(VpcEndpointIds=[outputs["endpoint"].value])["VpcEndpoints"]
    assert (seen["State"], len(seen["NetworkInterfaceIds"])) == ("available", 2)
    wanted = [{"Name": "service-id", "Values": [outputs["service"].value]}]
    [other_side] = world.boto("ec2").describe_vpc_endpoint_connections(Filters=wanted)["VpcEndpointConnections"]
    assert other_side["VpcEndpointOwner"] == world.other
    assert set(stack.up(program).summary.resource_changes) == {"same"}
    stack.stack.destroy()
    assert consumer.describe_vpc_endpoints()["VpcEndpoints"] == []
    assert world.boto("ec2").describe_vpc_endpoint_service_configurations()["ServiceConfigurations"] == []
