"""What EC2 refuses of endpoints: types that a service has not, networks that do not fit, private names twice.

Sources: EC2 API reference, CreateVpcEndpoint and Error codes; AWS PrivateLink guide, "Access an AWS service using an
interface VPC endpoint" (subnets, security groups, DNS), "Control access to VPC endpoints using endpoint policies" and
"Gateway endpoints" (routing); terraform-provider-aws, aws_vpc_endpoint_private_dns (private DNS after acceptance).
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from moto.ec2.models import EC2Backend
from moto.ec2.models.vpcs import VPCEndPoint

from securecart.sandbox.moto_extensions.endpoint_catalogue import Service
from securecart.sandbox.moto_extensions.interfaces import check_groups
from securecart.sandbox.moto_extensions.support import ec2_error

_FOREIGN = {
    "Gateway": ("SubnetIds", "SecurityGroupIds", "PrivateDnsEnabled", "DnsOptions", "IpAddressType"),
    "Interface": ("RouteTableIds",),
}
"""What each type of endpoint has not."""
WAITING = "pendingAcceptance"
"""State of an endpoint whose connection the service's owner has not accepted yet."""


def check_kind(service: Service, kind: str, given: Sequence[str]) -> None:
    """Refuse a type that the service has not, and parameters that the type has not.

    Args:
        service: The service.
        kind: EC2's word for the type of endpoint.
        given: Names of the parameters that have a value.

    Raises:
        EC2ClientError: InvalidParameter.
    """
    if kind not in service.types:
        raise ec2_error("InvalidParameter", f"The service {service.name} has no endpoints of type {kind}")
    foreign = sorted(set(given) & set(_FOREIGN[kind]))
    if foreign:
        raise ec2_error("InvalidParameter", f"Endpoint type ({kind}) does not support {', '.join(foreign)}")


def check_policy(service: Service, policy: str | None) -> None:
    """Refuse a policy that is not a JSON object with statements, and any for a service that is not AWS's own.

    Raises:
        EC2ClientError: InvalidParameter, InvalidPolicyDocument.
    """
    if policy is None:
        return
    if not service.of_aws:
        raise ec2_error("InvalidParameter", f"Service {service.name} only supports the full-access endpoint policy.")
    try:
        document = json.loads(policy)
    except ValueError:
        document = None
    if not isinstance(document, dict) or "Statement" not in document:
        raise ec2_error("InvalidPolicyDocument", "The policy document is not a valid JSON policy document.")


def check_network(backend: EC2Backend, service: Service, endpoint: VPCEndPoint) -> None:
    """Refuse subnets, security groups and route tables that do not fit the endpoint's VPC or service.

    Raises:
        EC2ClientError: InvalidSubnetID.NotFound, InvalidParameter, DuplicateSubnetsInSameZone, InvalidGroup.NotFound,
            InvalidRouteTableID.NotFound.
    """
    subnets = [backend.get_subnet(subnet_id) for subnet_id in endpoint.subnet_ids or ()]
    for subnet in subnets:
        if subnet.vpc_id != endpoint.vpc_id:
            raise ec2_error("InvalidParameter", f"The subnet {subnet.id} is not in {endpoint.vpc_id}")
        if service.zones and subnet.availability_zone not in service.zones:
            raise ec2_error(
                "InvalidParameter",
                f"The VPC endpoint service {service.name} does not support the availability zone of the subnet:"
                f" {subnet.id}.",
            )
    if len({subnet.availability_zone for subnet in subnets}) < len(subnets):
        raise ec2_error("DuplicateSubnetsInSameZone", "Found another subnet in the same Availability Zone")
    foreign = check_groups(backend, endpoint.vpc_id, endpoint.security_group_ids)
    if foreign:
        raise ec2_error("InvalidGroup.NotFound", f"The security groups {foreign} are not in {endpoint.vpc_id}")
    for table_id in endpoint.route_table_ids:
        if backend.get_route_table(table_id).vpc_id != endpoint.vpc_id:
            raise ec2_error("InvalidParameter", f"The route table {table_id} is not in {endpoint.vpc_id}")


def check_private_name(backend: EC2Backend, service: Service, endpoint: VPCEndPoint) -> None:
    """Refuse private DNS where the service, the VPC or another endpoint does not allow it.

    Raises:
        EC2ClientError: InvalidParameter.
    """
    if not endpoint.private_dns_enabled:
        return
    if not service.private_name:
        raise ec2_error(
            "InvalidParameter",
            f"Private DNS can't be enabled because the service {service.name} has no verified private DNS name.",
        )
    if endpoint.state == WAITING:
        raise ec2_error(
            "InvalidParameter",
            f"Private DNS can only be enabled after the endpoint connection is accepted by the owner of {service.name}",
        )
    vpc = backend.get_vpc(endpoint.vpc_id)
    if not (vpc.enable_dns_support and vpc.enable_dns_hostnames):
        raise ec2_error(
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for"
            f" {endpoint.vpc_id}",
        )
    others = (one for one in backend.vpc_end_points.values() if one.id != endpoint.id and one.private_dns_enabled)
    if any((one.vpc_id, one.service_name) == (endpoint.vpc_id, service.name) for one in others):
        raise ec2_error(
            "InvalidParameter",
            f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for"
            f" {service.private_name} in the VPC {endpoint.vpc_id}",
        )
