"""VPC endpoints as EC2 makes them: interfaces in subnets, routes to prefix lists, connections to others' services.

moto lacks: services of other accounts, acceptance, refusal of whatever does not fit (see `endpoint_rules`), security
groups on an endpoint's interfaces, interfaces and routes after a change, private DNS names, resetting a policy, and
filters. AWS: EC2 API reference, CreateVpcEndpoint, ModifyVpcEndpoint, DeleteVpcEndpoints and DescribeVpcEndpoints; AWS
PrivateLink guide. Added: the operations are replaced; endpoints stay in moto's memory, as moto's class.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

from moto.core.responses import ActionResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses import EC2Response
from moto.ec2.utils import random_vpc_ep_id

from securecart.sandbox.moto_extensions import endpoint_rules
from securecart.sandbox.moto_extensions.endpoint_catalogue import Service, find_service
from securecart.sandbox.moto_extensions.interfaces import default_group, make_interface, set_groups
from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    Reader,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)

NOT_FOUND = "InvalidVpcEndpointId.NotFound"
_INTERFACES, _OPTIONS, _ADDRESSES = "securecart_interfaces", "securecart_dns_options", "securecart_ip_type"
_READERS: dict[str, Reader[VPCEndPoint]] = {
    "vpc-endpoint-id": lambda one: one.id,
    "vpc-id": lambda one: one.vpc_id,
    "service-name": lambda one: one.service_name,
    "vpc-endpoint-state": lambda one: one.state,
    "vpc-endpoint-type": lambda one: str(one.vpc_endpoint_type),
}
_PARAMETERS = ("SubnetIds", "SecurityGroupIds", "RouteTableIds", "PrivateDnsEnabled", "DnsOptions", "IpAddressType")
_ZONE_OF_NAMES = "Z7HUB22UULQXV"
"""The private hosted zone of endpoints' names, as EC2 tells it in us-east-1."""
_ANY_POLICY = json.dumps(VPCEndPoint.DEFAULT_POLICY)


def is_interface(endpoint: VPCEndPoint) -> bool:
    """Whether an endpoint has interfaces, and no routes."""
    return endpoint.vpc_endpoint_type == "Interface"


def arrange_interfaces(backend: EC2Backend, endpoint: VPCEndPoint) -> None:
    """Give an endpoint one interface in each of its subnets, with its security groups."""
    have = cast("dict[str, str]", vars(endpoint).setdefault(_INTERFACES, {}))
    wanted = set(endpoint.subnet_ids or ())
    for subnet_id in [one for one in have if one not in wanted]:
        backend.enis.pop(have.pop(subnet_id), None)
    for subnet_id in sorted(wanted - have.keys()):
        made = make_interface(
            backend,
            subnet_id,
            endpoint.security_group_ids,
            kind="vpc_endpoint",
            description=f"VPC Endpoint Interface {endpoint.id}",
        )
        have[subnet_id] = made.id
    for interface_id in have.values():
        set_groups(backend, interface_id, endpoint.security_group_ids)
    endpoint.network_interface_ids = [have[subnet_id] for subnet_id in endpoint.subnet_ids or ()]


def arrange_routes(backend: EC2Backend, endpoint: VPCEndPoint, before: Sequence[str]) -> None:
    """Route the service's prefix list to the endpoint in its tables, and no longer in those that it leaves.

    Raises:
        EC2ClientError: RouteAlreadyExists.
    """
    list_id = str(endpoint.destination_prefix_list_id)
    for table_id in (one for one in endpoint.route_table_ids if one not in before):
        table = backend.get_route_table(table_id)
        if any(
            route.destination_prefix_list and route.destination_prefix_list.id == list_id
            for route in table._routes.values()
        ):
            raise ec2_error(
                "RouteAlreadyExists",
                f"route table {table_id} already has a route with destination-prefix-list-id {list_id}",
            )
        backend.create_route(table_id, None, gateway_id=endpoint.id, destination_prefix_list_id=list_id)
    for table_id in (one for one in before if one not in endpoint.route_table_ids and one in backend.route_tables):
        backend.delete_route(table_id, list_id)


