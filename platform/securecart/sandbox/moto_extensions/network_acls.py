"""Network ACLs with the last rule that AWS gives them.

moto lacks: the entries 32767 of an ACL that is not the VPC's default, errors for entries and ACLs that do not
exist, and the limits of a rule's number. AWS: every ACL ends with a rule that denies what none matched, which
can be neither changed nor removed; own numbers go from 1 to 32766 (VPC user guide, "Network ACL basics"; EC2
API, CreateNetworkAclEntry). Added: operations in front of moto's own.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.network_acls import NetworkAcl, NetworkAclBackend
from moto.ec2.responses import EC2Response
from moto.ec2.responses.network_acls import NetworkACLs

from securecart.sandbox.moto_extensions.support import (
    EC2Methods,
    EC2Operations,
    ec2_error,
    extend,
    require_all,
)

LAST_RULE = 32767


def check_number(number: int) -> None:
    """Refuse a number that no own rule can have.

    Raises:
        EC2ClientError: InvalidParameterValue.
    """
    if not 1 <= number < LAST_RULE:
        raise ec2_error("InvalidParameterValue", f"The rule number {number} is not between 1 and {LAST_RULE - 1}.")


class _Acls(EC2Methods):
    def create_network_acl(
        self, vpc_id: str, tags: list[dict[str, str]] | None = None, default: bool = False
    ) -> NetworkAcl:
        acl = NetworkAclBackend.create_network_acl(self, vpc_id, tags, default)
        if not default:
            for egress in (True, False):
                self.create_network_acl_entry(
                    acl.id, LAST_RULE, "-1", "deny", egress, "0.0.0.0/0", None, None, None, None, None
                )
        return acl


class _Responses(EC2Operations):
    def create_network_acl_entry(self) -> ActionResult:
        check_number(int(self._get_param("RuleNumber")))
        return NetworkACLs.create_network_acl_entry(self)

    def replace_network_acl_entry(self) -> ActionResult:
        self._check_entry()
        return NetworkACLs.replace_network_acl_entry(self)

    def delete_network_acl_entry(self) -> ActionResult:
        self._check_entry()
        return NetworkACLs.delete_network_acl_entry(self)

    def describe_network_acls(self) -> ActionResult:
        ids = self._get_param("NetworkAclIds", [])
        known = [acl for acl in self.ec2_backend.network_acls.values() if acl.id in ids]
        require_all(known, ids, lambda acl: acl.id, "InvalidNetworkAclID.NotFound")
        return NetworkACLs.describe_network_acls(self)

    def _check_entry(self) -> None:
        number, egress = int(self._get_param("RuleNumber")), self._get_param("Egress")
        check_number(number)
        acl = self.ec2_backend.get_network_acl(self._get_param("NetworkAclId"))
        if not any((one.rule_number, one.egress) == (number, egress) for one in acl.network_acl_entries):
            raise ec2_error(
                "InvalidNetworkAclEntry.NotFound",
                f"The network acl entry identified by {number} does not exist.",
            )


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Backend, _Acls)
    extend(EC2Response, _Responses)
