"""The Direct Connect link of the default fleet, and the same with a transit virtual interface."""

import pytest

from securecart.config.model import DirectConnect, Fleet
from stacks import stack_specs
from tests.components.recording import Recording
from tests.stacks.conftest import run_stack

PRIVATE = "directconnect/privateVirtualInterface:PrivateVirtualInterface"
TRANSIT = "directconnect/transitVirtualInterface:TransitVirtualInterface"
ASSOCIATION = "directconnect/gatewayAssociation:GatewayAssociation"
PROPOSAL = "directconnect/gatewayAssociationProposal:GatewayAssociationProposal"
NETWORKS = {"prod": "10.30.0.0/16", "prod-eu": "10.31.0.0/16", "payments": "10.40.0.0/16"}
PLACES = {"prod": "prod-us-east-1", "prod-eu": "prod-eu-west-1", "payments": "payments-us-east-1"}
PARTNER = "192.168.110.0/24"


@pytest.fixture(scope="module")
def link(recordings) -> Recording:
    return recordings["direct-connect-logistics"]


def by_transit(fleet: Fleet, account: str = "network") -> Recording:
    """The link with hubs behind it instead of networks."""
    values = fleet.direct_connects["logistics"].model_dump(mode="json")
    changes = {"vif": "transit", "networks": [], "reaches": [], "failover": None, "hubs": ["us-east-1"]}
    changed = DirectConnect.model_validate({**values, **changes, "account": account})
    moved = fleet.model_copy(update={"direct_connects": {"logistics": changed}})
    (spec,) = [spec for spec in stack_specs(moved) if spec.kind == "direct-connect"]
    return run_stack(moved, spec)


def test_the_connection_is_a_dedicated_gigabit(link):
    connection = link.one("directconnect/connection:Connection")
    assert (connection.inputs["location"], connection.inputs["bandwidth"]) == ("EqDC2", "1Gbps")
    assert link.provider_of(connection).name == "network-us-east-1"


def test_the_private_interface_has_vlan_and_asns(link):
    interface = link.one(PRIVATE).inputs
    assert (interface["vlan"], interface["bgpAsn"]) == (101, 65020)
    assert (interface["connectionId"], interface["dxGatewayId"]) == ("Connection/logistics", "Gateway/logistics")
    assert link.one("directconnect/gateway:Gateway").inputs["amazonSideAsn"] == "64520"
    assert link.has_none(TRANSIT)


@pytest.mark.parametrize("network", NETWORKS)
def test_each_networks_owner_proposes_its_gateway_and_its_block_alone(link, network):
    gateway, proposal = link.all("ec2/vpnGateway:VpnGateway")[network], link.all(PROPOSAL)[network]
    assert gateway.inputs["vpcId"] == f"network-{network}.vpc_id"
    assert proposal.inputs["associatedGatewayId"] == f"VpnGateway/{network}"
    assert proposal.inputs["dxGatewayOwnerAccountId"] == "210000000001"
    assert proposal.inputs["allowedPrefixes"] == [NETWORKS[network]]
    assert {link.provider_of(item).name for item in (gateway, proposal)} == {PLACES[network]}


@pytest.mark.parametrize("network", NETWORKS)
def test_the_gateways_owner_accepts(link, network, fleet):
    accepted = link.all(ASSOCIATION)[network]
    owner = fleet.accounts[fleet.networks[network].account].id
    assert accepted.inputs["proposalId"] == f"GatewayAssociationProposal/{network}"
    assert accepted.inputs["associatedGatewayOwnerAccountId"] == owner
    assert "associatedGatewayId" not in accepted.inputs
    assert link.provider_of(accepted).name == "network-us-east-1"


@pytest.mark.parametrize("network", NETWORKS)
def test_a_vpn_connection_on_the_same_gateway_stands_in_by_bgp(link, network):
    connection = link.all("ec2/vpnConnection:VpnConnection")[f"logistics-{network}"]
    assert connection.inputs["vpnGatewayId"] == f"VpnGateway/{network}"
    assert connection.inputs["staticRoutesOnly"] is False
    assert connection.inputs["presharedKeyStorage"] == "SecretsManager"
    assert link.provider_of(connection).name == PLACES[network]


def test_each_tunnel_of_the_failover_has_an_alarm(link):
    assert len(link.all("cloudwatch/metricAlarm:MetricAlarm")) == 2 * len(NETWORKS)


def test_the_listed_networks_alone_route_to_the_partner(link):
    routes = link.all("ec2/route:Route").values()
    assert {route.inputs["destinationCidrBlock"] for route in routes} == {PARTNER}
    assert {route.inputs["gatewayId"] for route in routes} == {"VpnGateway/prod", "VpnGateway/prod-eu"}
    assert len(routes) == 3 + 3


def test_its_acl_entries_come_after_the_offices(link):
    rules = link.all("ec2/networkAclRule:NetworkAclRule").values()

    def numbers(network: str) -> list[object]:
        own = [rule.inputs for rule in rules if str(rule.inputs["networkAclId"]).startswith(f"network-{network}.")]
        return sorted(rule["ruleNumber"] for rule in own)

    assert (numbers("prod"), numbers("prod-eu")) == ([204, 205, 240], [202, 203, 239])


def test_a_transit_interface_leads_to_the_hub_instead(fleet):
    moved = by_transit(fleet)
    interface, association = moved.one(TRANSIT).inputs, moved.one(ASSOCIATION).inputs
    assert (interface["vlan"], interface["dxGatewayId"]) == (101, "Gateway/logistics")
    assert association["associatedGatewayId"] == "hub-us-east-1.transit_gateway_id"
    assert association["allowedPrefixes"] == sorted(NETWORKS.values())
    for kind in (PRIVATE, PROPOSAL, "ec2/vpnGateway:VpnGateway", "ec2/vpnConnection:VpnConnection"):
        assert moved.has_none(kind)


def test_a_hub_of_another_account_is_proposed_by_its_owner(fleet):
    moved = by_transit(fleet, account="security")
    proposal, association = moved.one(PROPOSAL), moved.one(ASSOCIATION)
    assert moved.provider_of(proposal).name == "network-us-east-1"
    assert moved.provider_of(association).name == "security-us-east-1"
    assert association.inputs["proposalId"] == "GatewayAssociationProposal/us-east-1"