def _names(service: Service | None, backend: EC2Backend, endpoint: VPCEndPoint) -> list[Document]:
    """The names that an endpoint answers to: its own, one for each zone, and the service's private one."""
    if not is_interface(endpoint):
        return []
    base = endpoint.service_name.rpartition(".")[2]
    region = backend.region_name
    stem = f"{endpoint.id}-{endpoint.id[-8:]}"
    zones = sorted(backend.get_subnet(subnet_id).availability_zone for subnet_id in endpoint.subnet_ids or ())
    ends = f"{base}.{region}.vpce.amazonaws.com"
    names = [f"{stem}.{ends}", *(f"{stem}-{zone}.{ends}" for zone in zones)]
    private = [service.private_name] if service and endpoint.private_dns_enabled and service.private_name else []
    return [{"DnsName": name, "HostedZoneId": _ZONE_OF_NAMES} for name in (*names, *private)]


def document(backend: EC2Backend, endpoint: VPCEndPoint) -> Document:
    """VpcEndpoint, as DescribeVpcEndpoints shows it."""
    try:
        service = find_service(backend, endpoint.service_name)
    except EC2ClientError:
        service = None
    interface = is_interface(endpoint)
    return {
        "VpcEndpointId": endpoint.id,
        "VpcEndpointType": endpoint.vpc_endpoint_type,
        "VpcId": endpoint.vpc_id,
        "ServiceName": endpoint.service_name,
        "ServiceRegion": backend.region_name,
        "State": endpoint.state,
        "PolicyDocument": endpoint.policy_document,
        "RouteTableIds": endpoint.route_table_ids,
        "SubnetIds": endpoint.subnet_ids or [],
        "Groups": endpoint.groups if interface else [],
        "PrivateDnsEnabled": bool(endpoint.private_dns_enabled),
        "RequesterManaged": False,
        "NetworkInterfaceIds": endpoint.network_interface_ids,
        "DnsEntries": _names(service, backend, endpoint),
        "DnsOptions": vars(endpoint).get(_OPTIONS),
        "IpAddressType": vars(endpoint).get(_ADDRESSES),
        "CreationTimestamp": endpoint.creation_timestamp,
        "OwnerId": backend.account_id,
        "Tags": tags_of(backend, endpoint.id),
    }


def prefix_list_of(backend: EC2Backend, service_name: str) -> str:
    """Id of the prefix list of a service that gateway endpoints lead to."""
    return next(one.id for one in backend.managed_prefix_lists.values() if one.prefix_list_name == service_name)


def settle(backend: EC2Backend, service: Service, endpoint: VPCEndPoint, before: Sequence[str] = ()) -> None:
    """Check an endpoint as it shall be, then make its interfaces or routes.

    Args:
        backend: Its account and region.
        service: What it leads to.
        endpoint: It, with its new members.
        before: The route tables that it had.
    """
    endpoint_rules.check_network(backend, service, endpoint)
    endpoint_rules.check_private_name(backend, service, endpoint)
    if is_interface(endpoint):
        arrange_interfaces(backend, endpoint)
    else:
        arrange_routes(backend, endpoint, before)


