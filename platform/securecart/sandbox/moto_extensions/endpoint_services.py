"""Endpoint services: what an account offers to others by PrivateLink, and who is connected.

moto lacks: connections with their acceptance, names that are verified, refusal of load balancers of another kind or
in use, and of deletion while somebody is connected. AWS: EC2 API reference, CreateVpcEndpointServiceConfiguration,
AcceptVpcEndpointConnections, RejectVpcEndpointConnections, DescribeVpcEndpointConnections,
StartVpcEndpointServicePrivateDnsVerification and DeleteVpcEndpointServiceConfigurations; AWS PrivateLink guide, "Manage
DNS names": a TXT record shows that the domain is the provider's. Added: operations, some in front of moto's own, and a
member of moto's class that is looked up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.vpc_service_configuration import VPCServiceConfiguration
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses import EC2Response
from moto.ec2.responses.vpc_service_configuration import VPCEndpointServiceConfiguration

from securecart.sandbox.moto_extensions.certificates import public_values
from securecart.sandbox.moto_extensions.endpoint_catalogue import connections, is_verified
from securecart.sandbox.moto_extensions.support import Document, EC2Operations, ec2_error, extend, select

_STARTED = "securecart_verification_started"
_CONNECTED = ("available", "pendingAcceptance")
_READERS = {
    "service-id": lambda pair: _service_id(pair[1]),
    "vpc-endpoint-id": lambda pair: pair[1].id,
    "vpc-endpoint-state": lambda pair: pair[1].state,
    "vpc-endpoint-owner": lambda pair: pair[0].account_id,
}


def _service_id(endpoint: VPCEndPoint) -> str:
    return endpoint.service_name.rpartition(".")[2]


def verification(offered: VPCServiceConfiguration) -> dict[str, str]:
    """PrivateDnsNameConfiguration: the TXT record to make, and whether it was found."""
    if not offered.private_dns_name:
        return {}
    digest = hashlib.sha256(f"{offered.id} {offered.private_dns_name}".encode()).hexdigest()
    name, value = f"_{digest[:20]}", f"vpce:{digest[20:40]}"
    written = {text.strip('"') for text in public_values(f"{name}.{offered.private_dns_name}", "TXT")}
    found = vars(offered).get(_STARTED) == offered.private_dns_name and value in written
    return {"State": "verified" if found else "pendingVerification", "Type": "TXT", "Name": name, "Value": value}


def check_balancers(backend: EC2Backend, arns: Sequence[str], service_id: str = "") -> None:
    """Refuse load balancers that are no network ones, or that serve another endpoint service.

    Raises:
        EC2ClientError: InvalidParameter.
    """
    for balancer in backend.elbv2_backend.describe_load_balancers(arns=list(arns), names=None) if arns else ():
        if balancer.type != "network":
            raise ec2_error("InvalidParameter", f"{balancer.arn} is no network load balancer")
        others = [one for one in backend.configurations.values() if one.id != service_id]
        if any(balancer.arn in one.network_load_balancer_arns for one in others):
            raise ec2_error("InvalidParameter", f"{balancer.arn} is associated with another endpoint service already")


class _Responses(EC2Operations):
    def create_vpc_endpoint_service_configuration(self) -> ActionResult:
        check_balancers(self.ec2_backend, self._get_param("NetworkLoadBalancerArns", []))
        return VPCEndpointServiceConfiguration.create_vpc_endpoint_service_configuration(self)

    def modify_vpc_endpoint_service_configuration(self) -> ActionResult:
        added = self._get_param("AddNetworkLoadBalancerArns", [])
        check_balancers(self.ec2_backend, added, self._get_param("ServiceId"))
        offered = self._offered()
        if self._get_param("RemovePrivateDnsName"):
            offered.private_dns_name = ""
        answer = VPCEndpointServiceConfiguration.modify_vpc_endpoint_service_configuration(self)
        balancers = self.ec2_backend.elbv2_backend.describe_load_balancers(
            arns=offered.network_load_balancer_arns, names=None
        )
        offered.availability_zones = [subnet.availability_zone for one in balancers for subnet in one.subnets]
        return answer

    def delete_vpc_endpoint_service_configurations(self) -> ActionResult:
        region = self.ec2_backend.region_name
        for service_id in self._get_param("ServiceIds", []):
            offered = self.ec2_backend.configurations.get(service_id)
            users = connections(region, offered.service_name) if offered else ()
            if any(endpoint.state in _CONNECTED for _, endpoint in users):
                told = {"Code": "ExistingVpcEndpointConnections", "Message": f"{service_id} has existing connections."}
                return ActionResult({"Unsuccessful": [{"ResourceId": service_id, "Error": told}]})
        return VPCEndpointServiceConfiguration.delete_vpc_endpoint_service_configurations(self)

    def start_vpc_endpoint_service_private_dns_verification(self) -> ActionResult:
        offered = self._offered()
        if not offered.private_dns_name:
            raise ec2_error("InvalidParameter", f"{offered.id} has no private DNS name.")
        vars(offered)[_STARTED] = offered.private_dns_name
        return ActionResult({"ReturnValue": is_verified(offered)})

    def accept_vpc_endpoint_connections(self) -> ActionResult:
        return self._decide("available", ("pendingAcceptance", "available"))

    def reject_vpc_endpoint_connections(self) -> ActionResult:
        return self._decide("rejected", (*_CONNECTED, "rejected"))

    def describe_vpc_endpoint_connections(self) -> ActionResult:
        own = self.ec2_backend.configurations.values()
        pairs = [pair for one in own for pair in connections(self.ec2_backend.region_name, one.service_name)]
        found = select(pairs, self._filters_from_querystring(), _READERS, lambda pair: ())
        listed = [_connection(backend, endpoint) for backend, endpoint in found]
        return ActionResult({"VpcEndpointConnections": listed})

    def _offered(self) -> VPCServiceConfiguration:
        backend: EC2Backend = self.ec2_backend
        [found] = backend.describe_vpc_endpoint_service_configurations([self._get_param("ServiceId")])
        return found

    def _decide(self, state: str, before: Sequence[str]) -> ActionResult:
        """Put connections into a state, those that are in one of the states before."""
        users = {one.id: one for _, one in connections(self.ec2_backend.region_name, self._offered().service_name)}
        refused: list[Document] = []
        for endpoint_id in self._get_param("VpcEndpointIds", []):
            endpoint = users.get(endpoint_id)
            if endpoint is None or endpoint.state not in before:
                told = endpoint.state if endpoint else "missing"
                error = {"Code": "InvalidParameter", "Message": f"{endpoint_id} is {told}."}
                refused.append({"ResourceId": endpoint_id, "Error": error})
            else:
                endpoint.state = state
        return ActionResult({"Unsuccessful": refused})


def _connection(backend: EC2Backend, endpoint: VPCEndPoint) -> Document:
    return {
        "ServiceId": _service_id(endpoint),
        "VpcEndpointId": endpoint.id,
        "VpcEndpointOwner": backend.account_id,
        "VpcEndpointState": endpoint.state,
        "CreationTimestamp": endpoint.creation_timestamp,
    }


def install() -> None:
    """Add these operations and the looked-up member to moto's EC2."""
    extend(EC2Response, _Responses)
    setattr(VPCServiceConfiguration, "private_dns_name_configuration", property(verification))  # noqa: B010  # moto lacks it
