from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import pytest

from tests.sandbox.accounts import DEV, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder, Network
from tests.sandbox.moto_extensions.test_certificates import detail, publish, request, zone

_NUMBERS = itertools.count(1)
POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@dataclass(frozen=True)
class Site:
    """A network, and the clients that make load balancers in it."""

    accounts: Accounts
    elb: Any
    network: Network

    def balancer(self, kind: str = "application", **more: object) -> dict[str, Any]:
        asked = {"Name": f"site{next(_NUMBERS)}", "Type": kind, "Scheme": "internal"}
        subnets = {"Subnets": list(self.network.subnets)}
        return self.elb.create_load_balancer(**{**asked, **subnets, **more})["LoadBalancers"][0]

    def group(self, protocol: str = "HTTP", **more: object) -> str:
        asked = {"Name": f"site{next(_NUMBERS)}", "Protocol": protocol, "Port": 80, "VpcId": self.network.vpc}
        made = self.elb.create_target_group(**{**asked, "TargetType": "ip", **more})
        return made["TargetGroups"][0]["TargetGroupArn"]

    def listener(self, balancer: dict[str, Any], group: str, **more: object) -> str:
        return self.elb.create_listener(**self.asked(balancer, group, **more))["Listeners"][0]["ListenerArn"]

    def asked(self, balancer: dict[str, Any], group: str, **more: object) -> dict[str, object]:
        actions = {"DefaultActions": [{"Type": "forward", "TargetGroupArn": group}]}
        plain = {"LoadBalancerArn": balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": 80}
        return {**plain, **actions, **more}

    def certificate(self, *, issued: bool = True) -> str:
        acm, (name, zone_id) = self.accounts.client("acm", DEV), zone(self.accounts)
        arn = request(acm, name)
        [option] = detail(acm, arn)["DomainValidationOptions"]
        if issued:
            publish(self.accounts, DEV, zone_id, option["ResourceRecord"])
        return arn

    def interfaces(self) -> list[dict[str, Any]]:
        inside = [{"Name": "vpc-id", "Values": [self.network.vpc]}]
        return self.network.ec2.describe_network_interfaces(Filters=inside)["NetworkInterfaces"]


@pytest.fixture
def site(build: Builder, accounts: Accounts) -> Site:
    return Site(accounts, accounts.client("elbv2", DEV), build.network(DEV))


def test_a_balancer_holds_its_subnets_and_its_group_until_it_is_deleted(site: Site) -> None:
    ec2 = site.network.ec2
    group = ec2.create_security_group(GroupName="lb", Description="lb", VpcId=site.network.vpc)["GroupId"]
    made = site.balancer(SecurityGroups=[group])
    seen = site.interfaces()
    assert {one["SubnetId"] for one in seen} == set(site.network.subnets)
    assert {held["GroupId"] for one in seen for held in one["Groups"]} == {group}
    assert refusal(ec2.delete_security_group, GroupId=group) == "DependencyViolation"
    assert refusal(ec2.delete_subnet, SubnetId=site.network.subnets[0]) == "DependencyViolation"
    first = seen[0]["NetworkInterfaceId"]
    assert refusal(ec2.delete_network_interface, NetworkInterfaceId=first) == "OperationNotPermitted"
    site.elb.delete_load_balancer(LoadBalancerArn=made["LoadBalancerArn"])
    assert site.interfaces() == []
    ec2.delete_security_group(GroupId=group)
    ec2.delete_subnet(SubnetId=site.network.subnets[0])


def test_a_name_is_used_once(site: Site) -> None:
    made = site.balancer()
    again = {"Name": made["LoadBalancerName"], "Subnets": list(site.network.subnets), "Scheme": "internal"}
    assert refusal(site.elb.create_load_balancer, **again) == "DuplicateLoadBalancerName"
    for name in ("x" * 33, "internal-shop", "-shop", "shop_1"):
        assert refusal(site.elb.create_load_balancer, **{**again, "Name": name}) == "ValidationError"


def test_an_application_needs_two_zones_and_the_internet_a_gateway(site: Site) -> None:
    asked = {"Name": f"site{next(_NUMBERS)}", "Subnets": list(site.network.subnets[:1]), "Scheme": "internal"}
    assert refusal(site.elb.create_load_balancer, **asked) == "ValidationError"
    assert site.balancer("network", Subnets=list(site.network.subnets[:1]))["VpcId"] == site.network.vpc
    public = {**asked, "Subnets": list(site.network.subnets), "Scheme": "internet-facing"}
    assert refusal(site.elb.create_load_balancer, **public) == "InvalidSubnet"
    ec2 = site.network.ec2
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=site.network.vpc)
    assert site.elb.create_load_balancer(**public)["LoadBalancers"][0]["Scheme"] == "internet-facing"


