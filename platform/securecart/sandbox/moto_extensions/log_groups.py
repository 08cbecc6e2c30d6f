"""CloudWatch Logs: keys and retention of log groups.

moto lacks: AssociateKmsKey and DisassociateKmsKey, and the refusal of a retention that AWS does not have. AWS: the
operations' pages in the CloudWatch Logs API reference; PutRetentionPolicy lists the days. Added: methods of moto's
response, and a check in front of its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from moto.logs.exceptions import InvalidParameterException, ResourceNotFoundException
from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from securecart.sandbox.moto_extensions.guards import check_first
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    _Response = LogsResponse
else:
    _Response = object

RETENTIONS = frozenset(
    {1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653}
)
"""Days that PutRetentionPolicy takes."""


class _Keys(_Response):
    def associate_kms_key(self) -> str:
        self._group().kms_key_id = self._get_param("kmsKeyId")
        return ""

    def disassociate_kms_key(self) -> str:
        self._group().kms_key_id = None
        return ""

    def _group(self) -> LogGroup:
        found = self.logs_backend.groups.get(self._get_param("logGroupName"))
        if found is None:
            raise ResourceNotFoundException
        return found


def _check_retention(received: object) -> None:
    days = json.loads(cast("LogsResponse", received).body).get("retentionInDays")
    if days not in RETENTIONS:
        raise InvalidParameterException(
            msg="Specify one of the days that PutRetentionPolicy lists", parameter="retentionInDays", value=days
        )


def install() -> None:
    """Add these operations to moto's CloudWatch Logs."""
    extend(LogsResponse, _Keys)
    check_first(LogsResponse, {"put_retention_policy": _check_retention})
