"""Common parts that cases build on: deployed through the provider itself."""

from __future__ import annotations

import json

from tests.sandbox.provider.harness import REGION, Resource, World


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


def hosted_zone(world: World, name: str = "") -> Resource:
    return world.make("aws:route53/zone:Zone", {"name": name or f"z{next(world.names)}.example.com"})


def validated_certificate(world: World, account: str = "", region: str = REGION) -> tuple[Resource, list[str]]:
    """A certificate whose validation records stand in a public zone, and the names of these records."""
    zone = hosted_zone(world)
    inputs = {"domainName": f"shop.{zone.inputs['name']}", "validationMethod": "DNS"}
    made = world.make("aws:acm/certificate:Certificate", inputs, account, region)
    names = []
    for option in made.state["domainValidationOptions"]:
        record = {
            "zoneId": zone.id,
            "name": option["resourceRecordName"],
            "type": option["resourceRecordType"],
            "ttl": 300,
            "records": [option["resourceRecordValue"]],
        }
        names.append(str(world.make("aws:route53/record:Record", record).state["fqdn"]))
    return made, names


def two_subnets(world: World, account: str = "", *, public: bool = False) -> tuple[str, list[str]]:
    """A VPC and its subnets in two zones; public: with an internet gateway."""
    vpc_id = vpc(world, account=account)
    if public:
        internet_gateway(world, vpc_id)
    return vpc_id, [
        subnet(world, vpc_id, account=account),
        subnet(world, vpc_id, "10.0.2.0/24", "us-east-1b", account),
    ]


def load_balancer(world: World, subnets: list[str], kind: str = "application", account: str = "") -> Resource:
    inputs = {"name": f"lb{next(world.names)}", "loadBalancerType": kind, "internal": True, "subnets": subnets}
    return world.make("aws:lb/loadBalancer:LoadBalancer", inputs, account)


def target_group(world: World, vpc_id: str, protocol: str = "HTTP", port: int = 80, account: str = "") -> Resource:
    inputs = {"name": f"tg{next(world.names)}", "protocol": protocol, "port": port, "vpcId": vpc_id, "targetType": "ip"}
    return world.make("aws:lb/targetGroup:TargetGroup", inputs, account)


def secure_listener(world: World) -> tuple[Resource, Resource]:
    """A listener of HTTPS, and the target group that it forwards to."""
    vpc_id, subnets = two_subnets(world)
    group, (certificate, _) = target_group(world, vpc_id), validated_certificate(world)
    inputs = {
        "loadBalancerArn": load_balancer(world, subnets).id,
        "port": 443,
        "protocol": "HTTPS",
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "certificateArn": certificate.id,
        "defaultActions": [{"type": "forward", "targetGroupArn": group.id}],
    }
    return world.make("aws:lb/listener:Listener", inputs), group


def endpoint_service(world: World, **more: object) -> Resource:
    """A service on a network load balancer, that takes connections once they are accepted."""
    _, subnets = two_subnets(world)
    inputs = {"acceptanceRequired": True, "networkLoadBalancerArns": [load_balancer(world, subnets, "network").id]}
    return world.make("aws:ec2/vpcEndpointService:VpcEndpointService", {**inputs, **more})


def named_service(world: World) -> Resource:
    """A service with a private name, whose TXT record stands in a public zone."""
    zone = hosted_zone(world)
    service = endpoint_service(world, privateDnsName=f"pay.{zone.inputs['name']}")
    [wanted] = service.state["privateDnsNameConfigurations"]
    record = {"name": f"{wanted['name']}.pay", "type": "TXT", "ttl": 300, "records": [wanted["value"]]}
    world.make("aws:route53/record:Record", {"zoneId": zone.id, **record})
    return service


def connection(world: World) -> tuple[Resource, Resource]:
    """A service, and the other account's endpoint to it, which waits."""
    service = endpoint_service(world, allowedPrincipals=[f"arn:aws:iam::{world.other}:root"])
    vpc_id, subnets = two_subnets(world, world.other)
    inputs = {
        "vpcId": vpc_id,
        "serviceName": service.state["serviceName"],
        "vpcEndpointType": "Interface",
        "subnetIds": subnets,
    }
    return service, world.make("aws:ec2/vpcEndpoint:VpcEndpoint", inputs, world.other)
