"""The flows that must work, in both directions, and those that never may, by the stacks' own rules."""

from itertools import permutations, product

import pytest

from securecart.config.model import Nat
from stacks import stack_specs
from tests.stacks.conftest import run_stack
from tests.stacks.packets import INTERNET, OFFICE, PARTNER, S3, Host, Packets

TIERS = ("public", "private", "database")
APPLICATIONS = ["dev", "staging", "prod", "prod-eu"]
EPHEMERAL = [1024, 2048, 32768, 49152, 61000, 65535]
"""Client ports of load balancers, NAT gateways, Lambda and anybody on the internet."""
LINUX = [32768, 45000, 61000]
"""Client ports of ECS tasks."""
SENSITIVE = [20, 21, 22, 25, 80, 443, 1433, 3306, 3389, 5432, 6379, 8080, 9200, 27017, 50000, 65535]
"""Ports somebody might try."""


@pytest.fixture(scope="module")
def packets(fleet, recordings) -> Packets:
    return Packets(fleet, recordings)


@pytest.mark.parametrize("network", APPLICATIONS)
@pytest.mark.parametrize("port", [80, 443])
def test_customers_reach_the_alb(packets, network, port):
    alb = packets.host(network, "public", "alb")
    assert all(packets.connects(INTERNET, alb, port, client) for client in EPHEMERAL)


@pytest.mark.parametrize("network", APPLICATIONS)
def test_the_alb_reaches_ecs_in_any_zone(packets, network):
    ecs = packets.host(network, "private", "ecs", zone=1)
    assert all(packets.connects(packets.host(network, "public", "alb"), ecs, 8080, client) for client in EPHEMERAL)


@pytest.mark.parametrize("network", APPLICATIONS)
def test_ecs_reaches_rds_in_any_zone(packets, network):
    rds = packets.host(network, "database", "rds", zone=1)
    assert all(packets.connects(packets.host(network, "private", "ecs"), rds, 5432, client) for client in LINUX)


@pytest.mark.parametrize("network", APPLICATIONS)
@pytest.mark.parametrize("component", ["ecs", "lambda"])
def test_ecs_and_lambda_reach_interface_endpoints_in_another_zone(packets, network, component):
    endpoint = packets.host(network, "private", "endpoints", zone=1)
    client = packets.host(network, "private", component)
    assert all(packets.connects(client, endpoint, 443, port) for port in EPHEMERAL)


@pytest.mark.parametrize("network", APPLICATIONS)
@pytest.mark.parametrize("component", ["ecs", "lambda"])
def test_ecs_and_lambda_reach_the_internet_through_nat(packets, network, component):
    client, nat = packets.host(network, "private", component), packets.host(network, "public")
    assert packets.groups_let(client, INTERNET, 443)
    for port in EPHEMERAL:
        assert all(packets.through_nat(client, nat, 443, client_port=port, nat_port=port))


@pytest.mark.parametrize("network", ["prod", "prod-eu"])
def test_prods_private_tier_reaches_the_payments_service(packets, network):
    service = packets.host("payments", "private", "service", zone=1)
    for component in ("ecs", "lambda"):
        client = packets.host(network, "private", component, zone=2)
        assert all(packets.connects(client, service, 443, port) for port in EPHEMERAL)


def test_payments_reaches_its_database_and_its_endpoints(packets):
    service = packets.host("payments", "private", "service")
    assert all(packets.connects(service, packets.host("payments", "database", "rds", 1), 5432, port) for port in LINUX)
    endpoint = packets.host("payments", "private", "endpoints", 1)
    assert all(packets.connects(service, endpoint, 443, port) for port in EPHEMERAL)


@pytest.mark.parametrize("network", [*APPLICATIONS, "payments"])
def test_the_internet_never_reaches_a_database(packets, network):
    rds = packets.host(network, "database", "rds")
    assert [port for port in SENSITIVE if packets.acls_let(INTERNET, rds, port)] == []
    assert [port for port in SENSITIVE if packets.groups_let(INTERNET, rds, port)] == []


@pytest.mark.parametrize("network", [*APPLICATIONS, "payments"])
def test_a_database_never_reaches_the_internet(packets, network):
    rds = packets.host(network, "database", "rds")
    assert [port for port in SENSITIVE if packets.acls_let(rds, INTERNET, port)] == []
    assert [port for port in SENSITIVE if packets.groups_let(rds, INTERNET, port)] == []


@pytest.mark.parametrize("network", APPLICATIONS)
@pytest.mark.parametrize("component", ["ecs", "lambda", "endpoints"])
def test_the_internet_never_opens_a_connection_to_the_private_tier(packets, network, component):
    host = packets.host(network, "private", component)
    assert [port for port in SENSITIVE if packets.connects(INTERNET, host, port)] == []


def test_the_internet_never_opens_a_connection_to_payments(packets):
    service = packets.host("payments", "private", "service")
    assert [port for port in SENSITIVE if packets.groups_let(INTERNET, service, port)] == []
    # What passes the ACL is what ECS tasks take S3's replies on, and no group lets it in.
    assert [port for port in SENSITIVE if packets.acls_let(INTERNET, service, port)] == [50000]
    edges = [1024, 32767, 32768, 61000, 61001]
    assert [port for port in edges if packets.acls_let(INTERNET, service, port)] == [32768, 61000]


