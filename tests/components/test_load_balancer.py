"""A load balancer on the internet."""

import pytest

from securecart.components.listeners import TLS_POLICY
from securecart.components.load_balancer import TARGET_PORT, LoadBalancer, LoadBalancerArgs
from securecart.components.network_acl_table import ROWS
from securecart.components.security_group_table import TABLES
from securecart.components.web_acl import WebAclArgs
from securecart.config.model import Profile

BALANCER, LISTENER, TARGETS = "lb/loadBalancer:LoadBalancer", "lb/listener:Listener", "lb/targetGroup:TargetGroup"


def build(deploy, *, deletion_protection=True, behind_distribution=False):
    def program(scope_of) -> None:
        args = LoadBalancerArgs(
            vpc_id="vpc-1",
            subnet_ids=["subnet-a", "subnet-b"],
            security_group_id="sg-alb",
            certificate_arn="arn:certificate",
            health_check_path="/up",
            log_bucket="logs",
            deletion_protection=deletion_protection,
            web_acl=WebAclArgs("REGIONAL", 100, 300, ("US", "DE")),
            behind_distribution=behind_distribution,
            zone_scope=scope_of("network", "us-east-1"),
            zone_id="Z1",
            host="us.securecart.example",
        )
        LoadBalancer("prod", scope_of("prod", "us-east-1"), args)

    return deploy(program)


@pytest.fixture
def recording(deploy):
    return build(deploy)


def test_it_stands_on_the_internet_in_the_public_subnets_with_its_group_alone(recording):
    balancer = recording.one(BALANCER).inputs
    assert (balancer["internal"], balancer["loadBalancerType"]) == (False, "application")
    assert balancer["subnets"] == ["subnet-a", "subnet-b"]
    assert balancer["securityGroups"] == ["sg-alb"]


def test_it_refuses_what_could_smuggle_requests(recording):
    balancer = recording.one(BALANCER).inputs
    assert balancer["dropInvalidHeaderFields"] is True
    assert balancer["desyncMitigationMode"] == "strictest"


def test_it_logs_every_request(recording):
    assert recording.one(BALANCER).inputs["accessLogs"] == {"bucket": "logs", "enabled": True}


@pytest.mark.parametrize("protected", [True, False])
def test_aws_refuses_to_delete_it_where_the_network_is_protected(deploy, protected):
    assert build(deploy, deletion_protection=protected).one(BALANCER).inputs["enableDeletionProtection"] is protected


def test_two_of_one_name_never_stand_side_by_side(recording):
    balancer = recording.one(BALANCER)
    assert balancer.inputs["name"] == "prod"
    assert balancer.delete_before_replace


def test_http_is_only_redirected(recording):
    listener = recording.all(LISTENER)["prod-http"].inputs
    assert (listener["port"], listener["protocol"]) == (80, "HTTP")
    assert listener["defaultActions"] == [
        {"type": "redirect", "redirect": {"protocol": "HTTPS", "port": "443", "statusCode": "HTTP_301"}}
    ]


def test_https_ends_tls_by_the_firms_policy_and_forwards_to_the_targets(recording):
    listener = recording.all(LISTENER)["prod-https"].inputs
    assert (listener["port"], listener["protocol"]) == (443, "HTTPS")
    assert (listener["sslPolicy"], listener["certificateArn"]) == (TLS_POLICY, "arn:certificate")
    assert listener["defaultActions"] == [
        {"type": "forward", "targetGroupArn": "arn:aws:mock:::TargetGroup/targets"},
    ]
    assert len(recording.all(LISTENER)) == 2


def test_a_further_visit_asks_by_https_at_once(recording):
    listener = recording.all(LISTENER)["prod-https"].inputs
    assert "max-age=31536000" in listener["routingHttpResponseStrictTransportSecurityHeaderValue"]


def test_targets_are_tasks_by_address_with_a_health_check(recording):
    targets = recording.one(TARGETS).inputs
    assert (targets["vpcId"], targets["targetType"]) == ("vpc-1", "ip")
    assert (targets["protocol"], targets["port"]) == ("HTTP", 8080)
    assert (targets["healthCheck"]["path"], targets["healthCheck"]["matcher"]) == ("/up", "200")


def test_the_port_of_the_targets_is_open_in_both_of_the_firms_tables():
    groups = {port for row in TABLES[Profile.APPLICATION] if row.component == "ecs" for port in row.ports}
    assert TARGET_PORT in groups
    assert any(row.ports == (TARGET_PORT, TARGET_PORT) and row.origin == "row 200" for row in ROWS)


def test_a_web_acl_judges_its_requests(recording):
    association = recording.one("wafv2/webAclAssociation:WebAclAssociation").inputs
    assert association["resourceArn"] == "arn:aws:mock:::LoadBalancer/prod"
    assert association["webAclArn"] == "arn:aws:mock:::WebAcl/prod"
    assert recording.one("wafv2/webAcl:WebAcl").inputs["scope"] == "REGIONAL"


def rate_rule(recording):
    rules = recording.one("wafv2/webAcl:WebAcl").inputs["rules"]
    (found,) = [rule["statement"]["rateBasedStatement"] for rule in rules if rule["name"] == "rate-limit"]
    return found


def test_without_a_distribution_every_request_is_counted(recording):
    assert "scopeDownStatement" not in rate_rule(recording)
    assert recording.has_none("secretsmanager/secret:Secret")


def test_behind_a_distribution_requests_with_its_token_are_not_counted(deploy):
    recording = build(deploy, behind_distribution=True)
    version = recording.one("secretsmanager/secretVersion:SecretVersion")
    match = rate_rule(recording)["scopeDownStatement"]["notStatement"]["statement"]["byteMatchStatement"]
    assert match["searchString"] == version.inputs["secretString"]
    acl = recording.one("wafv2/webAcl:WebAcl")
    assert acl.secrets == {"rules"}
    assert version.urn in acl.dependencies


def test_its_host_leads_to_it_from_the_zones_account(recording):
    record = recording.one("route53/record:Record")
    assert recording.provider_of(record).name == "network-us-east-1"
    assert (record.inputs["name"], record.inputs["type"]) == ("us.securecart.example", "A")
    assert record.inputs["aliases"][0]["name"] == "dns-name/prod"
