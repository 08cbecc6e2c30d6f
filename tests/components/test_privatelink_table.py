"""What PrivateLink adds to the security group table."""

from ipaddress import IPv4Network

from hypothesis import given
from hypothesis import strategies as st

from securecart.components.privatelink_table import client_rules
from securecart.config.addressing import tier_block
from securecart.config.loader import load_fleet
from securecart.config.model import Direction, EndpointService, Tier
from tests.stacks.conftest import FLEET_FILE

FLEET = load_fleet(FLEET_FILE)
NETWORKS = sorted(FLEET.networks)
BLOCKS = st.integers(0, 255).map(lambda third: IPv4Network((0xAC100000 | third << 8, 24)))
"""Blocks of 172.16.0.0/16."""


def offer(consumers=(), clients=()) -> EndpointService:
    return EndpointService(
        network="payments", private_dns_name="pay.example", consumers=tuple(consumers), clients=tuple(clients)
    )


def test_the_rule_of_a_consumer_says_who_it_is():
    (rule,) = client_rules(FLEET, offer(["prod"]))
    assert (rule.component, rule.name) == ("nlb", "nlb-in-prod-10.30.32.0_19-443")
    assert rule.description == "prod by PrivateLink"


def test_a_service_without_clients_lets_nobody_in():
    assert client_rules(FLEET, offer()) == ()


@given(st.sets(st.sampled_from(NETWORKS)), st.sets(BLOCKS, max_size=5))
def test_each_consumers_private_tier_and_each_listed_block_is_let_in_once_and_nothing_else(consumers, clients):
    rules = client_rules(FLEET, offer(consumers, clients))
    private = [tier_block(FLEET.networks[name].cidr, Tier.PRIVATE) for name in consumers]
    assert sorted(str(rule.cidr) for rule in rules) == sorted(str(block) for block in (*private, *clients))
    assert all((rule.ports, rule.direction) == ((443, 443), Direction.INGRESS) for rule in rules)
    assert len({rule.name for rule in rules}) == len(rules)


@given(st.permutations(NETWORKS), st.permutations([IPv4Network("172.16.1.0/24"), IPv4Network("172.16.2.0/24")]))
def test_the_order_in_the_fleet_file_moves_no_rule(consumers, clients):
    ordered = client_rules(FLEET, offer(NETWORKS, sorted(clients)))
    assert client_rules(FLEET, offer(consumers, clients)) == ordered
