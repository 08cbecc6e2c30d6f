"""Stack ``load-balancer-NAME``: an Application Load Balancer of a network, its web ACL, and its name in the zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from securecart.components.load_balancer import LoadBalancer, LoadBalancerArgs
from securecart.components.web_acl import WebAclArgs
from securecart.config.model import Fleet, Waf
from securecart.plan.stack import Ask, StackSpec
from securecart.program.kind import stack_kind
from securecart.program.run import Outputs, StackRun
from stacks.topology import (
    certificate_stack,
    load_balancer_stack,
    log_archive_stack,
    network_stack,
    required_dns,
    zone_ask,
)

_GROUP = "alb"
"""Component whose security group the load balancer takes."""


@dataclass(frozen=True)
class LoadBalancerInputs:
    """What a load balancer takes from the fleet file."""

    azs: tuple[str, ...]
    """Availability zones of the network."""
    host: str
    """Its name in the zone."""
    health_check_path: str
    """Path that answers 200 while a target is well."""
    deletion_protection: bool
    """Whether AWS refuses to delete it: as the network is protected."""
    waf: Waf
    """What its web ACL enforces."""
    behind_distribution: bool
    """Whether a distribution asks it."""
    zone_account: str
    """Account of the zone."""
    zone_region: str
    """Region of the zone's stack; Route 53 itself has none."""


def stacks(fleet: Fleet) -> Iterator[StackSpec]:
    """Yield a stack for each load balancer, where its network is.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    for name, balancer in fleet.load_balancers.items():
        network = fleet.networks[balancer.network]
        outputs = ("vpc_id", "subnet_ids_public", f"security_group_ids[{_GROUP}]")
        arn = f"certificate_arns[{network.region}]"
        yield StackSpec(
            name=load_balancer_stack(name),
            kind="load-balancer",
            subject=name,
            account=network.account,
            region=network.region,
            asks=(
                Ask("network", network_stack(balancer.network), outputs),
                Ask("archive", log_archive_stack(network.region), ("access_log_bucket_name",)),
                Ask("certificate", certificate_stack(balancer.certificate), (arn,)),
                zone_ask(),
            ),
            protected=network.protected,
            environment=network.environment.value,
            other_accounts=tuple({required_dns(fleet).account} - {network.account}),
        )


def inputs(fleet: Fleet, spec: StackSpec) -> LoadBalancerInputs:
    """Return the inputs of one load balancer; zones by name, so that their order in the fleet file moves nothing.

    Raises:
        ProgramError: the fleet file has no zone.
    """
    balancer = fleet.load_balancers[spec.subject]
    network = fleet.networks[balancer.network]
    return LoadBalancerInputs(
        azs=tuple(sorted(network.azs)),
        host=balancer.host,
        health_check_path=balancer.health_check_path,
        deletion_protection=network.protected,
        waf=fleet.waf,
        behind_distribution=any(entry.load_balancer == spec.subject for entry in fleet.distributions.values()),
        zone_account=required_dns(fleet).account,
        zone_region=fleet.home_region,
    )


def program(run: StackRun[LoadBalancerInputs]) -> Outputs:
    """Deploy the load balancer; the token is an output where a distribution needs it."""
    balancer = LoadBalancer(run.spec.subject, run.scope(run.spec.account, run.spec.region), _args(run))
    token = {} if balancer.origin_token is None else {"origin_token": balancer.origin_token}
    return {
        "load_balancer_arn": balancer.arn,
        "dns_name": balancer.dns_name,
        "zone_id": balancer.zone_id,
        "target_group_arn": balancer.target_group_arn,
        "https_listener_arn": balancer.https_listener_arn,
        "web_acl_arn": balancer.web_acl_arn,
        "ip_set_ids": dict(balancer.ip_set_ids),
        **token,
    }


def _args(run: StackRun[LoadBalancerInputs]) -> LoadBalancerArgs:
    """Return what the load balancer needs, with the ids of other stacks."""
    given, network = run.inputs, run.upstream("network")
    waf = given.waf
    return LoadBalancerArgs(
        vpc_id=network.text("vpc_id"),
        subnet_ids=[network.entry("subnet_ids_public", az) for az in given.azs],
        security_group_id=network.entry("security_group_ids", _GROUP),
        certificate_arn=run.upstream("certificate").entry("certificate_arns", run.spec.region),
        health_check_path=given.health_check_path,
        log_bucket=run.upstream("archive").text("access_log_bucket_name"),
        deletion_protection=given.deletion_protection,
        web_acl=WebAclArgs("REGIONAL", waf.rate_limit, waf.rate_window_seconds, waf.countries),
        behind_distribution=given.behind_distribution,
        zone_scope=run.scope(given.zone_account, given.zone_region),
        zone_id=run.upstream("dns").text("zone_id"),
        host=given.host,
    )


KIND = stack_kind("load-balancer", stacks=stacks, inputs=inputs, program=program)
"""A load balancer of a network."""
