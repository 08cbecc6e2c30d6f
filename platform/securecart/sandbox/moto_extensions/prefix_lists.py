"""AWS's prefix lists with their address ranges.

moto lacks: the ranges in DescribePrefixLists, and an error for a list that does not exist. AWS: Cidrs (EC2 API,
PrefixList). Added: the operation is replaced.
"""

from __future__ import annotations

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.support import EC2Operations, extend, require_all

_NOT_FOUND = "InvalidPrefixListId.NotFound"
_OF_AWS = "com.amazonaws."


class _Responses(EC2Operations):
    def describe_prefix_lists(self) -> ActionResult:
        backend: EC2Backend = self.ec2_backend
        ids = self._get_param("PrefixListIds", [])
        named = backend.describe_managed_prefix_lists(ids, self._filters_from_querystring())
        found = [one for one in named if str(one.prefix_list_name).startswith(_OF_AWS)]
        require_all(found, ids, lambda one: one.id, _NOT_FOUND)
        listed = [
            {
                "PrefixListId": one.id,
                "PrefixListName": one.prefix_list_name,
                "Cidrs": [entry["Cidr"] for entry in list(one.entries.values())[-1]],
            }
            for one in found
        ]
        return ActionResult({"PrefixLists": listed})


def install() -> None:
    """Add this operation to moto's EC2."""
    extend(EC2Response, _Responses)
