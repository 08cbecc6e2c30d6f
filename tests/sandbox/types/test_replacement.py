"""What makes a new resource is what makes one in the real provider, in preview as in deployment."""

from __future__ import annotations

import pytest

from securecart.sandbox.provider.values import UNKNOWN
from securecart.sandbox.types import declared_types
from securecart.sandbox.types.vocabulary import Property
from tests.sandbox.provider.harness import World
from tests.sandbox.types import force_new_edge
from tests.sandbox.types.case import Case
from tests.sandbox.types.test_contract import CASES

VPC = "aws:ec2/vpc:Vpc"
TRANSIT_GATEWAY = "aws:ec2transitgateway/transitGateway:TransitGateway"
ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint"
LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer"
LOG_DESTINATION = "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"
_BUCKET = {"bucket"}
_TABLE_AND_ATTACHMENT = {"transitGatewayRouteTableId", "transitGatewayAttachmentId"}
_RULE_PEERS = {"cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"}
FORCE_NEW: dict[str, set[str]] = {
    "aws:ec2/vpc:Vpc": {"cidrBlock", "instanceTenancy"},
    "aws:ec2/subnet:Subnet": {"vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"},
    "aws:ec2/internetGateway:InternetGateway": set(),
    "aws:ec2/eip:Eip": {"domain", "publicIpv4Pool", "networkBorderGroup"},
    "aws:ec2/natGateway:NatGateway": {"subnetId", "allocationId", "connectivityType", "privateIp"},
    "aws:ec2/routeTable:RouteTable": {"vpcId"},
    "aws:ec2/route:Route": {
        "routeTableId",
        "destinationCidrBlock",
        "destinationIpv6CidrBlock",
        "destinationPrefixListId",
    },
    "aws:ec2/routeTableAssociation:RouteTableAssociation": {"subnetId"},
    "aws:ec2/defaultRouteTable:DefaultRouteTable": {"defaultRouteTableId"},
    "aws:ec2/securityGroup:SecurityGroup": {"name", "description", "vpcId"},
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {"vpcId"},
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {"securityGroupId", *_RULE_PEERS},
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {"securityGroupId", *_RULE_PEERS},
    "aws:ec2/securityGroupRule:SecurityGroupRule": {
        "securityGroupId",
        "type",
        "protocol",
        "fromPort",
        "toPort",
        "cidrBlocks",
        "ipv6CidrBlocks",
        "prefixListIds",
        "self",
        "sourceSecurityGroupId",
    },
    "aws:ec2/networkAcl:NetworkAcl": {"vpcId"},
    "aws:ec2/networkAclRule:NetworkAclRule": {
        "networkAclId",
        "ruleNumber",
        "ruleAction",
        "egress",
        "protocol",
        "cidrBlock",
        "ipv6CidrBlock",
        "fromPort",
        "toPort",
        "icmpType",
        "icmpCode",
    },
    "aws:ec2/networkAclAssociation:NetworkAclAssociation": {"networkAclId", "subnetId"},
    "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl": {"defaultNetworkAclId"},
    "aws:ec2/flowLog:FlowLog": {
        "vpcId",
        "subnetId",
        "eniId",
        "transitGatewayId",
        "transitGatewayAttachmentId",
        "trafficType",
        "logDestination",
        "logDestinationType",
        "iamRoleArn",
        "deliverCrossAccountRole",
        "logFormat",
        "maxAggregationInterval",
        "destinationOptions",
    },
    "aws:ec2/vpcPeeringConnection:VpcPeeringConnection": {"vpcId", "peerVpcId", "peerOwnerId", "peerRegion"},
    "aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter": {"vpcPeeringConnectionId"},
    "aws:ec2/peeringConnectionOptions:PeeringConnectionOptions": {"vpcPeeringConnectionId"},
    "aws:ec2transitgateway/transitGateway:TransitGateway": {
        "multicastSupport",
        "defaultRouteTableAssociation",
        "defaultRouteTablePropagation",
    },
    "aws:ec2transitgateway/routeTable:RouteTable": {"transitGatewayId"},
    "aws:ec2transitgateway/routeTableAssociation:RouteTableAssociation": _TABLE_AND_ATTACHMENT,
    "aws:ec2transitgateway/routeTablePropagation:RouteTablePropagation": _TABLE_AND_ATTACHMENT,
    "aws:ec2transitgateway/route:Route": {*_TABLE_AND_ATTACHMENT, "destinationCidrBlock", "blackhole"},
    "aws:ec2transitgateway/vpcAttachment:VpcAttachment": {"transitGatewayId", "vpcId"},
    "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter": {"transitGatewayAttachmentId"},
    "aws:ec2transitgateway/peeringAttachment:PeeringAttachment": {
        "transitGatewayId",
        "peerTransitGatewayId",
        "peerRegion",
        "peerAccountId",
        "options",
    },
    "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter": {"transitGatewayAttachmentId"},
    "aws:ram/resourceShare:ResourceShare": {"permissionArns"},
    "aws:ram/resourceAssociation:ResourceAssociation": {"resourceArn", "resourceShareArn"},
    "aws:ram/principalAssociation:PrincipalAssociation": {"principal", "resourceShareArn"},
    "aws:s3/bucket:Bucket": {"bucket", "objectLockEnabled"},
    "aws:s3/bucketPolicy:BucketPolicy": _BUCKET,
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _BUCKET,
    "aws:s3/bucketVersioning:BucketVersioning": _BUCKET,
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _BUCKET,
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _BUCKET,
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _BUCKET,
    "aws:kms/key:Key": {"keyUsage", "customerMasterKeySpec", "multiRegion"},
    "aws:kms/alias:Alias": {"name"},
    **force_new_edge.FORCE_NEW,
    ENDPOINT: {"vpcId", "serviceName", "vpcEndpointType", "serviceRegion", "privateDnsEnabled"},
    "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy": {"vpcEndpointId"},
    "aws:ec2/vpcEndpointService:VpcEndpointService": set(),
    "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple": {
        "vpcEndpointServiceId",
        "principalArn",
    },
    "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter": {"vpcEndpointServiceId", "vpcEndpointId"},
    "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification": {"serviceId"},
    "aws:vpc/endpointPrivateDns:EndpointPrivateDns": {"vpcEndpointId"},
    LOAD_BALANCER: {
        "name",
        "loadBalancerType",
        "internal",
        "customerOwnedIpv4Pool",
        "subnets",
        "securityGroups",
    },
    "aws:lb/targetGroup:TargetGroup": {
        "name",
        "port",
        "protocol",
        "protocolVersion",
        "vpcId",
        "ipAddressType",
        "targetType",
    },
    "aws:lb/targetGroupAttachment:TargetGroupAttachment": {"targetGroupArn", "targetId", "port", "availabilityZone"},
    "aws:lb/listener:Listener": {"loadBalancerArn"},
    "aws:lb/listenerRule:ListenerRule": {"listenerArn"},
    "aws:lb/listenerCertificate:ListenerCertificate": {"listenerArn", "certificateArn"},
    "aws:acm/certificate:Certificate": {
        "domainName",
        "subjectAlternativeNames",
        "validationMethod",
        "keyAlgorithm",
    },
    "aws:acm/certificateValidation:CertificateValidation": {"certificateArn", "validationRecordFqdns"},
    "aws:route53/zone:Zone": {"name", "delegationSetId"},
    "aws:route53/record:Record": {"name", "zoneId"},
    "aws:route53/healthCheck:HealthCheck": {
        "type",
        "requestInterval",
        "measureLatency",
        "referenceName",
    },
}
"""ForceNew, RequiresReplace and CustomizeDiff in the schemas of terraform-provider-aws, by Pulumi's names; of the
properties that the sandbox supports."""
CONDITIONAL = {
    LOAD_BALANCER: {"subnets", "securityGroups"},
    ENDPOINT: {"privateDnsEnabled"},
    VPC: {"instanceTenancy"},
    LOG_DESTINATION: {"deliveryDestinationConfiguration"},
    "aws:ec2transitgateway/transitGateway:TransitGateway": {
        "defaultRouteTableAssociation",
        "defaultRouteTablePropagation",
    },
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": _RULE_PEERS,
    "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": _RULE_PEERS,
}
"""Those of which only some changes do: resourceVPCCustomizeDiff in vpc_.go, ForceNewIfChange in transitgateway_.go,
customizeDiffLoadBalancerNLB in load_balancer.go, CustomizeDiff in vpc_endpoint.go, ModifyPlan in
vpc_security_group_ingress_rule.go, requiresReplaceIfARNServiceChanges in delivery_destination.go."""
UNKNOWN_MAY_REPLACE = {(VPC, "instanceTenancy"), (LOG_DESTINATION, "deliveryDestinationConfiguration")}
"""Those of CONDITIONAL that an unknown value replaces: of the others, it is not known to be one that does."""
DECLARED = declared_types()


