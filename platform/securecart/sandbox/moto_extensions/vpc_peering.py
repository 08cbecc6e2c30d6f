"""VPC peering seen from both accounts.

moto lacks: tags of the accepter's own (it shows the requester's to both), filters, an error for an id that
does not exist, and the rule that each side changes its own options only. AWS: each owner tags its view of a
shared resource; the requester cannot change the accepter's options (EC2 API,
ModifyVpcPeeringConnectionOptions), and options need an active peering. Added: three operations are replaced.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.vpc_peering_connections import VPCPeeringConnection
from moto.ec2.models.vpcs import VPC
from moto.ec2.responses import EC2Response
from moto.ec2.responses.vpc_peering_connections import VPCPeeringConnections

from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    ec2_error,
    extend,
    require_all,
    select,
    tags_of,
)

NOT_FOUND = "InvalidVpcPeeringConnectionID.NotFound"
_READERS = {
    "vpc-peering-connection-id": lambda one: one.id,
    "status-code": lambda one: one.status["Code"],
    "requester-vpc-info.vpc-id": lambda one: one.vpc.id,
    "requester-vpc-info.owner-id": lambda one: one.vpc.owner_id,
    "requester-vpc-info.cidr-block": lambda one: one.vpc.cidr_block,
    "accepter-vpc-info.vpc-id": lambda one: one.peer_vpc.id,
    "accepter-vpc-info.owner-id": lambda one: one.peer_vpc.owner_id,
    "accepter-vpc-info.cidr-block": lambda one: one.peer_vpc.cidr_block,
}


def document(backend: EC2Backend, peering: VPCPeeringConnection) -> Document:
    """VpcPeeringConnection, as this account sees it. Options are there once the peering is active."""
    requester, accepter = dict(peering.requester_vpc_info), dict(peering.accepter_vpc_info)
    if peering.status["Code"] != "active":
        del requester["PeeringOptions"], accepter["PeeringOptions"]
    for info, vpc in ((requester, peering.vpc), (accepter, peering.peer_vpc)):
        info["CidrBlockSet"] = [
            {"CidrBlock": block["cidr_block"]} for block in vpc.get_cidr_block_association_set(ipv6=False)
        ]
    return {
        "VpcPeeringConnectionId": peering.id,
        "RequesterVpcInfo": requester,
        "AccepterVpcInfo": accepter,
        "Status": peering.status,
        "Tags": tags_of(backend, peering.id),
    }


def _is_side(backend: EC2Backend, vpc: VPC) -> bool:
    return (backend.account_id, backend.region_name) == (vpc.owner_id, vpc.region)


class _Responses(EC2Operations):
    def describe_vpc_peering_connections(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("VpcPeeringConnectionIds", [])
        found = [one for one in backend.vpc_pcxs.values() if not ids or one.id in ids]
        require_all(found, ids, lambda one: one.id, NOT_FOUND)
        found = select(found, self._filters_from_querystring(), _READERS, lambda one: tags_of(backend, one.id))
        return ActionResult({"VpcPeeringConnections": [document(backend, one) for one in found]})

    def accept_vpc_peering_connection(self) -> ActionResult:
        VPCPeeringConnections.accept_vpc_peering_connection(self)
        peering = self.ec2_backend.get_vpc_peering_connection(self._get_param("VpcPeeringConnectionId"))
        return ActionResult({"VpcPeeringConnection": document(self.ec2_backend, peering)})

    def modify_vpc_peering_connection_options(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        peering = backend.get_vpc_peering_connection(self._get_param("VpcPeeringConnectionId"))
        if peering.status["Code"] != "active":
            raise ec2_error("OperationNotPermitted", f"Peering {peering.id} is not active.")
        for member, vpc in (
            ("RequesterPeeringConnectionOptions", peering.vpc),
            ("AccepterPeeringConnectionOptions", peering.peer_vpc),
        ):
            if self._get_param(member, {}) and not _is_side(backend, vpc):
                raise ec2_error("OperationNotPermitted", f"{member} of {peering.id} belong to the other side.")
        return VPCPeeringConnections.modify_vpc_peering_connection_options(self)


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
