"""Stack ``records``: the names in the zone that Route 53 answers by a routing policy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from securecart.components.record_routing import Failover, Geolocation, Latency, Weighted
from securecart.components.routed_records import Answer, CheckedTarget, RoutedName, RoutedRecords, RoutedRecordsArgs
from securecart.config.model import FailoverSet, Fleet, GeolocationSet, LatencySet, RecordSet
from securecart.config.record_sets import HEALTH_CHECKERS
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import balancer_network, load_balancer_stack, records_stack, required_dns, zone_ask


@dataclass(frozen=True)
class TargetInputs:
    """What a load balancer that names lead to takes from the fleet file."""

    host: str
    """Its own name, which health checks ask for."""
    health_check_path: str
    """Path that answers 200 while it is well."""


@dataclass(frozen=True)
class NameInputs:
    """A name with a routing policy."""

    host: str
    """The name."""
    answers: tuple[Answer, ...]
    """Its records."""


@dataclass(frozen=True)
class RecordsInputs:
    """What the names take from the fleet file."""

    targets: Mapping[str, TargetInputs]
    """Load balancers that the names lead to."""
    names: Mapping[str, NameInputs]
    """Names by the name of their set."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield one stack for all names with a routing policy, if there are any, in the account of the zone.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    if fleet.record_sets:
        targets = _targets(fleet)
        outputs = ("dns_name", "zone_id")
        yield StackSpec(
            name=records_stack(),
            kind="records",
            subject=records_stack(),
            account=required_dns(fleet).account,
            region=fleet.home_region,
            asks=(*(Ask(f"load-balancer-{each}", load_balancer_stack(each), outputs) for each in targets), zone_ask()),
            protected=any(balancer_network(fleet, each).protected for each in targets),
        )


def _targets(fleet: Fleet) -> tuple[str, ...]:
    """Return the load balancers that names with a routing policy lead to, sorted."""
    return tuple(sorted({record.load_balancer for each in fleet.record_sets.values() for record in each.records}))


def inputs(fleet: Fleet, spec: StackSpec) -> RecordsInputs:
    """Return the inputs of the names, each by name, so that their order in the fleet file moves nothing."""
    balancers = {name: fleet.load_balancers[name] for name in _targets(fleet)}
    return RecordsInputs(
        targets={name: TargetInputs(each.host, each.health_check_path) for name, each in balancers.items()},
        names={
            name: NameInputs(each.name, tuple(sorted(_answers(fleet, each), key=repr)))
            for name, each in sorted(fleet.record_sets.items())
        },
    )


def _answers(fleet: Fleet, record_set: RecordSet) -> Iterator[Answer]:
    """Yield the records of a set with their routing."""
    match record_set:
        case LatencySet():
            for nearest in record_set.records:
                region = balancer_network(fleet, nearest.load_balancer).region
                yield Answer(nearest.load_balancer, Latency(region))
        case FailoverSet():
            yield from (Answer(each.load_balancer, Failover(each.role)) for each in record_set.records)
        case GeolocationSet():
            for located in record_set.records:
                yield Answer(located.load_balancer, Geolocation(located.country, located.continent))
        case _:
            yield from (Answer(each.load_balancer, Weighted(each.weight)) for each in record_set.records)


def program(run: StackRun[RecordsInputs]) -> Outputs:
    """Deploy health checks and records."""
    given = run.inputs
    targets = {
        name: CheckedTarget(
            host=target.host,
            health_check_path=target.health_check_path,
            dns_name=run.upstream(f"load-balancer-{name}").text("dns_name"),
            zone_id=run.upstream(f"load-balancer-{name}").text("zone_id"),
        )
        for name, target in given.targets.items()
    }
    records = RoutedRecords(
        "records",
        run.scope(run.spec.account, run.spec.region),
        RoutedRecordsArgs(
            zone_id=run.upstream("dns").text("zone_id"),
            targets=targets,
            names={name: RoutedName(each.host, each.answers) for name, each in given.names.items()},
            checker_regions=tuple(HEALTH_CHECKERS),
        ),
    )
    return {"record_names": dict(records.fqdns)}


KIND = stack_kind("records", stacks=stacks, inputs=inputs, program=program)
"""Names with a routing policy."""
