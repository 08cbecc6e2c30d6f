"""What the rules may read of the fleet file about a stack: no more than they ask for, and all of it in a document."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from importlib import import_module
from ipaddress import IPv4Network
from pkgutil import walk_packages

import pytest
import yaml
from pydantic import TypeAdapter

import policies
from policies.facts import FleetFacts, StackFacts, document
from policies.judge import ROOT
from securecart.config.loader import load_fleet
from securecart.config.model import Fleet
from tests.policies.examples import FLEET

FILE = yaml.safe_load((ROOT / "stacks" / "fleet.yaml").read_text())
DEFAULT = Fleet.model_validate(FILE)
PREFIXES = {"attachment": "attach", "peering": "peering", "hub-peering": "hub-peering"}
NETWORKS = {"network-dev", "network-staging", "network-prod", "network-prod-eu", "network-payments"}
HUBS = {"hub-us-east-1", "hub-eu-west-1", "hub-peering-hubs"}
ENDPOINTS = {"endpoints-dev", "endpoints-staging", "endpoints-prod", "endpoints-prod-eu", "endpoints-payments"}
ATTACHMENTS = {"attach-dev", "attach-staging", "attach-prod", "attach-prod-eu"}
PEERINGS = {"peering-prod-payments", "peering-prod-eu-payments"}
ARCHIVES = {"log-archive-us-east-1", "log-archive-eu-west-1"}
OFFICES = {"vpn-office"}
LINKS = {"direct-connect-logistics"}
OFFERS = {"endpoint-service-payments"}
PARTNERS = {"partner-endpoint-payment-provider"}
ZONE = {"dns"}
CERTIFICATES = {"certificate-dev", "certificate-staging", "certificate-prod"}
BALANCERS = {"load-balancer-dev", "load-balancer-staging", "load-balancer-prod", "load-balancer-prod-eu"}
DISTRIBUTIONS = {"distribution-static"}
EVERY = OFFERS | PARTNERS | OFFICES | LINKS | NETWORKS | ENDPOINTS | HUBS | ATTACHMENTS | PEERINGS | ARCHIVES
EVERY |= ZONE | CERTIFICATES | BALANCERS | DISTRIBUTIONS
SECOND_DEV = {**FILE["networks"]["dev"], "cidr": "10.11.0.0/16"}
NTP = {"group": "ecs", "direction": "egress", "from_port": 123, "to_port": 123, "cidr": "10.0.0.0/8"}

Changes = Mapping[str, object]

# Changes of the default fleet file, by path; the stacks that the rules then see differently, these and no others.
SEEN: tuple[tuple[Changes, set[str]], ...] = (
    ({"networks/dev/cidr": "10.11.0.0/16"}, {"network-dev"}),
    (
        {"networks/prod/cidr": "10.32.0.0/16"},
        {"network-prod", "attach-prod-eu", "hub-peering-hubs", "peering-prod-payments", *OFFICES, *LINKS, *OFFERS},
    ),
    ({"networks/payments/cidr": "10.41.0.0/16"}, {"network-payments", *PEERINGS}),
    ({"networks/prod/nat": "none"}, {"network-prod"}),
    ({"networks/dev/tiers": ["public", "private"]}, {"network-dev"}),
    ({"networks/dev/profile": "payments"}, {"network-dev"}),
    (
        {"networks/dev/azs": ["us-east-1a", "us-east-1b", "us-east-1c"]},
        {"network-dev", "endpoints-dev", "attach-dev", "load-balancer-dev"},
    ),
    (
        {"networks/prod/azs": ["us-east-1a", "us-east-1b"]},
        {
            "network-prod",
            "endpoints-prod",
            "attach-prod",
            "peering-prod-payments",
            *OFFICES,
            "load-balancer-prod",
            *LINKS,
        },
    ),
    ({"networks/dev/endpoints/interface": ["logs"]}, {"endpoints-dev"}),
    ({"networks/dev/endpoints/buckets": ["elsewhere"]}, {"endpoints-dev"}),
    ({"networks/dev/endpoints/gateway": ["s3"]}, {"endpoints-dev"}),
    ({"networks/payments/endpoints/gateway": []}, {"endpoints-payments", "network-payments"}),
    ({"organization_id": "o-exampleorg1"}, ENDPOINTS),
    ({"networks/dev/security_group_rules": [{**NTP, "description": "time"}]}, {"network-dev"}),
    (
        {"networks/dev/account": "staging"},
        {"network-dev", "endpoints-dev", "attach-dev", "hub-us-east-1", "load-balancer-dev"},
    ),
    ({"hubs/us-east-1/segments": ["dev", "staging", "prod", "spare"]}, {"hub-us-east-1"}),
    ({"hubs/eu-west-1/account": "security"}, {"hub-eu-west-1", "hub-peering-hubs", "attach-prod-eu"}),
    (
        {"accounts/dev/id": "210000000009"},
        {"network-dev", "endpoints-dev", "attach-dev", "hub-us-east-1", "certificate-dev", "load-balancer-dev"},
    ),
    ({"supernet": "10.0.0.0/9"}, NETWORKS),
    ({"regions": ["us-east-1", "eu-west-1", "us-west-2"]}, {"log-archive-us-west-2"}),
    ({"networks/second": SECOND_DEV}, {"network-second", "endpoints-second"}),
    (
        {
            "networks/second": SECOND_DEV,
            "connections/second": {"kind": "attachment", "network": "second", "hub": "us-east-1", "segment": "dev"},
        },
        {"network-second", "endpoints-second", "attach-second", "attach-dev"},
    ),
    (
        {"connections/payments": {"kind": "attachment", "network": "payments", "hub": "us-east-1", "segment": "new"}},
        {"attach-payments", "hub-us-east-1"},
    ),
    ({"connections/dev/segment": "staging"}, {"attach-dev", "attach-staging"}),
    ({"connections/hubs/segments": ["prod", "staging"]}, {"hub-peering-hubs", "attach-staging"}),
    ({"connections/prod-payments/ports": [443, 8443]}, {"peering-prod-payments"}),
    (
        {"connections/prod-payments/accepter": {"network": "payments", "tiers": ["private", "database"]}},
        {"peering-prod-payments"},
    ),
    ({"networks/payments/protected": False}, OFFERS),
    ({"networks/prod/azs": ["us-east-1a", "us-east-1c", "us-east-1d"]}, OFFERS),
    ({"endpoint_services/payments/private_dns_name": "pay.securecart.example"}, OFFERS),
    ({"endpoint_services/payments/consumers": []}, OFFERS),
    ({"endpoint_services/payments/clients": ["172.16.8.0/24"]}, OFFERS),
    ({"partner_endpoints/payment-provider/private_dns": False}, PARTNERS),
    ({"home_region": "eu-west-1"}, OFFERS | ZONE | CERTIFICATES | BALANCERS | DISTRIBUTIONS),
    ({"dns/zone": "securecart.test"}, ZONE),
    ({"dns/account": "security"}, ZONE | CERTIFICATES | BALANCERS | OFFERS | DISTRIBUTIONS),
    ({"networks/dev/protected": True}, {"load-balancer-dev"}),
    ({"certificates/prod/subject_alternative_names": ["eu.securecart.example"]}, {"certificate-prod"}),
    ({"certificates/dev/regions": ["us-east-1", "eu-west-1"]}, {"certificate-dev"}),
    ({"load_balancers/prod/host": "shop.securecart.example"}, {"load-balancer-prod", *DISTRIBUTIONS}),
    ({"waf": {"rate_limit": 200}}, BALANCERS | DISTRIBUTIONS),
    ({"waf": {"rate_window_seconds": 60}}, BALANCERS | DISTRIBUTIONS),
    ({"waf": {"countries": ["US"]}}, BALANCERS | DISTRIBUTIONS),
    ({"distributions/static/aliases": ["shop.securecart.example"]}, DISTRIBUTIONS),
    ({"distributions/static/dynamic_paths": ["/login"]}, DISTRIBUTIONS),
    ({"distributions/static/account": "dev"}, DISTRIBUTIONS),
    (
        {"distributions/static/load_balancer": "staging"},
        {"load-balancer-prod", "load-balancer-staging", *DISTRIBUTIONS},
    ),
    ({"load_balancers/staging/health_check_path": "/up"}, {"load-balancer-staging"}),
    ({"load_balancers/dev/network": "staging"}, {"load-balancer-dev"}),
    ({"load_balancers/dev/host": "www.dev.securecart.example"}, {"load-balancer-dev"}),
    ({"direct_connects/logistics/vlan": 102}, LINKS),
    ({"direct_connects/logistics/allowed_prefixes": ["10.30.0.0/16"]}, LINKS),
    ({"direct_connects/logistics/networks": ["prod"]}, LINKS),
    ({"vpns/office/cidrs": ["192.168.200.0/24"]}, OFFICES),
    ({"vpns/office/customer_gateway/ip_address": "203.0.113.99"}, OFFICES),
    ({"vpns/office/reaches": [{"network": "prod", "ports": [8443]}]}, OFFICES),
    (
        {"connections/staging/segment": "prod"},
        {"attach-staging", "attach-prod", "attach-prod-eu", "hub-peering-hubs", *OFFICES},
    ),
    ({"accounts/log-archive/id": "210000000009"}, EVERY),
    ({"name": "shop"}, EVERY),
)

# Changes that concern programs, runs or people, not one rule.
UNSEEN: tuple[Changes, ...] = (
    {"networks/dev/after": ["network-prod"]},
    {"networks/dev/azs": ["us-east-1c", "us-east-1d"]},
    {"hubs/us-east-1/asn": 64600},
    {"hubs/us-east-1/after": ["network-dev"]},
    {"hubs/us-east-1/protected": True},
    {"accounts/dev/external_id": "another"},
    {"accounts/dev/role": "Another"},
    {"vpns/office/customer_gateway/bgp_asn": 65099},
    {"direct_connects/logistics/gateway_asn": 64599},
    {"accounts/spare": {"id": "210000000010", "role": "SecureCartDeploy", "external_id": "spare"}},
    {"log_archive/retention_days": 500},
    {"distributions/static/price_class": "PriceClass_All"},
    {"distributions/static/certificate": "dev"},
    {"default_target": "aws"},
)


def fleet_with(changes: Changes) -> Fleet:
    data = deepcopy(FILE)
    for path, value in changes.items():
        *parents, key = path.split("/")
        place = data
        for parent in parents:
            place = place[parent]
        assert place.get(key) != value, f"{path} says so already"
        place[key] = value
    return Fleet.model_validate(data)


def stacks(fleet: Fleet) -> set[str]:
    return {
        *(f"network-{name}" for name in fleet.networks),
        *(f"endpoints-{name}" for name, network in fleet.networks.items() if network.endpoints),
        *(f"hub-{name}" for name in fleet.hubs),
        *(f"log-archive-{region}" for region in fleet.regions),
        *(f"vpn-{name}" for name in fleet.vpns),
        *(f"direct-connect-{name}" for name in fleet.direct_connects),
        *({"dns"} if fleet.dns else ()),
        *(f"certificate-{name}" for name in fleet.certificates),
        *(f"load-balancer-{name}" for name in fleet.load_balancers),
        *(f"distribution-{name}" for name in fleet.distributions),
        *(f"endpoint-service-{name}" for name in fleet.endpoint_services),
        *(f"partner-endpoint-{name}" for name in fleet.partner_endpoints),
        *(f"{PREFIXES[connection.kind]}-{name}" for name, connection in fleet.connections.items()),
    }


def seen_differently(fleet: Fleet) -> set[str]:
    names = stacks(DEFAULT) | stacks(fleet)
    by_facts = {name for name in names if StackFacts.of(DEFAULT, name) != StackFacts.of(fleet, name)}
    by_document = {name for name in names if document(DEFAULT, name) != document(fleet, name)}
    assert by_facts == by_document
    return by_document


@pytest.mark.parametrize(("changes", "expected"), SEEN, ids=[" ".join(changes) for changes, _ in SEEN])
def test_a_change_reaches_the_facts_of_these_stacks_alone(changes: Changes, expected: set[str]) -> None:
    assert seen_differently(fleet_with(changes)) == expected


@pytest.mark.parametrize("changes", UNSEEN, ids=[" ".join(changes) for changes in UNSEEN])
def test_what_no_rule_asks_for_reaches_no_facts(changes: Changes) -> None:
    changed = fleet_with(changes)
    assert changed != DEFAULT
    assert seen_differently(changed) == set()


def test_the_reason_of_an_extra_rule_is_not_judged() -> None:
    rule = {"networks/dev/security_group_rules": [{**NTP, "description": "time"}]}
    reworded = {"networks/dev/security_group_rules": [{**NTP, "description": "clocks"}]}
    assert document(fleet_with(rule), "network-dev") == document(fleet_with(reworded), "network-dev")


@pytest.mark.parametrize("name", sorted(EVERY))
def test_the_document_holds_all_that_a_rule_is_handed(name: str) -> None:
    shown = json.loads(json.dumps(document(DEFAULT, name)))
    rebuilt = TypeAdapter(StackFacts).validate_python(shown)
    assert rebuilt.places
    assert rebuilt == StackFacts.of(DEFAULT, name)


def test_rules_cannot_reach_the_fleet_itself() -> None:
    found = [module.name for module in walk_packages(policies.__path__, "policies.") if "__main__" not in module.name]
    knowing = {name for name in found if {Fleet, load_fleet} & _holds(name)}
    assert "policies.rules.peering" in found
    # Facts are read from it; the rest serve a pack or a server, and hand facts to rules.
    readers = {name for name in found if name.endswith("reading")}
    assert {"policies.reading", "policies.privatelink_reading"} <= readers
    assert knowing == readers | {f"policies.{name}" for name in ("analyzer", "facts", "judge", "pack", "server")}


def _holds(module: str) -> set[object]:
    return {value for value in vars(import_module(module)).values() if callable(value)}


def test_documents_are_the_same_in_every_process() -> None:
    code = (
        "import json, sys; from policies.facts import document; from policies.judge import fleet_from_environment;"
        "fleet = fleet_from_environment({});"
        "print(json.dumps([document(fleet, name) for name in sys.argv[1:]]))"
    )
    names = sorted(EVERY)
    shown = {_run(code, names, seed) for seed in ("1", "2")}
    assert [json.loads(text) for text in shown] == [[document(DEFAULT, name) for name in names]]


def _run(code: str, names: list[str], seed: str) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", code, *names]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def places(stack: str) -> set[str]:
    return {place.provider_name for place in StackFacts.of(FLEET, stack).places}


@pytest.mark.parametrize(
    ("stack", "expected"),
    [
        ("network-prod-eu", {"prod-eu-west-1"}),
        ("endpoints-prod", {"prod-us-east-1"}),
        ("endpoints-dev", set()),
        ("hub-us", {"network-us-east-1"}),
        ("attach-prod-eu", {"prod-eu-west-1", "network-eu-west-1"}),
        ("hub-peering-hubs", {"network-us-east-1", "network-eu-west-1"}),
        ("peering-prod-payments", {"prod-us-east-1", "payments-us-east-1"}),
        ("log-archive-eu-west-1", {"log-archive-eu-west-1"}),
        ("network-nowhere", set()),
        ("attach-hubs", set()),
        ("dev", set()),
    ],
)
def test_a_stack_works_in_the_accounts_and_regions_of_its_subject(stack: str, expected: set[str]) -> None:
    assert places(stack) == expected


def test_a_stack_that_the_fleet_does_not_have_has_a_name_and_nothing_else() -> None:
    assert StackFacts.of(FLEET, "network-nowhere") == StackFacts(name="network-nowhere")


def test_the_stack_is_read_from_the_urn() -> None:
    facts = FleetFacts(FLEET).of_urn("urn:pulumi:network-dev::securecart::aws:ec2/vpc:Vpc::dev")
    assert facts.network is not None
    assert facts.network.cidr == IPv4Network("10.10.0.0/16")


def test_threads_that_ask_for_a_stack_get_the_same_facts() -> None:
    facts = FleetFacts(FLEET)
    urns = ["urn:pulumi:network-dev::x", "urn:pulumi:hub-us::x"] * 50
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(facts.of_urn, urns))
    assert {each.name for each in found} == {"network-dev", "hub-us"}
    assert len({id(each) for each in found}) == 2


def test_reachable_blocks_of_a_segment_cross_only_where_hubs_carry_it() -> None:
    prod, dev = (StackFacts.of(FLEET, name).attachment for name in ("attach-prod", "attach-dev"))
    assert prod is not None
    assert dev is not None
    assert (prod.crosses, prod.beyond) == (True, ("10.31.0.0/16",))
    assert (dev.crosses, dev.beyond) == (False, ())
