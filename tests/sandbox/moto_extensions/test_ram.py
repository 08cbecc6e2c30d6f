from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.accounts import AWAY, DEV, HUB, PAYMENTS, Accounts, refusal
from tests.sandbox.moto_extensions.conftest import Builder


@pytest.fixture(scope="module")
def ram(accounts: Accounts) -> Any:
    return accounts.client("ram", HUB)


def principals_of(ram: Any, share: str) -> set[str]:
    found = ram.get_resource_share_associations(associationType="PRINCIPAL", resourceShareArns=[share])
    return {one["associatedEntity"] for one in found["resourceShareAssociations"]}


def test_principals_and_resources_join_and_leave_a_share(build: Builder, accounts: Accounts, ram: Any) -> None:
    gateway = build.gateway()
    share = build.share(gateway, DEV)
    ids = {"TransitGatewayIds": [gateway["TransitGatewayId"]]}
    payments = accounts.client("ec2", PAYMENTS)
    ram.associate_resource_share(resourceShareArn=share, principals=[PAYMENTS])
    assert principals_of(ram, share) == {DEV, PAYMENTS}
    assert len(payments.describe_transit_gateways(**ids)["TransitGateways"]) == 1
    ram.disassociate_resource_share(resourceShareArn=share, principals=[PAYMENTS])
    assert principals_of(ram, share) == {DEV}
    assert refusal(payments.describe_transit_gateways, **ids) == "InvalidTransitGatewayID.NotFound"


def test_associations_are_filtered_by_entity_and_have_the_status_that_they_have(build: Builder, ram: Any) -> None:
    gateway = build.gateway()
    share = build.share(gateway, DEV, PAYMENTS)
    asked = {"associationType": "PRINCIPAL", "resourceShareArns": [share]}
    [found] = ram.get_resource_share_associations(**asked, principal=DEV)["resourceShareAssociations"]
    assert (found["associatedEntity"], found["status"], found["external"]) == (DEV, "ASSOCIATED", False)
    failed = ram.get_resource_share_associations(**asked, associationStatus="FAILED")
    assert failed["resourceShareAssociations"] == []
    [resource] = ram.get_resource_share_associations(
        associationType="RESOURCE", resourceShareArns=[share], resourceArn=gateway["TransitGatewayArn"]
    )["resourceShareAssociations"]
    assert resource["associatedEntity"] == gateway["TransitGatewayArn"]


def test_the_other_account_sees_the_share_and_what_it_holds_without_an_invitation(
    build: Builder, accounts: Accounts
) -> None:
    gateway = build.gateway()
    share = build.share(gateway, PAYMENTS)
    theirs = accounts.client("ram", PAYMENTS)
    seen = theirs.get_resource_shares(resourceOwner="OTHER-ACCOUNTS", resourceShareArns=[share])
    assert [one["owningAccountId"] for one in seen["resourceShares"]] == [HUB]
    [resource] = theirs.list_resources(resourceOwner="OTHER-ACCOUNTS", resourceShareArns=[share])["resources"]
    assert (resource["arn"], resource["type"]) == (gateway["TransitGatewayArn"], "ec2:TransitGateway")
    assert theirs.get_resource_share_invitations()["resourceShareInvitations"] == []
    invitation = f"arn:aws:ram:us-east-1:{HUB}:resource-share-invitation/none"
    code = refusal(theirs.accept_resource_share_invitation, resourceShareInvitationArn=invitation)
    assert code == "ResourceShareInvitationArnNotFoundException"


def test_a_share_of_one_region_is_not_seen_in_another(build: Builder, accounts: Accounts) -> None:
    share = build.share(build.gateway(), DEV)
    elsewhere = accounts.client("ram", DEV, AWAY)
    asked = {"resourceOwner": "OTHER-ACCOUNTS", "resourceShareArns": [share]}
    assert refusal(elsewhere.get_resource_shares, **asked) == "UnknownResourceException"


def test_an_account_shares_only_what_it_owns(build: Builder, accounts: Accounts) -> None:
    gateway = build.gateway()
    build.share(gateway, DEV)
    code = refusal(
        accounts.client("ram", DEV).create_resource_share,
        name="onwards",
        resourceArns=[gateway["TransitGatewayArn"]],
    )
    assert code == "UnknownResourceException"


def test_a_share_keeps_its_tags_and_can_be_found_by_them(ram: Any) -> None:
    tags = [{"key": "system", "value": "N5"}, {"key": "spare", "value": "x"}]
    share = ram.create_resource_share(name="tagged", tags=tags)["resourceShare"]["resourceShareArn"]
    ram.tag_resource(resourceShareArn=share, tags=[{"key": "system", "value": "N6"}])
    ram.untag_resource(resourceShareArn=share, tagKeys=["spare"])
    [found] = ram.get_resource_shares(resourceOwner="SELF", tagFilters=[{"tagKey": "system", "tagValues": ["N6"]}])[
        "resourceShares"
    ]
    assert (found["resourceShareArn"], found["tags"]) == (share, [{"key": "system", "value": "N6"}])


def test_a_deleted_share_no_longer_shares(build: Builder, accounts: Accounts, ram: Any) -> None:
    gateway = build.gateway()
    share = build.share(gateway, DEV)
    ids = {"TransitGatewayIds": [gateway["TransitGatewayId"]]}
    dev = accounts.client("ec2", DEV)
    assert len(dev.describe_transit_gateways(**ids)["TransitGateways"]) == 1
    ram.delete_resource_share(resourceShareArn=share)
    assert refusal(dev.describe_transit_gateways, **ids) == "InvalidTransitGatewayID.NotFound"
    assert principals_of(ram, share) == set()
    [found] = ram.get_resource_shares(resourceOwner="SELF", resourceShareArns=[share])["resourceShares"]
    assert found["status"] == "DELETED"


def test_a_share_of_a_gateway_has_its_default_permission(build: Builder, ram: Any) -> None:
    share = build.share(build.gateway(), DEV)
    [permission] = ram.list_resource_share_permissions(resourceShareArn=share)["permissions"]
    assert permission["name"] == "AWSRAMDefaultPermissionTransitGateway"
    assert permission["resourceType"] == "ec2:TransitGateway"
