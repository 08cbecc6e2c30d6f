"""Common parts that cases build on: deployed through the provider itself."""

from __future__ import annotations

import json

from tests.sandbox.provider.harness import REGION, World


def vpc(world: World, cidr: str = "10.0.0.0/16", account: str = "", region: str = REGION) -> str:
    return world.make("aws:ec2/vpc:Vpc", {"cidrBlock": cidr}, account, region).id


def subnet(world: World, vpc_id: str, cidr: str = "10.0.1.0/24", zone: str = "us-east-1a", account: str = "") -> str:
    inputs = {"vpcId": vpc_id, "cidrBlock": cidr, "availabilityZone": zone}
    return world.make("aws:ec2/subnet:Subnet", inputs, account).id


def internet_gateway(world: World, vpc_id: str) -> str:
    return world.make("aws:ec2/internetGateway:InternetGateway", {"vpcId": vpc_id}).id


def route_table(world: World, vpc_id: str) -> str:
    return world.make("aws:ec2/routeTable:RouteTable", {"vpcId": vpc_id}).id


def security_group(world: World, vpc_id: str, name: str = "group") -> str:
    inputs = {"vpcId": vpc_id, "name": f"{name}{next(world.names)}", "description": "a group"}
    return world.make("aws:ec2/securityGroup:SecurityGroup", inputs).id


def network_acl(world: World, vpc_id: str) -> str:
    return world.make("aws:ec2/networkAcl:NetworkAcl", {"vpcId": vpc_id}).id


def bucket(world: World, name: str = "bucket") -> str:
    inputs = {"bucket": f"{name}-{world.home}-{next(world.names)}", "forceDestroy": True}
    return world.make("aws:s3/bucket:Bucket", inputs).id


def gateway(world: World, account: str = "", region: str = REGION, **options: object) -> str:
    token = "aws:ec2transitgateway/transitGateway:TransitGateway"
    return world.make(token, {"description": "a hub", **options}, account, region).id


def gateway_table(world: World, gateway_id: str) -> str:
    token = "aws:ec2transitgateway/routeTable:RouteTable"
    return world.make(token, {"transitGatewayId": gateway_id}).id


def attachment(world: World, gateway_id: str, vpc_id: str, subnet_id: str, account: str = "") -> str:
    token = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
    inputs = {"transitGatewayId": gateway_id, "vpcId": vpc_id, "subnetIds": [subnet_id]}
    return world.make(token, inputs, account).id


def own_attachment(world: World) -> tuple[str, str]:
    """A gateway without default tables and a VPC on it: ids of the gateway and the attachment."""
    hub = gateway(world, defaultRouteTableAssociation="disable", defaultRouteTablePropagation="disable")
    vpc_id = vpc(world)
    return hub, attachment(world, hub, vpc_id, subnet(world, vpc_id))


def share(world: World, name: str = "share") -> str:
    inputs = {"name": f"{name}{next(world.names)}", "allowExternalPrincipals": False}
    return world.make("aws:ram/resourceShare:ResourceShare", inputs).id


def gateway_arn(world: World, gateway_id: str) -> str:
    return f"arn:aws:ec2:{REGION}:{world.home}:transit-gateway/{gateway_id}"


def share_gateway(world: World, gateway_id: str) -> str:
    """Share a gateway with the other account; the id of the share."""
    arn = share(world)
    resource = {"resourceShareArn": arn, "resourceArn": gateway_arn(world, gateway_id)}
    world.make("aws:ram/resourceAssociation:ResourceAssociation", resource)
    principal = {"resourceShareArn": arn, "principal": world.other}
    world.make("aws:ram/principalAssociation:PrincipalAssociation", principal)
    return arn


def policy(*statements: dict[str, object]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