@pytest.mark.parametrize("network", [*APPLICATIONS, "payments"])
def test_ecs_reaches_s3_by_gateway_endpoint(packets, network):
    client = packets.host(network, "private", "service" if network == "payments" else "ecs")
    assert packets.leaves_to_prefix_list(client, "s3", 443)
    assert all(packets.acls_connect(client, S3, 443, port) for port in LINUX)


def test_the_replies_of_gateway_endpoints_come_from_none_of_the_firms_networks(packets):
    service = packets.host("payments", "private", "service")
    peers = [packets.host(network, tier) for network in APPLICATIONS for tier in TIERS]
    assert [peer for peer in peers if packets.acl_lets(service, "in", peer.ip, 32768)] == []


def test_lambda_takes_replies_of_gateway_endpoints_where_there_is_no_nat(fleet):
    packets = _without_nat(fleet, fleet.networks["dev"].endpoints)
    client = packets.host("dev", "private", "lambda")
    assert all(packets.acls_connect(client, S3, 443, port) for port in EPHEMERAL)


@pytest.mark.parametrize("network", [*APPLICATIONS, "payments"])
@pytest.mark.parametrize("port", [22, 3389])
def test_nobody_on_the_internet_reaches_ssh_or_rdp(packets, fleet, network, port):
    tiers = fleet.networks[network].tiers
    assert tiers
    assert [tier for tier in tiers if packets.acls_let(INTERNET, packets.host(network, tier), port)] == []


@pytest.mark.parametrize("network", APPLICATIONS)
def test_the_private_tier_never_reaches_the_internet_but_on_443(packets, network):
    client = packets.host(network, "private", "lambda")
    assert [port for port in SENSITIVE if packets.acl_lets(client, "out", INTERNET.ip, port)] == [443]
    assert [port for port in SENSITIVE if packets.groups_let(client, INTERNET, port)] == [443]


@pytest.mark.parametrize(
    ("source", "target"), [pair for pair in permutations(APPLICATIONS, 2) if set(pair) != {"prod", "prod-eu"}]
)
def test_environments_never_reach_each_others_private_and_database_tiers(packets, source, target):
    for source_tier, target_tier in product(TIERS, TIERS[1:]):
        ends = packets.host(source, source_tier), packets.host(target, target_tier)
        assert [port for port in SENSITIVE if packets.acls_let(*ends, port)] == []


@pytest.mark.parametrize(("source", "target"), [*permutations(APPLICATIONS, 2)])
def test_each_networks_own_acls_keep_the_firms_other_networks_out(packets, source, target):
    peers = [packets.host(source, tier).ip for tier in TIERS]
    lets_in = {
        tier: {
            port for port in SENSITIVE for ip in peers if packets.acl_lets(packets.host(target, tier), "in", ip, port)
        }
        for tier in TIERS
    }
    assert lets_in == {"public": {80, 443}, "private": set(), "database": set()}


@pytest.mark.parametrize(("source", "target"), [*permutations(APPLICATIONS, 2)])
def test_each_networks_own_acls_let_nothing_out_to_the_firms_other_networks_but_443(packets, source, target):
    peers = [packets.host(target, tier).ip for tier in TIERS]
    lets_out = {
        tier: {
            port for port in SENSITIVE for ip in peers if packets.acl_lets(packets.host(source, tier), "out", ip, port)
        }
        for tier in TIERS
    }
    assert lets_out == {"public": set(), "private": {443}, "database": set()}


@pytest.mark.parametrize("network", APPLICATIONS)
def test_no_tier_sends_to_rdp_anywhere(packets, network):
    peers = [INTERNET, *(packets.host(network, tier, zone=1) for tier in TIERS)]
    senders = [packets.host(network, tier) for tier in TIERS]
    assert [peer for host in senders for peer in peers if packets.acl_lets(host, "out", peer.ip, 3389)] == []


@pytest.mark.parametrize("port", [80, 443])
def test_the_public_tier_may_send_to_the_vpc_as_the_firm_states(packets, port):
    public = packets.host("prod", "public")
    assert packets.acl_lets(public, "out", packets.host("prod", "private").ip, port)
    assert not packets.acl_lets(public, "out", packets.host("dev", "private").ip, port)


def _without_nat(fleet, endpoints) -> Packets:
    network = fleet.networks["dev"].model_copy(update={"nat": Nat.NONE, "endpoints": endpoints})
    bare = fleet.model_copy(update={"networks": {**fleet.networks, "dev": network}})
    (spec,) = [spec for spec in stack_specs(bare) if spec.name == "network-dev"]
    return Packets(bare, {spec.name: run_stack(bare, spec)})


