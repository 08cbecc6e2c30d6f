"""Cases of endpoints, and of services that accounts offer by PrivateLink."""

from __future__ import annotations

import json
from typing import Any

from tests.sandbox.provider.harness import Resource, World
from tests.sandbox.types import parts
from tests.sandbox.types.case import Case, Edit, tag_edit

_ALLOW = {"Effect": "Allow", "Principal": "*", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}
_OTHER = parts.policy({**_ALLOW, "Resource": "arn:aws:secretsmanager:us-east-1:1:secret:pay"})


def _ec2(world: World, account: str = "") -> Any:
    return world.boto("ec2", account)


def _endpoint(world: World, it: Resource) -> Any:
    return _ec2(world).describe_vpc_endpoints(VpcEndpointIds=[it.id])["VpcEndpoints"]


def _inputs(world: World) -> dict[str, object]:
    vpc_id, subnets = parts.two_subnets(world)
    _ec2(world).modify_vpc_attribute(VpcId=vpc_id, EnableDnsHostnames={"Value": True})
    return {
        "vpcId": vpc_id,
        "serviceName": "com.amazonaws.us-east-1.secretsmanager",
        "vpcEndpointType": "Interface",
        "subnetIds": subnets,
        "securityGroupIds": [parts.security_group(world, vpc_id)],
        "privateDnsEnabled": True,
        "policy": parts.policy(_ALLOW),
        "tags": {"Name": "secrets"},
    }


def _member(name: str) -> Any:
    return lambda world, it: _endpoint(world, it)[0][name]


def _other_group(world: World, it: Resource) -> dict[str, object]:
    return {"securityGroupIds": [parts.security_group(world, str(it.inputs["vpcId"]))]}


def _groups(world: World, it: Resource) -> list[str]:
    return [group["GroupId"] for group in _endpoint(world, it)[0]["Groups"]]


def _interfaces(world: World, it: Resource) -> list[str]:
    """Subnets of the endpoint's interfaces, as EC2 shows the interfaces themselves."""
    ids = _endpoint(world, it)[0]["NetworkInterfaceIds"]
    found = _ec2(world).describe_network_interfaces(NetworkInterfaceIds=ids)["NetworkInterfaces"]
    return [one["SubnetId"] for one in found]


def _policy_inputs(world: World) -> dict[str, object]:
    made = world.make("aws:ec2/vpcEndpoint:VpcEndpoint", {**_inputs(world), "policy": None})
    return {"vpcEndpointId": made.id, "policy": parts.policy(_ALLOW)}


def _policy(world: World, it: Resource) -> object:
    return json.loads(_endpoint(world, it)[0]["PolicyDocument"])


def _private_dns_inputs(world: World) -> dict[str, object]:
    made = world.make("aws:ec2/vpcEndpoint:VpcEndpoint", {**_inputs(world), "privateDnsEnabled": None})
    return {"vpcEndpointId": made.id, "privateDnsEnabled": True}


def _private_dns(world: World, it: Resource) -> bool:
    return bool(_endpoint(world, it)[0]["PrivateDnsEnabled"])


def _service_inputs(world: World) -> dict[str, object]:
    _, subnets = parts.two_subnets(world)
    return {
        "acceptanceRequired": True,
        "networkLoadBalancerArns": [parts.load_balancer(world, subnets, "network").id],
        "allowedPrincipals": [f"arn:aws:iam::{world.other}:root"],
        "privateDnsName": "pay.example.com",
        "tags": {"Name": "pay"},
    }


def _service(world: World, it: Resource) -> Any:
    return _ec2(world).describe_vpc_endpoint_service_configurations(ServiceIds=[it.id])["ServiceConfigurations"]


def _principals(world: World, service_id: object) -> list[str]:
    found = _ec2(world).describe_vpc_endpoint_service_permissions(ServiceId=service_id)["AllowedPrincipals"]
    return [one["Principal"] for one in found]


def _second_balancer(world: World, it: Resource) -> dict[str, object]:
    _, subnets = parts.two_subnets(world)
    return {"networkLoadBalancerArns": [parts.load_balancer(world, subnets, "network").id]}


def _connected_inputs(world: World) -> dict[str, object]:
    service, endpoint = parts.connection(world)
    return {"vpcEndpointServiceId": service.id, "vpcEndpointId": endpoint.id}


