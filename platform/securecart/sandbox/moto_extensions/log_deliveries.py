"""CloudWatch Logs: deliveries across accounts.

moto lacks: a destination in another account, UpdateDeliveryConfiguration, the refusal to delete what a delivery names,
and the check that the source is there; changing a destination loses its policy. AWS: a destination of another account
has a policy that lets the source's account in (CloudWatch Logs API, PutDeliveryDestinationPolicy); a distribution's
logs are a source in us-east-1 (CloudFront developer guide, "Standard logging (v2)"). Added: CreateDelivery is replaced;
checks in front of the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from moto.cloudfront.models import cloudfront_backends
from moto.logs.exceptions import ConflictException, ResourceNotFoundException
from moto.logs.models import Delivery, DeliveryDestination, LogsBackend, logs_backends
from moto.logs.responses import LogsResponse

from securecart.sandbox.moto_extensions.guards import check_first
from securecart.sandbox.moto_extensions.support import extend

if TYPE_CHECKING:
    _Response = LogsResponse
else:
    _Response = object

DISTRIBUTIONS_REGION = "us-east-1"
"""The one region in which a distribution is a source."""
_DISTRIBUTION = "arn:aws:cloudfront::"


def lets_in(destination: DeliveryDestination, account: str) -> bool:
    """Whether a destination's policy lets an account make deliveries to it."""
    policy = json.loads(destination.policy or '{"Statement": []}')
    return any(
        statement["Effect"] == "Allow"
        and "logs:CreateDelivery" in _listed(statement["Action"])
        and destination.arn in _listed(statement["Resource"])
        and {account, f"arn:aws:iam::{account}:root"} & set(_listed(statement["Principal"]["AWS"]))
        for statement in policy["Statement"]
    )


def _listed(value: str | Sequence[str]) -> Sequence[str]:
    return [value] if isinstance(value, str) else value


def _missing(message: str) -> ResourceNotFoundException:
    return ResourceNotFoundException(msg=message)


def _deliveries() -> Iterator[Delivery]:
    """Every delivery of every account."""
    for _, _, backend in logs_backends.iter_backends():
        yield from cast("LogsBackend", backend).deliveries.values()


def _destination(arn: str, account: str) -> DeliveryDestination:
    """The destination of this ARN, if the account may deliver to it.

    Raises:
        ResourceNotFoundException: there is none, or it does not let the account in.
    """
    _, _, _, region, owner, _, name = arn.split(":")
    found = logs_backends[owner][region].delivery_destinations.get(name)
    if found is None or (owner != account and not lets_in(found, account)):
        raise _missing(f"There is no delivery destination {arn} that lets account {account} in.")
    return found


class _Deliveries(_Response):
    def create_delivery(self) -> str:
        backend, account = self.logs_backend, self.current_account
        source, arn = self._get_param("deliverySourceName"), self._get_param("deliveryDestinationArn")
        if source not in backend.delivery_sources:
            raise _missing("Requested Delivery Source does not exist in this account.")
        kind = _destination(arn, account).delivery_destination_type
        if any(
            (one.delivery_source_name, one.destination_type) == (source, kind) for one in backend.deliveries.values()
        ):
            raise ConflictException(msg="The Delivery Source has a delivery to this type of destination already.")
        made = Delivery(
            account,
            self.region,
            source,
            arn,
            kind,
            self._get_param("recordFields"),
            self._get_param("fieldDelimiter"),
            self._get_param("s3DeliveryConfiguration"),
            self._get_param("tags"),
        )
        backend.deliveries[made.id] = made
        backend.tag_resource(made.arn, self._get_param("tags", {}))
        return json.dumps({"delivery": made.to_dict()})

    def update_delivery_configuration(self) -> str:
        found = self.logs_backend.get_delivery(self._get_param("id"))
        found.record_fields = self._get_param("recordFields") or found.record_fields
        return "{}"

    def put_delivery_destination(self) -> str:
        name = self._get_param("name")
        held = self.logs_backend.delivery_destinations.get(name)
        made = self.logs_backend.put_delivery_destination(
            name=name,
            output_format=self._get_param("outputFormat") or (held.output_format if held else None),
            delivery_destination_configuration=self._get_param("deliveryDestinationConfiguration"),
            tags=self._get_param("tags"),
        )
        made.policy = held.policy if held else None
        return json.dumps({"deliveryDestination": made.to_dict()})


def _body(received: object) -> tuple[LogsResponse, Mapping[str, Any]]:
    response = cast("LogsResponse", received)
    return response, json.loads(response.body)


def _check_source(received: object) -> None:
    response, body = _body(received)
    arn = body["resourceArn"]
    if not arn.startswith(_DISTRIBUTION):
        return
    held = cast("Any", cloudfront_backends[response.current_account]["aws"]).distributions.values()
    if response.region != DISTRIBUTIONS_REGION or arn not in [one.arn for one in held]:
        raise _missing(f"There is no distribution {arn} that delivers logs from {response.region}.")


def _check_unused_source(received: object) -> None:
    response, body = _body(received)
    if any(one.delivery_source_name == body["name"] for one in response.logs_backend.deliveries.values()):
        raise ConflictException(msg="A delivery has this source.")


def _check_unused_destination(received: object) -> None:
    response, body = _body(received)
    found = response.logs_backend.delivery_destinations.get(body["name"])
    if found is not None and any(one.delivery_destination_arn == found.arn for one in _deliveries()):
        raise ConflictException(msg="A delivery has this destination.")


def install() -> None:
    """Replace these operations of moto's CloudWatch Logs, and put checks in front of others."""
    extend(LogsResponse, _Deliveries)
    check_first(
        LogsResponse,
        {
            "put_delivery_source": _check_source,
            "delete_delivery_source": _check_unused_source,
            "delete_delivery_destination": _check_unused_destination,
        },
    )
