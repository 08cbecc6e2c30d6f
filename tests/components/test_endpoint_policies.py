"""Policies of VPC endpoints: whom and what they let through, and how long they are."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from securecart.components.endpoint_policies import INTERFACE_ACCESS, Grants, endpoint_policy
from securecart.config.endpoints import GatewayService, InterfaceService
from securecart.config.rules.quotas import endpoint_policy_length

GRANTS = Grants(
    account_id="210000000004",
    region="eu-west-1",
    organization_id=None,
    buckets=("shop-media",),
    tables=("orders-*",),
    log_account_id="210000000007",
    log_bucket="shop-flow-logs-210000000007-eu-west-1",
)
EVERY = [*GatewayService, *InterfaceService]
LAYERS = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"


def statements(service, grants=GRANTS):
    found = endpoint_policy(service, grants)["Statement"]
    assert found
    return {statement["Sid"]: statement for statement in found}


@pytest.mark.parametrize("service", EVERY)
def test_every_statement_allows_named_actions_under_a_condition(service):
    for statement in statements(service).values():
        assert statement["Effect"] == "Allow"
        assert statement["Condition"]
        assert not [action for action in statement["Action"] if "*" in action]


@pytest.mark.parametrize("service", EVERY)
def test_only_image_layers_go_through_for_other_principals_than_the_accounts(service):
    free = [
        statement
        for statement in statements(service).values()
        if statement["Condition"].get("StringEquals", {}).get("aws:PrincipalAccount") != GRANTS.account_id
    ]
    assert [statement["Resource"] for statement in free] == ([[LAYERS]] if service == "s3" else [])


def test_image_layers_are_only_read_and_only_by_tls():
    layers = statements(GatewayService.S3)["EcrImageLayers"]
    assert layers["Action"] == ["s3:GetObject"]
    assert layers["Condition"] == {"Bool": {"aws:SecureTransport": "true"}}


def test_buckets_and_what_is_in_them_are_the_accounts_own():
    own = statements(GatewayService.S3)["FirmBuckets"]
    assert own["Resource"] == ["arn:aws:s3:::shop-media", "arn:aws:s3:::shop-media/*"]
    assert own["Condition"]["StringEquals"]["aws:ResourceAccount"] == GRANTS.account_id


def test_the_log_archive_is_written_to_and_never_read():
    logs = statements(GatewayService.S3)["LogArchive"]
    assert logs["Action"] == ["s3:PutObject"]
    assert logs["Resource"] == [f"arn:aws:s3:::{GRANTS.log_bucket}/*"]
    assert logs["Condition"]["StringEquals"]["aws:ResourceAccount"] == GRANTS.log_account_id


def test_without_buckets_logs_and_image_layers_are_left():
    assert set(statements(GatewayService.S3, replace(GRANTS, buckets=()))) == {"LogArchive", "EcrImageLayers"}


def test_tables_and_their_indexes_are_named_by_region_and_account():
    table = "arn:aws:dynamodb:eu-west-1:210000000004:table/orders-*"
    assert statements(GatewayService.DYNAMODB)["FirmTables"]["Resource"] == [table, f"{table}/index/*"]


@pytest.mark.parametrize("service", InterfaceService)
def test_an_interface_endpoint_lets_the_accounts_own_resources_through(service):
    own = statements(service)["FirmResources"]
    assert all(":210000000004:" in resource for resource in own["Resource"])
    assert own["Condition"]["StringEquals"]["aws:ResourceAccount"] == GRANTS.account_id


@pytest.mark.parametrize("service", InterfaceService)
def test_every_resource_is_meant_only_by_actions_that_name_none(service):
    plain = statements(service).get("WithoutResource")
    assert bool(plain) == bool(INTERFACE_ACCESS[service].plain_actions)
    wide = [each for each in statements(service).values() if each["Resource"] == ["*"]]
    assert wide == ([plain] if plain else [])


def test_secrets_are_read_and_rotated_and_never_deleted():
    actions = statements(InterfaceService.SECRETS_MANAGER)["FirmResources"]["Action"]
    assert "secretsmanager:GetSecretValue" in actions
    assert not [action for action in actions if "Delete" in action or "Policy" in action]


@pytest.mark.parametrize("service", EVERY)
def test_an_organizations_principals_take_the_place_of_the_accounts(service):
    conditions = [
        statement["Condition"]["StringEquals"]
        for sid, statement in statements(service, replace(GRANTS, organization_id="o-exampleorg1")).items()
        if sid != "EcrImageLayers"
    ]
    assert conditions
    assert all(each["aws:PrincipalOrgID"] == "o-exampleorg1" for each in conditions)
    assert not [each for each in conditions if "aws:PrincipalAccount" in each]


NAMES = st.lists(st.text("abcz-*", min_size=3, max_size=63), max_size=40).map(tuple)


@given(NAMES)
def test_no_policy_is_longer_than_the_fleet_file_is_judged_by(names):
    grants = replace(GRANTS, buckets=names, tables=names, log_bucket="x" * 63)
    longest = endpoint_policy_length(names, grants.region)
    for service in GatewayService:
        assert len(json.dumps(endpoint_policy(service, grants))) <= longest
