"""Network interfaces that AWS makes for its services: those of endpoints and of load balancers.

moto lacks: interfaces of load balancers, addresses within the subnet, the services' names on interfaces, and refusal
to delete one that a service manages. AWS: such an interface holds its subnet and its security groups, and only its
service removes it: OperationNotPermitted (EC2 user guide, "Requester-managed network interfaces"). Added: functions
for those services' extensions, and an operation in front of moto's own.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.responses import EC2Response
from moto.ec2.responses.elastic_network_interfaces import ElasticNetworkInterfaces

from securecart.sandbox.moto_extensions.support import EC2Operations, ec2_error, extend

_FIRST_USABLE = 4
"""AWS keeps the first four addresses of a subnet, and the last (VPC user guide, "Subnet CIDR blocks")."""


def make_interface(
    backend: EC2Backend, subnet_id: str, group_ids: Sequence[str], *, kind: str, description: str
) -> NetworkInterface:
    """Make a service's interface in a subnet.

    Args:
        backend: The account and region.
        subnet_id: The subnet.
        group_ids: Security groups; none for a service that has none.
        kind: EC2's word for its type, such as `vpc_endpoint`.
        description: What it is for, as EC2 shows it.
    """
    interface = backend.create_network_interface(
        subnet_id, free_address(backend, subnet_id), group_ids=list(group_ids), description=description
    )
    interface.requester_managed, interface.interface_type, interface.status = True, kind, "in-use"
    set_groups(backend, interface.id, group_ids)
    return interface


def free_address(backend: EC2Backend, subnet_id: str) -> str:
    """The subnet's lowest address that no interface has.

    Raises:
        EC2ClientError: InsufficientFreeAddressesInSubnet.
    """
    block = ipaddress.ip_network(backend.get_subnet(subnet_id).cidr_block)
    taken = {one.private_ip_address for one in backend.enis.values() if one.subnet.id == subnet_id}
    for position in range(_FIRST_USABLE, block.num_addresses - 1):
        if str(block[position]) not in taken:
            return str(block[position])
    raise ec2_error("InsufficientFreeAddressesInSubnet", f"{subnet_id} has no free address.")


def set_groups(backend: EC2Backend, interface_id: str, group_ids: Sequence[str]) -> None:
    """Give an interface these security groups alone."""
    groups = [backend.get_security_group_from_id(group_id) for group_id in group_ids]
    backend.enis[interface_id]._group_set = [group for group in groups if group is not None]


def check_groups(backend: EC2Backend, vpc_id: str, group_ids: Sequence[str]) -> list[str]:
    """Return those of the groups that are not in the VPC."""
    found = {group_id: backend.get_security_group_from_id(group_id) for group_id in group_ids}
    return [group_id for group_id, group in found.items() if group is None or group.vpc_id != vpc_id]


def default_group(backend: EC2Backend, vpc_id: str) -> str:
    """Id of the VPC's default security group, which services take when they are given none."""
    return next(one.id for one in backend.groups[vpc_id].values() if one.is_default)


class _Responses(EC2Operations):
    def delete_network_interface(self) -> ActionResult:
        interface = self.ec2_backend.enis.get(self._get_param("NetworkInterfaceId"))
        if interface is not None and interface.requester_managed:
            raise ec2_error("OperationNotPermitted", f"{interface.id} is managed by the service that requested it.")
        return ElasticNetworkInterfaces.delete_network_interface(self)


def install() -> None:
    """Add this operation to moto's EC2."""
    extend(EC2Response, _Responses)