def may_replace(prop: Property) -> bool:
    judged = prop.replace_when is not None or prop.replace_among is not None
    return prop.replace or prop.replace_if_added or judged


def test_every_declared_type_is_in_the_table():
    assert set(FORCE_NEW) == set(DECLARED)


@pytest.mark.parametrize("token", FORCE_NEW)
def test_what_makes_a_new_resource_is_the_real_providers(token: str):
    properties = DECLARED[token].properties
    assert {name for name, prop in properties.items() if may_replace(prop)} == FORCE_NEW[token]
    conditional = {name for name, prop in properties.items() if may_replace(prop) and not prop.replace}
    assert conditional == CONDITIONAL.get(token, set())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_an_unknown_value_previews_as_the_change_that_it_may_be(world: World, case: Case):
    engine = world.at(case.account(world), case.region)
    made = engine.create(case.token, case.inputs(world))
    known = [name for name in made.inputs if name in DECLARED[case.token].properties]
    assert known
    for name in known:
        prop = DECLARED[case.token].properties[name]
        found = engine.diff(made, {**made.inputs, name: UNKNOWN})
        assert name in found.diffs
        replaces = prop.replace or (case.token, name) in UNKNOWN_MAY_REPLACE
        assert found.detailed[name] == ("UPDATE_REPLACE" if replaces else "UPDATE"), name
        assert found.replaces == ({name} if replaces else set())


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_preview_knows_the_outputs_of_a_change_in_place_and_not_those_of_a_new_resource(world: World, case: Case):
    engine = world.at(case.account(world), case.region)
    made = engine.create(case.token, case.inputs(world))
    outputs = {
        name for name in made.state if name not in {*DECLARED[case.token].properties, "tags", "tagsAll", "region"}
    }
    in_place = engine.update(made, made.inputs, preview=True)
    assert {name: in_place.state[name] for name in outputs} == {name: made.state[name] for name in outputs}
    anew = engine.preview(case.token, made.inputs)
    assert {name for name in outputs if anew[name] is not UNKNOWN} == set()


