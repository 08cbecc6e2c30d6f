"""Which accounts may use a resource, as Resource Access Manager's shares say.

The sandbox's accounts count as one organization in which sharing with RAM is enabled, so a share takes effect
without an invitation (RAM user guide, "Sharing with AWS Organizations").
"""

from __future__ import annotations

import re

from moto.ram.models import ResourceShare, ram_backends

_ORGANIZATION = re.compile(r"arn:aws[a-z-]*:organizations::\d{12}:organization/o-[a-z0-9]+")
_ROOT = re.compile(r"arn:aws[a-z-]*:iam::(\d{12}):root")


def covers(principal: str, account: str) -> bool:
    """Whether a share's principal includes an account: its id, its root's ARN, or the whole organization."""
    root = _ROOT.fullmatch(principal)
    return principal == account or bool(root and root[1] == account) or bool(_ORGANIZATION.fullmatch(principal))


def active_shares(region: str) -> list[ResourceShare]:
    """Every share of this region, of any owner, that is not deleted. Sharing is regional."""
    return [
        share
        for _, share_region, backend in ram_backends.iter_backends()
        if share_region == region
        for share in vars(backend)["resource_shares"]
        if share.status == "ACTIVE"
    ]


def is_shared(resource_arn: str, account: str, region: str) -> bool:
    """Whether some active share of this region gives the account this resource."""
    return any(
        resource_arn in share.resource_arns and any(covers(principal, account) for principal in share.principals)
        for share in active_shares(region)
    )
