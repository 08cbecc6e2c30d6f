"""Static and propagated routes of a transit gateway's route tables.

moto lacks: propagated routes, ReplaceTransitGatewayRoute, every search but the exact one, and refusals. AWS:
a table holds static routes and those that attachments propagate; of two with one destination the static one
counts (VPC transit gateways guide, "Route evaluation order"); a route whose attachment is gone is a blackhole
(same guide, "Blackhole routes"). Added: methods of moto's EC2 responses are replaced. Only static routes are
kept, as destination to attachment id; everything else is worked out when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import TypeAlias, cast

from moto.core.responses import ActionResult
from moto.ec2.models import EC2Backend
from moto.ec2.models.transit_gateway_route_tables import TransitGatewayRouteTable
from moto.ec2.responses import EC2Response

from securecart.sandbox.moto_extensions.attachment_model import attachments
from securecart.sandbox.moto_extensions.route_tables import find_pair, find_table
from securecart.sandbox.moto_extensions.support import (
    Document,
    EC2Operations,
    ec2_error,
    extend,
    select,
)

_Network: TypeAlias = IPv4Network | IPv6Network


def _contains(outer: _Network, inner: _Network) -> bool:
    same_kind = outer.version == inner.version and outer.prefixlen <= inner.prefixlen
    return same_kind and inner.supernet(new_prefix=outer.prefixlen) == outer


_MATCHES: dict[str, Callable[[_Network, _Network], bool]] = {
    "exact-match": lambda route, asked: route == asked,
    "longest-prefix-match": lambda route, asked: _contains(route, asked),
    "subnet-of-match": lambda route, asked: _contains(asked, route),
    "supernet-of-match": lambda route, asked: _contains(route, asked),
}
_SEARCH = "route-search."


def static_routes(table: TransitGatewayRouteTable) -> dict[str, str | None]:
    """Destination to attachment id, None for a route that drops what it matches: kept in moto's table."""
    return cast("dict[str, str | None]", table.routes)


def routes(backend: EC2Backend, table: TransitGatewayRouteTable) -> list[Document]:
    """Every TransitGatewayRoute of the table; a static one hides a propagated one of its destination."""
    found = {
        destination: _document(backend, destination, "propagated", one.transitGatewayAttachmentId)
        for one in table.route_table_propagation
        for destination in attachments(backend)[one.transitGatewayAttachmentId].destination_cidrs()
    }
    for destination, attachment_id in static_routes(table).items():
        found[destination] = _document(backend, destination, "static", attachment_id)
    return list(found.values())


def _document(backend: EC2Backend, destination: str, origin: str, attachment_id: str | None) -> Document:
    attachment = attachments(backend).get(attachment_id or "")
    route = {
        "DestinationCidrBlock": destination,
        "Type": origin,
        "State": "active" if attachment else "blackhole",
    }
    if attachment is None:
        return route
    resource_id, _ = attachment.resource_seen_from(backend)
    return route | {
        "TransitGatewayAttachments": [
            {
                "TransitGatewayAttachmentId": attachment.id,
                "ResourceId": resource_id,
                "ResourceType": attachment.resource_type,
            }
        ]
    }


def search(found: Sequence[Document], filters: Mapping[str, Sequence[str]]) -> list[Document]:
    """The routes that match every filter of SearchTransitGatewayRoutes.

    Raises:
        EC2ClientError: InvalidParameterValue for an unknown filter or a destination that is no CIDR block.
    """
    for name, values in filters.items():
        if name.startswith(_SEARCH) and name.removeprefix(_SEARCH) in _MATCHES:
            matches = _MATCHES[name.removeprefix(_SEARCH)]
            asked = [_network(value) for value in values]
            found = [route for route in found if any(matches(_destination(route), one) for one in asked)]
            if name.endswith("longest-prefix-match") and found:
                longest = max(_destination(route).prefixlen for route in found)
                found = [route for route in found if _destination(route).prefixlen == longest]
    rest = {name: values for name, values in filters.items() if name.removeprefix(_SEARCH) not in _MATCHES}
    return select(found, rest, _READERS, lambda route: [])


def _destination(route: Document) -> _Network:
    return _network(str(route["DestinationCidrBlock"]))


def _network(text: str) -> _Network:
    try:
        return ip_network(text)
    except ValueError as error:
        raise ec2_error("InvalidParameterValue", f"{text} is not a valid CIDR block.") from error


def _attached(member: str, route: Document) -> list[str]:
    return [one[member] for one in cast("Sequence[Mapping[str, str]]", route.get("TransitGatewayAttachments", []))]


_READERS = {
    "type": lambda route: str(route["Type"]),
    "state": lambda route: str(route["State"]),
    "attachment.transit-gateway-attachment-id": lambda route: _attached("TransitGatewayAttachmentId", route),
    "attachment.resource-id": lambda route: _attached("ResourceId", route),
    "attachment.resource-type": lambda route: _attached("ResourceType", route),
}


class _Responses(EC2Operations):
    def create_transit_gateway_route(self) -> ActionResult:
        return self._put_route(replace=False)

    def replace_transit_gateway_route(self) -> ActionResult:
        return self._put_route(replace=True)

    def delete_transit_gateway_route(self) -> ActionResult:
        table = find_table(self.ec2_backend, self._get_param("TransitGatewayRouteTableId"))
        destination = self._destination_with_route(table)
        attachment_id = static_routes(table).pop(destination)
        route = dict(_document(self.ec2_backend, destination, "static", attachment_id)) | {"State": "deleted"}
        return ActionResult({"Route": route})

    def search_transit_gateway_routes(self) -> ActionResult:
        table = find_table(self.ec2_backend, self._get_param("TransitGatewayRouteTableId"))
        found = search(routes(self.ec2_backend, table), self._filters_from_querystring())
        return ActionResult({"Routes": found, "AdditionalRoutesAvailable": False})

    def _put_route(self, *, replace: bool) -> ActionResult:
        backend, table_id = self.ec2_backend, self._get_param("TransitGatewayRouteTableId")
        table, attachment_id = find_table(backend, table_id), self._get_param("TransitGatewayAttachmentId")
        if bool(attachment_id) == (str(self._get_param("Blackhole")).lower() == "true"):
            raise ec2_error("InvalidParameterCombination", "Give either an attachment or Blackhole.")
        if attachment_id:
            find_pair(backend, attachment_id, table_id)
        destination = str(_network(self._get_param("DestinationCidrBlock")))
        if replace:
            self._destination_with_route(table)
        elif destination in static_routes(table):
            raise ec2_error("RouteAlreadyExists", f"Route for {destination} already exists in {table.id}.")
        static_routes(table)[destination] = attachment_id or None
        return ActionResult({"Route": _document(backend, destination, "static", attachment_id)})

    def _destination_with_route(self, table: TransitGatewayRouteTable) -> str:
        destination = str(self._get_param("DestinationCidrBlock"))
        if destination not in static_routes(table):
            raise ec2_error("InvalidRoute.NotFound", f"No static route for {destination} in {table.id}.")
        return destination


def install() -> None:
    """Add these operations to moto's EC2."""
    extend(EC2Response, _Responses)