def test_the_alb_reaches_ecs_where_there_is_no_nat(fleet):
    packets = _without_nat(fleet, None)
    alb, ecs = packets.host("dev", "public", "alb"), packets.host("dev", "private", "ecs", zone=1)
    assert all(packets.connects(alb, ecs, 8080, client) for client in EPHEMERAL)
    assert not packets.acl_lets(packets.host("dev", "private"), "in", INTERNET.ip, 50000)


@pytest.mark.parametrize("source", ["dev", "staging"])
def test_dev_and_staging_never_reach_payments(packets, source):
    for source_tier, target_tier in product(TIERS, TIERS[1:]):
        peer, target = packets.host(source, source_tier).ip, packets.host("payments", target_tier)
        assert [port for port in SENSITIVE if packets.acl_lets(target, "in", peer, port)] == []


@pytest.mark.parametrize("network", ["prod", "prod-eu"])
def test_prod_reaches_payments_on_443_alone(packets, network):
    peer, service = packets.host(network, "private").ip, packets.host("payments", "private", "service")
    assert [port for port in SENSITIVE if packets.acl_lets(service, "in", peer, port)] == [443]


@pytest.mark.parametrize("component", ["ecs", "lambda", "endpoints"])
def test_payments_never_opens_a_connection_to_prod(packets, component):
    service, host = packets.host("payments", "private", "service"), packets.host("prod", "private", component)
    assert [port for port in SENSITIVE if packets.connects(service, host, port)] == []


@pytest.mark.parametrize("network", ["prod", "staging"])
def test_the_office_reaches_the_listed_tier_on_443(packets, network):
    ecs = packets.host(network, "private", "ecs", zone=1)
    assert all(packets.connects(OFFICE, ecs, 443, client) for client in EPHEMERAL)


@pytest.mark.parametrize("network", [*APPLICATIONS, "payments"])
def test_the_office_reaches_nothing_else(packets, network):
    for tier, names in {"private": ["lambda", "endpoints"], "database": ["rds"]}.items():
        hosts = [packets.host(network, tier, name) for name in names]
        assert [(host, port) for host in hosts for port in SENSITIVE if packets.connects(OFFICE, host, port)] == []
    main = packets.host(network, "private", "service" if network == "payments" else "ecs")
    reached = [port for port in SENSITIVE if packets.connects(OFFICE, main, port)]
    assert reached == ([443] if network in ("prod", "staging") else [])


@pytest.mark.parametrize("network", ["prod", "prod-eu"])
def test_the_partner_reaches_the_listed_tier_on_443_alone(packets, network):
    ecs = packets.host(network, "private", "ecs", zone=1)
    assert all(packets.connects(PARTNER, ecs, 443, client) for client in EPHEMERAL)
    assert [port for port in SENSITIVE if packets.acl_lets(ecs, "in", PARTNER.ip, port)] == [443]
    assert [port for port in SENSITIVE if packets.connects(ecs, PARTNER, port)] == []


@pytest.mark.parametrize("network", ["dev", "staging", "payments"])
def test_the_partner_reaches_no_other_network(packets, network):
    main = packets.host(network, "private", "service" if network == "payments" else "ecs")
    assert [port for port in SENSITIVE if packets.connects(PARTNER, main, port)] == []


@pytest.mark.parametrize("network", ["prod", "staging"])
def test_the_acl_of_a_listed_tier_lets_nothing_else_of_the_office_in(packets, network):
    ecs = packets.host(network, "private", "ecs")
    assert [port for port in SENSITIVE if packets.acl_lets(ecs, "in", OFFICE.ip, port)] == [443]


@pytest.mark.parametrize("network", ["prod", "staging"])
@pytest.mark.parametrize("component", ["ecs", "lambda"])
def test_a_listed_network_opens_no_connection_to_the_office(packets, network, component):
    client = packets.host(network, "private", component)
    assert [port for port in SENSITIVE if packets.connects(client, OFFICE, port)] == []


@pytest.mark.parametrize("network", ["prod", "staging"])
def test_a_neighbour_of_the_office_reaches_nothing(packets, network):
    neighbour, ecs = Host(OFFICE.ip + 256), packets.host(network, "private", "ecs")
    assert [port for port in SENSITIVE if packets.connects(neighbour, ecs, port)] == []


@pytest.mark.parametrize("network", APPLICATIONS)
def test_row_210_is_dead_because_the_database_tier_lets_no_request_out(packets, network):
    rds, ecs = packets.host(network, "database", "rds"), packets.host(network, "private", "ecs")
    assert packets.acl_lets(ecs, "in", rds.ip, 5432), "row 210 is kept as the firm states it"
    assert not packets.acl_lets(rds, "out", ecs.ip, 5432)


def test_the_evaluator_takes_the_lowest_number_and_denies_what_nothing_matches(packets):
    public = packets.host("prod", "public")
    assert packets.acl_lets(public, "in", INTERNET.ip, 443), "rule 101 comes before the deny 110"
    assert not packets.acl_lets(public, "in", INTERNET.ip, 3389), "rule 102 comes before the allow 105"
    assert not packets.acl_lets(packets.host("payments", "private"), "out", INTERNET.ip, 25), "no rule matches"