class _Responses(EC2Operations):
    def create_vpc_endpoint(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        vpc_id, kind = self._get_param("VpcId"), self._get_param("VpcEndpointType") or "Gateway"
        backend.get_vpc(vpc_id)
        service = find_service(backend, self._get_param("ServiceName"))
        policy = self._get_param("PolicyDocument")
        endpoint_rules.check_kind(service, kind, [name for name in _PARAMETERS if self._get_param(name)])
        endpoint_rules.check_policy(service, policy)
        interface = kind == "Interface"
        groups = self._get_param("SecurityGroupIds", []) or ([default_group(backend, vpc_id)] if interface else [])
        endpoint = VPCEndPoint(  # type: ignore[abstract]  # moto makes it so, too
            backend,
            random_vpc_ep_id(),
            vpc_id,
            service.name,
            kind,
            policy,
            list(self._get_param("RouteTableIds", [])),
            list(self._get_param("SubnetIds", [])),
            security_group_ids=list(groups),
            private_dns_enabled=interface and self._get_param("PrivateDnsEnabled", True),
            destination_prefix_list_id=None if interface else prefix_list_of(backend, service.name),
        )
        if interface:
            vars(endpoint)[_OPTIONS] = {"DnsRecordIpType": "ipv4"} | self._get_param("DnsOptions", {})
            vars(endpoint)[_ADDRESSES] = self._get_param("IpAddressType") or "ipv4"
            endpoint.state = endpoint_rules.WAITING if service.accepts else "available"
        backend.vpc_end_points[endpoint.id] = endpoint
        try:
            settle(backend, service, endpoint)
        except EC2ClientError:
            del backend.vpc_end_points[endpoint.id]
            raise
        backend.create_tags([endpoint.id], self._parse_tag_specification().get("vpc-endpoint", {}))
        return ActionResult({"VpcEndpoint": document(backend, endpoint)})

    def modify_vpc_endpoint(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        endpoint = self._named(self._get_param("VpcEndpointId"))
        service = find_service(backend, endpoint.service_name)
        policy = _ANY_POLICY if self._get_param("ResetPolicy") else self._get_param("PolicyDocument")
        endpoint_rules.check_policy(service, self._get_param("PolicyDocument"))
        before = dict(vars(endpoint))
        endpoint.policy_document = policy or endpoint.policy_document
        endpoint.subnet_ids = self._changed(endpoint.subnet_ids or [], "SubnetIds")
        endpoint.security_group_ids = self._changed(endpoint.security_group_ids, "SecurityGroupIds")
        endpoint.route_table_ids = self._changed(endpoint.route_table_ids, "RouteTableIds")
        asked = self._get_param("PrivateDnsEnabled")
        endpoint.private_dns_enabled = endpoint.private_dns_enabled if asked is None else bool(asked)
        if is_interface(endpoint):
            vars(endpoint)[_OPTIONS] = vars(endpoint)[_OPTIONS] | self._get_param("DnsOptions", {})
            vars(endpoint)[_ADDRESSES] = self._get_param("IpAddressType") or vars(endpoint)[_ADDRESSES]
        try:
            settle(backend, service, endpoint, before["route_table_ids"])
        except EC2ClientError:
            vars(endpoint).update(before)
            raise
        return ActionResult({"Return": True})

    def delete_vpc_endpoints(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        unsuccessful: list[Document] = []
        for endpoint_id in self._get_param("VpcEndpointIds", []):
            endpoint = backend.vpc_end_points.pop(endpoint_id, None)
            if endpoint is None:
                told = {"Code": NOT_FOUND, "Message": f"The VpcEndPoint ID '{endpoint_id}' does not exist"}
                unsuccessful.append({"ResourceId": endpoint_id, "Error": told})
                continue
            tables, endpoint.subnet_ids, endpoint.route_table_ids = endpoint.route_table_ids, [], []
            if is_interface(endpoint):
                arrange_interfaces(backend, endpoint)
            else:
                arrange_routes(backend, endpoint, tables)
            backend.tags.pop(endpoint_id, None)
        return ActionResult({"Unsuccessful": unsuccessful})

    def describe_vpc_endpoints(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("VpcEndpointIds", [])
        found = [one for one in backend.vpc_end_points.values() if not ids or one.id in ids]
        require_all(found, ids, lambda one: one.id, NOT_FOUND)
        found = select(found, self._filters_from_querystring(), _READERS, lambda one: tags_of(backend, one.id))
        return ActionResult({"VpcEndpoints": [document(backend, one) for one in found]})

    def _named(self, endpoint_id: str) -> VPCEndPoint:
        backend: EC2Backend = self.ec2_backend
        found = [one for one in backend.vpc_end_points.values() if one.id == endpoint_id]
        require_all(found, [endpoint_id], lambda one: one.id, NOT_FOUND)
        return found[0]

    def _changed(self, had: Sequence[str], name: str) -> list[str]:
        """A list after the request's additions and removals."""
        added, removed = self._get_param(f"Add{name}", []), self._get_param(f"Remove{name}", [])
        kept = [one for one in had if one not in removed]
        return kept + [one for one in added if one not in kept]


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
