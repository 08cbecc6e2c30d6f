"""Names in the zone that Route 53 answers by a routing policy, and the health checks that take an answer out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pulumi

from securecart.components.record_routing import Routing, routing_argument, set_identifier
from securecart.components.sdk import route53
from securecart.program.scope import Scope

REQUEST_INTERVAL_SECONDS = 30
"""Seconds between two requests of one checker: 10 or 30; 10 costs extra (Route 53 API, HealthCheckConfig)."""
FAILURE_THRESHOLD = 3
"""Checks in a row that must fail, or succeed, before the verdict changes."""


@dataclass(frozen=True)
class CheckedTarget:
    """A load balancer that names lead to."""

    host: str
    """Its own name, for which its certificate is."""
    health_check_path: str
    """Path that answers 200 while it is well."""
    dns_name: pulumi.Input[str]
    """DNS name that AWS gave to it."""
    zone_id: pulumi.Input[str]
    """Hosted zone of that name."""


@dataclass(frozen=True)
class Answer:
    """One record of a name."""

    target: str
    """Name of the load balancer."""
    routing: Routing
    """When it answers."""


@dataclass(frozen=True)
class RoutedName:
    """A name with a routing policy."""

    host: str
    """The name."""
    answers: Sequence[Answer]
    """Its records, all of one kind of routing."""


@dataclass(frozen=True)
class RoutedRecordsArgs:
    """What the names need."""

    zone_id: pulumi.Input[str]
    """Hosted zone that gets the records."""
    targets: Mapping[str, CheckedTarget]
    """Load balancers by name."""
    names: Mapping[str, RoutedName]
    """Names by the name of their set."""
    checker_regions: Sequence[str]
    """Regions from which the load balancers' health is checked, three or more."""


class RoutedRecords(pulumi.ComponentResource):
    """Alias records of names, with a health check for each load balancer that they lead to."""

    fqdns: Mapping[str, pulumi.Output[str]]
    """The names as Route 53 has them, by the name of their set."""

    def __init__(self, name: str, scope: Scope, args: RoutedRecordsArgs) -> None:
        """Create the health checks, then the records of every name, in the account of the zone."""
        super().__init__("securecart:edge:RoutedRecords", name, None, scope.component_opts())
        inner = scope.within(self)
        checks = {key: _health_check(inner, key, each, args.checker_regions) for key, each in args.targets.items()}
        records = {
            key: [_record(inner, key, args, routed.host, answer, checks[answer.target].id) for answer in routed.answers]
            for key, routed in args.names.items()
        }
        self.fqdns = {key: members[0].fqdn for key, members in records.items()}
        self.register_outputs({"fqdns": dict(self.fqdns)})


def _health_check(scope: Scope, name: str, target: CheckedTarget, regions: Sequence[str]) -> route53.HealthCheck:
    """Ask the load balancer by its own name, so that TLS and the listener's rules are checked too."""
    return route53.HealthCheck(
        name,
        type="HTTPS",
        fqdn=target.host,
        port=443,
        resource_path=target.health_check_path,
        request_interval=REQUEST_INTERVAL_SECONDS,
        failure_threshold=FAILURE_THRESHOLD,
        enable_sni=True,
        regions=list(regions),
        tags=scope.tags(name),
        opts=scope.opts(),
    )


def _record(
    scope: Scope, name: str, args: RoutedRecordsArgs, host: str, answer: Answer, health_check_id: pulumi.Input[str]
) -> route53.Record:
    """Answer with the load balancer, unless its targets or the way to it from outside are found unwell."""
    identifier, target = set_identifier(answer.target, answer.routing), args.targets[answer.target]
    argument, members = routing_argument(answer.routing)
    # The name is that of the SDK's argument, which a type checker cannot follow through a mapping.
    routing = cast("dict[str, Any]", {argument: [dict(members)]})
    return route53.Record(
        # A dot stands in neither part, so that no two records get one name.
        f"{name}.{identifier}",
        zone_id=args.zone_id,
        name=host,
        type="A",
        set_identifier=identifier,
        health_check_id=health_check_id,
        aliases=[route53.RecordAliasArgs(name=target.dns_name, zone_id=target.zone_id, evaluate_target_health=True)],
        opts=scope.opts(),
        **routing,
    )
