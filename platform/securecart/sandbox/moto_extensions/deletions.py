"""Deletion in AWS's order, and of everything that AWS deletes with it.

moto lacks: refusal to delete a VPC, a subnet or an address that something still uses, and to detach an internet
gateway through which addresses are mapped; it leaves the ACLs of a deleted VPC, the associations of a deleted
subnet, and the interface and address association of a deleted NAT gateway. AWS: DependencyViolation as long as
something is inside (VPC user guide, "Delete your VPC"; AWS re:Post, "Troubleshoot dependency error when deleting a
VPC", whose list has peerings, too; EC2 API, DeleteSubnet) or has a public address (EC2 API, DetachInternetGateway);
InvalidIPAddress.InUse for an address in use (EC2 API, ReleaseAddress); deleting a NAT gateway disassociates its
address (VPC user guide, "Delete a NAT gateway"). Added: operations in front of moto's own.
"""

from __future__ import annotations

from typing import cast

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.responses import EC2Response
from moto.ec2.responses.elastic_ip_addresses import ElasticIPAddresses
from moto.ec2.responses.internet_gateways import InternetGateways
from moto.ec2.responses.nat_gateways import NatGateways
from moto.ec2.responses.subnets import Subnets
from moto.ec2.responses.vpcs import VPCs

from securecart.sandbox.moto_extensions.attachment_model import VpcAttachment, attachments
from securecart.sandbox.moto_extensions.support import (
    EC2Operations,
    attached_vpc,
    ec2_error,
    extend,
    require_all,
)
from securecart.sandbox.moto_extensions.vpn_gateways import gateway_of_vpc

NAT_NOT_FOUND = "NatGatewayNotFound"


def dependents_of_vpc(backend: EC2Backend, vpc_id: str) -> list[str]:
    """Ids of what keeps a VPC from being deleted, besides what moto itself looks at."""
    groups = backend.groups[vpc_id].values() if vpc_id in backend.groups else []
    return [
        *(one.id for one in backend.internet_gateways.values() if attached_vpc(one) == vpc_id),
        *(one.id for one in backend.nat_gateways.values() if one.vpc_id == vpc_id and one.state != "deleted"),
        *(one.id for one in groups if not one.is_default),
        *(one.id for one in backend.network_acls.values() if one.vpc_id == vpc_id and not one.default),
        *(
            one.id
            for one in attachments(backend).values()
            if isinstance(one, VpcAttachment) and one.is_live and one.resource_id == vpc_id
        ),
        *(one.id for one in backend.vpc_pcxs.values() if _holds(one, vpc_id)),
        *filter(None, [gateway_of_vpc(backend, vpc_id)]),
        *(one.id for one in backend.vpc_end_points.values() if one.vpc_id == vpc_id),
    ]


def _holds(peering: VPCPeeringConnection, vpc_id: str) -> bool:
    """Whether a peering keeps a VPC: an accepted one both of its VPCs, a pending one that of the requester."""
    code = peering.status["Code"]
    asking = code == "pending-acceptance" and peering.vpc.id == vpc_id
    return asking or (code == "active" and vpc_id in (peering.vpc.id, peering.peer_vpc.id))


def mapped_addresses(backend: EC2Backend, vpc_id: str) -> list[str]:
    """Public addresses of network interfaces in a VPC."""
    inside = {one.id for one in backend.enis.values() if one.subnet is not None and one.subnet.vpc_id == vpc_id}
    interfaces = ((one.public_ip, cast("NetworkInterface | None", one.eni)) for one in backend.addresses)
    return [address for address, interface in interfaces if interface is not None and interface.id in inside]


def dependents_of_subnet(backend: EC2Backend, subnet_id: str) -> list[str]:
    """Ids of what keeps a subnet from being deleted."""
    return [
        *(one.id for one in backend.enis.values() if one.subnet is not None and one.subnet.id == subnet_id),
        *(
            one.id
            for one in attachments(backend).values()
            if isinstance(one, VpcAttachment) and one.is_live and subnet_id in one.subnet_ids
        ),
    ]


def _violation(kind: str, resource_id: str) -> Exception:
    return ec2_error("DependencyViolation", f"The {kind} '{resource_id}' has dependencies and cannot be deleted.")


class _Responses(EC2Operations):
    def delete_vpc(self) -> ActionResult:
        backend, vpc_id = self.ec2_backend, self._get_param("VpcId")
        if dependents_of_vpc(backend, vpc_id):
            raise _violation("vpc", vpc_id)
        answer = VPCs.delete_vpc(self)
        for acl in [one for one in backend.network_acls.values() if one.vpc_id == vpc_id]:
            del backend.network_acls[acl.id]
        return answer

    def delete_subnet(self) -> ActionResult:
        backend, subnet_id = self.ec2_backend, self._get_param("SubnetId")
        if dependents_of_subnet(backend, subnet_id):
            raise _violation("subnet", subnet_id)
        answer = Subnets.delete_subnet(self)
        for acl in backend.network_acls.values():
            for key in [key for key, one in acl._associations.items() if one.subnet_id == subnet_id]:
                del acl._associations[key]
        for table in backend.route_tables.values():
            for key in [key for key, associated in table._associations.items() if associated == subnet_id]:
                del table._associations[key]
        return answer

    def detach_internet_gateway(self) -> ActionResult:
        vpc_id = self._get_param("VpcId")
        if mapped_addresses(self.ec2_backend, vpc_id):
            raise ec2_error("DependencyViolation", f"Network {vpc_id} has some mapped public address(es).")
        return InternetGateways.detach_internet_gateway(self)

    def release_address(self) -> ActionResult:
        allocation_id = self._get_param("AllocationId")
        if allocation_id:
            [address] = self.ec2_backend.address_by_allocation([allocation_id])
            if address.association_id:
                raise ec2_error("InvalidIPAddress.InUse", f"Address {allocation_id} is in use.")
        return ElasticIPAddresses.release_address(self)

    def create_nat_gateway(self) -> ActionResult:
        allocation_id = self._get_param("AllocationId")
        if allocation_id:
            [address] = self.ec2_backend.address_by_allocation([allocation_id])
            if address.association_id:
                raise ec2_error("Resource.AlreadyAssociated", f"Elastic IP {allocation_id} is already associated.")
        return NatGateways.create_nat_gateway(self)

    def delete_nat_gateway(self) -> ActionResult:
        backend, nat_gateway_id = self.ec2_backend, self._get_param("NatGatewayId")
        nat_gateway = backend.nat_gateways.get(nat_gateway_id)
        require_all([nat_gateway] if nat_gateway else [], [nat_gateway_id], lambda one: one.id, NAT_NOT_FOUND)
        answer = NatGateways.delete_nat_gateway(self)
        interface = nat_gateway._eni
        for address in [one for one in backend.addresses if one.eni is interface]:
            backend.disassociate_address(association_id=address.association_id)
        backend.enis.pop(interface.id, None)
        return answer

    def describe_nat_gateways(self) -> ActionResult:
        ids = self._get_param("NatGatewayIds", [])
        known = [one for one in self.ec2_backend.nat_gateways.values() if one.id in ids]
        require_all(known, ids, lambda one: one.id, NAT_NOT_FOUND)
        return NatGateways.describe_nat_gateways(self)


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
