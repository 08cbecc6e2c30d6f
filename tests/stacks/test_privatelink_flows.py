"""PrivateLink's flows, hop by hop, by the stacks' own rules: what must pass, and what never may.

Between a consumer's endpoint and the load balancer AWS carries the packets: no subnet lies on that way. The load
balancer's group judges the client by its own address, and the service sees the load balancer's.
"""

import pytest

from tests.stacks.packets import INTERNET, OFFICE, PARTNER, Packets
from tests.stacks.test_flows import EPHEMERAL, SENSITIVE

COMPONENTS = ["ecs", "lambda"]


@pytest.fixture(scope="module")
def packets(fleet, recordings) -> Packets:
    return Packets(fleet, recordings)


@pytest.mark.parametrize("component", COMPONENTS)
def test_a_consumers_private_tier_reaches_its_endpoint_in_any_zone(packets, component):
    client = packets.host("prod", "private", component)
    for zone in (0, 1):
        endpoint = packets.host("prod", "private", "endpoints", zone)
        assert all(packets.connects(client, endpoint, 443, port) for port in EPHEMERAL)


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_load_balancer_takes_the_consumers_clients(packets, component):
    client, balancer = packets.host("prod", "private", component, zone=2), packets.host("payments", "private", "nlb")
    assert [port for port in SENSITIVE if packets.groups_let(client, balancer, port)] == [443]


def test_the_load_balancer_reaches_the_service_in_any_zone(packets):
    balancer = packets.host("payments", "private", "nlb")
    for zone in (0, 1):
        service = packets.host("payments", "private", "service", zone)
        assert all(packets.connects(balancer, service, 443, port) for port in EPHEMERAL)


def test_the_load_balancer_reaches_nothing_but_the_service(packets):
    balancer = packets.host("payments", "private", "nlb")
    others = [
        packets.host("payments", "private", "endpoints"),
        packets.host("payments", "database", "rds"),
        packets.host("prod", "private", "ecs"),
        INTERNET,
    ]
    assert [(host, port) for host in others for port in SENSITIVE if packets.groups_let(balancer, host, port)] == []


@pytest.mark.parametrize("network", ["dev", "staging", "prod-eu", "payments"])
def test_the_load_balancer_takes_nobody_elses_private_tier(packets, network):
    balancer = packets.host("payments", "private", "nlb", zone=1)
    clients = [packets.host(network, "private", name) for name in ("ecs", "lambda", "service", "endpoints")]
    assert [(host, port) for host in clients for port in SENSITIVE if packets.groups_let(host, balancer, port)] == []


@pytest.mark.parametrize("outsider", [INTERNET, OFFICE, PARTNER], ids=["internet", "office", "partner"])
def test_the_load_balancer_takes_nobody_from_outside(packets, outsider):
    balancer = packets.host("payments", "private", "nlb")
    assert [port for port in SENSITIVE if packets.groups_let(outsider, balancer, port)] == []


def test_other_tiers_of_a_consumer_are_no_clients(packets):
    balancer = packets.host("payments", "private", "nlb")
    clients = [packets.host("prod", "public", "alb"), packets.host("prod", "database", "rds")]
    assert [(host, port) for host in clients for port in SENSITIVE if packets.groups_let(host, balancer, port)] == []


def test_the_payment_service_reaches_the_endpoint_to_its_provider_in_any_zone(packets):
    service = packets.host("payments", "private", "service")
    for zone in (0, 1):
        endpoint = packets.host("payments", "private", "endpoints", zone)
        assert all(packets.connects(service, endpoint, 443, port) for port in EPHEMERAL)


def test_no_endpoint_opens_a_connection_to_anybody(packets):
    endpoint = packets.host("payments", "private", "endpoints")
    others = [packets.host("payments", "private", "service"), packets.host("payments", "database", "rds"), INTERNET]
    assert [(host, port) for host in others for port in SENSITIVE if packets.groups_let(endpoint, host, port)] == []