def test_another_vpcs_group_is_refused(build: Builder, site: Site) -> None:
    foreign = build.network(DEV)
    group = foreign.ec2.create_security_group(GroupName="lb", Description="lb", VpcId=foreign.vpc)["GroupId"]
    asked = {"Name": f"site{next(_NUMBERS)}", "Subnets": list(site.network.subnets), "Scheme": "internal"}
    assert refusal(site.elb.create_load_balancer, **asked, SecurityGroups=[group]) == "InvalidSecurityGroup"


def test_a_protected_balancer_is_not_deleted(site: Site) -> None:
    arn = {"LoadBalancerArn": site.balancer()["LoadBalancerArn"]}
    protection = {"Key": "deletion_protection.enabled", "Value": "true"}
    site.elb.modify_load_balancer_attributes(**arn, Attributes=[protection])
    assert refusal(site.elb.delete_load_balancer, **arn) == "OperationNotPermitted"
    site.elb.modify_load_balancer_attributes(**arn, Attributes=[{**protection, "Value": "false"}])
    site.elb.delete_load_balancer(**arn)
    assert (
        refusal(site.elb.describe_load_balancers, LoadBalancerArns=[arn["LoadBalancerArn"]]) == "LoadBalancerNotFound"
    )


def test_each_type_has_its_own_attributes_zone_and_name(site: Site) -> None:
    application, network = site.balancer(), site.balancer("network")
    assert application["CanonicalHostedZoneId"] != network["CanonicalHostedZoneId"]
    assert application["DNSName"].startswith("internal-")
    assert ".elb.us-east-1." in network["DNSName"]
    idle = [{"Key": "idle_timeout.timeout_seconds", "Value": "30"}]
    modify = site.elb.modify_load_balancer_attributes
    modify(LoadBalancerArn=application["LoadBalancerArn"], Attributes=idle)
    assert refusal(modify, LoadBalancerArn=network["LoadBalancerArn"], Attributes=idle) == "ValidationError"


def test_a_network_balancer_keeps_having_groups_or_having_none(site: Site) -> None:
    arn = site.balancer("network")["LoadBalancerArn"]
    ec2 = site.network.ec2
    group = ec2.create_security_group(GroupName="nlb", Description="nlb", VpcId=site.network.vpc)["GroupId"]
    code = refusal(site.elb.set_security_groups, LoadBalancerArn=arn, SecurityGroups=[group])
    assert code == "InvalidConfigurationRequest"
    filtered = site.balancer("network", SecurityGroups=[group])
    assert filtered["EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic"] == "on"


def test_a_group_is_in_use_while_a_listener_forwards_to_it(site: Site) -> None:
    balancer, group = site.balancer(), site.group()
    listener = site.listener(balancer, group)
    [seen] = site.elb.describe_target_groups(TargetGroupArns=[group])["TargetGroups"]
    assert seen["LoadBalancerArns"] == [balancer["LoadBalancerArn"]]
    assert refusal(site.elb.delete_target_group, TargetGroupArn=group) == "ResourceInUse"
    elsewhere = site.asked(site.balancer(), group)
    assert refusal(site.elb.create_listener, **elsewhere) == "TargetGroupAssociationLimit"
    site.elb.delete_listener(ListenerArn=listener)
    [seen] = site.elb.describe_target_groups(TargetGroupArns=[group])["TargetGroups"]
    assert seen["LoadBalancerArns"] == []
    site.elb.delete_target_group(TargetGroupArn=group)


def test_a_port_is_listened_at_once(site: Site) -> None:
    balancer, group = site.balancer(), site.group()
    site.listener(balancer, group)
    assert refusal(site.elb.create_listener, **site.asked(balancer, group)) == "DuplicateListener"
    other = site.listener(balancer, group, Port=81)
    assert refusal(site.elb.modify_listener, ListenerArn=other, Port=80) == "DuplicateListener"


def test_a_secure_listener_needs_a_certificate_that_is_issued(site: Site) -> None:
    balancer, group = site.balancer(), site.group()
    secure = {"Protocol": "HTTPS", "Port": 443, "SslPolicy": POLICY}
    create = site.elb.create_listener
    assert refusal(create, **site.asked(balancer, group, **secure)) == "ValidationError"
    waiting = {**secure, "Certificates": [{"CertificateArn": site.certificate(issued=False)}]}
    assert refusal(create, **site.asked(balancer, group, **waiting)) == "UnsupportedCertificate"
    arn = site.certificate()
    issued = {**secure, "Certificates": [{"CertificateArn": arn}]}
    unknown = {**issued, "SslPolicy": "ELBSecurityPolicy-none"}
    assert refusal(create, **site.asked(balancer, group, **unknown)) == "SSLPolicyNotFound"
    plain = {**issued, "Protocol": "HTTP", "Port": 80}
    assert refusal(create, **site.asked(balancer, group, **plain)) == "ValidationError"
    listener = site.listener(balancer, group, **issued)
    acm = site.accounts.client("acm", DEV)
    assert detail(acm, arn)["InUseBy"] == [balancer["LoadBalancerArn"]]
    assert detail(acm, arn)["RenewalEligibility"] == "ELIGIBLE"
    assert refusal(acm.delete_certificate, CertificateArn=arn) == "ResourceInUseException"
    site.elb.delete_listener(ListenerArn=listener)
    acm.delete_certificate(CertificateArn=arn)