def _connection(world: World, it: Resource) -> list[str]:
    wanted = [{"Name": "service-id", "Values": [it.inputs["vpcEndpointServiceId"]]}]
    found = _ec2(world).describe_vpc_endpoint_connections(Filters=wanted)["VpcEndpointConnections"]
    return [one["VpcEndpointId"] for one in found if one["VpcEndpointState"] == "available"]


def _verified(world: World, it: Resource) -> bool:
    [service] = _service(world, it)
    return service["PrivateDnsNameConfiguration"]["State"] == "verified"


CASES = (
    Case(
        "aws:ec2/vpcEndpoint:VpcEndpoint",
        _inputs,
        seen=_endpoint,
        edits=(
            Edit(lambda w, r: {"policy": _OTHER}, _policy, value=json.loads(_OTHER)),
            Edit(lambda w, r: {"privateDnsEnabled": False}, _member("PrivateDnsEnabled"), value=False),
            Edit(
                lambda w, r: {"subnetIds": r.inputs["subnetIds"][:1]}, _interfaces, lambda w, r: r.inputs["subnetIds"]
            ),
            Edit(_other_group, _groups, value=lambda w, r: r.inputs["securityGroupIds"]),
            tag_edit(),
        ),
        replacing={"vpcId": "vpc-0", "serviceName": "com.amazonaws.us-east-1.logs", "serviceRegion": "eu-west-1"},
    ),
    Case(
        "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy",
        _policy_inputs,
        seen=lambda w, r: _policy(w, r)["Statement"] == [_ALLOW],
        edits=(Edit(lambda w, r: {"policy": _OTHER}, _policy, value=json.loads(_OTHER)),),
        replacing={"vpcEndpointId": "vpce-0"},
        lingers=True,
    ),
    Case(
        "aws:vpc/endpointPrivateDns:EndpointPrivateDns",
        _private_dns_inputs,
        seen=_private_dns,
        edits=(Edit(lambda w, r: {"privateDnsEnabled": False}, _private_dns, value=False),),
        replacing={"vpcEndpointId": "vpce-0"},
        adopted=True,
    ),
    Case(
        "aws:ec2/vpcEndpointService:VpcEndpointService",
        _service_inputs,
        seen=_service,
        edits=(
            Edit(
                lambda w, r: {"acceptanceRequired": False},
                lambda w, r: _service(w, r)[0]["AcceptanceRequired"],
                value=False,
            ),
            Edit(
                lambda w, r: {"allowedPrincipals": [f"arn:aws:iam::{w.home}:root"]},
                lambda w, r: _principals(w, r.id),
                value=lambda w, r: r.inputs["allowedPrincipals"],
            ),
            Edit(
                _second_balancer,
                lambda w, r: _service(w, r)[0]["NetworkLoadBalancerArns"],
                value=lambda w, r: r.inputs["networkLoadBalancerArns"],
            ),
            tag_edit(),
        ),
    ),
    Case(
        "aws:ec2/vpcEndpointServiceAllowedPrinciple:VpcEndpointServiceAllowedPrinciple",
        lambda world: {
            "vpcEndpointServiceId": parts.endpoint_service(world).id,
            "principalArn": f"arn:aws:iam::{world.other}:root",
        },
        seen=lambda w, r: _principals(w, r.inputs["vpcEndpointServiceId"]),
        replacing={"vpcEndpointServiceId": "vpce-svc-0", "principalArn": "arn:aws:iam::1:root"},
    ),
    Case(
        "aws:ec2/vpcEndpointConnectionAccepter:VpcEndpointConnectionAccepter",
        _connected_inputs,
        seen=_connection,
        replacing={"vpcEndpointServiceId": "vpce-svc-0", "vpcEndpointId": "vpce-0"},
    ),
    Case(
        "aws:vpc/endpointServicePrivateDnsVerification:EndpointServicePrivateDnsVerification",
        lambda world: {"serviceId": parts.named_service(world).id, "waitForVerification": True},
        seen=_verified,
        replacing={"serviceId": "vpce-svc-0"},
        not_imported=frozenset({"waitForVerification"}),
        adopted=True,
    ),
)
