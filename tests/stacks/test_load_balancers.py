"""Zone, certificates and load balancers of the default fleet."""

import pytest

from securecart.config.model import Fleet
from securecart.errors import ProgramError
from stacks import certificate, load_balancer
from tests.stacks.conftest import run_stack

BALANCER = "lb/loadBalancer:LoadBalancer"
BALANCERS = {"dev": "dev", "staging": "staging", "prod": "prod", "prod-eu": "prod-eu"}
"""Networks of the load balancers."""


@pytest.mark.parametrize(("name", "network"), BALANCERS.items())
def test_a_load_balancer_stands_in_every_public_subnet_of_its_network(fleet, recordings, name, network):
    balancer = recordings[f"load-balancer-{name}"].one(BALANCER).inputs
    subnets = {f"network-{network}.subnet_ids_public.{az}" for az in fleet.networks[network].azs}
    assert set(balancer["subnets"]) == subnets
    assert balancer["securityGroups"] == [f"network-{network}.security_group_ids.alb"]


@pytest.mark.parametrize("name", BALANCERS)
def test_a_load_balancer_uses_the_certificate_of_its_own_region(fleet, recordings, name):
    listener = recordings[f"load-balancer-{name}"].all("lb/listener:Listener")[f"{name}-https"].inputs
    chosen, region = fleet.load_balancers[name].certificate, fleet.networks[BALANCERS[name]].region
    assert listener["certificateArn"] == f"certificate-{chosen}.certificate_arns.{region}"


@pytest.mark.parametrize("name", BALANCERS)
def test_a_load_balancer_logs_to_the_archive_of_its_region(fleet, recordings, name):
    region = fleet.networks[BALANCERS[name]].region
    logs = recordings[f"load-balancer-{name}"].one(BALANCER).inputs["accessLogs"]
    assert logs["bucket"] == f"log-archive-{region}.access_log_bucket_name"


def test_load_balancers_of_protected_networks_alone_are_protected_from_deletion(recordings):
    protected = {
        name: recordings[f"load-balancer-{name}"].one(BALANCER).inputs["enableDeletionProtection"] for name in BALANCERS
    }
    assert protected == {"dev": False, "staging": False, "prod": True, "prod-eu": True}


@pytest.mark.parametrize("name", BALANCERS)
def test_only_the_record_of_the_host_is_the_zones_accounts(recordings, name):
    recording = recordings[f"load-balancer-{name}"]
    record = recording.one("route53/record:Record")
    assert record.inputs["zoneId"] == "dns.zone_id"
    elsewhere = [item for item in recording.resources if item.provider and "network-us-east-1" in item.provider]
    assert [item for item in elsewhere if item.custom] == [record]


def test_load_balancers_behind_a_distribution_alone_have_a_token(recordings):
    told = {name for name in BALANCERS if "origin_token" in recordings[f"load-balancer-{name}"].outputs}
    assert told == {"prod"}
    assert recordings["load-balancer-dev"].has_none("secretsmanager/secret:Secret")
    assert set(recordings["load-balancer-prod"].all("secretsmanager/secret:Secret")) == {"prod"}


def test_the_archive_takes_logs_of_accounts_with_a_public_tier_in_its_region(recordings):
    policies = {
        name: recordings[f"log-archive-{name}"].all("s3/bucketPolicy:BucketPolicy")["alb-logs"].inputs["policy"]
        for name in ("us-east-1", "eu-west-1")
    }
    accounts = {
        region: {ident for ident in range(1, 8) if f"AWSLogs/21000000000{ident}/" in policy}
        for region, policy in policies.items()
    }
    assert accounts == {"us-east-1": {2, 3, 4}, "eu-west-1": {4}}


def test_a_region_without_a_public_tier_has_no_bucket_for_load_balancers(fleet: Fleet, specs):
    private = {
        name: network.model_copy(update={"tiers": fleet.networks["payments"].tiers})
        for name, network in fleet.networks.items()
    }
    changed = fleet.model_copy(update={"networks": private})
    recording = run_stack(changed, specs["log-archive-eu-west-1"])
    assert set(recording.all("s3/bucket:Bucket")) == {"flow-logs"}


def test_each_region_of_a_certificate_has_an_output(recordings):
    assert set(recordings["certificate-prod"].outputs["certificate_arns"]) == {"us-east-1", "eu-west-1"}
    assert set(recordings["certificate-dev"].outputs["certificate_arns"]) == {"us-east-1"}


@pytest.mark.parametrize("kind", [certificate, load_balancer])
def test_a_fleet_without_a_zone_has_no_such_stacks(fleet: Fleet, kind):
    with pytest.raises(ProgramError, match="the fleet has no zone"):
        list(kind.stacks(fleet.model_copy(update={"dns": None})))