def test_a_dedicated_vpc_becomes_a_default_one_in_place(world: World):
    made = world.make(VPC, {"cidrBlock": "10.0.0.0/16", "instanceTenancy": "dedicated"})
    wanted = {**made.inputs, "instanceTenancy": "default"}
    found = world.at().diff(made, wanted)
    assert found.diffs == {"instanceTenancy"}
    assert not found.replaces
    assert world.at().update(made, wanted).state["instanceTenancy"] == "default"
    [seen] = world.boto("ec2").describe_vpcs(VpcIds=[made.id])["Vpcs"]
    assert seen["InstanceTenancy"] == "default"


@pytest.mark.parametrize("name", ["defaultRouteTableAssociation", "defaultRouteTablePropagation"])
def test_a_default_table_is_given_up_in_place_but_wanted_only_of_a_new_gateway(world: World, name: str):
    made = world.make(TRANSIT_GATEWAY, {name: "enable"})
    without = world.at().diff(made, {**made.inputs, name: "disable"})
    assert without.diffs == {name}
    assert not without.replaces
    changed = world.at().update(made, {**made.inputs, name: "disable"})
    assert changed.state[name] == "disable"
    assert world.at().diff(changed, {**made.inputs, name: "enable"}).replaces == {name}


def test_the_number_and_the_blocks_of_a_gateway_change_in_place(world: World):
    made = world.make(TRANSIT_GATEWAY, {"amazonSideAsn": 64512, "transitGatewayCidrBlocks": ["10.9.0.0/24"]})
    blocks = ["10.9.1.0/24", "10.9.2.0/24"]
    wanted = {**made.inputs, "amazonSideAsn": 64600, "transitGatewayCidrBlocks": blocks}
    assert not world.at().diff(made, wanted).replaces
    changed = world.at().update(made, wanted)
    assert not world.at().diff(changed, wanted).changed
    [seen] = world.boto("ec2").describe_transit_gateways(TransitGatewayIds=[made.id])["TransitGateways"]
    assert seen["Options"]["AmazonSideAsn"] == 64600
    assert seen["Options"]["TransitGatewayCidrBlocks"] == blocks
