"""What single types do beyond the contract."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from tests.sandbox.provider.harness import World
from tests.sandbox.types import parts

BUCKET = "aws:s3/bucket:Bucket"
ATTACHMENT = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
ACL_RULE = "aws:ec2/networkAclRule:NetworkAclRule"
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
