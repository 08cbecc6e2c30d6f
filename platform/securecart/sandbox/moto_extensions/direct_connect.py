"""Direct Connect's connections.

moto lacks: ids of AWS's form (two connections of one name and second get the same), tags by ARN, the dedicated and
hosted bandwidths, and AWS's error code. AWS: an id is dxcon- and eight digits, and the ARN ends with it (Direct Connect
API, Connection; service authorization reference); the bandwidths are those of CreateConnection. Added: the backend's
methods and a check in front of the operation.
"""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, cast

from moto.core.exceptions import JsonRESTError
from moto.directconnect.models import Connection, DirectConnectBackend
from moto.directconnect.responses import DirectConnectResponse

from securecart.sandbox.moto_extensions.guards import check_first
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    _Backend = DirectConnectBackend
else:
    _Backend = object

DEDICATED = ("1Gbps", "10Gbps", "100Gbps", "400Gbps")
"""Bandwidths of a port of the firm's own."""
HOSTED = ("50Mbps", "100Mbps", "200Mbps", "300Mbps", "400Mbps", "500Mbps", "2Gbps", "5Gbps", "25Gbps")
"""Further bandwidths, of a partner's port."""
_ENCRYPTING = ("10Gbps", "100Gbps", "400Gbps")


def _name(self: Connection) -> None:
    self.connection_id = self.connection_id or f"dxcon-{secrets.token_hex(4)}"


def _id_of(resource_arn: str) -> str:
    return resource_arn.rpartition("/")[2]


class _Tags(_Backend):
    def list_tags_for_resource(self, resource_arn: str) -> list[dict[str, str]]:
        pairs = self.tagger.get_tag_dict_for_resource(_id_of(resource_arn))
        return [{"key": key, "value": value} for key, value in pairs.items()]

    def tag_resource(self, arn: str, tags: dict[str, str]) -> None:
        self.tagger.tag_resource(_id_of(arn), [{"key": key, "value": value} for key, value in tags.items()])

    def untag_resource(self, arn: str, tag_keys: list[str]) -> None:
        self.tagger.untag_resource_using_names(_id_of(arn), tag_keys)


def _check_connection(received: object) -> None:
    body = json.loads(cast("DirectConnectResponse", received).body)
    bandwidth = body.get("bandwidth")
    if bandwidth not in (*DEDICATED, *HOSTED):
        raise JsonRESTError("DirectConnectClientException", f"Bandwidth value is not valid: {bandwidth}")
    if body.get("requestMACSec") and bandwidth not in _ENCRYPTING:
        raise JsonRESTError("DirectConnectClientException", f"A connection of {bandwidth} has no MACsec.")


def install() -> None:
    """Replace these methods of moto's Direct Connect."""
    extend(DirectConnectBackend, _Tags)
    vars_of_connection = cast("type", Connection)
    setattr(vars_of_connection, "__post_init__", _name)  # noqa: B010  # mypy takes no method of a class for changeable
    check_first(DirectConnectResponse, {"create_connection": _check_connection})
