"""What single types do beyond the contract."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.provider.harness import World
from tests.sandbox.types import parts

BUCKET = "aws:s3/bucket:Bucket"
ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
RECORD = "aws:route53/record:Record"
GROUP = "aws:ec2/securityGroup:SecurityGroup"
INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"


def test_a_bucket_outside_the_first_region_stands_in_its_own(world: World):
    made = world.make(BUCKET, {"bucket": f"far-{world.home}"}, region="eu-west-1")
    s3 = world.boto("s3", region="eu-west-1")
    assert s3.get_bucket_location(Bucket=made.id)["LocationConstraint"] == "eu-west-1"
    assert made.state["bucketRegionalDomainName"] == f"{made.id}.s3.eu-west-1.amazonaws.com"


@pytest.mark.parametrize("force", [True, False])
def test_a_bucket_with_objects_goes_only_by_force(world: World, force):
    made = world.make(BUCKET, {"bucket": f"full-{world.home}", "forceDestroy": force})
    s3 = world.boto("s3")
    s3.put_bucket_versioning(Bucket=made.id, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"one", b"two"):
        s3.put_object(Bucket=made.id, Key="log", Body=body)
    if force:
        world.at().delete(made)
        with pytest.raises(ClientError, match="404"):
            s3.head_bucket(Bucket=made.id)
    else:
        with pytest.raises(Exception, match="BucketNotEmpty"):
            world.at().delete(made)
        assert s3.head_bucket(Bucket=made.id)


def test_an_attachment_joins_and_leaves_its_gateways_default_tables(world: World):
    hub, vpc_id = parts.gateway(world), parts.vpc(world)
    inputs = {"transitGatewayId": hub, "vpcId": vpc_id, "subnetIds": [parts.subnet(world, vpc_id)]}
    ec2 = world.boto("ec2")

    def propagated() -> list[str]:
        [gateway] = ec2.describe_transit_gateways(TransitGatewayIds=[hub])["TransitGateways"]
        found = ec2.get_transit_gateway_route_table_propagations(
            TransitGatewayRouteTableId=gateway["Options"]["PropagationDefaultRouteTableId"]
        )
        return [each["TransitGatewayAttachmentId"] for each in found["TransitGatewayRouteTablePropagations"]]

    made = world.make(ATTACHMENT, {**inputs, "transitGatewayDefaultRouteTablePropagation": False})
    assert propagated() == []
    made = world.at().update(made, {**made.inputs, "transitGatewayDefaultRouteTablePropagation": True})
    assert propagated() == [made.id]
    world.at().update(made, {**made.inputs, "transitGatewayDefaultRouteTablePropagation": False})
    assert propagated() == []


def test_an_icmp_entry_is_made_and_shows_no_drift(world: World):
    acl_id = parts.network_acl(world, parts.vpc(world))
    entry = {"networkAclId": acl_id, "ruleNumber": 90, "ruleAction": "allow", "cidrBlock": "10.0.0.0/8"}
    made = world.make(ACL_RULE, {**entry, "protocol": "icmp", "icmpType": 8, "icmpCode": -1})
    [acl] = world.boto("ec2").describe_network_acls(NetworkAclIds=[acl_id])["NetworkAcls"]
    assert [seen["Protocol"] for seen in acl["Entries"] if seen["RuleNumber"] == 90] == ["1"]
    found = world.at().read(made)
    assert found is not None
    assert not world.at().diff(found, made.inputs).changed
    assert world.at().diff(found, {**made.inputs, "icmpType": 0}).replaces == {"icmpType"}


def test_a_new_group_may_send_nowhere(world: World):
    made = world.make(GROUP, {"vpcId": parts.vpc(world), "description": "silent"})
    [seen] = world.boto("ec2").describe_security_groups(GroupIds=[made.id])["SecurityGroups"]
    assert seen["GroupName"] == made.inputs["name"]
    assert seen["IpPermissionsEgress"] == []


def test_standalone_rules_are_no_drift_of_their_group(world: World):
    made = world.make(GROUP, {"vpcId": parts.vpc(world), "description": "with rules"})
    rule = {"securityGroupId": made.id, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    world.make(INGRESS, {**rule, "cidrIpv6": "2001:db8::/32"})
    [seen] = world.boto("ec2").describe_security_groups(GroupIds=[made.id])["SecurityGroups"]
    assert len(seen["IpPermissions"]) == 1
    found = world.at().read(made)
    assert found is not None
    assert found.state == made.state
    assert not world.at().diff(found, made.inputs).changed


def test_another_kind_of_peer_replaces_a_rule(world: World):
    group = parts.security_group(world, parts.vpc(world))
    rule = {"securityGroupId": group, "ipProtocol": "tcp", "fromPort": 443, "toPort": 443}
    made = world.make(INGRESS, {**rule, "cidrIpv4": "10.0.0.0/16"})
    found = world.at().diff(made, {**rule, "referencedSecurityGroupId": group})
    assert found.replaces == {"cidrIpv4", "referencedSecurityGroupId"}
    assert found.detailed["cidrIpv4"] == "DELETE_REPLACE"
    assert found.detailed["referencedSecurityGroupId"] == "ADD_REPLACE"


def test_a_blackhole_route_is_seen_as_one(world: World):
    hub, _ = parts.own_attachment(world)
    table = parts.gateway_table(world, hub)
    inputs = {"transitGatewayRouteTableId": table, "destinationCidrBlock": "10.66.0.0/16", "blackhole": True}
    made = world.make("aws:ec2transitgateway/route:Route", inputs)
    found = world.boto("ec2").search_transit_gateway_routes(
        TransitGatewayRouteTableId=table, Filters=[{"Name": "state", "Values": ["blackhole"]}]
    )
    assert [route["DestinationCidrBlock"] for route in found["Routes"]] == ["10.66.0.0/16"]
    assert made.state["blackhole"] is True
    assert not world.at().diff(made, made.inputs).changed


def test_records_of_acm_are_spelled_with_a_dot_or_without(world: World):
    zone = parts.hosted_zone(world)
    name = f"_a1.{zone.inputs['name']}."
    record = {"zoneId": zone.id, "name": name, "type": "CNAME", "ttl": 60, "records": ["_b2.acm-validations.aws."]}
    made = world.make(RECORD, record)
    assert made.state["fqdn"] == name.rstrip(".")
    found = world.at().read(made)
    assert found is not None
    assert not world.at().diff(found, made.inputs).changed
    assert not world.at().diff(found, {**made.inputs, "name": name.rstrip(".")}).changed


def test_an_alias_and_a_text_are_read_as_they_were_given(world: World):
    zone = parts.hosted_zone(world)
    _, subnets = parts.two_subnets(world)
    balancer = parts.load_balancer(world, subnets)
    target = {"name": balancer.state["dnsName"], "zoneId": balancer.state["zoneId"], "evaluateTargetHealth": True}
    here = {"zoneId": zone.id}
    for inputs in (
        {**here, "name": "", "type": "A", "aliases": [target]},
        {**here, "name": "*", "type": "TXT", "ttl": 60, "records": ["v=spf1 -all"]},
    ):
        made = world.make(RECORD, inputs)
        found = world.at().read(made)
        assert found is not None
        assert found.state == made.state
        assert not world.at().diff(found, made.inputs).changed
    listed = world.boto("route53").list_resource_record_sets(HostedZoneId=zone.id)["ResourceRecordSets"]
    shown = {one["Type"]: one for one in listed}
    assert shown["A"]["AliasTarget"]["DNSName"] == f"{balancer.state['dnsName']}."
    assert shown["TXT"]["ResourceRecords"] == [{"Value": '"v=spf1 -all"'}]
    assert shown["TXT"]["Name"] == f"\\052.{zone.inputs['name']}."


@pytest.mark.parametrize(
    ("policy", "value"),
    [
        ("weightedRoutingPolicies", [{"weight": 0}]),
        ("latencyRoutingPolicies", [{"region": "eu-west-1"}]),
        ("failoverRoutingPolicies", [{"type": "SECONDARY"}]),
        ("geolocationRoutingPolicies", [{"country": "*"}]),
        ("multivalueAnswerRoutingPolicy", True),
    ],
)
def test_every_kind_of_routing_comes_back(world: World, policy: str, value: object):
    zone = parts.hosted_zone(world)
    record = {"zoneId": zone.id, "name": "api", "type": "A", "ttl": 60, "records": ["192.0.2.1"]}
    made = world.make(RECORD, {**record, "setIdentifier": "one", policy: value})
    assert made.state[policy] == value
    found = world.at().read(made)
    assert found is not None
    assert not world.at().diff(found, made.inputs).changed
    simple = {name: item for name, item in made.inputs.items() if name not in (policy, "setIdentifier")}
    changed = world.at().update(made, simple)
    assert policy not in changed.state
    assert "setIdentifier" not in changed.state


def test_a_record_that_is_there_already_is_not_taken_over(world: World):
    zone = parts.hosted_zone(world)
    record = {"zoneId": zone.id, "name": "api", "type": "A", "ttl": 60, "records": ["192.0.2.1"]}
    world.make(RECORD, record)
    with pytest.raises(Exception, match="already exists"):
        world.make(RECORD, {**record, "ttl": 30})
    taken = world.make(RECORD, {**record, "ttl": 30, "allowOverwrite": True})
    assert taken.state["ttl"] == 30


def test_a_zone_with_records_goes_only_by_force(world: World):
    zone = parts.hosted_zone(world)
    record = {"zoneId": zone.id, "name": "api", "type": "A", "ttl": 60, "records": ["192.0.2.1"]}
    world.make(RECORD, record)
    with pytest.raises(Exception, match="HostedZoneNotEmpty"):
        world.at().delete(zone)
    forced = world.at().update(zone, {**zone.inputs, "forceDestroy": True})
    world.at().delete(forced)
    assert world.at().read(forced) is None


def test_a_certificates_own_domain_need_not_be_listed(world: World):
    inputs = {"domainName": "a.example.com", "subjectAlternativeNames": ["b.example.com"], "validationMethod": "DNS"}
    made = world.make("aws:acm/certificate:Certificate", inputs)
    seen = world.boto("acm").describe_certificate(CertificateArn=made.id)["Certificate"]
    assert seen["SubjectAlternativeNames"] == ["a.example.com", "b.example.com"]
    assert not world.at().diff(made, made.inputs).changed
    with pytest.raises(Exception, match="PENDING_VALIDATION"):
        world.make("aws:acm/certificateValidation:CertificateValidation", {"certificateArn": made.id})


def test_a_validation_names_every_record(world: World):
    made, _ = parts.validated_certificate(world)
    validation = {"certificateArn": made.id, "validationRecordFqdns": ["other.example.com"]}
    with pytest.raises(Exception, match="no validation record is named"):
        world.make("aws:acm/certificateValidation:CertificateValidation", validation)


def test_a_network_balancer_is_replaced_where_an_application_one_changes(world: World):
    vpc_id, subnets = parts.two_subnets(world)
    third = parts.subnet(world, vpc_id, "10.0.3.0/24", "us-east-1c")
    group = parts.security_group(world, vpc_id)
    for kind, replaced in (("application", False), ("network", True)):
        made = parts.load_balancer(world, subnets, kind)
        for name, value in (("subnets", [subnets[0], third]), ("securityGroups", [group])):
            found = world.at().diff(made, {**made.inputs, name: value})
            assert found.diffs == {name}
            assert bool(found.replaces) == replaced
        more = world.at().diff(made, {**made.inputs, "subnets": [*subnets, third]})
        assert more.diffs == {"subnets"}
        assert not more.replaces


def test_a_network_balancer_keeps_what_only_applications_have_out_of_aws(world: World):
    _, subnets = parts.two_subnets(world)
    made = parts.load_balancer(world, subnets, "network")
    assert not world.at().diff(made, made.inputs).changed
    crossing = world.at().update(made, {**made.inputs, "enableCrossZoneLoadBalancing": True})
    assert crossing.state["enableCrossZoneLoadBalancing"] is True
    found = world.at().read(crossing)
    assert found is not None
    assert not world.at().diff(found, crossing.inputs).changed


def test_a_rule_without_a_priority_takes_the_next(world: World):
    listener, group = parts.secure_listener(world)
    rule = {
        "listenerArn": listener.id,
        "actions": [{"type": "forward", "forward": {"targetGroups": [{"arn": group.id, "weight": 1}]}}],
        "conditions": [{"hostHeader": {"values": ["pay.example.com"]}}],
    }
    made = [world.make("aws:lb/listenerRule:ListenerRule", inputs) for inputs in ({**rule, "priority": 7}, rule)]
    assert [one.state["priority"] for one in made] == [7, 8]
    assert not world.at().diff(made[1], made[1].inputs).changed


def test_an_endpoint_of_the_own_account_accepts_itself(world: World):
    service = parts.endpoint_service(world)
    vpc_id, subnets = parts.two_subnets(world)
    inputs = {"vpcId": vpc_id, "serviceName": service.state["serviceName"], "vpcEndpointType": "Interface"}
    waiting = world.make(ENDPOINT, {**inputs, "subnetIds": subnets})
    assert waiting.state["state"] == "pendingAcceptance"
    accepted = world.make(ENDPOINT, {**inputs, "subnetIds": subnets, "autoAccept": True})
    assert accepted.state["state"] == "available"


@pytest.mark.parametrize("service", ["s3", "dynamodb"])
def test_a_gateway_endpoint_knows_its_prefix_list(world: World, service: str):
    vpc_id = parts.vpc(world)
    table = parts.route_table(world, vpc_id)
    name = f"com.amazonaws.us-east-1.{service}"
    made = world.make(ENDPOINT, {"vpcId": vpc_id, "serviceName": name, "routeTableIds": [table]})
    [found] = world.boto("ec2").describe_prefix_lists(Filters=[{"Name": "prefix-list-name", "Values": [name]}])[
        "PrefixLists"
    ]
    assert made.state["prefixListId"] == found["PrefixListId"]
    assert made.state["cidrBlocks"] == found["Cidrs"]
    assert not world.at().diff(made, made.inputs).changed
    assert world.at().diff(made, {**made.inputs, "privateDnsEnabled": True}).replaces == {"privateDnsEnabled"}
