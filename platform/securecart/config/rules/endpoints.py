"""VPC endpoints: each listed once, with names for their policies, and together where one needs another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from securecart.config.draft import Draft
from securecart.config.endpoints import Endpoints, GatewayService, InterfaceService, expanded
from securecart.config.model import Nat, Network
from securecart.config.problem import KeyPath
from securecart.config.rules.base import Breach, Rule, repeated
from securecart.limits import LimitName, limit

NAMED: Final = (
    (GatewayService.S3, "buckets", LimitName.BUCKET_NAME_LENGTH),
    (GatewayService.DYNAMODB, "tables", LimitName.TABLE_NAME_LENGTH),
)
"""Gateway endpoints whose policies name what the fleet file lists: service, key, longest name."""


def _with_endpoints(draft: Draft) -> Iterator[tuple[KeyPath, Network, Endpoints]]:
    for name, network in draft.networks.items():
        if network.endpoints is not None:
            yield ("networks", name, "endpoints"), network, network.endpoints


def _names(endpoints: Endpoints, key: str) -> tuple[str, ...]:
    return endpoints.buckets if key == "buckets" else endpoints.tables


def _twice(draft: Draft) -> Iterator[Breach]:
    for path, _, endpoints in _with_endpoints(draft):
        lists: dict[str, tuple[str, ...]] = {
            "gateway": endpoints.gateway,
            "interface": endpoints.interface,
            "buckets": endpoints.buckets,
            "tables": endpoints.tables,
        }
        for key, values in lists.items():
            for _, again in repeated(values):
                yield Breach((*path, key, again), f"{values[again]} stands twice")


def _unnamed(draft: Draft) -> Iterator[Breach]:
    """A bucket need not be named: image layers go through the S3 endpoint whatever is."""
    for path, _, endpoints in _with_endpoints(draft):
        for service, key, _ in NAMED:
            if _names(endpoints, key) and service not in endpoints.gateway:
                message = f"{key} are named, and there is no gateway endpoint of {service}"
                yield Breach((*path, key), message, remedy=f"list {service} under gateway, or remove the {key}")
        if GatewayService.DYNAMODB in endpoints.gateway and not endpoints.tables:
            yield Breach(path, "the endpoint of dynamodb would let no table through")


def _long_names(draft: Draft) -> Iterator[Breach]:
    for path, network, endpoints in _with_endpoints(draft):
        for _, key, name in NAMED:
            longest = limit(name).value
            for position, pattern in enumerate(_names(endpoints, key)):
                length = len(expanded(pattern, "0" * 12, network.region))
                if length > longest:
                    message = f"with account and region filled in, the name has {length} characters, {longest} at most"
                    yield Breach((*path, key, position), message)


def _parts_of_ecr(draft: Draft) -> Iterator[Breach]:
    for path, network, endpoints in _with_endpoints(draft):
        services = {*endpoints.gateway, *endpoints.interface}
        pulling = {InterfaceService.ECR_API, InterfaceService.ECR_DKR, GatewayService.S3}
        asked = bool(services & {InterfaceService.ECR_API, InterfaceService.ECR_DKR})
        if asked and pulling - services and network.nat is Nat.NONE:
            missing = ", ".join(sorted(pulling - services))
            yield Breach(path, f"without NAT no image can be pulled: the endpoints lack {missing}")


ENDPOINT_RULES: Final[tuple[Rule, ...]] = (
    Rule("endpoints-unique", "Services, buckets and tables of endpoints stand once.", "remove one of them", _twice),
    Rule(
        "endpoints-named",
        "Buckets are named for an S3 endpoint; tables for a DynamoDB endpoint, which has at least one.",
        "name the tables, or take dynamodb out of gateway",
        _unnamed,
    ),
    Rule(
        "endpoints-name-length",
        "Names of buckets and tables, with account and region filled in, are as long as AWS allows.",
        "shorten the name",
        _long_names,
    ),
    Rule(
        "endpoints-of-ecr",
        "In a network without NAT, whoever has one endpoint of ECR has both, and that of S3, where image layers are.",
        "list ecr.api and ecr.dkr under interface, and s3 under gateway",
        _parts_of_ecr,
    ),
)
"""Rules about VPC endpoints."""
