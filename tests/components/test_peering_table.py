"""What a peering adds to the tables."""

import pytest

from securecart.components.peering_table import accepter_group, peering_entries, peering_rules
from securecart.config.model import Fleet, Peering, Tier
from securecart.errors import ProgramError


def with_connections(fleet: Fleet, **connections: Peering) -> Fleet:
    return fleet.model_copy(update={"connections": {**fleet.connections, **connections}})


def peering(requester: str, *, ports=(443,), accepter: str = "payments", tiers=(Tier.PRIVATE,)) -> Peering:
    return Peering(
        kind="peering",
        requester={"network": requester, "tiers": tiers},
        accepter={"network": accepter},
        ports=ports,
    )


def cells(fleet: Fleet, network: str) -> list[tuple[object, ...]]:
    return [
        (item.connection, item.entry.name, item.entry.ports, str(item.entry.cidr))
        for item in peering_entries(fleet, network)
    ]


def test_the_requester_takes_replies_alone(fleet):
    assert cells(fleet, "prod") == [("prod-payments", "private-in-214", (1024, 65535), "10.40.32.0/19")]


def test_the_accepter_takes_requests_and_answers_them(fleet):
    assert cells(fleet, "payments") == [
        ("prod-payments", "private-in-214", (443, 443), "10.30.32.0/19"),
        ("prod-payments", "private-out-235", (1024, 65535), "10.30.32.0/19"),
        ("prod-eu-payments", "private-in-215", (443, 443), "10.31.32.0/19"),
        ("prod-eu-payments", "private-out-236", (1024, 65535), "10.31.32.0/19"),
    ]


def test_a_network_without_peering_gets_nothing(fleet):
    assert "dev" in fleet.networks
    assert cells(fleet, "dev") == []


def test_a_further_connection_below_moves_no_entry(fleet):
    before = cells(fleet, "payments")
    after = cells(with_connections(fleet, another=peering("staging")), "payments")
    assert after[: len(before)] == before
    assert len(after) > len(before)


def test_a_port_that_row_230_does_not_cover_is_let_out_of_the_requester(fleet):
    entries = cells(with_connections(fleet, extra=peering("staging", ports=(8443,))), "staging")
    assert ("extra", "private-out-235", (8443, 8443), "10.40.32.0/19") in entries


def test_more_peerings_than_numbers_are_refused_by_name(fleet):
    crowded = with_connections(fleet, crowd=peering("staging", ports=(443, 8443, 9443)))
    with pytest.raises(ProgramError, match="'crowd' leaves network 'payments' without a free ACL number"):
        peering_entries(crowded, "payments")


def test_only_the_private_tier_takes_part(fleet):
    with pytest.raises(ProgramError, match="'staging' lists a tier without ACL numbers"):
        peering_entries(with_connections(fleet, bad=peering("staging", tiers=(Tier.DATABASE,))), "payments")


def test_the_accepters_service_group_is_opened_to_the_requesters_tier(fleet):
    (rule,) = peering_rules(fleet, fleet.connections["prod-payments"])
    assert rule.name == "service-in-prod-private-443"
    assert (rule.cidr, rule.ports) == ("10.30.32.0/19", (443, 443))
    assert accepter_group(fleet, fleet.connections["prod-payments"]) == "service"


def test_a_network_whose_table_has_no_requesters_cannot_accept(fleet):
    with pytest.raises(ProgramError, match="network 'staging' cannot accept a peering"):
        accepter_group(fleet, peering("prod", accepter="staging"))