def test_a_further_certificate_stays_when_the_first_is_exchanged(site: Site) -> None:
    arns = [site.certificate() for _ in range(3)]
    secure = {"Protocol": "HTTPS", "Port": 443, "SslPolicy": POLICY}
    listener = site.listener(site.balancer(), site.group(), **secure, Certificates=[{"CertificateArn": arns[0]}])
    site.elb.add_listener_certificates(ListenerArn=listener, Certificates=[{"CertificateArn": arns[1]}])
    site.elb.modify_listener(ListenerArn=listener, Certificates=[{"CertificateArn": arns[2]}])
    found = site.elb.describe_listener_certificates(ListenerArn=listener)["Certificates"]
    assert [(one["CertificateArn"], one["IsDefault"]) for one in found] == [(arns[2], True), (arns[1], False)]


def test_protocols_and_actions_fit_the_balancer(build: Builder, site: Site) -> None:
    application, network = site.balancer(), site.balancer("network")
    http, tcp = site.group(), site.group("TCP")
    create = site.elb.create_listener
    assert refusal(create, **site.asked(application, tcp)) == "IncompatibleProtocols"
    assert refusal(create, **site.asked(network, http, Protocol="TCP")) == "IncompatibleProtocols"
    redirect = [{"Type": "redirect", "RedirectConfig": {"StatusCode": "HTTP_301", "Protocol": "HTTPS"}}]
    asked = site.asked(network, tcp, Protocol="TCP", DefaultActions=redirect)
    assert refusal(create, **asked) == "InvalidLoadBalancerAction"
    foreign = Site(site.accounts, site.elb, build.network(DEV)).group()
    assert refusal(create, **site.asked(application, foreign)) == "InvalidConfigurationRequest"
    assert site.listener(network, tcp, Protocol="TCP")


def test_rules_have_priorities_of_their_own(site: Site) -> None:
    group = site.group()
    listener = site.listener(site.balancer(), group)
    asked = {
        "ListenerArn": listener,
        "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a"]}}],
        "Actions": [{"Type": "forward", "TargetGroupArn": group}],
    }
    made = [site.elb.create_rule(**asked, Priority=priority)["Rules"][0]["RuleArn"] for priority in (1, 2)]
    assert refusal(site.elb.create_rule, **asked, Priority=2) == "PriorityInUse"
    taken = [{"RuleArn": made[0], "Priority": 2}]
    assert refusal(site.elb.set_rule_priorities, RulePriorities=taken) == "PriorityInUse"
    site.elb.set_rule_priorities(RulePriorities=[*taken, {"RuleArn": made[1], "Priority": 1}])
    assert [one["Priority"] for one in site.elb.describe_rules(RuleArns=made)["Rules"]] == ["2", "1"]


def test_a_group_has_the_attributes_of_its_protocol(site: Site) -> None:
    http, tcp = site.group(), site.group("TCP")
    modify = site.elb.modify_target_group_attributes
    proxy = [{"Key": "proxy_protocol_v2.enabled", "Value": "true"}]
    modify(TargetGroupArn=tcp, Attributes=proxy)
    assert refusal(modify, TargetGroupArn=http, Attributes=proxy) == "ValidationError"
    longest = {"Key": "deregistration_delay.timeout_seconds", "Value": "3600"}
    modify(TargetGroupArn=http, Attributes=[longest])
    too_long = [{**longest, "Value": "3601"}]
    assert refusal(modify, TargetGroupArn=http, Attributes=too_long) == "ValidationError"
    found = site.elb.describe_target_group_attributes(TargetGroupArn=http)["Attributes"]
    assert longest in found


@pytest.mark.parametrize(("address", "code"), [("8.8.8.8", "InvalidTarget"), ("api.example.com", "ValidationError")])
def test_a_target_is_a_private_address(site: Site, address: str, code: str) -> None:
    group = site.group()
    register = site.elb.register_targets
    assert refusal(register, TargetGroupArn=group, Targets=[{"Id": address}]) == code
    register(TargetGroupArn=group, Targets=[{"Id": "10.9.9.9"}])
    [target] = site.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    assert target["Target"]["Id"] == "10.9.9.9"


def test_an_application_balancer_is_a_target_once_it_listens_at_the_port(site: Site) -> None:
    application = site.balancer()
    group = site.group("TCP", TargetType="alb")
    target = [{"Id": application["LoadBalancerArn"]}]
    assert refusal(site.elb.register_targets, TargetGroupArn=group, Targets=target) == "InvalidTarget"
    site.listener(application, site.group())
    site.elb.register_targets(TargetGroupArn=group, Targets=target)
    assert site.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
