"""What sites add to the tables."""

import pytest

from securecart.components.peering_table import PEERING_NUMBERS
from securecart.components.site_access_table import SITE_NUMBERS, site_entries, site_rules
from securecart.config.model import Direction, Fleet, Vpn
from securecart.errors import ProgramError


def with_vpns(fleet: Fleet, **vpns: Vpn) -> Fleet:
    return fleet.model_copy(update={"vpns": {**fleet.vpns, **vpns}})


def office(*ports: int, cidr: str = "192.168.200.0/24", network: str = "prod") -> Vpn:
    return Vpn.model_validate(
        {
            "hub": "us-east-1",
            "customer_gateway": {"ip_address": "203.0.113.20", "bgp_asn": 65020},
            "cidrs": [cidr],
            "reaches": [{"network": network, "ports": list(ports)}],
        }
    )


def cells(fleet: Fleet, network: str) -> list[tuple[object, ...]]:
    return [
        (item.site, item.entry.name, item.entry.ports, str(item.entry.cidr)) for item in site_entries(fleet, network)
    ]


def test_requests_come_in_on_the_listed_port_and_replies_go_out(fleet):
    assert cells(fleet, "prod")[:3] == [
        ("vpn-office", "private-in-202", (443, 443), "192.168.100.0/24"),
        ("vpn-office", "private-in-203", None, "192.168.100.0/24"),
        ("vpn-office", "private-out-239", (1024, 65535), "192.168.100.0/24"),
    ]


def test_what_is_no_listed_request_is_denied(fleet):
    actions = {item.entry.number: item.entry.action for item in site_entries(fleet, "prod")}
    assert (actions[202], actions[203], actions[239]) == ("allow", "deny", "allow")


def test_a_network_that_no_site_reaches_gets_nothing(fleet):
    assert "dev" in fleet.networks
    assert cells(fleet, "dev") == []


def test_a_further_office_below_moves_no_entry(fleet):
    before = cells(fleet, "staging")
    after = cells(with_vpns(fleet, second=office(443, 8443, network="staging")), "staging")
    assert after[: len(before)] == before
    assert [cell[1] for cell in after[len(before) :]] == [
        "private-in-204",
        "private-in-205",
        "private-in-206",
        "private-out-240",
    ]


def test_more_sites_than_numbers_are_refused_by_name(fleet):
    crowded = with_vpns(fleet, crowd=office(1001, 1002, 1003, 1004, 1005, 1006))
    with pytest.raises(ProgramError, match="'vpn-crowd' leaves network 'prod' without a free ACL number"):
        site_entries(crowded, "prod")


def test_sites_and_peerings_share_no_number():
    for direction in Direction:
        assert set(SITE_NUMBERS[direction]).isdisjoint(PEERING_NUMBERS[direction])


def test_the_listed_group_takes_each_port_from_each_block(fleet):
    vpn = fleet.vpns["office"]
    (rule,) = site_rules("office", vpn.cidrs, vpn.reaches[0])
    assert rule.name == "ecs-in-office-192.168.100.0_24-443"
    assert (rule.cidr, rule.ports, rule.direction) == ("192.168.100.0/24", (443, 443), Direction.INGRESS)
