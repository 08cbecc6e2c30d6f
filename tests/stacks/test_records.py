"""The names of the default fleet that Route 53 answers by a routing policy."""

import pytest

RECORD = "route53/record:Record"
CHECK = "route53/healthCheck:HealthCheck"


@pytest.fixture(scope="module")
def records(recordings):
    return recordings["records"]


def answers(records, host):
    """Return what each record of a name says of its routing, and where it leads, by set identifier."""
    found = {}
    for record in records.all(RECORD).values():
        if record.inputs["name"] == host:
            (routing,) = (value for key, value in record.inputs.items() if key.endswith("RoutingPolicies"))
            (alias,) = record.inputs["aliases"]
            found[record.inputs["setIdentifier"]] = (routing, alias["name"])
    return found


US, EU = "load-balancer-prod.dns_name", "load-balancer-prod-eu.dns_name"


def test_shop_leads_to_the_nearest_region(records):
    assert answers(records, "shop.securecart.example") == {
        "us-east-1": ([{"region": "us-east-1"}], US),
        "eu-west-1": ([{"region": "eu-west-1"}], EU),
    }


def test_checkout_fails_over_to_europe(records):
    assert answers(records, "checkout.securecart.example") == {
        "primary": ([{"type": "PRIMARY"}], US),
        "secondary": ([{"type": "SECONDARY"}], EU),
    }


def test_release_is_shared_out_by_weight(records):
    assert answers(records, "release.securecart.example") == {
        "prod": ([{"weight": 90}], US),
        "prod-eu": ([{"weight": 10}], EU),
    }


def test_local_keeps_europeans_in_europe_and_answers_everybody_else(records):
    assert answers(records, "local.securecart.example") == {
        "continent-EU": ([{"continent": "EU"}], EU),
        "default": ([{"country": "*"}], US),
    }


def test_each_answer_has_the_health_check_of_the_load_balancer_that_it_leads_to(records):
    checked = {
        (record.inputs["aliases"][0]["name"], record.inputs["healthCheckId"]) for record in records.all(RECORD).values()
    }
    assert checked == {(US, "HealthCheck/prod"), (EU, "HealthCheck/prod-eu")}
    assert all(record.inputs["aliases"][0]["evaluateTargetHealth"] for record in records.all(RECORD).values())


def test_health_is_asked_of_each_load_balancer_by_its_own_name_over_https(records):
    checks = {name: check.inputs for name, check in records.all(CHECK).items()}
    assert {name: check["fqdn"] for name, check in checks.items()} == {
        "prod": "us.securecart.example",
        "prod-eu": "eu.securecart.example",
    }
    for check in checks.values():
        assert (check["type"], check["port"], check["resourcePath"], check["enableSni"]) == (
            "HTTPS",
            443,
            "/health",
            True,
        )
        assert (check["requestInterval"], check["failureThreshold"]) == (30, 3)


def test_health_is_asked_from_countries_that_web_acls_let_in(records, fleet):
    regions = {region for check in records.all(CHECK).values() for region in check.inputs["regions"]}
    assert regions == {"us-east-1", "us-west-1", "us-west-2", "eu-west-1"}
    assert {"US", "IE"} <= set(fleet.waf.countries)


def test_the_names_are_outputs(records):
    assert set(records.outputs["record_names"]) == {"shop", "checkout", "release", "local"}
