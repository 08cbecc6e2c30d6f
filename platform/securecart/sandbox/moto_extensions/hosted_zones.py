"""Hosted zones: private where a VPC is given, with name servers of their own.

moto lacks: it makes a zone private only where PrivateZone is sent, which AWS ignores beside a VPC; it takes VPCs that
do not exist, a second private zone of one name for a VPC, and a VPC twice; every zone has the same name servers, and
its SOA record cannot be told. AWS: a VPC makes a zone private; ConflictingDomainExists, InvalidVPCId,
VPCAssociationNotFound (Route 53 API: CreateHostedZone, AssociateVPCWithHostedZone, DisassociateVPCFromHostedZone).
Added: operations and methods in front of moto's own.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from moto.core.responses import ActionResult
from moto.route53.exceptions import InvalidVPCId, Route53ClientError
from moto.route53.models import FakeZone, Route53Backend
from moto.route53.responses import Route53

from securecart.sandbox.moto_extensions.support import ec2_backend, extend

if TYPE_CHECKING:
    from moto.route53.models import Route53Backend as _Methods
    from moto.route53.responses import Route53 as _Operations
else:
    _Methods = _Operations = object

_CREATE = Route53.create_hosted_zone
_CREATE_ZONE = Route53Backend.create_hosted_zone
_ASSOCIATE = Route53Backend.associate_vpc_with_hosted_zone
_DISASSOCIATE = Route53Backend.disassociate_vpc_from_hosted_zone
_SERVERS = ("com", "net", "org", "co.uk")
_SERVERS_EACH = 512


def name_servers(zone_id: str) -> list[str]:
    """Four name servers, one of each top-level domain, in the form of Route 53's."""
    digest = hashlib.sha256(zone_id.encode()).digest()
    numbers = [(position * _SERVERS_EACH + digest[position], digest[position + 4] % 64) for position in range(4)]
    return [f"ns-{server}.awsdns-{group:02d}.{top}" for (server, group), top in zip(numbers, _SERVERS, strict=True)]


def check_vpc(backend: Route53Backend, name: str, vpc_id: str, region: str) -> None:
    """Refuse a VPC that does not exist, or that has a private zone of this name already.

    Raises:
        Route53ClientError: InvalidVPCId, ConflictingDomainExists.
    """
    if vpc_id not in ec2_backend(backend.account_id, region).vpcs:
        raise InvalidVPCId()
    if any(zone.name == name and vpc_id in {vpc["vpc_id"] for vpc in zone.vpcs} for zone in backend.zones.values()):
        raise Route53ClientError(
            "ConflictingDomainExists", f"The VPC {vpc_id} in region {region} has already a private zone {name}"
        )


class _Zones(_Methods):
    def create_hosted_zone(
        self,
        name: str,
        private_zone: bool,
        caller_reference: str | None = None,
        vpcid: str | None = None,
        vpcregion: str | None = None,
        comment: str | None = None,
        delegation_set_id: str | None = None,
    ) -> FakeZone:
        if vpcid:
            check_vpc(self, name, vpcid, str(vpcregion))
        zone = _CREATE_ZONE(self, name, private_zone, caller_reference, vpcid, vpcregion, comment, delegation_set_id)
        if zone.delegation_set is not None and not delegation_set_id:
            zone.delegation_set.name_servers = name_servers(zone.resource_id)
        servers = zone.delegation_set.name_servers if zone.delegation_set else []
        for record in zone.rrsets:
            soa = f"{servers[0]}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400"
            record.records = [soa] if record.type == "SOA" else [f"{server}." for server in servers]
        return zone

    def associate_vpc_with_hosted_zone(self, zone_id: str, vpcid: str, vpcregion: str) -> FakeZone:
        check_vpc(self, self.get_hosted_zone(zone_id).name, vpcid, vpcregion)
        return _ASSOCIATE(self, zone_id, vpcid, vpcregion)

    def disassociate_vpc_from_hosted_zone(self, zone_id: str, vpcid: str) -> FakeZone:
        if vpcid not in {vpc["vpc_id"] for vpc in self.get_hosted_zone(zone_id).vpcs}:
            raise Route53ClientError("VPCAssociationNotFound", f"{vpcid} is not associated with zone {zone_id}")
        return _DISASSOCIATE(self, zone_id, vpcid)


class _Responses(_Operations):
    def create_hosted_zone(self) -> ActionResult:
        config = self._get_param("HostedZoneConfig") or {}
        if self._get_param("VPC.VPCId"):
            self.params["HostedZoneConfig"] = {**config, "PrivateZone": True}
        return _CREATE(self)


def install() -> None:
    """Add these methods and operations to moto's Route 53."""
    extend(Route53Backend, _Zones)
    extend(Route53, _Responses)
